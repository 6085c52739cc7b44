from fractions import Fraction

import pytest

from tutor.grading.parsing.units import read_label, read_unit


@pytest.mark.parametrize(
    ("text", "same", "times"),
    [
        ("km", "m", 1000),
        ("km/h", "m/s", Fraction(5, 18)),
        ("kmh^-1", "km/h", 1),
        (r"\text{m s}^{-2}", "m/s^2", 1),
        ("平方厘米", "cm^2", 1),
        ("square feet", "ft^2", 1),
        ("million dollars", "$", 10**6),
        ("dozen", "%", 1200),
        ("hours", "分钟", 60),
        (r"\Omega", "V/A", 1),
    ],
)
def test_a_unit_is_a_dimension_and_a_size(text, same, times):
    unit, other = read_unit(text), read_unit(same)
    assert unit.dimension == other.dimension
    assert unit.factor == times * other.factor


@pytest.mark.parametrize("text", ["", "x", "apples", "foo/bar", "m" * 200])
def test_what_is_not_a_unit_is_none(text):
    assert read_unit(text) is None


def test_words_that_count_things_are_labels():
    assert read_label("apples").dimension == read_label("apple").dimension
    assert read_label("and more") is None
