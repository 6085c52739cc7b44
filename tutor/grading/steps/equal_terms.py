"""Two expressions with the same value, and antiderivatives."""

from __future__ import annotations

from tutor.grading.numeric.degrees import equal_in_degrees
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import BigOperator, Term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.witnesses import where_they_differ


def equal_terms(
    left: Term, right: Term, relation: ClaimRelation, budget: WorkBudget
) -> ClaimResult:
    """Whether two expressions are the same wherever both are defined."""
    is_equal = same_value(left, right, budget).equal
    if is_equal:
        return proved(relation)
    if is_equal is None:
        return unchecked(relation)
    witness = where_they_differ(left, right, budget)
    if witness is None or equal_in_degrees(left, right, budget):
        return unchecked(relation)
    return refuted(relation, witness)


def is_indefinite(integral: BigOperator) -> bool:
    return integral.kind == "int" and integral.low is None and integral.high is None


def antiderivative(integral: BigOperator, right: Term, budget: WorkBudget) -> ClaimResult:
    """∫ f dx = F + C: the derivative of F is f."""
    try:
        derived = differentiate(right, integral.name)
    except NotDifferentiable:
        return unchecked(ClaimRelation.EVALUATE)
    return equal_terms(derived, integral.body, ClaimRelation.EVALUATE, budget)
