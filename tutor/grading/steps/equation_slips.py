"""Slips between two equations in one variable."""

from __future__ import annotations

from fractions import Fraction

from tutor.grading.numeric.polynomials import polynomial_of_zeros, rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.numeric.roots import polynomial_of, polynomial_without_roots
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Logic,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import vanishing_term
from tutor.grading.solving.linear_systems import linear_row
from tutor.grading.steps.claim_results import ClaimRelation, Slip, StepVerdict
from tutor.grading.steps.expression_slips import are_same, is_product_with_signs_changed
from tutor.grading.steps.implication import implies
from tutor.grading.steps.inverse_slips import inverse_slips
from tutor.grading.steps.rule_slips import RULE_SLIPS, split_square
from tutor.grading.steps.statements import comparisons

_TWO = Num(Fraction(2))


def slip_in_equation(premise: Comparison, claim: Value, variable: str, budget: WorkBudget) -> Slip:
    left, right = premise.left, premise.right
    if not (is_term(left) and is_term(right)):
        return Slip.NONE
    if _is_zero_product(left, right, claim, budget):
        return Slip.ZERO_PRODUCT
    claim_side = vanishing_term(claim)
    if claim_side is None:
        return Slip.NONE
    if _has_lost_roots(premise, claim, variable):
        return Slip.LOST_ROOT
    if slip := slip_in_inverting(premise, claim, budget):
        return slip
    if slip := slip_in_rewriting(premise, claim, budget):
        return slip
    if _has_sides_squared_apart(left, right, claim_side, variable):
        return Slip.SPLIT_SQUARE
    if isinstance(claim, Comparison) and _has_factor_sign_slip(premise, claim, budget):
        return Slip.FACTOR_SIGN
    slip_in_division = _slip_in_division(left, right, claim, variable)
    is_divided = not isinstance(left, Add) and not free_names(right)
    if slip_in_division == Slip.DIVIDED_WRONGLY or (slip_in_division and is_divided):
        return slip_in_division
    return (
        _slip_in_sign(left, right, claim, budget)
        or slip_in_division
        or _slip_in_coefficient(premise, claim, variable)
    )


def _is_zero_product(left: Term, right: Term, claim: Value, budget: WorkBudget) -> bool:
    """ab = 0 as a = b, and ab = 8 as a = 8 or b = 8"""
    if isinstance(left, Mul) and isinstance(claim, Logic) and rational_value(right) != 0:
        return _gives_each_factor(left, right, claim, budget)
    if not (isinstance(left, Mul) and rational_value(right) == 0 and isinstance(claim, Comparison)):
        return False
    sides = (claim.left, claim.right)
    if not all(is_term(side) for side in sides) or len(left.parts) != 2:
        return False
    return all(
        any(are_same(factor, side, budget) for factor in left.parts)  # type: ignore[arg-type]
        for side in sides
    )


def _gives_each_factor(product: Mul, value: Term, claim: Logic, budget: WorkBudget) -> bool:
    factors = [part for part in product.parts if free_names(part)]
    parts = list(comparisons(claim))
    return len(parts) == len(factors) > 1 and all(
        is_term(part.left)
        and is_term(part.right)
        and are_same(part.right, value, budget)
        and any(are_same(factor, part.left, budget) for factor in factors)
        for part in parts
    )


def _has_lost_roots(premise: Value, claim: Value, variable: str) -> bool:
    """Whether the claim has some of the premise's solutions and no other."""
    sides = vanishing_term(premise), vanishing_term(claim)
    before, after = (side and rational_function(side, variable) for side in sides)
    if not before or not after or after.top.degree() >= before.top.degree():
        return False
    all_zeros, remaining = polynomial_of_zeros(before), polynomial_of_zeros(after)
    is_divisor = remaining.degree() > 0 and not (all_zeros % remaining)
    return is_divisor and all_zeros != remaining


def slip_in_rewriting(premise: Comparison, claim: Value, budget: WorkBudget) -> Slip:
    """One side of the premise was rewritten by a wrong rule."""
    left, right = premise.left, premise.right
    if not (is_term(left) and is_term(right)):
        return Slip.NONE
    for slip, variants in RULE_SLIPS:
        for variant in variants(left):
            if is_equivalent(Comparison(premise.op, variant, right), claim, budget):
                return slip
        for variant in variants(right):
            if is_equivalent(Comparison(premise.op, left, variant), claim, budget):
                return slip
    return Slip.NONE


def has_moved_sign(premise: Comparison, claim: Value, budget: WorkBudget) -> bool:
    """xy - 2y = 3x to xy - 3x = -2y"""
    left, right = premise.left, premise.right
    if not (is_term(left) and is_term(right)):
        return False
    if not isinstance(claim, Comparison) or not is_term(claim.left) or not is_term(claim.right):
        return False
    claimed = Add((claim.left, Neg(claim.right)))
    side = Add((left, Neg(right)))
    twice = (Mul((Num(Fraction(2)), term)) for term in (*summands(left), *summands(right)))
    for change in twice:
        budget.check()
        for changed in (Add((side, change)), Add((side, Neg(change)))):
            if are_same(changed, claimed, budget):
                return True
    return False


def slip_in_inverting(premise: Comparison, claim: Value, budget: WorkBudget) -> Slip:
    """r³ = 27 as r = 9, 2^x = 32 as x = 16, √x = 4 as x = 8."""
    for slip, outcome in inverse_slips(premise):
        if is_equivalent(outcome, claim, budget):
            return slip
    return Slip.NONE


def is_equivalent(premise: Value, claim: Value, budget: WorkBudget) -> bool:
    budget.check()
    result = implies([premise], claim, budget)
    is_both_ways = result.relation in (ClaimRelation.EQUIVALENT, ClaimRelation.SOLVE)
    return is_both_ways and result.verdict == StepVerdict.PROVED


def _has_sides_squared_apart(left: Term, right: Term, claim_side: Term, variable: str) -> bool:
    """√A = a + b as A = a^2 + b^2"""
    for root, total in ((left, right), (right, left)):
        if isinstance(root, Root) and isinstance(total, Add):
            for wrong in split_square(Pow(total, _TWO)):
                outcome = polynomial_without_roots(Add((root.inner, Neg(wrong))), variable)
                if outcome is not None and outcome == polynomial_of(claim_side, variable):
                    return True
    return False


def _slip_in_division(left: Term, right: Term, claim: Value, variable: str) -> Slip:
    """ax = b, and then x = a/b, ab, b - a or -b/a"""
    if not (isinstance(claim, Comparison) and claim.left == Sym(variable) and is_term(claim.right)):
        return Slip.NONE
    if not free_names(left):
        left, right = right, left
    row = linear_row(Add((left, Neg(right))), [variable])
    value = rational_value(claim.right)
    if row is None or value is None or not row[0] or free_names(right):
        return Slip.NONE
    slope, constant = row
    if value == -constant / slope:
        return Slip.LOST_SIGN
    wrong = [slope * constant, constant - slope, constant + slope]
    wrong += [slope / constant, -slope / constant] if constant else []
    is_multiple = not isinstance(left, Add) and abs(slope) != 1
    return Slip.DIVIDED_WRONGLY if is_multiple and value in wrong else Slip.NONE


def _slip_in_sign(left: Term, right: Term, claim: Value, budget: WorkBudget) -> Slip:
    """A term that changed its side without changing its sign, or its sign without its side."""
    for is_on_left, terms in ((True, summands(left)), (False, summands(right))):
        for term in terms:
            if rational_value(term) == 0:
                continue
            # Moving t with its sign unchanged turns a + t = b into a = b + t, that is a - t = b.
            twice = Neg(Mul((_TWO, term)))
            sides = (Add((left, twice)), right) if is_on_left else (left, Add((right, twice)))
            if is_equivalent(Comparison("=", *sides), claim, budget):
                is_moved = has_moved(term, is_on_left, claim)
                return Slip.MOVED_SIGN if is_moved else Slip.LOST_SIGN
    return Slip.NONE


def summands(term: Term) -> list[Term]:
    if isinstance(term, Add):
        return [part for inner in term.parts for part in summands(inner)]
    return [term]


def has_moved(term: Term, was_on_left: bool, claim: Value) -> bool:
    """Whether the side on which the term stood has no term of its kind left.

    Its sides may have been swapped: 3 = 4 + b, and then b = 7.
    """
    if not isinstance(claim, Comparison):
        return False
    is_swapped = not was_on_left and isinstance(claim.left, Sym)
    side = claim.left if was_on_left or is_swapped else claim.right
    if not is_term(side):
        return True
    names = free_names(term)
    return not any(
        free_names(part) == names and _power(part) == _power(term) and rational_value(part) != 0
        for part in summands(side)
    )


def _power(term: Term) -> object:
    match term:
        case Neg(part):
            return _power(part)
        case Mul(parts):
            return tuple(_power(part) for part in parts if free_names(part))
        case Sym():
            return (Fraction(1),)
        case Pow(_, exponent):
            return (rational_value(exponent),)
    return ()


def _has_factor_sign_slip(premise: Comparison, claim: Comparison, budget: WorkBudget) -> bool:
    if not (is_term(claim.left) and is_term(claim.right) and rational_value(claim.right) == 0):
        return False
    side = vanishing_term(premise)
    return side is not None and is_product_with_signs_changed(side, claim.left, budget)


def _slip_in_coefficient(premise: Value, claim: Value, variable: str) -> Slip:
    """Right but for one number."""
    sides = vanishing_term(premise), vanishing_term(claim)
    quotients = [side and rational_function(side, variable) for side in sides]
    if not quotients[0] or not quotients[1]:
        return Slip.NONE
    if quotients[0].bottom.degree() or quotients[1].bottom.degree():
        return Slip.NONE
    before, after = quotients[0].top, quotients[1].top
    degree = before.degree()
    if degree != after.degree() or degree < 1:
        return Slip.NONE
    scale = before[degree] / after[degree]
    differing = [sum(before[n] != scale * after[n] for n in range(degree))]
    if before[0] != 0 and after[0] != 0:
        scale = before[0] / after[0]
        differing.append(sum(before[n] != scale * after[n] for n in range(1, degree + 1)))
    return Slip.ARITHMETIC if 1 in differing else Slip.NONE
