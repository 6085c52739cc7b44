"""Whether two terms have the same value, within a little work."""

from __future__ import annotations

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Term
from tutor.grading.processes.work_budget import WorkBudget

MAX_COMPARISON_WORK_S = 0.05


def is_equal(first: Term, second: Term) -> bool:
    """False where it is not certain."""
    values = rational_value(first), rational_value(second)
    if None not in values:
        return values[0] == values[1]
    with WorkBudget(MAX_COMPARISON_WORK_S) as budget:
        return same_value(first, second, budget).equal is True
