"""What equations in two variables say together: 2xy = 24 after x + y = 7, x² + y² = 25."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Div,
    Neg,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, StepVerdict, unchecked
from tutor.grading.working.judges.following import check_implication

_UNDECIDED = unchecked(ClaimRelation.IMPLIES)


def judge_jointly(known: Sequence[Value], claim: Value, budget: WorkBudget) -> ClaimResult | None:
    """What follows where all of them hold; None where they are one equation in several forms."""
    if len(free_names(claim)) != 2 or len(known) < 2:
        return None
    for equation in known:
        for name, term in _solved(equation):
            others = [substitute(other, Sym(name), term) for other in known]
            premises = [other for other in others if len(free_names(other)) == 1]
            premises = [other for other in premises if not _is_identity(other, budget)]
            if not premises:
                return None
            return check_implication(premises, substitute(claim, Sym(name), term), budget)
    first, *rest = known
    are_same = all(
        check_implication([first], other, budget).verdict == StepVerdict.PROVED for other in rest
    )
    return None if are_same else _UNDECIDED


def _solved(equation: Value) -> Iterator[tuple[str, Term]]:
    """y = 7 - x for x + y = 7."""
    match equation:
        case Comparison("=", left, right) if is_term(left) and is_term(right):
            whole = Add((left, Neg(right)))
        case _:
            return
    for name in sorted(free_names(equation), reverse=True):
        line = linear_coefficients(whole, name)
        if line is not None and rational_value(line[0]):
            yield name, Div(Neg(line[1]), line[0])


def _is_identity(equation: Value, budget: WorkBudget) -> bool:
    match equation:
        case Comparison("=", left, right) if is_term(left) and is_term(right):
            return same_value(left, right, budget).equal is True
    return False
