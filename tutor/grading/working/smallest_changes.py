"""Names a refuted line without a name by the smallest change that makes it right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import (
    Add,
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
from tutor.grading.solving.equations import sign_of_constant_ratio, vanishing_term
from tutor.grading.steps.claim_results import RELATIONS_OF_SIDES, ClaimResult, Slip
from tutor.grading.steps.definitions import Unresolved
from tutor.grading.steps.statements import is_solved
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.contradiction_judge import agrees

MAX_CHANGES = 12  # that are tried, for each side
MAX_PREMISES = 3


def named_by_change(
    result: ClaimResult,
    sides: Sequence[Term],
    facts: Facts,
    budget: WorkBudget,
    *,
    is_equation: bool = True,
) -> ClaimResult:
    """The result with the slip of a sign or a solution that is missing.

    sides: of the claim, or of the line before and the claim. is_equation: no inequality. Raises
    WorkBudgetSpent.
    """
    if result.slip not in (Slip.NONE, Slip.ARITHMETIC):
        return result
    if result.relation in RELATIONS_OF_SIDES:
        is_sign = any(_differ_by_sign(*pair, facts, budget) for pair in pairwise(sides))
        return replace(result, slip=Slip.LOST_SIGN) if is_sign else result
    if len(sides) != 2 or not is_equation:
        return result
    claim = Comparison("=", *sides)
    known = [f.value for f in reversed(facts.about(free_names(claim))) if not is_solved(f.value)]
    for premise in known[:MAX_PREMISES]:
        if _is_with_sign(claim, premise, budget):
            return replace(result, slip=Slip.LOST_SIGN)
        if agrees(claim, premise, budget):
            return replace(result, slip=Slip.LOST_ROOT)
    return result


def _differ_by_sign(left: Term, right: Term, facts: Facts, budget: WorkBudget) -> bool:
    """10/3 - 7/6 for F(2) - F(-1), where F(-1) is -7/6."""
    try:
        known = facts.with_values(facts.definitions.resolved(left))
    except Unresolved:
        return False
    if not is_term(known) or free_names(known) != free_names(right):
        return False
    if same_value(known, right, budget).equal is not False:
        return False
    return any(same_value(known, other, budget).equal for other in _with_other_sign(right))


def _is_with_sign(claim: Comparison, premise: Value, budget: WorkBudget) -> bool:
    """Whether an equation is the premise but for one sign."""
    target = vanishing_term(premise)
    if target is None or is_solved(claim) or not (is_term(claim.left) and is_term(claim.right)):
        return False
    changed = (
        *(Comparison("=", left, claim.right) for left in _with_other_sign(claim.left)),
        *(Comparison("=", claim.left, right) for right in _with_other_sign(claim.right)),
    )
    sides = (side for other in changed if (side := vanishing_term(other)) is not None)
    return any(sign_of_constant_ratio(side, target, budget) for side in sides)


def _with_other_sign(term: Term) -> list[Term]:
    return list(islice(_changes(term), MAX_CHANGES))


def _changes(term: Term) -> Iterator[Term]:
    """The term with the sign of one summand changed."""
    match term:
        case Add(parts):
            for index, part in enumerate(parts):
                opposite = part.part if isinstance(part, Neg) else Neg(part)
                for other in (opposite, *_changes(part)):
                    yield Add((*parts[:index], other, *parts[index + 1 :]))
        case Mul(parts):
            for index, part in enumerate(parts):
                for other in _changes(part):
                    yield Mul((*parts[:index], other, *parts[index + 1 :]))
        case Neg(part):
            yield from map(Neg, _changes(part))
        case Div(top, bottom):
            yield from (Div(other, bottom) for other in _changes(top))
