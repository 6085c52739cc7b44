"""Calculations with units."""

from fractions import Fraction

import pytest

from tutor.grading.numeric.amounts import read_amount


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("72 km/h", "20 m/s"),
        (r"\frac{72 \times 1000 \text{ m}}{3600 \text{ s}}", "20 m/s"),
        ("1 m²", "10000 cm²"),
        ("100 cm × 100 cm", "1 m^2"),
        (r"1\,\text{h}\;30\,\text{min}", r"1.5\,\text{h}"),
        ("2 hours 35 minutes", "155 min"),
        (r"15\,\mathrm{N} \times 4\,\mathrm{m}", "60 J"),
        ("$16/hour × 40 hours", "$640"),
        ("4000平方米", "0.4公顷"),
        ("540 g / 200 cm³", "2.7 g/cm³"),
        ("9 litres per minute × 2 minutes", "18 L"),
        ("5 ft 6 in", "66 inches"),
        ("(3 + 4) kg", "7000 g"),
    ],
)
def test_equal_amounts_have_the_same_value(text, same):
    first, second = read_amount(text), read_amount(same)
    assert first is not None
    assert second is not None
    assert (first.value, first.dimension) == (second.value, second.dimension)


@pytest.mark.parametrize(
    "text", ["3 apples", "2 x + 3", "5 m + 3", "5 m + 3 s", "7", "", "2 kg^9", "0 m / (0 s)"]
)
def test_other_calculations_are_no_amounts(text):
    assert read_amount(text) is None


def test_a_speed_is_in_metres_per_second():
    amount = read_amount("3.6 km/h")
    assert amount is not None
    assert amount.value == Fraction(1)
