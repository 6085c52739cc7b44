"""A value said again in brackets behind it: 3/8 (37.5%), 2.33 (7/3)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum

from flint import arb

from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Unreadable, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.working.reading.formula_text import formula_text
from tutor.grading.working.reading.lexer import Lex, Lexeme

MAX_WORK_S = 0.02
MAX_LEXEMES = 12  # of a value and of its gloss
FAR = 0.01  # between a fraction and a percentage that nobody rounded to
_EXACT = 1e-9
_PERCENT = frozenset(["%", r"\%"])
_IN_NUMBERS = frozenset(["/", "√", "π", "^", "²", r"\frac", r"\sqrt", r"\pi"])
_UNKNOWN = (Unreadable, RecursionError, WorkBudgetSpent, Undefined, KeyError, ArithmeticError)


class Gloss(StrEnum):
    SAME = "same"
    OTHER = "other"  # a percentage that is beside the fraction before it and not its value
    BESIDE = "beside"  # a percentage of something else


def gloss_of(group: Lexeme, side: Sequence[Lexeme]) -> Gloss | None:
    """What a bracket behind the last side of a formula says; None where it may be a factor."""
    inside = group.inside
    if not side or len(side) > MAX_LEXEMES or not 0 < len(inside) < MAX_LEXEMES:
        return None
    if inside[-1].text in _PERCENT and inside[0].lex is Lex.NUMBER and len(inside) == 2:
        return _percentage(inside[0].text, side, is_apart=group.spaced)
    is_label = len(inside) == 1 and inside[0].text.isdigit()
    if is_label or not all(map(_is_of_number, inside)):
        return None
    texts = formula_text(side), formula_text(inside)
    values = [_value(text) for text in texts]
    first, second = values
    if texts[0] == texts[1] or first is None or second is None:
        return None
    return Gloss.SAME if abs(first - second) <= max(map(_half, texts)) else None


def _percentage(number: str, side: Sequence[Lexeme], *, is_apart: bool) -> Gloss | None:
    value, percent = _value(formula_text(side)), _value(number)
    if value is not None and percent is not None:
        gap = abs(value - percent / 100)
        half_percent = _half(number) if "." in number else 0.501
        if gap <= max(half_percent / 100, _half(formula_text(side))):
            return Gloss.SAME
        if is_apart and _is_fraction(side) and value <= 1 and gap > FAR:
            return Gloss.OTHER
    return Gloss.BESIDE if is_apart else None


def _half(text: str) -> float:
    """Half of the last digit of a decimal number; nothing for an exact one."""
    whole, point, digits = text.partition(".")
    is_decimal = bool(point) and (whole + digits).lstrip("-").isdigit()
    return 0.501 * 10.0 ** -len(digits) if is_decimal else _EXACT


def _is_fraction(side: Sequence[Lexeme]) -> bool:
    return len(side) == 3 and side[1].text == "/" and all(x.text.isdigit() for x in side[::2])


def _is_of_number(lexeme: Lexeme) -> bool:
    return lexeme.lex is Lex.NUMBER or lexeme.text in _IN_NUMBERS


def _value(text: str) -> float | None:
    with suppress(*_UNKNOWN), WorkBudget(MAX_WORK_S) as budget, precision(BASE_BITS):
        term = read_expression(text)
        if is_term(term) and not free_names(term):
            value = Evaluator({}, budget, real=True).value(term)
            return float(value.mid()) if isinstance(value, arb) else None
    return None
