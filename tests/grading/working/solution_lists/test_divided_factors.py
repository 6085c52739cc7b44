"""Factors by which both sides are divided, and signs of order that are to be turned."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import assert_marks, marks
from tutor.grading.steps.claim_results import Slip

SINES = r"Solve \(2\sin x\cos x=\sin x\) for \(0\le x<2\pi\)."


def test_a_factor_that_may_be_zero_loses_solutions():
    assert_marks(SINES, [("divide by sin x: 2cos x=1", Slip.LOST_ROOT)])
    lines = ["sin x/cos x = 2 sin x", ("1/cos x = 2", Slip.LOST_ROOT)]
    assert_marks(r"Solve \(\tan x = 2 \sin x\) for 0≤x<2π.", lines)


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (r"Solve \(2\sin x\cos x=\sin x\) for \(0 < x < \pi\).", ["2cos x = 1"]),
        (r"Solve \(2\sin x\cos x=\sin x\) for x ∈ (0, π).", ["2cos x = 1"]),
        (r"Solve \(2 e^x x = e^x\).", ["2x = 1"]),
        (SINES, ["sin x = 0 or 2cos x = 1"]),
        (SINES, ["case 1: sin x = 0", "case 2: sin x ≠ 0", "2cos x = 1"]),
    ],
)
def test_one_that_is_not_zero_there_loses_none(statement, lines):
    assert "r" not in marks(lines, statement)


def test_signs_in_both_parts_are_to_be_turned():
    lines = ["3-2x ≥ 5 or 3-2x ≤ -5", "-2x ≥ 2 or -2x ≤ -8"]
    wrong = ("x ≥ -1 or x ≤ 4", Slip.INEQUALITY_NOT_TURNED)
    assert_marks(r"Solve \(|3-2x|\ge 5\).", [*lines, wrong])
    assert marks([*lines, "x ≤ -1 or x ≥ 4"], r"Solve \(|3-2x|\ge 5\).") == "ppp"
