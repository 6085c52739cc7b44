"""Judges a line that its formulas leave open, by what its words say of the statement."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from tutor.grading.parsing.tree import Term, Unreadable
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.claim_results import ClaimResult
from tutor.grading.working.task import Task
from tutor.grading.working.worded_lines.clock_times import judge_clock
from tutor.grading.working.worded_lines.consecutive_numbers import judge_consecutive
from tutor.grading.working.worded_lines.denominators import judge_denominator
from tutor.grading.working.worded_lines.divisibility import judge_divisibility_line
from tutor.grading.working.worded_lines.fraction_parts import judge_fraction_parts
from tutor.grading.working.worded_lines.limit_words import judge_limit_words
from tutor.grading.working.worded_lines.named_terms import judge_named_terms

MAX_LENGTH = 200  # characters of a line
MAX_WORK_S = 0.05
_UNDECIDED = (WorkBudgetSpent, Unreadable, RecursionError, ArithmeticError)


def judge_open_line(
    text: str, before: Sequence[str], task: Task, known: Sequence[Term]
) -> ClaimResult | None:
    """Proved or given; None where the words do not tell.

    before: all lines before it. known: terms of the statement and these lines.
    """
    if len(text) > MAX_LENGTH:
        return None
    with suppress(*_UNDECIDED), WorkBudget(MAX_WORK_S) as budget:
        return (
            judge_consecutive(text, task)
            or judge_named_terms(text, task)
            or judge_denominator(text, task)
            or judge_divisibility_line(text, before, task)
            or judge_fraction_parts(text, known, budget)
            or judge_limit_words(text, task, budget)
            or judge_clock(text)
        )
    return None
