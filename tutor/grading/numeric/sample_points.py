"""Chooses points at which two terms are compared."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from flint import arb, fmpq

from tutor.grading.numeric.intervals import Ball
from tutor.grading.parsing.tree import BigOperator, Call, Pow, Value, free_names, walk

FIRST_POINTS = 3  # the same for all terms
MAX_CACHED_NAMES = 3
Point = dict[str, Ball]


def sample_points(names: list[str], left: Value, right: Value) -> Iterator[tuple[bool, Point]]:
    """Each with whether all its numbers are positive; equal for equal names."""
    points_of = _cached_points if len(names) <= MAX_CACHED_NAMES else _points
    yield from islice(points_of(tuple(names)), FIRST_POINTS)
    wants_integers = needs_integers(left) or needs_integers(right)
    has_corners = _has_corners(left) or _has_corners(right)
    yield from islice(points_of(tuple(names), wants_integers, has_corners), FIRST_POINTS, None)


def _points(
    names: tuple[str, ...], wants_integers: bool = False, has_corners: bool = False
) -> Iterator[tuple[bool, Point]]:
    dice = random.Random("/".join(names))  # noqa: S311 - repeatable, not secret

    def point(low: int, high: int) -> Point:
        return {name: arb(fmpq(dice.randrange(low, high) * 2 + 1, 128)) for name in names}

    for low, high in ((20, 300), (101, 700), (1, 63)):
        yield True, point(low, high)
    if wants_integers:
        yield from ((False, whole) for whole in _integers(names, dice))
    if has_corners:
        for _ in range(6):
            yield False, {name: arb(fmpq(dice.randrange(-9, 9), 2)) for name in names}
    for low, high in ((-400, 400), (-400, 400), (-63, 63)):
        yield False, point(low, high)
    for low, high in ((1, 63), (1, 63), (20, 300), (500, 2500), (10_000, 30_000)):
        yield True, point(low, high)
    # |x + 2| differs from x + 2 only here.
    for low, high in ((-400, -100), (-2500, -500), (-30_000, -10_000)):
        yield False, point(low, high)
    if has_corners:
        yield from ((False, point(-(10**power), 10**power)) for power in (4, 4, 5, 5))


@lru_cache(maxsize=256)
def _cached_points(*which: Any) -> list[tuple[bool, Point]]:
    """As `_points`: most problems have the same few letters."""
    return list(_points(*which))


def _integers(names: tuple[str, ...], dice: random.Random) -> Iterator[Point]:
    for least in (1, 2, 4):
        yield {name: arb(least + dice.randrange(5)) for name in names}
    # n is more often the larger one, as in n over k.
    falling = sorted(names, key=lambda name: (name != "n", name))
    for top in (6, 7, 9):
        yield {name: arb(max(1, top - 2 * index)) for index, name in enumerate(falling)}


def needs_integers(term: Value) -> bool:
    """Whether it has values for whole numbers only, as sums and (-2)^n have."""
    return any(
        isinstance(part, BigOperator)
        or (isinstance(part, Pow) and bool(free_names(part.exponent)))
        or (isinstance(part, Call) and part.name in ("binomial", "factorial", "permutations"))
        for part in walk(term)
    )


def _has_corners(term: Value) -> bool:
    corners = ("floor", "ceil", "abs", "sign", "min", "max")
    return any(isinstance(part, Call) and part.name in corners for part in walk(term))
