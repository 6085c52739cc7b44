"""Intervals that a statement gives: [0, 3], or 0 ≤ x ≤ 3."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import ZERO, Term, Unreadable, is_term

_ENDS = re.compile(
    r"\[\s{0,2}(-?\d{1,4}(?:/\d{1,3})?)\s{0,2}[,;|]\s{0,2}(-?\d{1,4}(?:/\d{1,3})?)\s{0,2}\]"
    r"|(-?\d{1,4})\s{0,2}(?:\\leq?|≤|<=)\s{0,2}[a-z]\s{0,2}(?:\\leq?|≤|<=)\s{0,2}(-?\d{1,4})"
)


def interval_in(text: str) -> tuple[Fraction, Fraction] | None:
    """The ends of [0, 3]; None where a statement has no interval with numbers as its ends."""
    ends = _ENDS.search(text)
    if ends is None:
        return None
    low, high = (rational_value(_read(part)) for part in ends.groups() if part is not None)
    return (low, high) if low is not None and high is not None and low < high else None


def _read(text: str) -> Term:
    try:
        value = read_expression(text)
    except (Unreadable, RecursionError):
        return ZERO
    return value if is_term(value) else ZERO
