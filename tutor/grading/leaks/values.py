"""Does a number give away the stored answer or a part of it, however it is written?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tutor.grading.answer_key import (
    IN_WORDS,
    AnswerKey,
    Form,
    Rule,
)
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
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent

_CUT_OFF = r"\ldots"  # after the digits of a number that has more digits
_NEAR = "0.0001"  # a share of the value: the first digits give the rest away


def may_be_numbers(key: AnswerKey) -> bool:
    """Whether some number could be the stored answer or a part of it.

    Always true for an answer in words: a choice may contain a number.
    """
    if key.kind in IN_WORDS:
        return True
    try:
        return any(not free_names(part) for part in _parts(key_value(key)))
    except (Unreadable, RecursionError):
        return True


def gives_away(texts: Sequence[str], key: AnswerKey, max_work_s: float = 1.0) -> bool:
    """Whether one of the texts, all of them numbers, is the stored answer or a part of it.

    Parts are the entries of a list, a set, a tuple or a matrix, the ends of an interval, the sides
    of an equation and their own parts, and a quantity without its unit. True also where time runs
    out.
    """
    if key.kind in IN_WORDS:
        return True
    try:
        with WorkBudget(max_work_s) as budget:
            return any(_is_answer_or_part(text, key, budget) for text in texts)
    except (Unreadable, WorkBudgetSpent, RecursionError):
        return True


def _is_answer_or_part(text: str, key: AnswerKey, budget: WorkBudget) -> bool:
    digits = text.replace(_CUT_OFF, "")
    value, answer = read_answer(digits), key_value(key)
    if not is_term(value):
        return True
    near = rounded(key) if digits != text or key.places is not None else key
    if any(same_number(part, value, near, budget).equal is not False for part in _parts(answer)):
        return True
    result = AnswerComparer(near, budget).whole(answer, value)
    return result.equal is not False or result.rule == Rule.BASE  # equal, in another base


def rounded(key: AnswerKey) -> AnswerKey:
    """A key for all numbers that round to the value of `key`."""
    places = key.places
    if places is None:
        return key if key.tolerance else replace(key, tolerance=_NEAR, relative=True)
    if key.form == Form.DECIMAL_PLACES:
        return replace(key, tolerance=f"0.{'0' * places}5", relative=False)
    return replace(key, tolerance=f"0.{'0' * (places - 1)}5", relative=True)


def _parts(value: Value) -> Iterator[Term]:
    """The expressions in a value, and the value itself if it is one; no bare names."""
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
    """An expression and those in it; an expression without variables counts as one number."""
    if is_term(value) and not is_name(value):
        yield value
    if free_names(value):
        for part in children(value):
            yield from _within(part)
