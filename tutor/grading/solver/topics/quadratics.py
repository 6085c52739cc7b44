"""Quadratic equations, and others of higher degree that factors or roots solve."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from math import gcd

from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Comparison,
    Div,
    Neg,
    Sym,
    Term,
    Value,
    free_names,
)
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.cores import core_of
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.polynomials import Polynomial
from tutor.grading.solver.relations import NO_SOLUTION, Relation, relation_to_solve
from tutor.grading.solver.shapes import same_form
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.sums import (
    Summand,
    as_product,
    collected,
    expanded,
    number,
)
from tutor.grading.solver.surds import square_root
from tutor.grading.solver.topics.cases import joined
from tutor.grading.solver.topics.completing import completes, completing_steps, divided_by
from tutor.grading.solver.topics.linear import addition_move, cleared

_DISCRIMINANTS = frozenset({"D", "Δ", "Delta", "delta", "d"})
_BY_FORMULA = re.compile(
    r"quadratic formula|by the formula|pq-formel|abc-formel|mitternachtsformel|lösungsformel"
    r"|discriminant|fórmula|公式",
    re.IGNORECASE,
)


def steps(position: Position) -> Iterator[Step]:
    relation, name = relation_to_solve(position)
    if relation is None or relation.is_chain:
        return
    current = position.current
    if relation.is_equation:
        zero = _zero_factors(relation, name)
        if zero is not None:
            yield Step(zero, Move(MoveName.SET_FACTORS_TO_ZERO))
            return
    if core_of(relation, name) is not None:
        return
    whole = Polynomial.of_difference(relation, name)
    if whole is None:
        return
    if relation.is_equation and completes(relation, whole, position):
        yield from completing_steps(relation, whole)
        return
    for step in _towards_standard_form(relation, whole, position):
        if current is not None and not same_form(step.value, current):
            yield step
            return
    if relation.is_equation and whole.degree:
        yield from _solving(whole, position)


def after_discriminant(position: Position) -> Iterator[Step]:
    """The formula, once a student has worked out what is under its root."""
    match position.current:
        case Comparison("=", Sym(name), right) if name in _DISCRIMINANTS and not free_names(right):
            pass
        case _:
            return
    for value in reversed(position.known[:-1]):
        relation = Relation.of(value)
        if relation is None or not relation.is_equation:
            continue
        for unknown in position.goal.unknowns:
            whole = Polynomial.of_difference(relation, unknown)
            if whole is not None and whole.degree == 2:
                yield by_formula(whole)
                return


def _zero_factors(relation: Relation, name: str) -> Value | None:
    """The alternatives of a product that is zero."""
    sides = [side for side in relation.sides if side]
    if len(sides) != 1 or len(sides[0]) != 1:
        return None
    powers = [(base, n) for base, n in sides[0][0].powers if name in free_names(base)]
    if any(n < 0 for _, n in sides[0][0].powers):
        return None
    if len(powers) == 1 and (powers[0][1] == 1 or isinstance(powers[0][0], Sym)):
        return None
    return joined([Comparison("=", base, ZERO) for base, _ in powers])


def _towards_standard_form(
    relation: Relation, whole: Polynomial, position: Position
) -> Iterator[Step]:
    parts = [part for side in relation.sides for part in side]
    if len(parts) == 1 and parts[0].brackets:
        return  # a product beside zero
    divided = [part for part in parts if part.is_divided and part.coefficient.denominator > 1]
    if divided:
        yield cleared(relation, divided)
    opened = relation.changed(lambda side: [inner for part in side for inner in expanded(part)])
    yield Step(opened.value, Move(MoveName.EXPAND))
    yield Step(relation.changed(collected).value, Move(MoveName.COLLECT_LIKE_TERMS))
    if whole.degree == 0:
        return
    if relation.right and relation.left:
        yield _brought_to_one_side(relation, whole)
    if not relation.left:
        yield Step(relation.swapped.value, Move(MoveName.SWAP_SIDES))


def _brought_to_one_side(relation: Relation, whole: Polynomial) -> Step:
    """With zero on the right; the left side begins with a positive summand."""
    is_turned = whole.coefficients[-1] < 0
    moved = relation.left if is_turned else relation.right
    whole = whole.over(Fraction(-1)) if is_turned else whole
    operators = relation.swapped.operators if is_turned else relation.operators
    result = replace(relation, sides=(whole.sum, []), operators=operators)
    if len(moved) == 1:
        part = replace(moved[0], coefficient=-moved[0].coefficient)
        return Step(result.value, addition_move(part, relation))
    return Step(result.value, Move(MoveName.BRING_TO_ONE_SIDE))


def _solving(whole: Polynomial, position: Position) -> Iterator[Step]:
    """Of an equation with zero on the right."""
    if whole.degree == 1:
        return
    task = position.goal.task.text
    content = whole.content
    if whole.coefficients[0] == 0:
        yield _equal_to_zero(factored_term(whole))
        return
    if content != 1:
        yield divided_by(whole, content)
        return
    if whole.degree > 2 and (simpler := _substituted(whole)):
        yield simpler
        return
    factors = whole.factors()
    if sum(n for _, n in factors) > 1 and not (_BY_FORMULA.search(task) and whole.degree == 2):
        yield _equal_to_zero(factored_term(whole))
    if whole.degree == 2:
        yield by_formula(whole)


def _equal_to_zero(factored: tuple[Term, Move]) -> Step:
    term, move = factored
    return Step(Comparison("=", term, ZERO), move)


def factored_term(whole: Polynomial) -> tuple[Term, Move]:
    """A common factor first, else all factors; with the move."""
    if whole.coefficients[0] == 0:
        return _with_common_factor(whole)
    powers = tuple((factor.term, n) for factor, n in whole.factors())
    is_difference = len(whole.sum) == 2 and whole.degree == 2
    name = MoveName.FACTOR_QUADRATIC if whole.degree == 2 else MoveName.FACTOR_LEFT_SIDE
    name = MoveName.USE_DIFFERENCE_OF_SQUARES if is_difference else name
    return as_product(Summand(Fraction(1), powers)), Move(name)


def _with_common_factor(whole: Polynomial) -> tuple[Term, Move]:
    lowest = next(k for k, c in enumerate(whole.coefficients) if c)
    rest = Polynomial(whole.name, whole.coefficients[lowest:])
    content = rest.content
    factor = Summand(content, ((Sym(whole.name), lowest),))
    product = factor.times(Summand(Fraction(1), ((rest.over(content).term, 1),)))
    return as_product(product), Move(MoveName.FACTOR_OUT, (typed(as_product(factor)),))


def _substituted(whole: Polynomial) -> Step | None:
    """u = x² in an equation with even exponents only."""
    exponents = [k for k, c in enumerate(whole.coefficients) if c and k]
    common = reduce(gcd, exponents)
    if common < 2 or len(exponents) < 2:
        return None
    letter = "u" if whole.name != "u" else "v"
    simpler = Polynomial(letter, whole.coefficients[::common])
    meaning = as_product(Summand(Fraction(1), ((Sym(whole.name), common),)))
    move = Move(MoveName.SUBSTITUTE, (letter, typed(meaning)))
    return Step(Comparison("=", simpler.term, ZERO), move)


def by_formula(whole: Polynomial) -> Step:
    c, b, a = whole.coefficients
    discriminant = b * b - 4 * a * c
    if discriminant < 0:
        return Step(NO_SOLUTION, Move(MoveName.APPLY_QUADRATIC_FORMULA))
    root = square_root(discriminant)
    middle = number(-b)
    bottom = number(2 * a)
    unknown = Sym(whole.name)
    tops: list[Term] = (
        [root, Neg(root)] if b == 0 else [Add((middle, root)), Add((middle, Neg(root)))]
    )
    values: list[Value] = [Comparison("=", unknown, Div(top, bottom)) for top in tops]
    return Step(joined(values), Move(MoveName.APPLY_QUADRATIC_FORMULA))
