"""Would a text give away the stored answer, or a part of it? By mathematics, not by letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tutor.grading.answer_key import AnswerKey, Form, Kind, Rule
from tutor.grading.comparison.compare import AnswerComparer
from tutor.grading.comparison.keys import key_value
from tutor.grading.comparison.numbers import same_number
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.shapes import as_matrix, expand_plus_minus, is_name
from tutor.grading.parsing.tree import (
    Comparison,
    Quantity,
    Term,
    Unreadable,
    Value,
    children,
    free_names,
    is_term,
)
from tutor.grading.processes.deadline import Deadline, DeadlinePassed

_IN_WORDS = (Kind.CHOICE, Kind.TEXT)
_CUT_OFF = r"\ldots"  # after the digits of a number that has more of them
_NEAR = "0.0001"  # a share: the first digits tell the rest


def may_be_numbers(key: AnswerKey) -> bool:
    """Whether some number could be the stored answer or a part of it.

    Of an answer in words everything is one: a choice may say a number.
    """
    if key.kind in _IN_WORDS:
        return True
    try:
        return any(not free_names(part) for part in _parts(key_value(key)))
    except (Unreadable, RecursionError):
        return True


def gives_away(texts: Sequence[str], key: AnswerKey, within_s: float = 1.0) -> bool:
    """Whether one of the texts, each a number, is the stored answer or one part of it.

    A part is an entry of a list, a set, a tuple or a matrix, an end of an interval, a side of an
    equation and what that is made of, a quantity without its unit. True as well where nobody can
    tell in time.
    """
    if key.kind in _IN_WORDS:
        return True
    deadline = Deadline.within(within_s)
    try:
        return any(_is_one(text, key, deadline) for text in texts)
    except (Unreadable, DeadlinePassed, RecursionError):
        return True


def _is_one(text: str, key: AnswerKey, deadline: Deadline) -> bool:
    digits = text.replace(_CUT_OFF, "")
    value, answer = read_answer(digits), key_value(key)
    if not is_term(value):
        return True
    near = rounded(key) if digits != text or key.places is not None else key
    if any(same_number(part, value, near, deadline).equal is not False for part in _parts(answer)):
        return True
    found = AnswerComparer(near, deadline).whole(answer, value)
    return found.equal is not False or found.rule == Rule.BASE  # the value is that of the answer


def rounded(key: AnswerKey) -> AnswerKey:
    """The key for numbers from which its value follows by rounding."""
    places = key.places
    if places is None:
        return key if key.tolerance else replace(key, tolerance=_NEAR, relative=True)
    if key.form == Form.DECIMAL_PLACES:
        return replace(key, tolerance=f"0.{'0' * places}5", relative=False)
    return replace(key, tolerance=f"0.{'0' * (places - 1)}5", relative=True)


def _parts(value: Value) -> Iterator[Term]:
    """The expressions of which a value is made, itself among them; no mere names."""
    value = expand_plus_minus(value)
    value = as_matrix(value) or value
    if isinstance(value, Quantity):
        yield value.amount
    elif isinstance(value, Comparison):
        for side in (value.left, value.right):
            yield from _within(expand_plus_minus(side)) if is_term(side) else _parts(side)
    elif is_term(value) and as_matrix(value) is None:
        yield from () if is_name(value) else (value,)
    else:
        for part in children(value):
            yield from _parts(part)


def _within(value: Value) -> Iterator[Term]:
    """An expression and what it is made of; what has no letters is one number."""
    if is_term(value) and not is_name(value):
        yield value
    if free_names(value):
        for part in children(value):
            yield from _within(part)
