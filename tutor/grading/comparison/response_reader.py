"""Reads a response by the habits of one kind of answer."""

from __future__ import annotations

import re
from itertools import pairwise

from tutor.grading.answer_key import NUMBERS, Kind
from tutor.grading.comparison.decimal_signs import ask_about_comma
from tutor.grading.comparison.lone_numbers import share_as_fraction
from tutor.grading.comparison.typed_notations import folded
from tutor.grading.feedback import FeedbackCode
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_plain_answer
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import (
    Bracketed,
    Call,
    Comparison,
    Div,
    Listing,
    Matrix,
    Num,
    PlusMinus,
    Sym,
    Unreadable,
    Value,
    has_part,
    is_term,
    walk,
)

_SINGLE = (Kind.NUMBER, Kind.QUANTITY, Kind.EXPRESSION)
_VECTORS = (Kind.TUPLE, Kind.MATRIX)
# As in Spain: 4'05 is 4.05, but 5'30'' are minutes and seconds, and 1'000 are thousands.
_DECIMAL_APOSTROPHE = re.compile(r"(?<=\d)['’´](?=\d{1,2}(?![\d'’´\"″])|\d{4})")
_ORDER = re.compile(r"[<>]|\\[lg]t(?![A-Za-z])")
_ORDINAL = re.compile(r"(\d{1,9}) ?(?:st|nd|rd|th)", re.IGNORECASE)
_GLUED_SCALE = re.compile(r"[-+]?\d{1,9}(?:[.,]\d{1,9})?[kMBT]")


def read_response(text: PlainText, kind: Kind, decimal_comma: bool, units: bool) -> Value:
    """As `read_plain_answer`. Raises Unreadable, also to ask what a decimal comma means."""
    if not decimal_comma and "," in text:
        ask_about_comma(text, kind)
    if decimal_comma:
        text = PlainText(_DECIMAL_APOSTROPHE.sub(",", text))
    if kind in NUMBERS and (ordinal := _ORDINAL.fullmatch(text.strip())):
        raise Unreadable(FeedbackCode.ONLY_ANSWER, text=ordinal[1])
    if kind == Kind.NUMBER:
        text = share_as_fraction(text)
    value = read_plain_answer(PlainText(folded(text, kind)), decimal_comma, units)
    if kind == Kind.LIST and _is_false_chain(text, value):
        return read_plain_answer(text, decimal_comma, units)
    if kind in _SINGLE:
        value = _as_permutations(value)
    elif kind in _VECTORS:
        value = _as_vector(value)
    return value


def _is_false_chain(text: PlainText, value: Value) -> bool:
    """Whether a list was read out of 3 < 2 < 1."""
    signs = _ORDER.findall(text)
    if not signs or not isinstance(value, Listing):
        return False
    numbers = [rational_value(part) if is_term(part) else None for part in value.parts]
    pairs = [(a, b) for a, b in pairwise(numbers) if a is not None and b is not None]
    return any(a >= b if signs[0] in ("<", "\\lt") else a <= b for a, b in pairs)


def has_glued_scale(text: PlainText) -> bool:
    """Whether it is 25k, which may be 25 thousand or a slip of the finger."""
    return bool(_GLUED_SCALE.fullmatch(text.strip()))


def _as_permutations(value: Value) -> Value:
    """P(7, 3) is a number of permutations where a number is asked for, and a point elsewhere."""
    match value:
        case Comparison("=", Sym("P"), Bracketed("(", (Num() as many, Num() as few), ")")):
            return Call("permutations", (many, few))
    return value


def _as_vector(value: Value) -> Value:
    match value:
        case Call("binomial", (first, second)):
            return Matrix(((first,), (second,)))
        case Comparison("=", name, right):
            return Comparison("=", name, _as_vector(right))
    return value


def divides_by_zero(value: Value) -> bool:
    return any(isinstance(part, Div) and rational_value(part.bottom) == 0 for part in walk(value))


def has_plus_minus(value: Value) -> bool:
    return has_part(value, PlusMinus)
