"""Equations, inequalities and systems, solved with one mistake."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName


@pytest.mark.parametrize(
    ("equation", "value", "response", "name"),
    [
        ("4x + 9 = x - 3", "-4", "2", MistakeName.MOVED_WITHOUT_CHANGING_SIGN),
        ("4x + 9 = x - 3", "-4", "4", MistakeName.SIGN_LOST_WHEN_DIVIDING),
        ("4x + 9 = x - 3", "-4", "-36", MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED),
        ("4x - 9 = x + 12", "7", "18", MistakeName.SUBTRACTED_COEFFICIENT),
        ("3(x - 2) = 18", "8", r"20/3", MistakeName.DISTRIBUTED_TO_FIRST_TERM),
        ("5 - 2x = 11", "-3", "11/3", MistakeName.UNLIKE_TERMS_COMBINED),
        (r"\frac{x}{4} = 6", "24", "3/2", MistakeName.DIVIDED_INSTEAD_OF_MULTIPLIED),
        (r"3^x = 30", "3.096", "10", MistakeName.POWER_AS_PRODUCT),
        (r"\log_3 (x + 2) = 4", "79", "10", MistakeName.POWER_AS_PRODUCT),
        (r"\log_3 (x + 2) = 4", "79", "62", MistakeName.BASE_AND_EXPONENT_SWAPPED),
        (r"\log_3 (x + 2) = 4", "79", "83", MistakeName.MOVED_WITHOUT_CHANGING_SIGN),
        (r"\sqrt{2x + 3} = x", "3", "-1", MistakeName.EXTRANEOUS_SOLUTION),
        ("4x + 9 = x - 3", "-4", "6", None),
    ],
)
def test_one_number(equation, value, response, name):
    assert mistake(rf"Solve \({equation}\).", value, response) == name


@pytest.mark.parametrize(
    ("equation", "value", "response", "name"),
    [
        ("x^2 - 6x + 2 = 0", r"\{3-\sqrt{7}, 3+\sqrt{7}\}", "{-3-√7,-3+√7}",
         MistakeName.SIGN_OF_B_LOST),
        ("x^2 - 6x + 2 = 0", r"\{3-\sqrt{7}, 3+\sqrt{7}\}", "{3-√11,3+√11}",
         MistakeName.SIGN_ERROR),
        ("x^2 - 6x + 2 = 0", r"\{3-\sqrt{7}, 3+\sqrt{7}\}", "{6-√7,6+√7}",
         MistakeName.ON_ONE_TERM_ONLY),
        ("3x^2 + 5x - 2 = 0", r"\{-2, \frac{1}{3}\}", "{-6,1}", MistakeName.FACTOR_FORGOTTEN),
        ("3x^2 + 5x - 2 = 0", r"\{-2, \frac{1}{3}\}", "{-12,2}", MistakeName.DENOMINATOR_DROPPED),
        ("x^2 + 3x - 10 = 0", r"\{-5, 2\}", "{0,-3}", MistakeName.TERM_DROPPED),
    ],
)  # fmt: skip
def test_quadratic_equations(equation, value, response, name):
    assert mistake(rf"Solve \({equation}\).", value, response, "set") == name


def test_systems_and_inequalities():
    system = r"Solve \(y = 3x - 2\), \(2x + 3y = 16\)."
    assert mistake(system, "(2, 4)", "(18/11,32/11)", "tuple") == (
        MistakeName.DISTRIBUTED_TO_FIRST_TERM
    )
    assert mistake(system, "(2, 4)", "(2,8)", "tuple") == MistakeName.SIGN_ERROR
    inequality = r"Solve \(7 - 3x < 1\)."
    name = MistakeName.MOVED_WITHOUT_CHANGING_SIGN
    assert mistake(inequality, "x > 2", "x > -8/3", "inequality") == name
