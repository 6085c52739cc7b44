"""A number in another notation: 3/8 as a decimal, 0.45 as a fraction, 17/5 as a mixed number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum, auto
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Add, Call, Div, Num, Term, Unreadable, Value, is_term
from tutor.grading.prose.formulas import find_formulas
from tutor.grading.solver.expressions.number_fractions import (
    as_decimal,
    decimal_as_fraction,
    halves,
    is_fraction,
    is_mixed_number,
    reduce,
)
from tutor.grading.solver.expressions.rewrite_rules import Rewrite
from tutor.grading.solver.expressions.terms import is_decimal, number
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step


class Notation(StrEnum):
    DECIMAL = auto()
    FRACTION = auto()
    MIXED = auto()
    PERCENT = auto()


_ASKED = re.compile(
    r"\b(?:write|express|convert|change|turn|schreib|wandle|gib|forme|écri|conver|transform|exprim"
    r"|escrib|expres)|化|写|表示",
    re.IGNORECASE,
)
_WANTED = (
    (Notation.MIXED, re.compile(r"mixed|gemischt|nombre mixte|fraction mixte|mixto|带分数", re.I)),
    (Notation.PERCENT, re.compile(r"per ?cent|prozent|pourcent|porcent|百分", re.I)),
    (Notation.DECIMAL, re.compile(r"decimal|dezimal|décimal|小数", re.I)),
    (Notation.FRACTION, re.compile(r"fraction|bruch|fracción|quebrado|分数", re.I)),
)


def steps(position: Position) -> Iterator[Step]:
    text = position.goal.task.text
    if not _ASKED.search(text):
        return
    source = _number_in(text)
    wanted = None if source is None else _wanted(text, notation_of(source))
    current = source if position.current in (None, position.goal.start) else position.current
    if wanted is None or current is None or not is_term(current):
        return
    for rewrite in _rewrites(current, wanted):
        yield Step(rewrite.term, rewrite.move)


def _number_in(text: str) -> Term | None:
    """The only number that the statement gives as a formula."""
    numbers: list[Term] = []
    for formula, _ in find_formulas(text):
        try:
            value: Value = read_expression(formula.text.strip())
        except (Unreadable, RecursionError):
            return None
        if not is_term(value) or notation_of(value) is None:
            return None
        numbers.append(value)
    return numbers[0] if len(numbers) == 1 else None


def notation_of(term: Term) -> Notation | None:
    """None for what is no written number, and for whole ones."""
    if is_mixed_number(term):
        return Notation.MIXED
    if is_fraction(term):
        return Notation.FRACTION
    if is_decimal(term):
        return Notation.DECIMAL
    is_percent = isinstance(term, Call) and term.name == "percent" and isinstance(term.args[0], Num)
    return Notation.PERCENT if is_percent else None


def _wanted(text: str, given: Notation | None) -> Notation | None:
    return next(
        (wanted for wanted, words in _WANTED if wanted != given and words.search(text)), None
    )


def _rewrites(term: Term, wanted: Notation) -> Iterator[Rewrite]:
    given = notation_of(term)
    value = rational_value(term)
    if value is None or given is None or given == wanted:
        return
    match given, wanted:
        case Notation.DECIMAL, Notation.FRACTION | Notation.MIXED:
            yield from _rewrite(decimal_as_fraction(term), MoveName.DECIMAL_TO_FRACTION)
        case Notation.DECIMAL, Notation.PERCENT:
            yield from _rewrite(_percent(value), MoveName.DECIMAL_TO_PERCENT)
        case Notation.FRACTION, Notation.DECIMAL:
            yield from _rewrite(as_decimal(term), MoveName.FRACTION_TO_DECIMAL)
        case Notation.FRACTION, Notation.PERCENT:
            yield from _fraction_as_percent(term, value)
        case Notation.FRACTION, Notation.MIXED:
            yield from _rewrite(_mixed(term, value), MoveName.FRACTION_TO_MIXED)
        case Notation.MIXED, _:
            yield from _rewrite(number(value), MoveName.MIXED_TO_FRACTION)
        case Notation.PERCENT, Notation.DECIMAL:
            decimal = number(value, decimal=True)
            yield from _rewrite(decimal, MoveName.PERCENT_TO_DECIMAL)
        case Notation.PERCENT, _:
            yield from _rewrite(_hundredths(value), MoveName.PERCENT_TO_FRACTION)


def _rewrite(term: Term | None, name: MoveName) -> Iterator[Rewrite]:
    if term is not None:
        yield Rewrite(term, Move(name))


def _percent(value: Fraction) -> Term:
    return Call("percent", (number(value * 100, decimal=True),))


def _hundredths(value: Fraction) -> Term:
    hundredths = value * 100
    return Div(number(hundredths, decimal=True), number(100))


def _fraction_as_percent(term: Term, value: Fraction) -> Iterator[Rewrite]:
    """By hundredths where these are whole, otherwise by a decimal."""
    parts = halves(term)
    if parts is not None and parts[1] == 100:
        yield from _rewrite(_percent(value), MoveName.FRACTION_TO_PERCENT)
    elif (value * 100).denominator == 1:
        name = MoveName.EXPAND_FRACTION if 100 % value.denominator == 0 else MoveName.CANCEL
        yield from _rewrite(_hundredths(value), name)
    else:
        yield from _rewrite(as_decimal(term), MoveName.FRACTION_TO_DECIMAL)


def _mixed(term: Term, value: Fraction) -> Term | None:
    """None for a proper fraction, and for one that is to be reduced first."""
    if value <= 1 or value.denominator == 1 or reduce(term) is not None:
        return None
    whole = value.numerator // value.denominator
    return Add((number(whole), number(value - whole)))
