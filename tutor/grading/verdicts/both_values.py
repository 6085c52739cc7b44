"""Reads the right answer and the given one side by side, since each says how to read the other."""

from __future__ import annotations

import re
from contextlib import suppress
from operator import itemgetter

from tutor.grading.answer_key import (
    NUMBERS,
    AnswerKey,
    Kind,
)
from tutor.grading.comparison.common_names import (
    require_case,
    require_known_words,
    with_crosses,
    with_imaginary_unit,
    with_products,
    with_same_names,
    with_subscripts,
    with_usual_case,
)
from tutor.grading.comparison.keys import key_text, key_value
from tutor.grading.comparison.lone_numbers import number_alone, quantity_alone, require_no_share
from tutor.grading.comparison.predicates import time_as_ratio
from tutor.grading.comparison.response_reader import (
    divides_by_zero,
    has_glued_scale,
    has_plus_minus,
    read_response,
)
from tutor.grading.comparison.shown_working import last_of_equals
from tutor.grading.comparison.vector_sums import without_vector_sum
from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.answers import read_plain_answer
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.quantities import percent_or_degrees
from tutor.grading.parsing.shapes import definition, is_name
from tutor.grading.parsing.shorthand import fold_mixed
from tutor.grading.parsing.tree import (
    Bracketed,
    Comparison,
    Matrix,
    Mul,
    Pow,
    Quantity,
    Sym,
    Unreadable,
    Value,
    Words,
    free_names,
    is_term,
)
from tutor.grading.parsing.units import read_unit
from tutor.grading.parsing.words import answers_in_words
from tutor.grading.sentences.understood import answer_in

_YUAN = re.compile("块钱?")
_RATE = re.compile(r"\A\s?每(小时|分钟?|秒钟?|天)(?:行驶?|走|跑)?(\d[^/每]{0,30})\Z")  # 每分钟70米
_FACTORIAL = re.compile(r"(?<=[\d)])!=(?=\s?\d)")  # 5!=120
_SLASHED_POINT = re.compile(r"\(\s?[-+]?[\d.]{1,9}(?:\s?/\s?[-+]?[\d.]{1,9}){1,2}\s?\)\s?\Z")
_MAPS_TO = re.compile(r"\A ?([A-Za-z]) ?: ?([a-z]) ?(?:->|\\(?:to|mapsto)(?![a-z])|↦)")
_LETTER = re.compile("[A-Za-z]")
_OF_ENTRIES = (Kind.TUPLE, Kind.MATRIX)
_OF_SEVERAL_VALUES = (Kind.LIST, Kind.SET, Kind.TUPLE)


def read_both(
    response: PlainText, key: AnswerKey, value: Value | None = None
) -> tuple[Value, Value]:
    """The right answer and the given one. Raises Unreadable.

    value: the right answer, if it is not the key's own. Where only one of the two has a unit,
    letters in the other may be a unit too.
    """
    stored = key_value(key) if value is None else value
    text = _in_notation_of_key(response, stored, key)
    kind = Kind.LIST if "+-" in response and has_plus_minus(stored) else key.kind
    given = read_response(text, kind, key.decimal_comma, units=_has_unit(stored))
    if "0" in text and divides_by_zero(given) and not divides_by_zero(stored):
        raise Unreadable(FeedbackCode.DIVISION_BY_ZERO)
    if key.kind == Kind.NUMBER:
        given = _with_sign_as_unit(given)
    elif key.kind in _OF_ENTRIES and isinstance(stored, Bracketed | Matrix):
        given = _bare_entries(given)
    right, given = _with_common_names(stored, given, text)
    if key.kind == Kind.RATIO:
        right, given = time_as_ratio(right), time_as_ratio(given)
    if value is None and _has_unit(given) and not _has_unit(stored):
        right = _with_unit(normalize_text(key_text(key)), right, key)
    if is_term(without_name(given)) and _has_letters(given) and not _has_letters(stored):
        given = _with_unit_of_letters(text, given, key)
    if key.kind in _OF_SEVERAL_VALUES and isinstance(given, Quantity) and not _has_unit(stored):
        given = _as_entry(text, given, key)
    _require_answer(text, given, stored, key)
    return right, given


def value_of(response: str, key: AnswerKey, *, units: bool) -> Value | None:
    """A response as it stands, or the last number of a calculation or a sentence.

    None where it cannot be read as one value. units: 5 m is five metres, and not a product.
    """
    try:
        text = normalize_text(response)
    except Unreadable:
        return None
    if key.kind not in NUMBERS:
        return _read(text, key, units=units)
    alone = quantity_alone(text, key.decimal_comma)
    value = _read(alone, key, units=units)
    is_clear = value is not None and not _has_unknown_unit(value)
    stated = None if is_clear else answer_in(alone, key.decimal_comma)
    return _read(PlainText(stated.value + stated.unit), key, units=units) if stated else value


def _has_unknown_unit(value: Value) -> bool:
    """Of "0.8 m each", read as a whole."""
    bare = without_name(value)
    if not isinstance(bare, Quantity):
        return False
    unit = read_unit(bare.unit)
    return unit is None or not unit.is_known


def _read(text: PlainText, key: AnswerKey, *, units: bool) -> Value | None:
    with suppress(Unreadable, RecursionError):
        return read_response(text, key.kind, key.decimal_comma, units=units)
    return None


def without_name(value: Value) -> Value:
    """The 4 in x = 4."""
    pair = definition(value)
    return pair[1] if pair else value


def _in_notation_of_key(response: PlainText, right: Value, key: AnswerKey) -> PlainText:
    """16 for S∞ = 16, v_0 for v0, and the last side for 3x + 5x = 8x."""
    bare = without_name(right)
    text = PlainText(fold_mixed(response)) if _is_single(bare, key) else response
    text = with_subscripts(_as_written_by_others(text, bare), right)
    match key.kind:
        case Kind.NUMBER:
            text = PlainText(_FACTORIAL.sub("! =", text))
            require_no_share(text, bare)
            return number_alone(text, key.decimal_comma)
        case Kind.QUANTITY:
            text = quantity_alone(PlainText(_RATE.sub(r"\2/\1", text)), key.decimal_comma)
            return PlainText(_YUAN.sub("元", text)) if "元" in key_text(key) else text
        case Kind.TUPLE if not key.decimal_comma:
            return PlainText(without_vector_sum(text))
        case Kind.EQUATION:
            return with_products(text, right)
        case Kind.EXPRESSION if isinstance(right, Comparison):
            return with_products(text, right)
        case Kind.EXPRESSION:
            text = with_crosses(text, right)
            return with_products(PlainText(last_of_equals(text, key.decimal_comma)), right)
    return text


def _with_sign_as_unit(value: Value) -> Value:
    """x = 60° as 60 with a unit, as 60° without a name is."""
    pair = definition(value)
    measure = percent_or_degrees(pair[1]) if pair and is_term(pair[1]) else None
    return Comparison("=", pair[0], Quantity(*measure)) if pair and measure else value


def _as_entry(text: PlainText, given: Quantity, key: AnswerKey) -> Value:
    """30° alone, as it is read in a list with others."""
    listed = read_response(PlainText(rf"\{{{text}\}}"), key.kind, key.decimal_comma, units=False)
    if isinstance(listed, Bracketed) and len(listed.parts) == 1:
        return listed.parts[0]
    return given


def _bare_entries(value: Value) -> Value:
    """The entries in u = (3, 4), A^(-1) = [[1, 2], [3, 4]] and, as (4, 3), in (y, x) = (3, 4)."""
    if not isinstance(value, Comparison) or value.op != "=":
        return value
    if isinstance(value.left, Bracketed) and isinstance(value.right, Bracketed):
        return _by_names(value.left, value.right) or value
    name = value.left.base if isinstance(value.left, Pow) else value.left
    is_named = isinstance(name, Sym) or (isinstance(name, Mul) and is_name(name))
    return value.right if is_named and isinstance(value.right, Bracketed | Matrix) else value


def _by_names(names: Bracketed, entries: Bracketed) -> Bracketed | None:
    """The entries in the order of x, y and z; None where these are not their names."""
    letters = [part.name for part in names.parts if isinstance(part, Sym)]
    if not set(letters) <= set("xyz") or not len(letters) == len(names.parts) == len(entries.parts):
        return None
    pairs = sorted(zip(letters, entries.parts, strict=True), key=itemgetter(0))
    return Bracketed(entries.opening, tuple(part for _, part in pairs), entries.closing)


def _is_single(bare: Value, key: AnswerKey) -> bool:
    """Whether "2 and 1/2" cannot be two answers."""
    return key.kind not in _OF_SEVERAL_VALUES and (is_term(bare) or isinstance(bare, Quantity))


def _as_written_by_others(response: PlainText, right: Value) -> PlainText:
    """f(x) = 3x for f: x -> 3x, and S(-2; -3) for S(-2/-3) where a point is asked for."""
    if isinstance(right, Bracketed) and len(right.parts) > 1 and "/" in response:
        parts = response.count("/") + 1
        if parts == len(right.parts) and _SLASHED_POINT.search(response):
            return PlainText(response.replace("/", "; "))
    return PlainText(_MAPS_TO.sub(r"\1(\2) =", response)) if ":" in response else response


def _with_common_names(right: Value, given: Value, text: PlainText) -> tuple[Value, Value]:
    """Raises Unreadable where A was written for a."""
    if right == given or not _LETTER.search(text):
        return right, given
    right, given = with_same_names(right, given)
    given = with_imaginary_unit(right, given) if "j" in text else given
    given = with_usual_case(right, given)
    require_case(text, right, given)
    return right, given


def _has_unit(value: Value) -> bool:
    return isinstance(without_name(value), Quantity)


def _has_letters(value: Value) -> bool:
    return bool(free_names(without_name(value)))


def _with_unit_of_letters(text: PlainText, given: Value, key: AnswerKey) -> Value:
    """Raises Unreadable for 25k."""
    if has_glued_scale(text):
        raise Unreadable(FeedbackCode.UNREAD_AT, text=repr(text.strip()[-1]))
    return _with_unit(text, given, key)


def _with_unit(text: PlainText, value: Value, key: AnswerKey) -> Value:
    """5 m as five metres, where only that makes sense."""
    return read_plain_answer(text, key.decimal_comma, units=True) if free_names(value) else value


def _require_answer(text: PlainText, given: Value, right: Value, key: AnswerKey) -> None:
    """Raises Unreadable where words were read as letters, or stand for a value."""
    if key.kind in NUMBERS and _has_letters(given) and not _has_letters(right):
        require_known_words(text)
    in_words = isinstance(given, Words) and not isinstance(right, Words)
    if in_words and not answers_in_words(text):
        raise Unreadable(FeedbackCode.UNREAD)
