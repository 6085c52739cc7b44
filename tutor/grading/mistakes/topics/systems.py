"""Systems of two linear equations, solved with one mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.rules import algebra_rules
from tutor.grading.mistakes.rules.rewriting import variants
from tutor.grading.mistakes.topics.data.number_words import all_numbers
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Bracketed,
    Comparison,
    Neg,
    Num,
    Sym,
    Term,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.solving.linear_systems import linear_row

MAX_NUMBERS = 6  # of a statement that tells two equations in words
_ONE = re.compile(r"\b(?:one|eine?|una?)\b", re.IGNORECASE)
NUMBERS_OF_TOTALS = 4
Row = tuple[Fraction, Fraction, Fraction]  # a, b and c of ax + by = c


def system_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    right = question.right
    if not isinstance(right, Bracketed) or len(right.parts) != 2:
        return
    values = [rational_value(part) for part in right.parts if is_term(part)]
    sides = list(_equations(question))
    if len(values) != 2 or None in values:
        return
    if len(sides) != 2:
        yield from _in_words(question, (values[0] or Fraction(0), values[1] or Fraction(0)))
        return
    x, y = values[0] or Fraction(0), values[1] or Fraction(0)
    for names in (("x", "y"), *_other_names(sides)):
        rows = [_row(side, names) for side in sides]
        if rows[0] is None or rows[1] is None:
            continue
        if all(a * x + b * y == c for a, b, c in (rows[0], rows[1])):
            if x != y:
                yield _point(y, x, MistakeName.SWAPPED_COORDINATES)
            yield from _by_substitution(question, names)
            yield from _by_rows((rows[0], rows[1]), (x, y))
            return


def _in_words(question: Question, right: tuple[Fraction, Fraction]) -> Iterator[MistakenAnswer]:
    """3 pens and 2 notebooks cost 12 dollars, 1 pen and 2 notebooks 8."""
    text = _ONE.sub("1", question.statement)
    numbers = all_numbers(replace(question, statement=text))
    if len(numbers) == NUMBERS_OF_TOTALS:
        yield from _with_total(numbers, right)
    if len(numbers) != MAX_NUMBERS:
        return
    (a, b, c), (d, e, f) = numbers[:3], numbers[3:]
    rows = ((a, b, c), (d, e, f))
    if all(left * right[0] + below * right[1] == total for left, below, total in rows):
        if right[0] != right[1]:
            yield _point(right[1], right[0], MistakeName.SWAPPED_COORDINATES)
        yield from _by_rows(rows, right)


def _with_total(
    numbers: tuple[Fraction, ...], right: tuple[Fraction, Fraction]
) -> Iterator[MistakenAnswer]:
    """22 tickets for 150 dollars, at 9 and 5 dollars each."""
    x, y = right
    for count, whole, first, second in permutations(numbers):
        if x + y != count or first * x + second * y != whole:
            continue
        if x != y:
            yield _point(y, x, MistakeName.SWAPPED_COORDINATES)
        if first != 1:  # 9x + 5·22 - x
            wrong = (whole - second * count) / (first - 1)
            yield _point(wrong, count - wrong, MistakeName.DISTRIBUTED_TO_FIRST_TERM)
        if second != 1:
            wrong = (whole - first * count) / (second - 1)
            yield _point(count - wrong, wrong, MistakeName.DISTRIBUTED_TO_FIRST_TERM)
        rows = ((Fraction(1), Fraction(1), count), (first, second, whole))
        yield from _by_rows(rows, right)
        return


def _equations(question: Question) -> Iterator[Term]:
    for value in question.task.equations:
        match value:
            case Comparison("=", left, right) if is_term(left) and is_term(right):
                yield Add((left, Neg(right)))


def _other_names(sides: list[Term]) -> list[tuple[str, str]]:
    names = sorted(frozenset().union(*(free_names(side) for side in sides)))
    return [(names[0], names[1])] if len(names) == 2 else []


def _row(side: Term, names: tuple[str, str]) -> Row | None:
    if not free_names(side) <= set(names):
        return None
    row = linear_row(side, names)
    if row is None:
        return None
    a, b, c = (Fraction(part) for part in row)
    return a, b, c


def _point(x: Fraction, y: Fraction, name: MistakeName) -> MistakenAnswer:
    return MistakenAnswer(Bracketed("(", (Num(x), Num(y)), ")"), name)


def _by_rows(rows: tuple[Row, Row], right: tuple[Fraction, Fraction]) -> Iterator[MistakenAnswer]:
    x, y = right
    for a, b, c in rows:  # the second value from an equation with a wrong sign
        for left, below, total in ((-a, b, c), (a, b, -c), (a, -b, c)):
            if below:
                yield _point(x, (total - left * x) / below, MistakeName.SIGN_ERROR)
            if left:
                yield _point((total - below * y) / left, y, MistakeName.SIGN_ERROR)
    for first in _wrongly_eliminated(rows):
        for a, b, c in rows:
            if b:
                yield _point(first, (c - a * first) / b, MistakeName.SIGN_ERROR)
    turned = [(b, a, c) for a, b, c in rows]
    for second in _wrongly_eliminated((turned[0], turned[1])):
        for a, b, c in rows:
            if a:
                yield _point((c - b * second) / a, second, MistakeName.SIGN_ERROR)
    for changed in _with_other_signs(rows):
        solution = _solved(changed)
        if solution is not None:
            yield _point(*solution, MistakeName.SIGN_ERROR)


def _wrongly_eliminated(rows: tuple[Row, Row]) -> Iterator[Fraction]:
    """x, with a sign kept that changes when the equations are subtracted or added."""
    (a, b, c), (d, e, f) = rows
    if not b or not e:
        return
    for signs in ((1, -1), (-1, 1), (-1, -1)):
        factor = b / e
        below = a - signs[0] * factor * d
        above = c - signs[1] * factor * f
        if below:
            yield above / below


def _with_other_signs(rows: tuple[Row, Row]) -> Iterator[tuple[Row, Row]]:
    for number in (0, 1):
        for index in range(3):
            row = list(rows[number])
            row[index] = -row[index]
            changed = (row[0], row[1], row[2])
            yield (changed, rows[1]) if number == 0 else (rows[0], changed)


def _solved(rows: tuple[Row, Row]) -> tuple[Fraction, Fraction] | None:
    (a, b, c), (d, e, f) = rows
    determinant = a * e - b * d
    if not determinant:
        return None
    return (c * e - b * f) / determinant, (a * f - c * d) / determinant


def _by_substitution(question: Question, names: tuple[str, str]) -> Iterator[MistakenAnswer]:
    """3x + 4x - 1 = 12 for 3x + 2(2x - 1) = 12"""
    equations = [value for value in question.task.equations if isinstance(value, Comparison)]
    for known, other in (equations, equations[::-1]):
        for index in (0, 1):
            name, rest = names[index], names[1 - index]
            if known.left != Sym(name) or name in free_names(known.right):
                continue
            if not is_term(known.right) or not is_term(other.left) or not is_term(other.right):
                continue
            put_in: Term = substitute(Add((other.left, Neg(other.right))), Sym(name), known.right)
            for mistake, change in (
                (MistakeName.DISTRIBUTED_TO_FIRST_TERM, algebra_rules.half_distributed),
                (MistakeName.MINUS_DISTRIBUTED_TO_FIRST_TERM, algebra_rules.minus_to_first_term),
            ):
                for wrong in variants(put_in, change):
                    value = _zero(wrong, rest)
                    if value is None:
                        continue
                    substituted: Term = substitute(known.right, Sym(rest), Num(value))
                    second = rational_value(substituted)
                    if second is not None:
                        pair = (value, second) if index == 1 else (second, value)
                        yield _point(*pair, mistake)


def _zero(term: Term, name: str) -> Fraction | None:
    linear = linear_coefficients(term, name)
    if linear is None:
        return None
    a, b = (rational_value(part) for part in linear)
    return None if not a or b is None else -b / a
