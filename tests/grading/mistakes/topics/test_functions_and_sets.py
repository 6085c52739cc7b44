"""Values of functions, compositions, sets."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName as N

COMPOSED = r"Let \(f(x) = 3x - 2\) and \(g(x) = x^2 + 1\). Find \(f(g(2))\)."
TERM = r"Gegeben sind \(f(x) = x + 5\) und \(g(x) = x^2\). Bestimme \(g(f(x))\)."
AXIS = r"Where does the line \(y = 3x - 12\) cross the x-axis?"
WAVE = r"What is the amplitude of \(y = 5\sin(3x) + 2\)?"
VALUE = r"Calculer \(f(-3)\) pour \(f(x) = x^2 - 4x\)."
BOTH = r"Let \(A = \{1, 4, 6\}\) and \(B = \{4, 6, 9, 10\}\). Find \(A \cap B\)."
WITHOUT = r"Let \(A = \{1, 2, 4, 6\}\) and \(B = \{4, 6, 9\}\). Find \(A \setminus B\)."


@pytest.mark.parametrize(
    ("statement", "kind", "value", "response", "name"),
    [
        (COMPOSED, "number", "13", "17", N.COMPOSED_IN_WRONG_ORDER),
        (COMPOSED, "number", "13", "20", N.MULTIPLIED_INSTEAD_OF_ADDED),
        (COMPOSED, "number", "13", "5", N.STOPPED_EARLY),
        (COMPOSED, "number", "13", "29", None),
        (TERM, "expression", "(x+5)^2", "x^2+5", N.COMPOSED_IN_WRONG_ORDER),
        (AXIS, "number", "4", "-12", N.VALUE_AT_ZERO),
        (WAVE, "number", "5", "3", N.OTHER_PART_ANSWERED),
        (WAVE, "number", "5", "7", N.OTHER_PART_ANSWERED),
        (WAVE, "number", "5", "10", N.FACTOR_FORGOTTEN),
        (VALUE, "number", "21", "3", N.MINUS_SQUARED_TOO),
        (BOTH, "set", "{4,6}", "{1,4,6,9,10}", N.UNION_FOR_INTERSECTION),
        (WITHOUT, "set", "{1,2}", "{9}", N.SUBTRACTED_IN_WRONG_ORDER),
        (WITHOUT, "set", "{1,2}", "{4,6}", N.INSIDE_FOR_OUTSIDE),
    ],
)
def test_functions_and_sets(
    statement: str, kind: str, value: str, response: str, name: N | None
) -> None:
    assert mistake(statement, value, response, kind) == name


GROWING = r"On which interval is \(f(x) = x^2 - 10x\) increasing?"
TANGENT = r"Find the tangent to \(y = x^2 - 1\) at \(x = 3\)."
PARTIAL = r"Find \(f_y\) for \(f(x, y) = x^2 y^3 + 5x\)."
AREA = r"Find the area between \(y = 9 - x^2\) and the x-axis."
FRACTION = r"Differentiate \(f(x) = \frac{2}{x^5}\)."
SECOND = r"Find the second derivative of \(f(x) = x^3 + 2x^2\)."
SURDS = r"Simplify \(2\sqrt{7} + 4\sqrt{7}\)."
EXPONENTIAL = r"Find \(\int e^{5x}\,dx\)."


@pytest.mark.parametrize(
    ("statement", "kind", "value", "response", "name"),
    [
        (GROWING, "interval", "[5,oo)", "[10,oo)", N.FUNCTION_FOR_DERIVATIVE),
        (TANGENT, "equation", "y=6x-10", "y=6x-18", N.CONDITION_NOT_USED),
        (TANGENT, "equation", "y=6x-10", "y=8x-16", N.FUNCTION_FOR_DERIVATIVE),
        (PARTIAL, "expression", "3x^2*y^2", "6x*y^2", N.OTHER_LETTER_NOT_CONSTANT),
        (PARTIAL, "expression", "3x^2*y^2", "3x^2*y^2+5", N.OTHER_LETTER_NOT_CONSTANT),
        (PARTIAL, "expression", "3x^2*y^2", "2x*y^3+5", N.OTHER_PART_ANSWERED),
        (AREA, "number", "36", "18", N.LOWER_LIMIT_IGNORED),
        (AREA, "number", "36", "0", N.VALUES_AT_LIMITS_ADDED),
        (FRACTION, "expression", "-10/x^6", "-10/x^4", N.EXPONENT_NOT_LOWERED),
        (FRACTION, "expression", "-10/x^6", "2/(5x^4)", N.QUOTIENT_RULE_WRONG),
        (SECOND, "expression", "6x+4", "6x+4x", N.EXPONENT_NOT_LOWERED),
        (EXPONENTIAL, "expression", "e^(5x)/5+C", "e^(5x+1)/(5x+1)+C", N.POWER_RULE_ON_EXPONENTIAL),
    ],
)
def test_calculus(statement: str, kind: str, value: str, response: str, name: N) -> None:
    assert mistake(statement, value, response, kind) == name


@pytest.mark.parametrize(
    ("statement", "kind", "value", "response", "name"),
    [
        (r"Evaluate \(3^4\).", "number", "81", "64", N.BASE_AND_EXPONENT_SWAPPED),
        (r"Evaluate \(3^{-2}\).", "number", "1/9", "1/6", N.POWER_AS_PRODUCT),
        (
            SURDS,
            "expression",
            "6sqrt(7)",
            "6sqrt(14)",
            N.RADICANDS_ADDED,
        ),
        (r"Simplify \((3x^2)^3\).", "expression", "27x^6", "27x^8", N.EXPONENT_RULE),
        (r"Compute \(\log_2 8 + \log_2 32\).", "number", "8", "15", N.LOG_OF_PRODUCT),
    ],
)
def test_powers(statement: str, kind: str, value: str, response: str, name: N) -> None:
    assert mistake(statement, value, response, kind) == name
