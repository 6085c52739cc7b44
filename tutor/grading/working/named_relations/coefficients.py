"""Coefficients that a line reads off the quadratic equation of the statement: a = 2, b = -7."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    refuted,
)
from tutor.grading.working.knowledge.quadratics import coefficients_of
from tutor.grading.working.knowledge.statement_numbers import NUMBER, read_number
from tutor.grading.working.task import Task

_VALUE = re.compile(rf"(?<![A-Za-z\d_])([abcpq])\s?=\s?\(?({NUMBER})\)?(?![\d\w/.,]*[\w^²(·*])")
_OTHER_USE = re.compile(r"[+*·/^²]|[a-z]\s?\(|[<>≤≥≠?]|\d\s?[xyz]")
_EQUATION = re.compile(r"[xyzt](?:²|\^\{?2)")


def judge_coefficients(text: str, before: Sequence[str], task: Task) -> ClaimResult | None:
    """Refuted where only signs or places differ; None for anything else.

    Not after another equation, which may be the one that they are read from.
    """
    named = {name: read_number(number) for name, number in _VALUE.findall(text)}
    letters = "abc" if set(named) == set("abc") else "pq" if set(named) == set("pq") else ""
    if not letters or _OTHER_USE.search(_VALUE.sub("", text)) or any(map(_EQUATION.search, before)):
        return None
    read = list(filter(None, map(coefficients_of, task.equations)))
    if len(read) != 1 or len(task.equations) != 1 or set(letters) & task.names:
        return None
    _, (c, b, a) = read[0]
    right = (a, b, c) if letters == "abc" else (b / a, c / a)
    own = tuple(named[letter] for letter in letters)
    if None in own or own in (right, tuple(-value for value in right)):
        return None
    if sorted(map(abs, own)) != sorted(map(abs, right)):  # type: ignore[arg-type]
        return None
    written, read_off = (_listed(letters, values) for values in (own, right))
    slip = Slip.LOST_SIGN if [*map(_size, own)] == [*map(_size, right)] else Slip.COPIED_WRONGLY
    return refuted(ClaimRelation.EVALUATE, Witness({}, written, read_off), slip)


def _listed(letters: str, values: Sequence[Fraction | None]) -> str:
    return ", ".join(f"{letter} = {value}" for letter, value in zip(letters, values, strict=True))


def _size(value: Fraction | None) -> Fraction:
    return abs(value or Fraction(0))
