"""Compares numbers and functions exactly, and says where that is not possible."""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from tutor.grading.conditions.scope import UndecidedValue, UnfitAnswer
from tutor.grading.conditions.truth import ConditionTruth, all_of, any_of
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    Comparison,
    Div,
    Listing,
    Logic,
    Num,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.inequalities import holds

_ORDERED = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def compared(op: str, left: Term, right: Term, budget: WorkBudget) -> ConditionTruth:
    if op in ("=", "!="):
        equal = ConditionTruth.of(same_value(left, right, budget).equal)
        return equal if op == "=" else equal.negated()
    if free_names(left) or free_names(right):
        return ConditionTruth.UNFIT
    numbers = rational_value(left), rational_value(right)
    if None not in numbers:
        return ConditionTruth.of(_ORDERED[op](*numbers))
    with precision(BASE_BITS):
        is_so = holds(Comparison(op, left, right), {}, budget)
    if is_so is None and same_value(left, right, budget):
        return ConditionTruth.of(op in ("<=", ">="))
    return ConditionTruth.of(is_so)


def relation_holds(relation: Value, budget: WorkBudget) -> ConditionTruth:
    """Whether an equation, an inequality or several of them hold."""
    match relation:
        case Comparison(op, left, right) if is_term(left) and is_term(right):
            return compared(op, left, right, budget) if op != "in" else ConditionTruth.UNFIT
        case Logic("or", parts):
            return any_of(relation_holds(part, budget) for part in parts)
        case Logic(_, parts) | Listing(parts):
            return all_of(relation_holds(part, budget) for part in parts)
    return ConditionTruth.UNFIT


def number_in(term: Term) -> Fraction | None:
    """None for an irrational one, or where it is hard to say. Raises UnfitAnswer for letters."""
    if free_names(term):
        raise UnfitAnswer
    return rational_value(term)


def whole_number(term: Term, budget: WorkBudget) -> int | None:
    """None for what is none. Raises UnfitAnswer, UndecidedValue."""
    number = number_in(term)
    if number is not None:
        return number.numerator if number.denominator == 1 else None
    for candidate in _whole_numbers_near(real_number(term, budget)):
        equal = same_value(term, Num(Fraction(candidate)), budget).equal
        if equal is None:
            raise UndecidedValue
        return candidate if equal else None
    return None


def _whole_numbers_near(value: arb) -> list[int]:
    """Those in the ball, of which there is one at most. Raises UndecidedValue for a huge value."""
    with precision(BASE_BITS):
        below = value.mid().floor().unique_fmpz()
        if below is None:
            raise UndecidedValue
        return [n for n in (int(below), int(below) + 1) if value.overlaps(arb(n))]


def real_number(term: Term, budget: WorkBudget) -> arb:
    """Raises UnfitAnswer for what is none, UndecidedValue where it is not precise."""
    try:
        with precision(BASE_BITS):
            value = Evaluator({}, budget, real=True).value(term)
    except (Undefined, OverflowError, KeyError):
        raise UnfitAnswer from None
    if not isinstance(value, arb):
        raise UnfitAnswer
    if not value.is_finite() or not value.rad() < 0.25:
        raise UndecidedValue
    return value


def quotient(top: Term, bottom: Term, budget: WorkBudget) -> Term:
    """Raises UnfitAnswer for a division by zero."""
    if same_value(bottom, ZERO, budget):
        raise UnfitAnswer
    return Div(top, bottom)
