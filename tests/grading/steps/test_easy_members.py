"""Easy numbers out of a set."""

from fractions import Fraction

import pytest

from tutor.grading.parsing.answers import read_answer
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.set_notation import real_set
from tutor.grading.steps.easy_members import easy_member


@pytest.mark.parametrize(
    ("statement", "member"),
    [
        ("x > 3", 4),
        ("x < 3", 2),
        ("x > 2 and x < 3", Fraction(5, 2)),
        (r"x \ge 3 and x \le 3", 3),
        ("x > 0.31 and x < 0.39", Fraction(7, 20)),
    ],
)
def test_it_is_whole_or_has_a_small_denominator(statement, member):
    budget = WorkBudget(10)
    number = easy_member(real_set(read_answer(statement), budget))
    assert number == member
