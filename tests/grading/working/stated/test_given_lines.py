"""A line that the problem gives: its slope and intercept, and its equation written anew."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import assert_marks, marks
from tutor.grading.steps.claim_results import Slip

LINE = r"A line has equation \(2y=6x-8\). State its gradient and its y-intercept."
TANGENT = r"Find the tangent to \(y=x^2\) at x = 3."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (LINE, ["y = 3x - 4", "gradient = 3", "y-intercept = -4", "c = -4"]),
        (
            r"Gegeben ist die Gerade \(3x+2y=12\). Bestimme Steigung und Achsenabschnitt.",
            ["y = -1.5x+6", "m = -1.5", "b = 6", "Steigung: -1.5"],
        ),
        (r"Quelle est la pente de la droite \(y=-2x+5\) ?", ["a = -2", "pente : -2"]),
        (r"求直线 \(2x-y+3=0\) 的斜率和在 y 轴上的截距。", ["k=2", "斜率为2，截距为3"]),
    ],
)
def test_slope_and_intercept_are_proved(statement, lines):
    assert marks(lines, statement) == "p" * len(lines)


@pytest.mark.parametrize("line", ["gradient = 6", "y-intercept = -8", "m = -3"])
def test_other_numbers_are_refuted(line):
    assert marks([line], LINE) == "r"


def test_a_parallel_line_may_have_another_intercept():
    assert "r" not in marks(["c = 5"], r"Find the line parallel to \(y=3x-4\) through (1, 8).")


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (LINE, [("y = 3x - 8", Slip.ONE_SIDE)]),
        (TANGENT, ["y=6(x-3)+9", ("y=6x-3+9", Slip.HALF_DISTRIBUTED)]),
    ],
)
def test_the_same_line_written_wrongly_is_refuted(statement, lines):
    assert_marks(statement, lines)


def test_a_constant_added_wrongly_is_refuted():
    assert marks(["y=6(x-3)+9", "y=6x-18+9", "y=6x-8"], TANGENT) == "ppr"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (
            r"Find the tangents to \(y=x^2\) at x = 1 and x = 3.",
            ["y=2(x-1)+1", "y=6(x-3)+9", "y=2x-1"],
        ),
        (
            r"Find the line perpendicular to \(y=2x+1\) through (2, 3).",
            ["y = -1/2 x + 1 + 3", "y = -x/2 + 4"],
        ),
        (
            r"Two lines have equations \(2y=6x-8\) and \(y=x+2\). Where do they meet?",
            ["y = 3x - 4", "3x - 4 = x + 2"],
        ),
    ],
)
def test_another_line_is_not_refuted(statement, lines):
    assert "r" not in marks(lines, statement)
