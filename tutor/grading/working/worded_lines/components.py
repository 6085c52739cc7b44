"""A vector between two points of the statement: AB = (5 - 3 | -2 + 1 | 4 + 2), and AB (2; -1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Unreadable, is_term
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.points import named_points
from tutor.grading.working.task import Task

_ENTRY = r"(?:[^()|,;]|\([^()|,;]{1,8}\)){1,20}"
_ENTRIES = rf"\(({_ENTRY}(?:[|,;]{_ENTRY}){{1,2}})\)"
_VECTOR = re.compile(
    rf"(?:(?:vec(?:t(?:eur|or)?)?|vektor|向量)\.?\s)?([A-Z])([A-Z])\s?=?\s?{_ENTRIES}(?:\s?=\s?{_ENTRIES})?"
)
Entries = tuple[Fraction, ...]


def judge_components(text: str, task: Task) -> ClaimResult | None:
    """Refuted only where signs alone are wrong; None for anything else than such a vector."""
    match = _VECTOR.fullmatch(text.strip().replace("−", "-"))
    points = named_points(task.text) if match else {}
    if match is None or not {match[1], match[2]} <= points.keys():
        return None
    start, end = points[match[1]], points[match[2]]
    written = [_entries(part) for part in match.groups()[2:] if part is not None]
    lengths = {len(entries) for entries in written if entries is not None}
    if None in written or lengths != {len(start)} or len(end) != len(start):
        return None
    right = tuple(b - a for a, b in zip(start, end, strict=True))
    if all(entries == right for entries in written):
        return proved(ClaimRelation.EVALUATE)
    first = written[0]
    if first is None or first == right or not _is_sign_lost(first, start, end):
        return None
    witness = Witness({}, _shown(first), _shown(right))
    return refuted(ClaimRelation.EVALUATE, witness, Slip.LOST_SIGN)


def _is_sign_lost(entries: Entries, start: Entries, end: Entries) -> bool:
    return entries != tuple(a - b for a, b in zip(start, end, strict=True)) and all(
        abs(entry) in (abs(b - a), abs(b + a))
        for entry, a, b in zip(entries, start, end, strict=True)
    )


def _entries(text: str) -> Entries | None:
    values = []
    for part in re.split(r"[|,;]", text):
        try:
            value = read_expression(part)
        except (Unreadable, RecursionError):
            return None
        number = rational_value(value) if is_term(value) else None
        if number is None:
            return None
        values.append(number)
    return tuple(values)


def _shown(entries: Sequence[Fraction]) -> str:
    return "({})".format(", ".join(map(str, entries)))
