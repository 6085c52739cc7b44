"""A rounded answer where the stored one is exact, and nobody said how far to round."""

import pytest

from tests.grading.weighing.weighing import refuted, weighed


@pytest.mark.parametrize(
    ("statement", "answer", "lines"),
    [
        (r"Compute \(\frac{2}{3}\).", "2/3", ["2/3 = 0.67"]),
        (r"Calculate \(\sqrt{18}\).", "3√2", ["√18 = 3√2", "√18 = 4.2"]),
        ("Find the hypotenuse of a right triangle with legs 2 and 3.", "√13", ["c = 3.6"]),
    ],
)
def test_a_true_rounding_is_not_refuted(statement, answer, lines):
    assert refuted(weighed(statement, answer, *lines)) is None


@pytest.mark.parametrize(
    ("answer", "line"), [("2/3", "2/3 = 0.66"), ("2/3", "x = 0.6"), ("1/8", "x = 0.12")]
)
def test_another_number_is(answer, line):
    assert refuted(weighed("Find x.", answer, line)) is not None
