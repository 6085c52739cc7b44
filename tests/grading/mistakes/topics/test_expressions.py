"""Expressions worked out by a wrong rule."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName


@pytest.mark.parametrize(
    ("formula", "value", "response", "name"),
    [
        (r"6 + 2 \times 7", "20", "56", MistakeName.ORDER_OF_OPERATIONS),
        (r"\frac{2}{5} + \frac{1}{3}", r"\frac{11}{15}", "3/8", MistakeName.ADDED_DENOMINATORS),
        (r"\frac{2}{5} + \frac{1}{3}", r"\frac{11}{15}", "3/15",
         MistakeName.NUMERATORS_NOT_CHANGED),
        (r"\frac{4}{5} - \frac{1}{3}", r"\frac{7}{15}", "3/2", MistakeName.SUBTRACTED_DENOMINATORS),
        (r"\frac{2}{3} : \frac{5}{7}", r"\frac{14}{15}", "10/21",
         MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED),
        (r"-4^2 + 5", "-11", "21", MistakeName.MINUS_SQUARED_TOO),
        (r"(-3)^3", "-27", "27", MistakeName.ODD_POWER_OF_NEGATIVE),
        (r"5^3", "125", "15", MistakeName.POWER_AS_PRODUCT),
        (r"3^{-2}", r"\frac{1}{9}", "-9", MistakeName.NEGATIVE_EXPONENT_AS_NEGATIVE),
        (r"27^{2/3}", "9", "243", MistakeName.FRACTIONAL_EXPONENT),
        (r"\sqrt{64 + 36}", "10", "14", MistakeName.ROOT_SPLIT),
        (r"\sqrt{64 + 36}", "10", "50", MistakeName.ROOT_AS_HALF),
        (r"\sqrt{27} + \sqrt{12}", r"5\sqrt{3}", "√39", MistakeName.RADICANDS_ADDED),
        (r"\frac{6}{4 - \sqrt{7}}", r"\frac{24+6\sqrt{7}}{9}", "24+6√7",
         MistakeName.DENOMINATOR_DROPPED),
        (r"\log_3 54 - \log_3 2", "3", "9", MistakeName.DIVIDED_INSTEAD_OF_LOGARITHM),
    ],
)  # fmt: skip
def test_numbers(formula, value, response, name):
    assert mistake(rf"Calculate \({formula}\).", value, response) == name


@pytest.mark.parametrize(
    ("formula", "value", "response", "name"),
    [
        ("(x + 7)^2", "x^2 + 14x + 49", "x^2+49", MistakeName.SQUARED_TERMS_SEPARATELY),
        ("(x + 7)^2", "x^2 + 14x + 49", "x^2+7x+49", MistakeName.MIDDLE_TERM_NOT_DOUBLED),
        ("(3x - 2)(x + 5)", "3x^2 + 13x - 10", "3x^2-10", MistakeName.MIDDLE_TERM_FORGOTTEN),
        ("(3x - 2)(x + 5)", "3x^2 + 13x - 10", "3x^2+17x-10", MistakeName.SIGN_ERROR),
        ("5(x - 2) - 3(x - 4)", "2x + 2", "2x-22", MistakeName.MINUS_DISTRIBUTED_TO_FIRST_TERM),
        ("5(x - 2) - 3(x - 4)", "2x + 2", "2x+14", None),
        ("4(y + 3)", "4y + 12", "4y+3", MistakeName.DISTRIBUTED_TO_FIRST_TERM),
        (r"a^2 \cdot a^6", "a^8", "a^12", MistakeName.EXPONENT_RULE),
        ("(2a)^4", "16a^4", "2a^4", MistakeName.POWER_OF_PRODUCT),
        (r"\frac{1}{x} + \frac{1}{3x}", r"\frac{4}{3x}", "2/(4x)", MistakeName.ADDED_DENOMINATORS),
        (r"\log_5 (25x)", r"2 + \log_5 x", "2log_5(x)", MistakeName.LOG_OF_PRODUCT),
        (r"\log_5 (25x)", r"2 + \log_5 x", "25 + log_5(x)", MistakeName.LOGARITHM_DROPPED),
    ],
)
def test_letters(formula, value, response, name):
    assert mistake(rf"Simplify \({formula}\).", value, response, "expression") == name


def test_factors():
    statement = r"Factor \(x^2 - 9x + 20\)."
    options = {"kind": "expression", "form": "factored"}
    name = mistake(statement, "(x - 4)(x - 5)", "(x-2)(x-10)", **options)
    assert name == MistakeName.PRODUCT_RIGHT_SUM_WRONG
    assert (
        mistake(statement, "(x - 4)(x - 5)", "x=4, x=5", **options)
        == MistakeName.SOLVED_INSTEAD_OF_FACTORED
    )
    difference = r"Zerlege \(25a^2 - 9b^2\) in Faktoren."
    name = mistake(difference, "(5a - 3b)(5a + 3b)", "(25a-9b)(25a+9b)", **options)
    assert name == MistakeName.ROOT_FORGOTTEN
