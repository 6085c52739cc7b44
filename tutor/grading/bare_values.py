"""Lines that only state a value, from which a check would tell whether that is the right one."""

from __future__ import annotations

from tutor.grading.shapes import definition
from tutor.grading.statements import read_answer
from tutor.grading.steps import ClaimCheck, Relation, StepCheck, StepVerdict
from tutor.grading.terms import (
    Add,
    Logic,
    Num,
    Quantity,
    Unreadable,
    Value,
    Words,
    free_names,
    is_term,
    walk,
)
from tutor.grading.terms import Relation as Comparison

_MOST_NUMBERS = 3  # in a value that is no calculation: 3/4, 2√3, whose index is a number too


def states_value(check: StepCheck) -> bool:
    """Whether a line was judged that states a value: x = 3, or 3 alone."""
    return any(_is_judged(claim) and _states_value(claim) for claim in check.claims)


def is_judged(check: StepCheck) -> bool:
    return any(map(_is_judged, check.claims))


def _is_judged(claim: ClaimCheck) -> bool:
    return claim.verdict != StepVerdict.UNCHECKED


def _states_value(claim: ClaimCheck) -> bool:
    return claim.relation == Relation.SOLVE or is_bare_value(claim.claim)


def is_bare_value(text: str) -> bool:
    """Whether a text is a value, perhaps with a name before it, or several: 3, x = 6/2, {1, 2}."""
    try:
        return _is_bare(read_answer(text))
    except (Unreadable, RecursionError):
        return False


def _is_bare(value: Value) -> bool:
    if named := definition(value):
        return not free_names(named[1])
    if isinstance(value, Logic):
        return all(map(_is_bare, value.parts))
    if isinstance(value, Quantity):
        return _is_bare(value.amount)
    if free_names(value) or isinstance(value, Comparison | Words):
        return False
    return not is_term(value) or _is_plain(value)


def _is_plain(value: Value) -> bool:
    pieces = list(walk(value))
    numbers = sum(isinstance(piece, Num) for piece in pieces)
    return numbers <= _MOST_NUMBERS and not any(isinstance(piece, Add) for piece in pieces)
