"""Angles in degrees that solve an equation: θ = 63.6 and θ = 64° after cos θ = 4/9."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    Call,
    Comparison,
    Mul,
    Neg,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    StepVerdict,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.witnesses import failing_at, value_at

ROUNDED_ON_THE_WAY = Fraction(4, 1000)  # of an angle: digits that may get lost in between
FULL_TURN = Fraction(44, 7)  # in radians
_DEGREE = Call("degrees", (ONE,))
_TRIGONOMETRIC = frozenset(["sin", "cos", "tan"])


def check_angle(
    premise: Value, claim: Value, result: ClaimResult, budget: WorkBudget
) -> ClaimResult:
    """The result, or a better one where the claim gives the angle in degrees, perhaps rounded."""
    angle = _angle(claim)
    if angle is None or result.verdict == StepVerdict.PROVED:
        return result
    name, number, units = angle
    match premise:
        case Comparison("=", left, right) if is_term(left) and is_term(right):
            gap = Add((left, Neg(right)))
        case _:
            return result
    if free_names(gap) != {name}:
        return result
    if not _is_trigonometric(gap):
        return _check_rounded(gap, name, number, result, budget)
    half_unit = Fraction(1, 2 * 10 ** len(number.text.partition(".")[2]))
    lost = abs(number.value) * ROUNDED_ON_THE_WAY + half_unit
    for unit in units:
        side = substitute(gap, Sym(name), Mul((Sym(name), unit)))
        if same_value(substitute(side, Sym(name), number), ZERO, budget).equal:
            return proved(ClaimRelation.SOLVE)
        if _changes_sign(side, name, number.value, half_unit, budget):
            return proved(ClaimRelation.APPROXIMATE)
        if _changes_sign(side, name, number.value, lost, budget):
            return unchecked(ClaimRelation.APPROXIMATE)
    return result


def check_one_of_angles(
    premise: Value, claim: Value, known: Sequence[Value], budget: WorkBudget
) -> ClaimResult:
    """x = π/6 after sin x = 1/2, one of its solutions.

    Refuted where `known`, what the working has made x, is a solution, and this is none: a first
    angle that is none may be the acute one beside it.
    """
    match premise, claim:
        case Comparison("=", left, right), Comparison("=", Sym(name), value):
            pass
        case _:
            return unchecked(ClaimRelation.SOLVE)
    if not is_term(left) or not is_term(right) or not is_term(value) or free_names(value):
        return unchecked(ClaimRelation.SOLVE)
    gap = Add((left, Neg(right)))
    if free_names(gap) != {name} or not _is_trigonometric(gap):
        return unchecked(ClaimRelation.SOLVE)
    if _is_zero(gap, name, value, budget):
        return proved(ClaimRelation.SOLVE)
    number = value_at(value, {}, budget)
    others = [o.right for o in known if isinstance(o, Comparison) and o.left == Sym(name)]
    is_after_solution = any(is_term(o) and _is_zero(gap, name, o, budget) for o in others)
    if not is_after_solution or number is None or _has_decimals(value):
        return unchecked(ClaimRelation.SOLVE)
    witness = failing_at(premise, {name: number}, budget, FailingStatement.PREMISE)
    return refuted(ClaimRelation.SOLVE, witness) if witness else unchecked(ClaimRelation.SOLVE)


def _is_zero(gap: Term, name: str, value: Term, budget: WorkBudget) -> bool:
    return same_value(substitute(gap, Sym(name), value), ZERO, budget).equal is True


def _has_decimals(term: Term) -> bool:
    return any(isinstance(part, Num) and "." in part.text for part in walk(term))


def _check_rounded(
    gap: Term, name: str, number: Num, result: ClaimResult, budget: WorkBudget
) -> ClaimResult:
    """t = 30.5 for 0.03t = ln 2.5: rounded to the decimals that are written."""
    decimals = len(number.text.partition(".")[2])
    half_unit = Fraction(1, 2 * 10**decimals)
    if decimals and _changes_sign(gap, name, number.value, half_unit, budget):
        return proved(ClaimRelation.APPROXIMATE)
    return result


def _angle(claim: Value) -> tuple[str, Num, tuple[Term, ...]] | None:
    """The name, the number and what its unit may be; 63.6 without a sign may be degrees."""
    match claim:
        case Comparison("=", Sym(name), Call("degrees", (Num() as number,))):
            return name, number, (_DEGREE,)
        case Comparison("=", Sym(name), Num() as number):
            return name, number, (_DEGREE, ONE) if number.value < FULL_TURN else (_DEGREE,)
    return None


def _is_trigonometric(term: Term) -> bool:
    return any(isinstance(part, Call) and part.name in _TRIGONOMETRIC for part in walk(term))


def _changes_sign(
    gap: Term, name: str, middle: Fraction, radius: Fraction, budget: WorkBudget
) -> bool:
    ends = [
        value_at(substitute(gap, Sym(name), Num(middle + distance)), {}, budget)
        for distance in (-radius, radius)
    ]
    return all(isinstance(end, arb) for end in ends) and bool(ends[0] * ends[1] < 0)  # type: ignore[operator]
