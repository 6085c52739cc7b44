"""Completes the square of a quadratic equation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tutor.grading.parsing.tree import ZERO, Comparison, Num, Pow, Value
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.polynomials import Polynomial
from tutor.grading.solver.relations import Relation
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.sums import Summand, number
from tutor.grading.solver.topics.linear import addition_move

_BY_SQUARE = re.compile(
    r"complet\w{1,9} the square|quadratische\w? ergänz|forme canonique"
    r"|compl[ée]t\w{1,9} (?:le |el )?(?:carré|cuadrado)|配方",
    re.IGNORECASE,
)


def completes(relation: Relation, whole: Polynomial, position: Position) -> bool:
    """Where that is asked, or a student has begun: x² + 6x = 7, x² + 6x + 9 = 16."""
    if whole.degree != 2:
        return False
    if _BY_SQUARE.search(position.goal.task.text):
        return True
    is_begun = whole.coefficients[2] == 1 and any(
        _is_standard(value, whole) for value in position.known[:-1]
    )
    left = Polynomial.of(relation.left, whole.name)
    if not is_begun or left is None or not all(part.is_number for part in relation.right):
        return False
    half = whole.coefficients[1] / 2
    return bool(half and relation.right) and left.coefficients[0] in (0, half * half)


def _is_standard(value: Value, whole: Polynomial) -> bool:
    """The same equation with zero on the right."""
    relation = Relation.of(value)
    if relation is None or relation.right or not relation.is_equation:
        return False
    other = Polynomial.of(relation.left, whole.name)
    return other is not None and other.over(other.coefficients[-1]) == whole


def completing_steps(relation: Relation, whole: Polynomial) -> Iterator[Step]:
    """x² + 6x - 7 = 0, x² + 6x = 7, (x + 3)² = 16."""
    constant, linear, leading = whole.coefficients
    if leading != 1:
        yield divided_by(whole, leading)
        return
    left = replace(whole, coefficients=(Fraction(0), linear, leading))
    half = linear / 2
    perfect = replace(whole, coefficients=(half * half, linear, leading))
    if relation.left in (left.sum, perfect.sum) and all(p.is_number for p in relation.right):
        base = Polynomial(whole.name, (half, Fraction(1))).term
        square = Pow(base, Num(Fraction(2)))
        value = Comparison("=", square, number(half * half - constant))
        is_perfect = relation.left == perfect.sum
        yield Step(
            value, Move(MoveName.FACTOR_QUADRATIC if is_perfect else MoveName.COMPLETE_SQUARE)
        )
        return
    value = Comparison("=", left.term, number(-constant))
    if relation.left == whole.sum:
        yield Step(value, addition_move(Summand(-constant), relation))
    else:
        yield Step(value, Move(MoveName.COLLECT_LIKE_TERMS))


def divided_by(whole: Polynomial, content: Fraction) -> Step:
    value = Comparison("=", whole.over(content).term, ZERO)
    if content.numerator in (1, -1):
        return Step(value, Move(MoveName.MULTIPLY_BOTH, (typed(number(1 / content)),)))
    return Step(value, Move(MoveName.DIVIDE_BOTH, (typed(number(content)),)))
