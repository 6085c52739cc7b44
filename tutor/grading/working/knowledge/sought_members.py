"""Equations for the index of a member, or for the number of members: -81 = 21 + (n - 1)(-3)."""

from __future__ import annotations

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Comparison, Sym, Term, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.sequences import SUM, sequence_of
from tutor.grading.working.task import Task

_INDICES = ("n", "k", "m", "x")


def judge_sought_member(equation: Comparison, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Proved where a told number is the n-th member or the sum of n; None for anything else.

    Raises WorkBudgetSpent.
    """
    names = free_names(equation)
    left, right = equation.left, equation.right
    if len(names) != 1 or min(names) not in _INDICES or equation.op != "=":
        return None
    if not is_term(left) or not is_term(right):
        return None
    number, term = (left, right) if not free_names(left) else (right, left)
    value = rational_value(number) if not free_names(number) else None
    if value is None or not {value, -value} & task.numbers or isinstance(term, Sym):
        return None
    is_right = any(same_value(term, sought, budget).equal for sought in _terms(task, Sym(*names)))
    return proved(ClaimRelation.EVALUATE) if is_right else None


def _terms(task: Task, index: Term) -> list[Term]:
    sequence = sequence_of(task)
    if sequence is None or sequence.begins_with != 1:
        return []
    return [sequence.sum(index)] if SUM.search(task.text) else [sequence.member(index)]
