"""A right line below a wrong one: the wrong one stays wrong, and the right one rests on nothing."""

import pytest

from tests.grading.weighing.weighing import marks
from tutor.grading.steps.checks import Mark


@pytest.mark.parametrize(
    ("statement", "lines", "key", "expected"),
    [
        ("Solve \\(3x = 12\\).", ["3x = 12", "x = 9", "x = 4"], "4", "given refuted proved"),
        (
            "Löse \\(x + 4 = 10\\).",
            ["x = 10 + 4", "x = 14", "x = 10 - 4", "x = 6"],
            "6",
            "refuted resting proved proved",
        ),
        (
            "Resuelve \\(2x + 25 = 41\\).",
            ["2x = 66", "x = 33", "2x = 16", "x = 8"],
            "8",
            "refuted resting proved proved",
        ),
    ],
)
def test_the_first_try_stays_wrong(statement, lines, key, expected):
    assert marks(statement, key, *lines) == [Mark(mark) for mark in expected.split()]


@pytest.mark.parametrize(
    ("statement", "lines", "key"),
    [
        ("Solve \\(x^2 = 9\\) where x is positive.", ["x = -3 or x = 3", "x = 3"], "3"),
        (
            "Solve \\(\\sqrt{x+7} = x - 5\\).",
            ["x+7 = x^2-10x+25", "x^2-11x+18 = 0", "x = 9 or x = 2", "x = 9"],
            "9",
        ),
    ],
)
def test_a_candidate_that_is_dropped_is_not_refuted(statement, lines, key):
    assert Mark.REFUTED not in marks(statement, key, *lines)
