"""Elimination: equations are multiplied, added and subtracted, or solved for a letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import lcm

from tutor.grading.parsing.tree import Comparison, Sym, Value
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.linear_equations import LinearEquation, are_independent, follows
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.relations import Relation
from tutor.grading.solver.step import RankedStep, Step, by_rank
from tutor.grading.solver.sums import Summand, as_term, collected, negated, number, summands

_MULTIPLICATIONS = (
    MoveName.MULTIPLY_FIRST_EQUATION,
    MoveName.MULTIPLY_SECOND_EQUATION,
    MoveName.MULTIPLY_THIRD_EQUATION,
)


def pool_of(equations: list[LinearEquation], count: int) -> list[LinearEquation]:
    """Those to work with: of three unknowns first two equations in the same two letters."""
    if count == 2:
        return equations
    for equation in equations:
        alike = [other for other in equations if other.names == equation.names]
        if len(equation.names) == 2 and any(are_independent(equation, other) for other in alike):
            return alike
    return equations


def _pairs(pool: list[LinearEquation]) -> list[tuple[LinearEquation, LinearEquation]]:
    """Independent equations; those with the latest one first."""
    pairs = list(combinations(pool, 2))
    pairs.sort(key=lambda pair: -sum(pool.index(e) for e in pair if e.position is None))
    return [pair for pair in pairs if are_independent(*pair)]


def _wanted(pool: list[LinearEquation]) -> frozenset[str] | None:
    """The two letters that the next equation should have, where another has them already."""
    shorter = [equation.names for equation in pool if len(equation.names) == 2]
    longer = any(len(equation.names) > 2 for equation in pool)
    return shorter[-1] if shorter and longer else None


def eliminating(pool: list[LinearEquation]) -> Iterator[Step]:
    wanted = _wanted(pool)
    existing = [equation.whole for equation in pool if equation.names == wanted]
    offered: list[tuple[MoveName, Relation]] = []
    for first, second in _pairs(pool):
        if not first.is_ordered or not second.is_ordered:
            continue
        for name in sorted(first.names & second.names):
            left, right = first.coefficients[name], second.coefficients[name]
            if left == -right:
                offered.append((MoveName.ADD_EQUATIONS, _sum(first, second, 1)))
            elif left == right:
                offered.append((MoveName.SUBTRACT_EQUATIONS, _sum(first, second, -1)))
    offered.sort(key=lambda pair: (len(pair[1].left), pair[0] != MoveName.ADD_EQUATIONS))
    for move, relation in offered:
        equation = LinearEquation.of(relation.value)
        if equation is None or not equation.names:
            continue
        if wanted and (equation.names != wanted or follows(equation, existing)):
            continue
        yield Step(relation.value, Move(move))


def _sum(first: LinearEquation, second: LinearEquation, sign: int) -> Relation:
    """The sum or difference of the sides; of a difference with a positive first coefficient."""
    factor = Fraction(sign)

    def combined(upper: LinearEquation, lower: LinearEquation) -> Relation:
        sides = tuple(
            collected([*a, *(replace(p, coefficient=factor * p.coefficient) for p in b)])
            for a, b in zip(upper.relation.sides, lower.relation.sides, strict=True)
        )
        return replace(upper.relation, sides=sides)

    result = combined(first, second)
    if sign < 0 and result.left and result.left[0].coefficient < 0:
        return combined(second, first)
    return result


def solving_for(pool: list[LinearEquation]) -> Iterator[Step]:
    """y = 5x - 3, where y has the coefficient 1 or -1."""
    for equation in pool:
        if equation.position is None or isinstance(_left(equation), Sym):
            continue
        for name, coefficient in reversed(equation.coefficients.items()):
            if abs(coefficient) == 1 and len(equation.names) == 2:
                whole = summands(equation.whole)
                rest = [part for part in whole if part.powers != ((Sym(name), 1),)]
                right = collected(rest if coefficient == -1 else negated(rest))
                right.sort(key=lambda part: (part.coefficient < 0, part.is_number))
                value = Comparison("=", Sym(name), as_term(right))
                yield Step(value, Move(MoveName.SOLVE_FOR, (name,)))


def _left(equation: LinearEquation) -> Value | None:
    value = equation.value
    return value.left if isinstance(value, Comparison) else None


def multiplying(pool: list[LinearEquation]) -> Iterator[Step]:
    """One equation times a number, so that adding or subtracting eliminates a letter."""
    wanted = _wanted(pool) or frozenset()
    offers = [
        _multiplied(first, second, name, pool)
        for first, second in _pairs(pool)
        if first.is_ordered and second.is_ordered
        for name in sorted(first.names & second.names)
        if name not in wanted
    ]
    yield from by_rank(offer for offer in offers if offer is not None)


def _multiplied(
    first: LinearEquation, second: LinearEquation, name: str, pool: list[LinearEquation]
) -> RankedStep | None:
    """One of the two, so that the letter has the same number in both, but for its sign."""
    pair = first.coefficients[name], second.coefficients[name]
    if any(c.denominator != 1 for c in pair):
        return None
    common = lcm(pair[0].numerator, pair[1].numerator)
    factors = [Fraction(common) / abs(c) for c in pair]
    needed = [k for k in (0, 1) if factors[k] != 1]
    if not needed:
        return None
    factor, equation = factors[needed[0]], (first, second)[needed[0]]
    product = equation.relation.times(Summand(factor))
    is_new = pool[-1].position is not None or pool[-1] in (first, second)
    step = Step(product.value, _multiplication(equation, factor))
    return RankedStep((not is_new, len(needed), Fraction(common)), step)


def _multiplication(equation: LinearEquation, factor: Fraction) -> Move:
    by = (typed(number(factor)),)
    if equation.position is None or equation.position > 2:
        return Move(MoveName.MULTIPLY_BOTH, by)
    return Move(_MULTIPLICATIONS[equation.position], by)
