"""Numbers with the imaginary unit."""

from __future__ import annotations

from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Const, Neg, Num, Pow, Term, Value, substitute, walk
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
    unchecked,
)

IMAGINARY = Const("i")


def has_imaginary(value: Value) -> bool:
    return any(part == IMAGINARY for part in walk(value))


def compare_complex(left: Term, right: Term, budget: WorkBudget) -> ClaimResult:
    """Two numbers of which one has i. Raises WorkBudgetSpent."""
    is_equal = same_value(left, right, budget).equal
    if is_equal is None:
        return unchecked(ClaimRelation.EQUAL)
    if is_equal:
        return proved(ClaimRelation.EQUAL)
    slip = Slip.NONE
    for part in walk(left):
        if isinstance(part, Pow) and part.base == IMAGINARY and part.exponent == Num(Fraction(2)):
            wrong = substitute(left, part, Num(Fraction(1)))
            slip = Slip.LOST_SIGN if same_value(wrong, right, budget).equal else slip
    conjugate = substitute(right, IMAGINARY, Neg(IMAGINARY))
    if not slip and same_value(left, conjugate, budget).equal:
        slip = Slip.LOST_SIGN
    return refuted(ClaimRelation.EQUAL, Witness({}, latex(left), latex(right)), slip)
