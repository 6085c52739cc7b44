"""Quadratic equations, and others of higher degree that factors or roots solve."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from math import gcd

from flint import fmpz_poly

from tutor.grading.numeric import operation_work
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Comparison,
    Div,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
)
from tutor.grading.parsing.typed import typed
from tutor.grading.processes.work_budget import charge
from tutor.grading.solver.cores import core_of
from tutor.grading.solver.moves import Move, MoveName
from tutor.grading.solver.relations import NO_SOLUTION, Relation
from tutor.grading.solver.shapes import same_form
from tutor.grading.solver.step import GoalKind, Position, Step
from tutor.grading.solver.sums import (
    Sum,
    Summand,
    as_product,
    as_term,
    collected,
    common_denominator,
    expanded,
    negated,
    number,
)
from tutor.grading.solver.surds import square_root
from tutor.grading.solver.topics.cases import joined
from tutor.grading.solver.topics.linear import addition_move, cleared

MAX_DEGREE = 8
_DISCRIMINANTS = frozenset({"D", "Δ", "Delta", "delta", "d"})
_BY_SQUARE = re.compile(
    r"complet\w+ the square|quadratische\w* ergänz|compl[ée]t\w+ (?:le |el )?(?:carré|cuadrado)"
    r"|forme canonique|配方",
    re.IGNORECASE,
)
_BY_FORMULA = re.compile(
    r"quadratic formula|by the formula|pq-formel|abc-formel|mitternachtsformel|lösungsformel"
    r"|discriminant|fórmula|公式",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Polynomial:
    """Of one letter; coefficients from the constant upwards, the last one is not zero."""

    name: str
    coefficients: tuple[Fraction, ...]

    @classmethod
    def of(cls, parts: Sum, name: str) -> Polynomial | None:
        """None where a summand is no whole power of the letter, times a number."""
        by_degree: dict[int, Fraction] = {}
        for part in collected(inner for whole in parts for inner in expanded(whole)):
            if part.powers and [base for base, _ in part.powers] != [Sym(name)]:
                return None
            degree = part.powers[0][1] if part.powers else 0
            if not 0 <= degree <= MAX_DEGREE:
                return None
            by_degree[degree] = part.coefficient
        top = max(by_degree, default=0)
        return cls(name, tuple(by_degree.get(k, Fraction(0)) for k in range(top + 1)))

    @classmethod
    def of_difference(cls, relation: Relation, name: str) -> Polynomial | None:
        """Of an equation, with everything on the left."""
        return cls.of([*relation.left, *negated(relation.right)], name)

    @property
    def degree(self) -> int:
        return len(self.coefficients) - 1

    @property
    def zero(self) -> Fraction:
        """Of a polynomial of degree 1."""
        return -self.coefficients[0] / self.coefficients[1]

    @property
    def content(self) -> Fraction:
        """What divides all coefficients, with the sign of the first one; they become whole."""
        whole = common_denominator(self.sum)
        divisor = reduce(gcd, (int(c * whole) for c in self.coefficients))
        return Fraction(divisor, whole) * (-1 if self.coefficients[-1] < 0 else 1)

    @property
    def sum(self) -> Sum:
        return [
            Summand(c, ((Sym(self.name), k),) if k else ())
            for k, c in reversed(tuple(enumerate(self.coefficients)))
            if c
        ]

    @property
    def term(self) -> Term:
        return as_term(self.sum)

    def over(self, divisor: Fraction) -> Polynomial:
        return Polynomial(self.name, tuple(c / divisor for c in self.coefficients))

    def factors(self) -> list[tuple[Polynomial, int]]:
        """Irreducible over the rationals, with exponents; needs whole coefficients."""
        charge(operation_work.of_factors(self.degree, 64))
        _, factors = fmpz_poly([int(c) for c in self.coefficients]).factor()
        known = [
            (Polynomial(self.name, tuple(Fraction(int(c)) for c in factor.coeffs())), exponent)
            for factor, exponent in factors
        ]
        return sorted(known, key=lambda pair: pair[0].order)

    @property
    def order(self) -> tuple[int, Fraction]:
        """Among factors: linear ones first, by their zeros."""
        return self.degree, self.zero if self.degree == 1 else Fraction(0)


def steps(position: Position) -> Iterator[Step]:
    relation = Relation.of(position.current)
    name = position.unknown
    if position.goal.kind != GoalKind.SOLVE or relation is None or relation.is_chain or not name:
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
    if relation.is_equation and _completes(relation, whole, position):
        yield from _completing(relation, whole)
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


def _completes(relation: Relation, whole: Polynomial, position: Position) -> bool:
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
        yield _divided(whole, content)
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


def _divided(whole: Polynomial, content: Fraction) -> Step:
    value = Comparison("=", whole.over(content).term, ZERO)
    if content.numerator in (1, -1):
        return Step(value, Move(MoveName.MULTIPLY_BOTH, (typed(number(1 / content)),)))
    return Step(value, Move(MoveName.DIVIDE_BOTH, (typed(number(content)),)))


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


def _completing(relation: Relation, whole: Polynomial) -> Iterator[Step]:
    """x² + 6x - 7 = 0, x² + 6x = 7, (x + 3)² = 16."""
    constant, linear, leading = whole.coefficients
    if leading != 1:
        yield _divided(whole, leading)
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
