"""Tells whether a stored answer is false by the statement of its problem alone."""

from __future__ import annotations

import re
from contextlib import suppress

from tutor.grading.answer_key import IN_WORDS, AnswerKey
from tutor.grading.comparison.decimal_commas import with_decimal_points
from tutor.grading.comparison.keys import key_text
from tutor.grading.parsing.tree import FAILURES
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.prose.formulas import find_formulas
from tutor.grading.prose.plain_statements import with_formulas_marked
from tutor.grading.solver.goal import read_goal
from tutor.grading.solver.step import Goal, GoalKind
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.working.checker import WorkingChecker

MAX_WORK_S = 0.3
# Beside the one formula of a statement that asks for nothing else: "What is 7 · 8?" does, "What is
# the last digit of 3^98?" does not.
_MAX_WORDS = {
    GoalKind.EVALUATE: 2,
    GoalKind.EXPAND: 4,
    GoalKind.FACTOR: 4,
    GoalKind.SIMPLIFY: 4,
    GoalKind.SOLVE: 6,
}
_WORD = re.compile(r"\d|[\u4e00-\u9fff]{1,2}|(?:(?![\u4e00-\u9fff])[^\W\d_])+")
_RELATION = re.compile(r"[=<>≤≥]|\\(?:le|ge|in|lt|gt)")


def is_key_refuted(statement: str, key: AnswerKey) -> bool:
    """Whether the stored answer, written as a line of working, does not follow. Never raises.

    Only of a statement that plainly asks for the value, or the solutions, of its one formula: what
    else asks for one may be answered by another value.
    """
    if key.condition or key.kind in IN_WORDS:
        return False
    with suppress(*FAILURES), WorkBudget(MAX_WORK_S):
        checker = WorkingChecker(statement)
        goal = read_goal(checker.progress.facts.task)
        if _words_beside_formula(statement) <= _MAX_WORDS.get(goal.kind, -1):
            return next(checker.check([_line(goal, key)])).verdict == StepVerdict.REFUTED
    return False


def _words_beside_formula(statement: str) -> float:
    """How many; infinite where there is not exactly one formula."""
    marked = with_formulas_marked(statement)
    formulas = [span for span, _kind in find_formulas(marked)]
    if len(formulas) != 1:
        return float("inf")
    (formula,) = formulas
    return len(_WORD.findall(f"{marked[: formula.start]} {marked[formula.end :]}"))


def _line(goal: Goal, key: AnswerKey) -> str:
    text = key_text(key)
    value = f"{with_decimal_points(text) if key.decimal_comma else text} {key.unit}".strip()
    if goal.kind != GoalKind.SOLVE:
        return f"= {value}"
    is_bare = len(goal.unknowns) == 1 and not _RELATION.search(value)
    return f"{goal.unknowns[0]} = {value}" if is_bare else value
