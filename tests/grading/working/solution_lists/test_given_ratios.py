"""Angles that a statement gives by one ratio: the others follow, with the sign of the quadrant."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import assert_marks, marks
from tutor.grading.steps.claim_results import Slip

BETWEEN = r"Given \(\sin x = 3/5\) and \(\frac{\pi}{2}<x<\pi\), find \(\tan x\)."
ACUTE = r"Given \(\sin a = 3/5\) with a acute, find \(\sin 2a\)."
TWO = r"Given \(\sin a = 3/5\) and \(\cos b = 5/13\), a and b are acute. Find \(\sin(a+b)\)."
THIRD = r"Sei \(\tan \alpha = 3/4\) mit \(180° < \alpha < 270°\). Berechne \(\sin\alpha\)."
OPEN = r"Given \(\sin x = 3/5\), what may \(\cos x\) be?"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (BETWEEN, ["cos x = -4/5", "tan x = -3/4"]),
        (BETWEEN, [("cos x = 4/5", Slip.WRONG_BRANCH)]),
        (ACUTE, ["cos a = 4/5", "sin2a = 2 sin a cos a = 2*3/5*4/5 = 24/25"]),
        (ACUTE, ["cos 2a = 1 - 2sin²a = 1 - 18/25 = 7/25"]),
        (TWO, ["cos a = 4/5", "sin(a+b) = sin a cos b + cos a sin b = 15/65 + 48/65 = 63/65"]),
        (THIRD, ["sin α = -3/5"]),
        (r"α是第二象限角，\(\sin\alpha=3/5\)，求 \(\tan\alpha\)。", ["cosα=-4/5", "tanα=-3/4"]),
        (OPEN, [("cos x = 4/5", "…")]),  # or -4/5
    ],
)
def test_other_ratios_follow_from_one(statement, lines):
    assert_marks(statement, lines)


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (ACUTE, "sin2a = 2*3/5 = 6/5"),
        (TWO, "sin(a+b) = 3/5 + 12/13"),
        (OPEN, "cos x = 2/5"),
    ],
)
def test_what_no_sign_makes_true_is_refuted(statement, line):
    assert marks([line], statement) == "r"
