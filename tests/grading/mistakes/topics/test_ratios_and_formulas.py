"""Mistakes in ratios, formulas, circles, times and variances."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        ("Mix 10 l of red with 25 l of blue. Ratio?", "2 : 5", "2 : 7",
         MistakeName.PART_FOR_WHOLE_RATIO),
        ("Mix 10 l of red with 25 l of blue. Ratio?", "2 : 5", "10 : 35",
         MistakeName.PART_FOR_WHOLE_RATIO),
        ("Sides of 6 cm and 10 cm. What is the ratio of the areas?", "9 : 25", "6 : 10",
         MistakeName.LENGTH_RATIO_FOR_AREA),
    ],
)  # fmt: skip
def test_ratios(statement, value, response, name):
    assert mistake(statement, value, response, "ratio", form="lowest_terms") == name


@pytest.mark.parametrize(
    ("response", "name"),
    [
        ("(x + 1)^2 + (y - 4)^2 = 25", MistakeName.SIGN_ERROR),
        ("(x - 1)^2 + (y - 4)^2 = 25", MistakeName.SIGN_ERROR),
        ("(x - 1)^2 + (y + 4)^2 = 5", MistakeName.RADIUS_NOT_SQUARED),
        ("(x - 3)^2 + (y + 4)^2 = 25", None),
    ],
)
def test_circles(response, name):
    statement = r"A circle has the centre \((1, -4)\) and the radius 5. Give its equation."
    assert mistake(statement, "(x - 1)^2 + (y + 4)^2 = 25", response, "equation") == name


def test_a_formula_divided_in_part():
    statement = r"Make \(m\) the subject of \(y = mx + c\)."
    value = r"m = \frac{y - c}{x}"
    name = mistake(statement, value, "m = y/x - c", "equation", form="subject")
    assert name == MistakeName.ON_ONE_TERM_ONLY


def test_hours_and_minutes_between_delimiters():
    statement = r"A train runs \(90\) km in \(1\) hour and \(15\) minutes. Speed in km/h?"
    fields = {"kind": "quantity", "unit": "km/h"}
    assert mistake(statement, "72", "78.3 km/h", **fields) == MistakeName.MINUTES_AS_DECIMALS


def test_a_sum_of_squares_for_the_variance():
    statement = "Find the variance of the data 2, 4, 4, 6, 9."
    assert mistake(statement, "5.6", "28") == MistakeName.STOPPED_EARLY
