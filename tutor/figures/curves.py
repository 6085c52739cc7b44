"""Samples a function: pieces of its graph, cut at poles, jumps and where it has no value."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tutor.figures.axes import Window
from tutor.figures.lines import Expression
from tutor.figures.placement import Point

_SAMPLES = 240
_HALVINGS = 16


@dataclass(frozen=True)
class Domain:
    """is_first_closed, is_last_closed: None where the author names no end there."""

    first: float
    last: float
    is_first_closed: bool | None = None
    is_last_closed: bool | None = None


@dataclass(frozen=True)
class Graph:
    """name: by which other lines of the figure mean it; empty without one.

    letter: of the function's argument. label: that the author puts in the place of the name.
    """

    name: str
    function: Expression
    letter: str
    domain: Domain | None
    label: str | None

    @property
    def written(self) -> str:
        """What stands beside it in the picture."""
        return self.name if self.label is None else self.label

    def at(self, x: float) -> float | None:
        return self.function.at({self.letter: x})

    def within(self, first: float, last: float) -> Domain:
        if self.domain is None:
            return Domain(first, last)
        own = self.domain
        starts, ends = own.first >= first, own.last <= last
        return Domain(
            max(own.first, first),
            min(own.last, last),
            own.is_first_closed if starts else None,
            own.is_last_closed if ends else None,
        )

    def has_value(self, window: Window) -> bool:
        """Whether it has one anywhere in its part of the window, be it above or below."""
        domain = self.within(window.x.first, window.x.last)
        width = domain.last - domain.first
        steps = range(_SAMPLES + 1) if width > 0 else ()
        values = (self.at(domain.first + width * n / _SAMPLES) for n in steps)
        return width <= 0 or any(value is not None for value in values)

    def pieces(self, window: Window) -> list[list[Point]]:
        """What of it the window shows, in numbers."""
        domain = self.within(window.x.first, window.x.last)
        if domain.first >= domain.last:
            return []
        whole = sampled(self.at, domain.first, domain.last, window.y.size)
        return [part for piece in whole for part in clipped(piece, window)]


@dataclass(frozen=True)
class HalfPlane:
    """The points above a graph, or right of x, for `is_greater`; below or left otherwise.

    border: None for the vertical line at `x`. is_closed: whether the border belongs to it.
    """

    border: Graph | None
    x: float
    is_greater: bool
    is_closed: bool

    def outline(self, window: Window) -> list[Point]:
        """Around what the window shows of it, in numbers."""
        if self.border is None:
            x = min(max(self.x, window.x.first), window.x.last)
            edge = [(x, window.y.first), (x, window.y.last)]
            beyond = window.x.last if self.is_greater else window.x.first
            return [*edge, (beyond, window.y.last), (beyond, window.y.first)]
        xs = [window.x.first + window.x.size * n / _SAMPLES for n in range(_SAMPLES + 1)]
        values = [(x, y) for x in xs if (y := self.border.at(x)) is not None]
        edge = [(x, min(max(y, window.y.first), window.y.last)) for x, y in values]
        beyond = window.y.last if self.is_greater else window.y.first
        return [*edge, (edge[-1][0], beyond), (edge[0][0], beyond)] if edge else []

    def edges(self, window: Window) -> list[list[Point]]:
        """What the window shows of its border, in numbers."""
        if self.border is not None:
            return self.border.pieces(window)
        ends = [(self.x, window.y.first), (self.x, window.y.last)]
        return [ends] if window.x.has(self.x) else []


def sampled(
    at: Callable[[float], float | None], first: float, last: float, height: float
) -> list[list[Point]]:
    """height: of the window; what jumps farther than that between neighbours may be a pole."""
    pieces: list[list[Point]] = [[]]
    before: tuple[float, float | None] | None = None
    for number in range(_SAMPLES + 1):
        x = first + (last - first) * number / _SAMPLES
        y = at(x)
        if before is not None:
            _go_on(pieces, at, before, (x, y), height)
        elif y is not None:
            pieces[-1].append((x, y))
        before = (x, y)
    least = (last - first) / 2_000
    return [piece for piece in pieces if piece and piece[-1][0] - piece[0][0] > least]


def _go_on(
    pieces: list[list[Point]],
    at: Callable[[float], float | None],
    before: tuple[float, float | None],
    now: tuple[float, float | None],
    height: float,
) -> None:
    if before[1] is None and now[1] is None:
        return
    if before[1] is None or now[1] is None:
        edge = _edge(at, before, now)
        if now[1] is None:
            pieces[-1].append(edge)
            pieces.append([])
        else:
            pieces.append([edge, (now[0], now[1])])
        return
    start, end = (before[0], before[1]), (now[0], now[1])
    if abs(end[1] - start[1]) > height / 8 and (gap := _gap(at, start, end)):
        pieces[-1].append(gap[0])
        pieces.append([gap[1]])
    pieces[-1].append(end)


def _edge(
    at: Callable[[float], float | None],
    before: tuple[float, float | None],
    now: tuple[float, float | None],
) -> Point:
    """The last point that has a value, on the way to one without."""
    known, unknown = (before, now[0]) if before[1] is not None else (now, before[0])
    x, y = known[0], known[1] or 0.0
    for _halving in range(_HALVINGS):
        middle = (x + unknown) / 2
        value = at(middle)
        if value is None:
            unknown = middle
        else:
            x, y = middle, value
    return x, y


def _gap(
    at: Callable[[float], float | None], start: Point, end: Point
) -> tuple[Point, Point] | None:
    """The ends on both sides of a jump; None where the graph is only steep."""
    jump = abs(end[1] - start[1])
    for _halving in range(_HALVINGS):
        middle = (start[0] + end[0]) / 2
        value = at(middle)
        if value is None:
            return start, end
        to_start, to_end = abs(value - start[1]), abs(value - end[1])
        if to_start > to_end:
            end = (middle, value)
        else:
            start = (middle, value)
    return (start, end) if abs(end[1] - start[1]) > jump / 4 else None


def clipped(piece: Sequence[Point], window: Window) -> list[list[Point]]:
    """The parts of a line between the lower and the upper edge."""
    parts: list[list[Point]] = [[]]
    for start, end in itertools.pairwise(piece):
        inside = _inside(start, end, window.y.first, window.y.last)
        if inside is None:
            continue
        if not parts[-1] or math.dist(parts[-1][-1], inside[0]) > 1e-12:
            parts.append([inside[0]])
        parts[-1].append(inside[1])
    return [part for part in parts if len(part) > 1]


def _inside(start: Point, end: Point, low: float, high: float) -> tuple[Point, Point] | None:
    first, last = _share_inside(start[1], end[1], low, high)
    if first > last:
        return None
    return _along(start, end, first), _along(start, end, last)


def _share_inside(start: float, end: float, low: float, high: float) -> Point:
    """Which share of the way from `start` to `end` lies between two bounds."""
    if start == end:
        return (0.0, 1.0) if low <= start <= high else (1.0, 0.0)
    bounds = sorted([(low - start) / (end - start), (high - start) / (end - start)])
    return max(0.0, bounds[0]), min(1.0, bounds[1])


def _along(start: Point, end: Point, share: float) -> Point:
    if share in (0.0, 1.0):
        return end if share else start
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
