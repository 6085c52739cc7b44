"""Inequalities with a polynomial: one side zero, factors, then the signs between the zeros."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.parsing.tree import Add, Comparison, Logic, Sym, Value
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.polynomials import Polynomial
from tutor.grading.solver.relations import Relation, relation_to_solve
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.sums import Sum, Summand, number, summands
from tutor.grading.solver.topics.cases import joined
from tutor.grading.solver.topics.linear import division_move
from tutor.grading.solver.topics.quadratics import factored_term


def steps(position: Position) -> Iterator[Step]:
    relation, name = relation_to_solve(position)
    if relation is None or relation.is_chain or relation.is_equation:
        return
    if relation.right or not relation.left:
        return
    if len(relation.left) == 1 and relation.left[0].divisor:
        yield from _of_quotient(relation, name)
        return
    whole = Polynomial.of(relation.left, name)
    if whole is not None and whole.degree > 1:
        yield from _of_polynomial(relation, whole)


def _of_polynomial(relation: Relation, whole: Polynomial) -> Iterator[Step]:
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


def _of_quotient(relation: Relation, name: str) -> Iterator[Step]:
    """(x - 1)/(x + 2) > 0, which has the sign of the product."""
    powers = relation.left[0].powers
    lines = [Polynomial.of(summands(base), name) for base, _ in powers]
    known = [line for line in lines if line is not None and line.degree == 1]
    if len(known) != 2 or sorted(n for _, n in powers) != [-1, 1] or len(lines) != 2:
        return
    product = Summand(relation.left[0].coefficient, tuple((line.term, 1) for line in known))
    whole = Polynomial.of([product], name)
    pole = next(line.zero for line, (_, n) in zip(known, powers, strict=True) if n < 0)
    zeros = sorted(line.zero for line in known)
    if whole is not None and zeros[0] != zeros[1]:
        pair = number(zeros[0]), number(zeros[1])
        yield _read_off(whole, relation.operators[0], pair, open_at=number(pole))


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


def _read_off(
    whole: Polynomial, operator: str, zeros: tuple[Value, Value], open_at: Value | None = None
) -> Step:
    """open_at: an end that never belongs to the solutions, since a denominator is zero there."""
    unknown = Sym(whole.name)
    low, high = zeros
    ends = ["" if end == open_at else operator[1:] for end in zeros]
    is_below = (operator[0] == "<") == (whole.coefficients[-1] > 0)
    if is_below:
        inside = Comparison("<" + ends[0], low, unknown), Comparison("<" + ends[1], unknown, high)
        return Step(Logic("and", inside), Move(MoveName.READ_BETWEEN_ZEROS))
    outside = Comparison("<" + ends[0], unknown, low), Comparison(">" + ends[1], unknown, high)
    return Step(joined(outside), Move(MoveName.READ_OUTSIDE_ZEROS))
