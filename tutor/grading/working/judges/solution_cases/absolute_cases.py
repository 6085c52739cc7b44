"""The cases of an absolute value: x - 4 = 3x and 4 - x = 3x for |x - 4| = 3x."""

from __future__ import annotations

from contextlib import suppress

from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Neg,
    Unreadable,
    Value,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import sign_of_constant_ratio, vanishing_term
from tutor.grading.working.facts import Facts
from tutor.grading.working.progress import Progress


def is_case_of_absolute(value: Value, facts: Facts, budget: WorkBudget) -> bool:
    """Whether it is a known equation with what is between the bars, or its opposite."""
    side = vanishing_term(value) if isinstance(value, Comparison) else None
    if side is None:
        return False
    for equation in facts.equations():
        for part in walk(equation):
            match part:
                case Call("abs", (inner,)) if is_term(inner):
                    written = (substitute(equation, part, way) for way in (inner, Neg(inner)))
                    others = [other for w in written if (other := vanishing_term(w)) is not None]
                    if any(sign_of_constant_ratio(side, other, budget) for other in others):
                        return True
    return False


def has_other_case(value: Value, progress: Progress, budget: WorkBudget) -> bool:
    """Whether what follows has the other one of the two cases."""
    own = vanishing_term(value) if isinstance(value, Comparison) else None
    for statement in progress.following:
        with suppress(Unreadable, RecursionError):
            claim = progress.read_statement(statement)
            sides = [term for term in claim.terms if term is not None]
            if claim.operators != ("=",) or len(sides) != 2:
                continue
            other = Comparison("=", *sides)
            side = vanishing_term(other)
            if own is None or side is None or sign_of_constant_ratio(own, side, budget):
                continue
            if is_case_of_absolute(other, progress.facts, budget):
                return True
    return False
