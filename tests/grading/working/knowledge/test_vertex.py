"""The vertex of a parabola by x = -b/(2a)."""

import pytest

from tests.grading.working.marking import marks

OPEN_ABOVE = r"Find the vertex of \(y=2x^2-8x+5\)."
WITH_ROOTS = r"Find the vertex of \(y=x^2-2x-3\)."
GERMAN = r"Bestimme den Scheitelpunkt von \(y=-x^2+4x+1\)."
AXIS = r"Halla el eje de simetría de \(f(x)=x^2-6x+11\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (OPEN_ABOVE, ["a = 2, b = -8, c = 5", "x = -b/(2a) = 8/4 = 2", "y = 8-16+5 = -3"]),
        (OPEN_ABOVE, ["xs = -b/(2a) = -(-8)/4 = 2", "V(2,-3)"]),
        (OPEN_ABOVE, ["y' = 4x - 8", "4x - 8 = 0", "4x = 8", "x = 8/4 = 2"]),
        (WITH_ROOTS, ["zeros: x = -1 and x = 3", "x = (-1+3)/2 = 1", "y = -4"]),
        (GERMAN, ["xs = -b/(2a) = -4/(-2) = 2", "S(2|5)"]),
        (AXIS, ["xv = -b/(2a)", "xv = 6/2", "yv = 9 - 18 + 11 = 2"]),
    ],
)
def test_it_is_proved(statement, lines):
    assert marks(lines, statement) == "p" * len(lines)


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (OPEN_ABOVE, "x = -b/(2a) = -8/4 = -2"),
        (OPEN_ABOVE, "x = -8/4"),
        (GERMAN, "x = -4/2 = -2"),
        (AXIS, "xv = -b/(2a) = -6/2 = -3"),
    ],
)
def test_a_lost_sign_is_refuted(statement, line):
    assert marks([line], statement) == "r"


def test_a_root_that_only_looks_like_it_is_no_mistake():
    assert "r" not in marks(["x = -2/2"], WITH_ROOTS)
    assert "r" not in marks(["(a-b)^2 = a^2 - 2ab + b^2", "b = 1", "y = (x-1)^2 - 4"], WITH_ROOTS)
