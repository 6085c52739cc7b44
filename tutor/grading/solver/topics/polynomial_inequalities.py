"""Inequalities with a polynomial: one side zero, factors, then the signs between the zeros."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.parsing.tree import Add, Comparison, Logic, Sym, Value
from tutor.grading.solver.moves import Move, MoveName
from tutor.grading.solver.relations import Relation
from tutor.grading.solver.step import GoalKind, Position, Step
from tutor.grading.solver.sums import Sum, Summand, number
from tutor.grading.solver.topics.cases import joined
from tutor.grading.solver.topics.linear import division_move
from tutor.grading.solver.topics.quadratics import Polynomial, factored_term


def steps(position: Position) -> Iterator[Step]:
    relation = Relation.of(position.current)
    name = position.unknown
    if position.goal.kind != GoalKind.SOLVE or relation is None or relation.is_chain or not name:
        return
    if relation.is_equation or relation.right or not relation.left:
        return
    whole = Polynomial.of(relation.left, name)
    if whole is None or whole.degree < 2:
        return
    if whole.degree == 2 and _is_factored(relation.left):
        zeros = _zeros(whole)
        if zeros is not None:
            yield _read_off(whole, relation.operators[0], zeros)
        return
    if len(relation.left) == 1 and relation.left[0].brackets:
        return
    content = whole.content
    if content != 1:
        divided = relation.over(Summand(content))
        yield Step(divided.value, _division(content, relation))
        return
    factors = whole.factors() if whole.coefficients[0] else []
    if whole.coefficients[0] == 0 or sum(n for _, n in factors) > 1:
        term, move = factored_term(whole)
        yield Step(Comparison(relation.operators[0], term, number(Fraction(0))), move)


def _division(content: Fraction, relation: Relation) -> Move:
    return division_move(Summand(content, is_divided=abs(content) < 1), relation)


def _is_factored(side: Sum) -> bool:
    return len(side) == 1 and (len(side[0].powers) > 1 or isinstance(side[0].powers[0][0], Add))


def _zeros(whole: Polynomial) -> tuple[Value, Value] | None:
    """The two zeros, the smaller one first; None where there are not two rational ones."""
    values = sorted(
        -factor.coefficients[0] / factor.coefficients[1]
        for factor, n in whole.over(whole.content).factors()
        if factor.degree == 1 and n == 1
    )
    return (number(values[0]), number(values[1])) if len(values) == 2 else None


def _read_off(whole: Polynomial, operator: str, zeros: tuple[Value, Value]) -> Step:
    unknown = Sym(whole.name)
    low, high = zeros
    is_below = (operator[0] == "<") == (whole.coefficients[-1] > 0)
    equal = operator[1:]
    if is_below:
        less = "<" + equal
        inside = Comparison(less, low, unknown), Comparison(less, unknown, high)
        return Step(Logic("and", inside), Move(MoveName.READ_BETWEEN_ZEROS))
    outside = Comparison("<" + equal, unknown, low), Comparison(">" + equal, unknown, high)
    return Step(joined(outside), Move(MoveName.READ_OUTSIDE_ZEROS))
