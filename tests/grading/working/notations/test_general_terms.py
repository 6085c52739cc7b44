"""The general term of an expanded power, in the signs of several countries."""

import pytest

from tests.grading.working.marking import marks

_POWER = "Find the coefficient of \\(x^3\\) in the expansion of \\((2-3x)^5\\)."
_FRENCH = "Développer \\((1+2x)^4\\)."


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (_POWER, "general term 5Cr × 2^(5-r) × (-3x)^r"),
        (_POWER, "term: C(5,r) 2^(5-r) (-3x)^r"),
        (_POWER, "T_{r+1} = \\binom{5}{r} 2^{5-r} (-3x)^r"),
        (_POWER, "(5 über k) · 2^k · (-3x)^(5-k)"),
        (_FRENCH, "terme général : (k parmi 4) × (2x)^k"),
    ],
)
def test_it_is_proved(statement, line):
    assert marks([line], statement) == "p"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (_POWER, "general term 5Cr × 2^(5-r) × (3x)^r"),
        (_POWER, "general term 5Cr × 2^r × (-3x)^r"),
        (_POWER, "general term 4Cr × 2^(5-r) × (-3x)^r"),
        (_FRENCH, "terme général : (k parmi 4) × 2x^k"),
    ],
)
def test_a_wrong_one_is_not(statement, line):
    assert marks([line], statement) not in ("p", "g")
