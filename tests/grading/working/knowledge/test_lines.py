"""Straight lines and points in students' working, as pupils of several countries write them."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks, refuted_check

TWO_POINTS = r"Find the equation of the line through \((2,1)\) and \((6,9)\)."
POINT_AND_SLOPE = r"Find the line with slope 3 through \((2,-1)\)."
PERPENDICULAR = r"Find the line through \((6,1)\) that is perpendicular to \(y=3x-2\)."
PARALLEL = r"Bestimme die Gerade durch \(P(1|4)\), die parallel zu \(y=-2x+5\) ist."
SEGMENT = r"Find the midpoint and the distance of \(A(-2,3)\) and \(B(4,11)\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (TWO_POINTS, ["m = (9-1)/(6-2) = 8/4 = 2", "y = 2x + b", "1 = 2*2 + b", "b = -3"]),
        (TWO_POINTS, ["m=(1-9)/(2-6)=2", "y-1=2(x-2)", "y=2x-3"]),
        (TWO_POINTS, ["k = 2", "9 = 2*6 + n", "n = -3", "y = 2x - 3"]),
        (TWO_POINTS, ["slope = (9-1)/(6-2) = 2", "y - 9 = 2(x - 6)"]),
        (
            r"Bestimme die Gleichung der Geraden durch \(A(2|1)\) und \(B(6|9)\).",
            ["m = (9-1)/(6-2) = 2", "A einsetzen: 1 = 2*2 + n", "n = -3", "y = 2x - 3"],
        ),
        (
            r"Déterminer l'équation de la droite passant par \(A(2;1)\) et \(B(6;9)\).",
            ["a = (9-1)/(6-2) = 2", "1 = 2*2 + b", "b = -3", "y = 2x - 3"],
        ),
        (r"求过点\((2,1)\)和\((6,9)\)的直线方程。", ["k=(9-1)/(6-2)=2", "y-1=2(x-2)", "y=2x-3"]),
        (
            r"Halla la recta que pasa por \((2,1)\) y \((6,9)\).",
            ["m = (9-1)/(6-2) = 2", "y = 2x + n", "1 = 4 + n", "n = -3"],
        ),
        (r"Find the line through \((1,2)\) and \((3,4)\).", ["grad = 1", "y = x + 1"]),
        (POINT_AND_SLOPE, ["y+1=3(x-2)", "y=3x-7"]),
        (POINT_AND_SLOPE, ["y = 3x + c", "-1 = 3*2 + c", "c = -7"]),
        (PERPENDICULAR, ["m1 = 3", "m2 = -1/3", "y = -1/3 x + b", "1 = -1/3*6 + b", "b = 3"]),
        (PERPENDICULAR, ["m_2 = -1/m_1 = -1/3", "y - 1 = -1/3(x - 6)", "y = -1/3 x + 3"]),
        (PARALLEL, ["m = -2", "4 = -2*1 + b", "b = 6", "y = -2x + 6"]),
        (SEGMENT, ["M = ((-2+4)/2, (3+11)/2) = (1, 7)", "d = √(6²+8²) = √100 = 10"]),
        (SEGMENT, ["M = (1|7)", "d = √((4+2)²+(11-3)²)"]),
    ],
)
def test_right_lines_are_not_refuted_and_mostly_proved(statement: str, lines: list[str]) -> None:
    assert not set(marks(lines, statement)) & {"r", "u"}


@pytest.mark.parametrize(
    ("statement", "line", "slip"),
    [
        (TWO_POINTS, "m = (6-2)/(9-1)", "slope_inverted"),
        (TWO_POINTS, "m = 1/2", "slope_inverted"),
        (TWO_POINTS, "m = -2", "lost_sign"),
        (TWO_POINTS, "2 = 2*1 + b", ""),
        (PERPENDICULAR, "m_2 = 1/3", "lost_sign"),
        (PERPENDICULAR, "m = -3", "lost_sign"),
        (SEGMENT, "d = 6² + 8²", "root_forgotten"),
        (SEGMENT, "d = 6 + 8", "split_root"),
        (SEGMENT, "M = (3, 4)", "wrong_formula"),
    ],
)
def test_wrong_lines_are_refuted_by_name(statement: str, line: str, slip: str) -> None:
    assert refuted_check([line], statement).refuted.slip == slip


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (r"Find the perpendicular bisector of \((2,1)\) and \((6,9)\).", "m = -1/2"),
        (r"Find the circle through \((2,1)\) with centre \((6,9)\).", "m = 1/2"),
        (r"Find where the line through \((2,1)\) and \((6,9)\) meets \(y=x\).", "y = x"),
        (r"The line \(y=mx+b\) passes through \((0,3)\) and \((4,3)\).", "m = 0"),
        (r"Find the line through \((2,1)\) and \((2,9)\).", "x = 2"),
    ],
)
def test_lines_that_may_be_right_are_not_refuted(statement: str, line: str) -> None:
    assert marks([line], statement) != "r"
