"""Exponential equations: a common base, or logarithms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Const,
    Mul,
    Pow,
    Term,
    free_names,
)
from tutor.grading.solver.exponentials import (
    MAX_POWER,
    Exponential,
    exponent_of,
    power_term,
    whole_power,
)
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.relations import NO_SOLUTION, Relation, relation_to_solve
from tutor.grading.solver.step import GoalKind, Position, Step
from tutor.grading.solver.sums import Sum, Summand, as_term, collected, summands


def compared(position: Position) -> Iterator[Step]:
    """x + 1 = 5 for 2^(x + 1) = 2^5, before 2^5 is worked out."""
    match position.current:
        case Comparison("=", Pow(base, left), Pow(other, right)) if (
            base == other and not free_names(base) and position.goal.kind == GoalKind.SOLVE
        ):
            if free_names(left) | free_names(right):
                yield Step(Comparison("=", left, right), Move(MoveName.COMPARE_EXPONENTS))


def steps(position: Position) -> Iterator[Step]:
    relation, name = relation_to_solve(position)
    if relation is None or not relation.is_equation:
        return
    left, right = (_power_alone(side) for side in relation.sides)
    if right is not None and name in free_names(right) and not _has(relation.left, name):
        relation, left, right = relation.swapped, right, left
    if left is None or name not in free_names(left):
        yield from _splitting(relation, name)
    elif right is not None and name in free_names(right):
        yield from _of_two_powers(left, right, name)
    elif not _has(relation.right, name):
        yield from _of_power_and_number(left, relation.term(1), name)


def _has(side: Sum, name: str) -> bool:
    return any(part.has_any(frozenset([name])) for part in side)


def _power_alone(side: Sum) -> Pow | None:
    """The power that makes up a side."""
    if len(side) != 1 or side[0].coefficient != 1 or len(side[0].powers) != 1:
        return None
    [(base, exponent)] = side[0].powers
    is_power = isinstance(base, Pow) and not free_names(base.base)
    return base if exponent == 1 and is_power else None  # type: ignore[return-value]


def _of_two_powers(left: Pow, right: Pow, name: str) -> Iterator[Step]:
    powers = [Exponential.of(term, name) for term in (left, right)]
    known = [power for power in powers if power is not None]
    if len(known) == 2 and known[0].base == known[1].base:
        terms = [power_term(p.base_term, p.slope, p.shift, name) for p in known]
        yield Step(Comparison("=", *terms), Move(MoveName.WRITE_WITH_SAME_BASE))
        return
    yield Step(Comparison("=", _logarithm(left), _logarithm(right)), Move(MoveName.TAKE_LOGARITHMS))


def _of_power_and_number(left: Pow, right: Term, name: str) -> Iterator[Step]:
    value = rational_value(right)
    base = rational_value(left.base)
    if value is not None and value <= 0:
        yield Step(NO_SOLUTION, Move(MoveName.TAKE_LOGARITHMS))
        return
    if value is not None and base is not None:
        yield from _with_same_base(left, base, value, name)
    result = Comparison("=", _logarithm(left), Call("ln", (right,)))
    yield Step(result, Move(MoveName.TAKE_LOGARITHMS))


def _with_same_base(left: Pow, base: Fraction, value: Fraction, name: str) -> Iterator[Step]:
    move = Move(MoveName.WRITE_WITH_SAME_BASE)
    exponent = exponent_of(value, base)
    if exponent is not None:
        yield Step(Comparison("=", left, whole_power(left.base, exponent)), move)
        return
    power = Exponential.of(left, name)
    if power is None or power.base is None:
        return
    exponent = exponent_of(value, power.base)
    if exponent is not None:
        term = power_term(power.base_term, power.slope, power.shift, name)
        yield Step(Comparison("=", term, whole_power(power.base_term, exponent)), move)


def _logarithm(power: Pow) -> Term:
    """Of the power, with the exponent in front."""
    if power.base == Const("e"):
        return power.exponent
    return Mul((power.exponent, Call("ln", (power.base,))))


def _splitting(relation: Relation, name: str) -> Iterator[Step]:
    """2^(x + 1) + 2^x = 24 as 2·2^x + 2^x = 24."""
    powers = [
        base
        for side in relation.sides
        for part in side
        for base, _ in part.powers
        if isinstance(base, Pow) and name in free_names(base.exponent)
    ]
    if len(powers) < 2 or len({power.base for power in powers}) > 1:
        return
    split = relation.changed(lambda side: [_split(part, name) for part in side])
    if split.value != relation.value:
        yield Step(split.value, Move(MoveName.SPLIT_EXPONENT))


def _is_short(shift: Fraction) -> bool:
    return shift.denominator == 1 and 0 < abs(shift) <= MAX_POWER


def _split(part: Summand, name: str) -> Summand:
    """2^(x + 1) as 2·2^x; a term without such a power as it is."""
    changed = replace(part, powers=())
    for base, exponent in part.powers:
        factor = Summand(Fraction(1), ((base, exponent),))
        if isinstance(base, Pow) and exponent == 1:
            number_of_base = rational_value(base.base)
            parts = summands(base.exponent)
            shift = sum((p.coefficient for p in parts if p.is_number), Fraction(0))
            moving = [p for p in collected(parts) if not p.is_number]
            if number_of_base and _is_short(shift) and moving:
                rest = Pow(base.base, as_term(moving))
                factor = Summand(number_of_base**shift.numerator, ((rest, 1),))
        changed = changed.times(factor)
    return changed
