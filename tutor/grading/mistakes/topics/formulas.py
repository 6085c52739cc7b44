"""Formulas solved for a letter, and equations of circles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import isqrt

from tutor.grading.answer_key import Form
from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Div,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    free_names,
    is_term,
)

_SUBJECT = re.compile(
    r"subject|rearrange|solve .{0,30}\bfor\b|express|stelle .{0,60} um\b|umstellen|auflösen|isole"
    r"|exprime|despej|表示",
    re.IGNORECASE,
)


def formula_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    right = question.right
    if question.mentions(_SUBJECT) and isinstance(question.amount, Div):
        for term in _with_one_part_divided(question.amount):
            yield MistakenAnswer(term, MistakeName.ON_ONE_TERM_ONLY)
    if not isinstance(right, Comparison) or right.op != "=":
        return
    if question.key.form == Form.SUBJECT:
        yield from _divided_in_part(right)
    yield from _circles(right)


def _divided_in_part(right: Comparison) -> Iterator[MistakenAnswer]:
    """a = v/t - u for a = (v - u)/t"""
    pair = definition(right)
    if pair is None or not isinstance(pair[1], Div):
        return
    for term in _with_one_part_divided(pair[1]):
        yield MistakenAnswer(Comparison("=", right.left, term), MistakeName.ON_ONE_TERM_ONLY)


def _with_one_part_divided(quotient: Div) -> Iterator[Term]:
    if not isinstance(quotient.top, Add):
        return
    parts, bottom = quotient.top.parts, quotient.bottom
    for index, part in enumerate(parts):
        yield Add((*parts[:index], Div(part, bottom), *parts[index + 1 :]))


def _circles(right: Comparison) -> Iterator[MistakenAnswer]:
    """(x + 2)² + (y - 1)² = 9 and (x - 2)² + (y + 1)² = 3 for (x - 2)² + (y + 1)² = 9"""
    square = rational_value(right.right) if is_term(right.right) else None
    if square is None or square <= 0 or not isinstance(right.left, Add):
        return
    parts = right.left.parts
    if len(parts) != 2 or not all(_is_square(part) for part in parts):
        return
    if free_names(right.left) != {"x", "y"}:
        return
    first, second = parts
    for turned in (
        (_turned(first), _turned(second)),
        (_turned(first), second),
        (first, _turned(second)),
    ):
        yield MistakenAnswer(Comparison("=", Add(turned), right.right), MistakeName.SIGN_ERROR)
    radius = Fraction(isqrt(square.numerator), isqrt(square.denominator))
    if radius * radius == square != radius:
        own = Comparison("=", right.left, Num(radius))
        yield MistakenAnswer(own, MistakeName.RADIUS_NOT_SQUARED)


def _is_square(part: Term) -> bool:
    match part:
        case Pow(Sym() | Add((Sym(), _)), exponent):
            return rational_value(exponent) == 2
    return False


def _turned(part: Term) -> Term:
    """(x + 2)² for (x - 2)²"""
    match part:
        case Pow(Add((first, second)), exponent):
            return Pow(Add((first, Neg(second))), exponent)
    return part
