"""Wrong lines that later ones correct, and what is right without them."""

from __future__ import annotations

from tests.grading.weighing.weighing import marks, refuted, weighed
from tests.grading.working.marking import marks as marks_before_weighing
from tutor.grading.steps.checks import Mark
from tutor.grading.steps.claim_results import Slip

SYSTEM = r"Solve \(\begin{cases}x+2y=8\\3x-2y=0\end{cases}\)."


def test_a_wrong_calculation_stays_wrong_where_the_answer_below_is_right():
    lines = ["(-4)*(-3)-(-10)", "=12-10", "=2", "=12-(-10)", "=12+10", "=22"]
    checks = weighed(r"Calculate \((-4)\cdot(-3)-(-10)\).", "22", *lines)
    assert refuted(checks) == (1, Slip.LOST_SIGN)


def test_a_point_is_compared_with_the_solution_of_a_system():
    assert marks_before_weighing(["(x,y)=(2,-3)"], SYSTEM) == "r"
    assert marks_before_weighing(["(x|y)=(2|-3)"], SYSTEM) == "r"
    assert marks_before_weighing(["(x,y)=(2,3)"], SYSTEM) == "p"
    assert marks(SYSTEM, "(2,3)", "4x = 8, x = 2", "(x|y)=(2|3)")[1] == Mark.PROVED
