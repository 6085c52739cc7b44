"""A factor by which both sides were divided, though it may be zero: sin x of sin 2x = sin x."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flint import arb

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import (
    ZERO,
    Comparison,
    Div,
    Mul,
    Neg,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import zeros_near
from tutor.grading.solving.inequalities import holds
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    Slip,
    refuted,
)
from tutor.grading.steps.witnesses import failing_at
from tutor.grading.working.judges.following import has_inequality
from tutor.grading.working.task import Task

_INTERVAL = re.compile(r"∈|\\in(?![a-z])|interval|间", re.IGNORECASE)
MAX_FACTORS = 6  # of the two sides


def judge_divided(
    premise: Value, claim: Value, task: Task, budget: WorkBudget
) -> ClaimResult | None:
    """Refuted with a solution that was lost; None for anything else.

    Also where the problem gives an interval that is not read, outside which the solution may lie.
    """
    sides, claimed = _sides(premise), _sides(claim)
    if sides is None or claimed is None:
        return None
    names = free_names(premise)
    if len(names) != 1 or names != free_names(claim):
        return None
    [name] = names
    conditions = [value for value in task.equations if has_inequality(value)]
    if not conditions and _INTERVAL.search(task.text):
        return None
    for factor in list(_common_factors(*sides))[:MAX_FACTORS]:
        pairs = zip(sides, claimed, strict=True)
        if not all(same_value(a, Mul((factor, b)), budget).equal is True for a, b in pairs):
            continue
        for zero in zeros_near(Comparison("=", factor, ZERO), name, budget):
            if not isinstance(zero, arb):
                continue
            if not all(holds(condition, {name: zero}, budget) for condition in conditions):
                continue  # outside what is asked for
            witness = failing_at(claim, {name: zero}, budget, FailingStatement.CLAIM)
            if witness is not None:
                return refuted(ClaimRelation.SOLVE, witness, Slip.LOST_ROOT)
    return None


def _sides(equation: Value) -> tuple[Term, Term] | None:
    match equation:
        case Comparison("=", left, right) if is_term(left) and is_term(right):
            return left, right
    return None


def _common_factors(left: Term, right: Term) -> Iterator[Term]:
    others = set(_factors(right))
    yield from dict.fromkeys(factor for factor in _factors(left) if factor in others)


def _factors(term: Term) -> Iterator[Term]:
    """Those with a variable, above a fraction bar."""
    match term:
        case Mul(parts):
            for part in parts:
                yield from _factors(part)
        case Div(top, _):
            yield from _factors(top)
        case Neg(part):
            yield from _factors(part)
        case _ if free_names(term):
            yield term
