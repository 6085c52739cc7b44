"""Equations with the unknown in a denominator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import lcm

from tutor.grading.parsing.tree import Call, Comparison, Sym, Term, Value, free_names
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.polynomials import Polynomial
from tutor.grading.solver.relations import Relation, relation_to_solve
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.sums import Powers, Sum, Summand, as_product, summands

MAX_EXPONENT = 6  # of a denominator that is taken apart


def steps(position: Position) -> Iterator[Step]:
    relation, name = relation_to_solve(position)
    if relation is None or not relation.is_equation or _is_derivative(position.current):
        return
    parts = [part for side in relation.sides for part in side]
    if not any(name in free_names(base) for part in parts for base, _ in part.divisor):
        return
    factored = relation.changed(lambda side: [_with_factors(part, name) for part in side])
    denominator = _common_denominator([part for side in factored.sides for part in side])
    cleared = factored.times(denominator)
    divisors = {
        side[0].divisor for side in relation.sides if len(side) == 1 and _is_fraction(side[0])
    }
    if len(divisors) == 2:
        yield Step(_cross_multiplied(relation), Move(MoveName.CROSS_MULTIPLY))
    by = typed(as_product(denominator))
    yield Step(cleared.value, Move(MoveName.MULTIPLY_BOTH, (by,)))


def _is_derivative(line: Value | None) -> bool:
    """f'(x) = (1 - ln x)/x²"""
    match line:
        case Comparison("=", Call(name, _) | Sym(name), _):
            return name.endswith("'")
    return False


def _is_fraction(part: Summand) -> bool:
    return bool(part.divisor) or part.coefficient.denominator > 1


def _cross_multiplied(relation: Relation) -> Value:
    (left,), (right,) = relation.sides
    products = [
        [_above(left).times(_below(right))],
        [_above(right).times(_below(left))],
    ]
    return replace(relation, sides=tuple(products)).value


def _above(part: Summand) -> Summand:
    powers = tuple((base, n) for base, n in part.powers if n > 0)
    return Summand(Fraction(part.coefficient.numerator), powers)


def _below(part: Summand) -> Summand:
    return Summand(Fraction(part.coefficient.denominator), part.divisor)


def _with_factors(part: Summand, name: str) -> Summand:
    """With the denominator in factors: x² - 1 as (x - 1)(x + 1)."""
    powers: Powers = tuple((base, n) for base, n in part.powers if n > 0)
    result = replace(part, powers=powers)
    for base, exponent in part.divisor:
        polynomial = Polynomial.of(summands(base), name) if name in free_names(base) else None
        if polynomial is None or polynomial.degree < 1 or exponent > MAX_EXPONENT:
            result = result.times(Summand(Fraction(1), ((base, -exponent),)))
            continue
        content = polynomial.content
        factors: Sum = [
            Summand(Fraction(1), ((factor.term, -n * exponent),))
            for factor, n in polynomial.over(content).factors()
        ]
        result = result.times(Summand(content**-exponent))
        for factor in factors:
            result = result.times(factor)
    return result


def _common_denominator(parts: Sum) -> Summand:
    exponents: dict[Term, int] = {}
    for part in parts:
        for base, n in part.divisor:
            exponents[base] = max(exponents.get(base, 0), n)
    number = lcm(*(part.coefficient.denominator for part in parts))
    return Summand(Fraction(number), tuple(exponents.items()))
