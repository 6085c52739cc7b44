"""Slips between two expressions that are claimed to be equal."""

from __future__ import annotations

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, BigOperator, Div, Mul, Neg, Num, Term, free_names, walk
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.rule_slips import BACKWARDS, LOST_SIGN, RULE_SLIPS

MAX_INTEGRAL_WORK_S = 0.03  # of comparing an integral that a usual mistake made
MAX_FACTORS = 4  # in brackets, whose signs are changed in every combination


def slip_in_expression(premise: Term, claim: Term, budget: WorkBudget) -> Slip:
    for slip, variants in RULE_SLIPS:
        for variant in variants(premise):
            budget.check()
            if are_same(variant, claim, budget):
                return slip
    if is_product_with_signs_changed(premise, claim, budget):
        return Slip.FACTOR_SIGN
    is_worked_out = isinstance(claim, Num | Neg) and not free_names(claim)
    if not is_worked_out and any(are_same(v, claim, budget) for v in LOST_SIGN(premise)):
        return Slip.LOST_SIGN
    return _slip_in_calculation(premise, claim)


def slip_backwards(left: Term, right: Term, budget: WorkBudget) -> Slip:
    """a^2 + b^2 = (a + b)^2: the mistake that makes the left side of the right one."""
    if not free_names(left) or not free_names(right):
        return Slip.NONE
    for slip, variants in BACKWARDS:
        for variant in variants(right):
            budget.check()
            if are_same(variant, left, budget):
                return slip
    return Slip.NONE


def are_same(left: Term, right: Term, budget: WorkBudget) -> bool:
    """Also false where that is hard to tell of an integral, as of one across a pole."""
    if not any(isinstance(part, BigOperator) for part in walk(left)):
        return same_value(left, right, budget).equal is True
    try:
        with WorkBudget(MAX_INTEGRAL_WORK_S) as small:
            return same_value(left, right, small).equal is True
    except WorkBudgetSpent:
        budget.check()
        return False


def _slip_in_calculation(premise: Term, claim: Term) -> Slip:
    """No rule was misused: a wrong sum, product or reduction."""
    if isinstance(premise, Div) and _has_common_factor(premise) and not isinstance(claim, Div):
        return Slip.CANCELLED_TERM
    before, after = rational_value(premise), rational_value(claim)
    if before is not None and after is not None:
        if isinstance(premise, Div) and isinstance(claim, Div) and _is_fraction(premise):
            return Slip.REDUCED_WRONGLY
        return Slip.LOST_SIGN if before == -after else Slip.ARITHMETIC
    names = sorted(free_names(premise) | free_names(claim))
    is_one_off = len(names) == 1 and _differs_in_one_coefficient(premise, claim, names[0])
    return Slip.ARITHMETIC if is_one_off else Slip.NONE


def _differs_in_one_coefficient(premise: Term, claim: Term, variable: str) -> bool:
    before, after = rational_function(premise, variable), rational_function(claim, variable)
    if not before or not after or not before.bottom.degree() == after.bottom.degree() == 0:
        return False
    difference = before.top / before.bottom[0] - after.top / after.bottom[0]
    return sum(bool(difference[n]) for n in range(difference.degree() + 1)) == 1


def _is_fraction(quotient: Div) -> bool:
    return isinstance(quotient.top, Num) and isinstance(quotient.bottom, Num)


def _has_common_factor(fraction: Div) -> bool:
    names = sorted(free_names(fraction))
    if len(names) != 1:
        return False
    top, bottom = (
        rational_function(fraction.top, names[0]),
        rational_function(fraction.bottom, names[0]),
    )
    return bool(top and bottom and top.top.gcd(bottom.top).degree() > 0)


def is_product_with_signs_changed(premise: Term, claim: Term, budget: WorkBudget) -> bool:
    """x^2 + x - 6 as (x - 3)(x + 2): right but for the signs in the brackets."""
    product = claim.top if isinstance(claim, Div) else claim
    if not isinstance(product, Mul):
        return False
    brackets = [index for index, part in enumerate(product.parts) if isinstance(part, Add)]
    if not 0 < len(brackets) <= MAX_FACTORS:
        return False
    for choice in range(1, 1 << len(brackets)):
        chosen = {index for bit, index in enumerate(brackets) if choice >> bit & 1}
        parts = [
            _sign_changed(part) if index in chosen else part
            for index, part in enumerate(product.parts)
        ]
        changed: Term = Mul(tuple(parts))
        changed = Div(changed, claim.bottom) if isinstance(claim, Div) else changed
        if are_same(changed, premise, budget):
            return True
    return False


def _sign_changed(bracket: Term) -> Term:
    first, *rest = bracket.parts if isinstance(bracket, Add) else (bracket,)
    changed = [part.part if isinstance(part, Neg) else Neg(part) for part in rest]
    return Add((first, *changed))
