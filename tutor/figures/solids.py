"""Solids in oblique projection; edges that one cannot see are dashed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from tutor.figures.canvas import Canvas
from tutor.figures.labels import read_label
from tutor.figures.lines import FigureLine, FigureSource
from tutor.figures.phrases import Phrase, gettext_noop
from tutor.figures.placement import Point
from tutor.figures.vectors import angle_of, middle

_ROOM = (250.0, 220.0)
_MARGIN = 40.0
_DEPTH = (0.38, 0.3)  # how far one unit of depth goes to the right and up
_FLAT = 0.28  # of an ellipse

NEED_SIZE = gettext_noop("need a line such as %(name)s = 5 cm; this solid has %(names)s")
MISSING = gettext_noop("the %(name)s is missing; this solid has %(names)s")


@dataclass(frozen=True)
class Edge:
    """Points with the y axis upwards. label: the name of the size that is written beside it."""

    points: tuple[Point, ...]
    is_hidden: bool = False
    label: str = ""
    side: float | None = None  # on which side of the middle the label is, in degrees


@dataclass
class Solid:
    kind: str
    sizes: dict[str, float]
    labels: dict[str, str] = field(default_factory=dict)

    @classmethod
    def reader(cls, kind: str) -> Callable[[FigureSource], Solid]:
        def read(source: FigureSource) -> Solid:
            solid = cls(kind, {})
            for line in source.rest:
                solid._take(line)
            names = SIZES[kind]
            for name in names:
                if name not in solid.sizes:
                    raise source.first.error(MISSING, name=name, names=names)
            return solid

        return read

    def _take(self, line: FigureLine) -> None:
        names = SIZES[self.kind]
        if match := line.match(r"label (?P<name>[a-z]+)"):
            self._check(line, match["name"].lower())
            self.labels[match["name"].lower()] = line.quoted or ""
            return
        match = line.match(r"(?P<name>[a-z]+) ?= ?(?P<number>.+?) ?(?P<unit>mm|cm|dm|km|m|in|ft)?")
        if not match:
            raise line.error(NEED_SIZE, name=names[0], names=names)
        name = match["name"].lower()
        self._check(line, name)
        self.sizes[name] = line.positive(match["number"])
        written = f"{match['number'].strip()} {match['unit'] or ''}".strip()
        self.labels.setdefault(name, written if line.quoted is None else line.quoted)

    def _check(self, line: FigureLine, name: str) -> None:
        names = SIZES[self.kind]
        if name not in names:
            raise line.error(NEED_SIZE, name=names[0], names=names)

    def draw(self) -> Canvas:
        sizes = [self.sizes[name] for name in SIZES[self.kind]]
        largest = max(sizes)
        # What is much thinner than it is long would be a line.
        edges = _EDGES[self.kind](*(max(size / largest, 0.12) for size in sizes))
        points = [point for edge in edges for point in edge.points]
        left, right = min(x for x, _y in points), max(x for x, _y in points)
        bottom, top = min(y for _x, y in points), max(y for _x, y in points)
        scale = min(_ROOM[0] / (right - left), _ROOM[1] / (top - bottom))
        wide = max([_MARGIN, *(read_label(label).width + 14 for label in self.labels.values())])
        canvas = Canvas((right - left) * scale + 2 * wide, (top - bottom) * scale + 2 * _MARGIN)

        def at(point: Point) -> Point:
            return wide + (point[0] - left) * scale, _MARGIN + (top - point[1]) * scale

        for edge in edges:
            canvas.lines("hidden" if edge.is_hidden else "line", [at(p) for p in edge.points])
        for edge in edges:
            if label := self.labels.get(edge.label):
                _write(canvas, label, [at(point) for point in edge.points], edge.side)
        return canvas

    def in_words(self) -> list[Phrase]:
        words = [Phrase(_NAMES[self.kind])]
        for name in SIZES[self.kind]:
            if label := self.labels.get(name):
                values = {"name": Phrase(_SIZE_NAMES[name]), "label": read_label(label).spoken}
                words.append(Phrase(gettext_noop("The %(name)s is labelled %(label)s."), values))
        return words


def _write(canvas: Canvas, label: str, points: list[Point], side: float | None) -> None:
    start, end = points[0], points[-1]
    at = middle(start, end) if len(points) == 2 else points[len(points) // 2]
    turn = side if side is not None else angle_of(start, end) - 90
    canvas.write_beside(label, at, gap=6, prefer=turn)


def _cuboid(length: float, width: float, height: float) -> list[Edge]:
    x, y = width * _DEPTH[0], width * _DEPTH[1]
    front = [(0.0, 0.0), (length, 0.0), (length, height), (0.0, height)]
    back = [(px + x, py + y) for px, py in front]
    return [
        Edge((front[0], front[1]), label="length", side=270),
        Edge((front[1], front[2])),
        Edge((front[2], front[3])),
        Edge((front[3], front[0]), label="height", side=180),
        Edge((front[1], back[1]), label="width", side=315),
        Edge((front[2], back[2])),
        Edge((front[3], back[3])),
        Edge((back[1], back[2])),
        Edge((back[2], back[3])),
        Edge((front[0], back[0]), is_hidden=True),
        Edge((back[0], back[1]), is_hidden=True),
        Edge((back[0], back[3]), is_hidden=True),
    ]


def _cube(side: float) -> list[Edge]:
    edges = _cuboid(side, side, side)
    return [Edge(edges[0].points, label="side", side=270), *edges[1:]]


def _prism(base: float, height: float, length: float) -> list[Edge]:
    """With a triangle in front."""
    x, y = length * _DEPTH[0] * 1.4, length * _DEPTH[1] * 1.1
    front = [(0.0, 0.0), (base, 0.0), (base / 2, height)]
    back = [(px + x, py + y) for px, py in front]
    return [
        Edge((front[0], front[1]), label="base", side=270),
        Edge((front[1], front[2])),
        Edge((front[2], front[0])),
        Edge((front[1], back[1]), label="length", side=315),
        Edge((front[2], back[2])),
        Edge((back[1], back[2])),
        Edge((front[0], back[0]), is_hidden=True),
        Edge((back[0], back[1]), is_hidden=True),
        Edge((back[0], back[2]), is_hidden=True),
        Edge(((base / 2, 0.0), front[2]), is_hidden=True, label="height", side=0),
    ]


def _pyramid(side: float, height: float) -> list[Edge]:
    """With a square base."""
    x, y = side * 0.45, side * 0.3
    front = [(0.0, 0.0), (side, 0.0)]
    back = [(x, y), (side + x, y)]
    center = ((side + x) / 2, y / 2)
    top = (center[0], center[1] + height)
    return [
        Edge((front[0], front[1]), label="side", side=270),
        Edge((front[1], back[1])),
        Edge((front[0], top)),
        Edge((front[1], top)),
        Edge((back[1], top)),
        Edge((front[0], back[0]), is_hidden=True),
        Edge((back[0], back[1]), is_hidden=True),
        Edge((back[0], top), is_hidden=True),
        Edge((center, top), is_hidden=True, label="height", side=0),
    ]


def _cylinder(radius: float, height: float) -> list[Edge]:
    return [
        Edge(_ellipse(radius, height, 0, 360)),
        Edge(_ellipse(radius, 0.0, 180, 360)),
        Edge(_ellipse(radius, 0.0, 0, 180), is_hidden=True),
        Edge(((-radius, 0.0), (-radius, height))),
        Edge(((radius, 0.0), (radius, height)), label="height", side=0),
        Edge(((0.0, height), (radius, height)), label="radius", side=90),
    ]


def _cone(radius: float, height: float) -> list[Edge]:
    return [
        Edge(_ellipse(radius, 0.0, 180, 360)),
        Edge(_ellipse(radius, 0.0, 0, 180), is_hidden=True),
        Edge(((-radius, 0.0), (0.0, height))),
        Edge(((radius, 0.0), (0.0, height))),
        Edge(((0.0, 0.0), (0.0, height)), is_hidden=True, label="height", side=180),
        Edge(((0.0, 0.0), (radius, 0.0)), is_hidden=True, label="radius", side=90),
    ]


def _sphere(radius: float) -> list[Edge]:
    circle = tuple(
        (radius * math.cos(math.radians(turn)), radius * math.sin(math.radians(turn)))
        for turn in range(0, 361, 6)
    )
    return [
        Edge(circle),
        Edge(_ellipse(radius, 0.0, 180, 360)),
        Edge(_ellipse(radius, 0.0, 0, 180), is_hidden=True),
        Edge(((0.0, 0.0), (radius, 0.0)), label="radius", side=90),
    ]


def _ellipse(radius: float, level: float, first: int, last: int) -> tuple[Point, ...]:
    return tuple(
        (
            radius * math.cos(math.radians(turn)),
            level + _FLAT * radius * math.sin(math.radians(turn)),
        )
        for turn in range(first, last + 1, 6)
    )


SIZES = {
    "cuboid": ("length", "width", "height"),
    "cube": ("side",),
    "prism": ("base", "height", "length"),
    "pyramid": ("side", "height"),
    "cylinder": ("radius", "height"),
    "cone": ("radius", "height"),
    "sphere": ("radius",),
}
_EDGES: dict[str, Callable[..., list[Edge]]] = {
    "cuboid": _cuboid,
    "cube": _cube,
    "prism": _prism,
    "pyramid": _pyramid,
    "cylinder": _cylinder,
    "cone": _cone,
    "sphere": _sphere,
}
_NAMES = {
    "cuboid": gettext_noop("A cuboid."),
    "cube": gettext_noop("A cube."),
    "prism": gettext_noop("A prism whose base is a triangle."),
    "pyramid": gettext_noop("A pyramid with a square base."),
    "cylinder": gettext_noop("A cylinder."),
    "cone": gettext_noop("A cone."),
    "sphere": gettext_noop("A sphere."),
}
_SIZE_NAMES = {
    "length": gettext_noop("length"),
    "width": gettext_noop("width"),
    "height": gettext_noop("height"),
    "side": gettext_noop("side"),
    "base": gettext_noop("base of the triangle"),
    "radius": gettext_noop("radius"),
}
