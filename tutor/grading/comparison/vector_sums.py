"""Vectors that were worked out before the answer: (2; -4) - (3; 1) = (-1; -5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.grading.comparison.shown_working import EQUALS_SIGN, value_of

MAX_CHARACTERS = 160
_NAMES = re.compile(r"[-+\s\dA-Za-z\\{}|.·*]{1,60}")  # 2a - b
_SUMMAND = re.compile(
    r"\s?(?P<sign>[-+])?\s?(?P<factor>[\d./]{1,12})?\s?(?:\*|\\cdot|\\times)?\s{0,2}"
    r"\((?P<coordinates>[^()]{1,60})\)\s?"
)


def without_vector_sum(text: str) -> str:
    """The last vector of a chain, where every sum of vectors before it comes to it."""
    if len(text) > MAX_CHARACTERS or "=" not in text or "(" not in text:
        return text
    first, *sides = EQUALS_SIGN.split(text)
    if _NAMES.fullmatch(first) is None:
        sides = [first, *sides]
    vectors = [_vector(side) for side in sides]
    if len(vectors) < 2 or None in vectors:
        return text
    return sides[-1].strip() if len(set(vectors)) == 1 else text


def _vector(side: str) -> tuple[float, ...] | None:
    """The coordinates of a sum of multiples of vectors, rounded; None for anything else."""
    summands = list(_SUMMAND.finditer(side))
    if not summands or "".join(summand[0] for summand in summands) != side:
        return None
    if any(summand["sign"] is None for summand in summands[1:]):
        return None
    parts = [_multiple(summand) for summand in summands]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or len({len(part) for part in known}) > 1:
        return None
    return tuple(round(sum(column), 9) for column in zip(*known, strict=True))


def _multiple(summand: re.Match[str]) -> list[float] | None:
    factor = value_of(summand["factor"]) if summand["factor"] else 1.0
    coordinates = [value_of(part) for part in re.split("[,;|]", summand["coordinates"])]
    if factor is None or None in coordinates or len(coordinates) < 2:
        return None
    sign = -1.0 if summand["sign"] == "-" else 1.0
    return [sign * factor * number for number in _numbers(coordinates)]


def _numbers(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]
