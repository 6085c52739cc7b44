"""Finds room for labels: tries the directions around a point, and takes the emptiest."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

Point = tuple[float, float]
Size = tuple[float, float]  # width and height
Reach = tuple[float, float]  # how far from a point, and in which direction in degrees

_SPACING = 4.0  # pixels between the points that stand for a line
_MAX_POINTS = 6_000
_OUTSIDE = 200.0  # what it costs to leave the picture
_ON_LABEL = 30.0
_MISLEADING = 100.0  # to stand nearer to something else than to what it names
_CHEAP = 6.0  # the first such place is taken


@dataclass(frozen=True)
class Frame:
    left: float
    top: float
    right: float
    bottom: float

    def contains(self, point: Point, margin: float = 0) -> bool:
        return (
            self.left - margin <= point[0] <= self.right + margin
            and self.top - margin <= point[1] <= self.bottom + margin
        )

    def overlaps(self, other: Frame) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def distance(self, point: Point) -> float:
        """How far a point is from it; 0 inside."""
        across = max(self.left - point[0], 0.0, point[0] - self.right)
        down = max(self.top - point[1], 0.0, point[1] - self.bottom)
        return math.hypot(across, down)

    def holds(self, other: Frame) -> bool:
        return self.contains((other.left, other.top)) and self.contains((other.right, other.bottom))


@dataclass
class Occupied:
    """Where lines and labels are."""

    points: list[Point] = field(default_factory=list)
    boxes: list[Frame] = field(default_factory=list)

    def add_line(self, points: Sequence[Point]) -> None:
        for start, end in itertools.pairwise(points):
            count = min(200, max(1, round(math.dist(start, end) / _SPACING)))
            if len(self.points) + count > _MAX_POINTS:
                return
            self.points += [_between(start, end, step / count) for step in range(count + 1)]

    def add_box(self, box: Frame) -> None:
        self.boxes.append(box)

    def best_middle(
        self,
        arounds: Sequence[Point],
        size: Size,
        reaches: Sequence[Reach],
        frame: Frame,
        rivals: Sequence[Point] = (),
    ) -> Point:
        """The middle of a label of this size, beside one of these points.

        arounds, reaches: points, and where from them to look, to try, the best first.
        rivals: points of what else the label could seem to name.
        """
        best = (math.inf, arounds[0])
        for around in arounds:
            for rank, (gap, turn) in enumerate(reaches):
                middle = _beside(around, size, gap, turn)
                box = _box(middle, size)
                cost = self._cost(box, frame) + 0.2 * rank + _misleading(box, around, rivals)
                best = min(best, (cost, middle))
            if best[0] < _CHEAP:
                break
        return best[1]

    def _cost(self, box: Frame, frame: Frame) -> float:
        on_lines = sum(1.0 for point in self.points if box.contains(point, 1))
        on_labels = sum(_ON_LABEL for other in self.boxes if box.overlaps(other))
        return on_lines + on_labels + (0 if frame.holds(box) else _OUTSIDE)


def _misleading(box: Frame, named: Point, rivals: Sequence[Point]) -> float:
    reach = 1.2 * box.distance(named)
    return _MISLEADING if any(box.distance(rival) < reach for rival in rivals) else 0.0


def _box(middle: Point, size: Size) -> Frame:
    x, y = middle
    return Frame(x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2)


def _beside(around: Point, size: Size, gap: float, turn: float) -> Point:
    """The middle of a box that touches a circle around the point."""
    x, y = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    reach = gap + min(
        size[0] / 2 / abs(x) if abs(x) > 1e-9 else math.inf,
        size[1] / 2 / abs(y) if abs(y) > 1e-9 else math.inf,
    )
    reach = min(reach, gap + math.hypot(*size) / 2)
    return around[0] + x * reach, around[1] - y * reach


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
