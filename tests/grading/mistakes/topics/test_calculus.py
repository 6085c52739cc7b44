"""Derivatives, integrals, tangents, and what follows from them."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName


@pytest.mark.parametrize(
    ("body", "value", "response", "name"),
    [
        ("2x^4 - 7x + 6", "8x^3 - 7", "8x^4-7", MistakeName.EXPONENT_NOT_LOWERED),
        ("2x^4 - 7x + 6", "8x^3 - 7", "2x^3-7", MistakeName.EXPONENT_FACTOR_FORGOTTEN),
        ("2x^4 - 7x + 6", "8x^3 - 7", "8x^3-1", MistakeName.CONSTANT_KEPT),
        ("(4x - 1)^3", "12(4x - 1)^2", "3(4x-1)^2", MistakeName.CHAIN_RULE_FORGOTTEN),
        ("(4x - 1)^3", "12(4x - 1)^2", "3*4^2", MistakeName.INSIDE_REPLACED_BY_DERIVATIVE),
        ("e^{4x}", "4e^{4x}", "4x e^(4x-1)", MistakeName.POWER_RULE_ON_EXPONENTIAL),
        (r"x^2 \sin x", r"2x\sin x + x^2\cos x", "2x cos(x)", MistakeName.PRODUCT_OF_DERIVATIVES),
        (r"x^2 \sin x", r"2x\sin x + x^2\cos x", "2x sin(x)",
         MistakeName.ONE_FACTOR_DIFFERENTIATED),
        (r"\frac{x}{x + 5}", r"\frac{5}{(x+5)^2}", "1", MistakeName.QUOTIENT_RULE_WRONG),
        (r"\cos 3x", r"-3\sin 3x", "3sin(3x)", MistakeName.SIGN_OF_SINE_OR_COSINE),
        ("2x^4 - 7x + 6", "8x^3 - 7", "5x^2", None),
    ],
)  # fmt: skip
def test_derivatives(body, value, response, name):
    assert mistake(rf"Differentiate \(f(x) = {body}\).", value, response, "expression") == name


@pytest.mark.parametrize(
    ("integral", "value", "response", "name"),
    [
        (r"\int_1^2 6x^2\,dx", "14", "16", MistakeName.LOWER_LIMIT_IGNORED),
        (r"\int_1^2 6x^2\,dx", "14", "18", MistakeName.VALUES_AT_LIMITS_ADDED),
        (r"\int_1^2 6x^2\,dx", "14", "42", MistakeName.NOT_DIVIDED_BY_NEW_EXPONENT),
        (r"\int_1^2 6x^2\,dx", "14", "-14", MistakeName.LIMITS_SWAPPED),
        (r"\int (9x^2 + 2x)\,dx", "3x^3 + x^2 + C", "9x^3+2x^2+C",
         MistakeName.NOT_DIVIDED_BY_NEW_EXPONENT),
        (r"\int (9x^2 + 2x)\,dx", "3x^3 + x^2 + C", "18x+2",
         MistakeName.DIFFERENTIATED_FOR_INTEGRATED),
        (r"\int \sin 5x\,dx", r"-\frac{1}{5}\cos 5x + C", "-5cos(5x)+C",
         MistakeName.MULTIPLIED_BY_INNER_DERIVATIVE),
        (r"\int (9x^2 + 2x)\,dx", "3x^3 + x^2 + C", "x^5+C", None),
    ],
)  # fmt: skip
def test_integrals(integral, value, response, name):
    kind = "expression" if "x" in value else "number"
    assert mistake(rf"Calculate \({integral}\).", value, response, kind) == name


def test_points_and_values():
    inflection = r"Find the point of inflection of \(f(x) = x^3 - 9x^2\)."
    name = MistakeName.FUNCTION_FOR_DERIVATIVE
    assert mistake(inflection, "(3, -54)", "(6,-108)", "tuple") == name
    value = r"Let \(f(x) = x^3 + 2x\). Find \(f'(2)\)."
    assert mistake(value, "14", "12") == name
    highest = r"Wie groß ist der größte Wert von \(f(x) = 6x - x^2\)?"
    assert mistake(highest, "9", "3") == MistakeName.POSITION_FOR_VALUE
    tangent = r"Find the tangent to \(y = x^2\) at \(x = 3\)."
    assert mistake(tangent, "y = 6x - 9", "y = 6x + 9", "equation") == MistakeName.SIGN_ERROR


def test_a_term_that_got_lost():
    integral = r"Calculate \(\int_0^2 (6x^2 + 5)\,dx\)."
    assert mistake(integral, "26", "16") == MistakeName.TERM_DROPPED
    tangent = r"Find the tangent to \(y = x^3 - 5x\) at \(x = 2\)."
    assert mistake(tangent, "y = 7x - 16", "y = 12x - 26", "equation") == MistakeName.TERM_DROPPED


def test_differential_equations_and_series():
    growth = r"Solve \(y' = 4y\), \(y(0) = 5\)."
    right = "5e^{4x}"
    name = MistakeName.CONSTANT_ADDED_NOT_MULTIPLIED
    assert mistake(growth, right, "e^(4x)+4", "expression") == name
    assert mistake(growth, right, "e^(4x)", "expression") == MistakeName.CONDITION_NOT_USED
    series = r"Find the Taylor polynomial of degree 2 of \(e^{3x}\) at 0."
    right = r"1 + 3x + \frac{9}{2}x^2"
    name = MistakeName.FACTORIALS_FORGOTTEN
    assert mistake(series, right, "1+3x+9x^2", "expression") == name
