"""Judges a line that its formulas leave open, by what its words say of the statement."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from tutor.grading.parsing.tree import Unreadable
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.claim_results import ClaimResult
from tutor.grading.working.task import Task
from tutor.grading.working.worded_lines.consecutive_numbers import judge_consecutive
from tutor.grading.working.worded_lines.denominators import judge_denominator
from tutor.grading.working.worded_lines.divisibility import judge_divisibility_line
from tutor.grading.working.worded_lines.named_terms import judge_named_terms

MAX_LENGTH = 200  # characters of a line
MAX_WORK_S = 0.05
_UNDECIDED = (WorkBudgetSpent, Unreadable, RecursionError, ArithmeticError)


def judge_open_line(text: str, before: Sequence[str], task: Task) -> ClaimResult | None:
    """Proved or given; None where the words do not tell. before: all lines before it."""
    if len(text) > MAX_LENGTH:
        return None
    with suppress(*_UNDECIDED), WorkBudget(MAX_WORK_S):
        return (
            judge_consecutive(text, task)
            or judge_named_terms(text, task)
            or judge_denominator(text, task)
            or judge_divisibility_line(text, before, task)
        )
    return None
