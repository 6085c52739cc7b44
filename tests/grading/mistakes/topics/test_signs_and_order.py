"""Wrong signs, and the wrong way round."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName


@pytest.mark.parametrize(
    ("kind", "value", "response", "name"),
    [
        ("number", "17", "-17", MistakeName.SIGN_ERROR),
        ("expression", "(x - 4)(x - 9)", "(x+4)(x+9)", MistakeName.FACTOR_SIGNS_SWAPPED),
        ("expression", "3x^2 - 5x - 2", "3x^2-5x+2", MistakeName.SIGN_ERROR),
        ("expression", r"\frac{x + 7}{2}", "(x-7)/2", MistakeName.SIGN_ERROR),
        ("set", r"\{3, 8\}", "{-3,-8}", MistakeName.FACTOR_SIGNS_AS_SOLUTIONS),
        ("interval", "(-2, 6)", "(-6,2)", MistakeName.SIGN_ERROR),
        ("equation", "y = (x - 3)^2 + 1", "y=(x+3)^2+1", MistakeName.SIGN_ERROR),
        ("inequality", "x < -6", "x<6", MistakeName.SIGN_ERROR),
        ("inequality", "x < -6", "x>-6", MistakeName.INEQUALITY_WRONG_WAY_ROUND),
        ("tuple", "(3, 7)", "(7,3)", MistakeName.SWAPPED_COORDINATES),
        ("number", r"\frac{4}{7}", "7/4", MistakeName.QUOTIENT_UPSIDE_DOWN),
        ("equation", "K = 7M", "M = 7K", MistakeName.REVERSAL_ERROR),
        ("interval", "[2, 5]", "x<2 or x>5", MistakeName.INSIDE_FOR_OUTSIDE),
        (
            "matrix",
            r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
            "[[1,3],[2,4]]",
            MistakeName.TRANSPOSED,
        ),
    ],
)
def test_it_names_them(kind, value, response, name):
    assert mistake("", value, response, kind) == name


def test_the_statement_tells_what_was_turned_round():
    slope = "Find the slope of the line through (1, 2) and (6, 4)."
    assert mistake(slope, "2/5", "5/2") == MistakeName.SLOPE_UPSIDE_DOWN
    assert mistake(slope, "2/5", "-2/5") == MistakeName.SUBTRACTED_IN_WRONG_ORDER
    integral = r"Calculate \(\int_2^4 3x\,dx\)."
    assert mistake(integral, "18", "-18") == MistakeName.LIMITS_SWAPPED
    growth = "On which interval is f decreasing?"
    assert (
        mistake(growth, "(-3, 4)", "x<-3 or x>4", "interval") == MistakeName.INCREASE_FOR_DECREASE
    )


def test_an_order_may_ignore_the_signs():
    options = {"ordered": True}
    assert mistake("", "-8, -1, 4", "-1, 4, -8", "list", **options) == MistakeName.SIGN_IGNORED
    assert mistake("", "-8, -1, 4", "4, -1, -8", "list", **options) == MistakeName.ORDER_REVERSED
