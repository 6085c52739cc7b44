"""Points, lines, polygons, circles and angles in the plane."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sized
from dataclasses import dataclass, field
from enum import Enum

from tutor.figures.axes import Axes, Span, Window
from tutor.figures.canvas import Angles, Canvas
from tutor.figures.lines import FigureLine, FigureSource
from tutor.figures.phrases import Phrase, gettext_noop
from tutor.figures.placement import Frame, Point
from tutor.figures.vectors import angle_between, angle_of, away, foot, middle, turned
from tutor.figures.words.geometry import geometry_in_words

MAX_POINTS = 26
MAX_PARTS = 60
_ROOM = (300.0, 250.0)
_MARGIN = 34.0
_OFF_DEGREES = 2.0  # so much nobody sees
_OFF_LENGTH = 1.03

NEED_LINE = gettext_noop(
    "need a line such as A = (1, 2), polygon A B C, segment A B, circle M radius 2, angle B A C,"
    " right angle A B C, length A B or equal A B, C D; got “%(text)s”"
)
NOT_RIGHT = gettext_noop("the angle here has %(angle)s°, so it is not right")
NOT_EQUAL = gettext_noop("these differ in length: they measure %(shortest)s to %(longest)s")
UNKNOWN_POINT = gettext_noop("there is no point %(name)s above this line")


class Way(Enum):
    """How far a straight line goes."""

    SEGMENT = "segment"
    DASHED = "dashed"
    LINE = "line"
    RAY = "ray"
    VECTOR = "vector"


@dataclass(frozen=True)
class Straight:
    start: str
    end: str
    way: Way
    label: str = ""


@dataclass(frozen=True)
class Polygon:
    names: tuple[str, ...]
    is_shaded: bool = False


@dataclass(frozen=True)
class DrawnCircle:
    """through: the point that it passes through, if one names its size."""

    center: str
    radius: float
    through: str = ""


@dataclass(frozen=True)
class Angle:
    """The angle at `names[1]`."""

    names: tuple[str, str, str]
    label: str
    is_right: bool = False


@dataclass(frozen=True)
class Length:
    start: str
    end: str
    label: str


@dataclass
class Geometry:
    points: dict[str, Point] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    straights: list[Straight] = field(default_factory=list)
    polygons: list[Polygon] = field(default_factory=list)
    circles: list[DrawnCircle] = field(default_factory=list)
    angles: list[Angle] = field(default_factory=list)
    lengths: list[Length] = field(default_factory=list)
    equals: list[list[tuple[str, str]]] = field(default_factory=list)
    axes: Axes | None = None

    @classmethod
    def read(cls, source: FigureSource) -> Geometry:
        figure = cls()
        for line in source.rest:
            figure._take(line)
        if not figure.points:
            raise source.first.error(gettext_noop("a figure needs a point, such as A = (1, 2)"))
        return figure

    def _take(self, line: FigureLine) -> None:
        for pattern, take in _DIRECTIVES:
            if match := line.match(pattern):
                take(self, line, match)
                break
        else:
            raise line.error(NEED_LINE, text=line.text)
        parts: tuple[Sized, ...] = (
            self.straights,
            self.polygons,
            self.circles,
            self.angles,
            self.lengths,
        )
        if sum(len(part) for part in parts) > MAX_PARTS:
            raise line.error(gettext_noop("need at most %(count)d lines here"), count=MAX_PARTS)

    def take_point(self, line: FigureLine, match: re.Match[str]) -> None:
        self._add(line, match["name"], line.point(match["point"]))

    def take_midpoint(self, line: FigureLine, match: re.Match[str]) -> None:
        start, end = self._pair(line, match["names"])
        self._add(line, match["name"], middle(self.points[start], self.points[end]))

    def take_foot(self, line: FigureLine, match: re.Match[str]) -> None:
        (top,) = self._names(line, match["top"], 1)
        start, end = self._pair(line, match["names"])
        at = foot(self.points[top], self.points[start], self.points[end])
        self._add(line, match["name"], at)

    def _add(self, line: FigureLine, name: str, point: Point) -> None:
        if name in self.points:
            raise line.error(gettext_noop("the point %(name)s is already there"), name=name)
        if len(self.points) >= MAX_POINTS:
            raise line.error(gettext_noop("need at most %(count)d points"), count=MAX_POINTS)
        self.points[name] = point

    def take_polygon(self, line: FigureLine, match: re.Match[str]) -> None:
        names = self._names(line, match["names"])
        if len(names) < 3:
            raise line.error(gettext_noop("a polygon needs at least three points"))
        self.polygons.append(Polygon(names, bool(match["shaded"])))

    def take_straight(self, line: FigureLine, match: re.Match[str]) -> None:
        start, end = self._pair(line, match["names"])
        way = Way(match["way"].lower())
        if match["dashed"] and way == Way.SEGMENT:
            way = Way.DASHED
        self.straights.append(Straight(start, end, way, line.quoted or ""))

    def take_circle(self, line: FigureLine, match: re.Match[str]) -> None:
        (center,) = self._names(line, match["center"], 1)
        if match["radius"]:
            self.circles.append(DrawnCircle(center, line.positive(match["radius"])))
            return
        (through,) = self._names(line, match["through"], 1)
        radius = math.dist(self.points[center], self.points[through])
        if not radius:
            raise line.error(gettext_noop("need two different points"))
        self.circles.append(DrawnCircle(center, radius, through))

    def take_angle(self, line: FigureLine, match: re.Match[str]) -> None:
        first, vertex, last = self._names(line, match["names"], 3)
        names = (first, vertex, last)
        if self.points[vertex] in (self.points[first], self.points[last]):
            raise line.error(gettext_noop("need two different points"))
        if match["right"]:
            corner = [self.points[name] for name in names]
            if abs(angle_between(*corner) - 90) > _OFF_DEGREES:
                raise line.error(NOT_RIGHT, angle=f"{angle_between(*corner):.0f}")
        self.angles.append(Angle(names, line.quoted or "", bool(match["right"])))

    def take_length(self, line: FigureLine, match: re.Match[str]) -> None:
        start, end = self._pair(line, match["names"])
        self.lengths.append(Length(start, end, line.quoted or ""))

    def take_equal(self, line: FigureLine, match: re.Match[str]) -> None:
        pairs = [self._pair(line, pair) for pair in match["pairs"].split(",")]
        lengths = [math.dist(self.points[start], self.points[end]) for start, end in pairs]
        if max(lengths) > _OFF_LENGTH * min(lengths):
            raise line.error(
                NOT_EQUAL, shortest=f"{min(lengths):.3g}", longest=f"{max(lengths):.3g}"
            )
        self.equals.append(pairs)

    def take_hide(self, line: FigureLine, match: re.Match[str]) -> None:
        self.hidden |= set(self._names(line, match["names"]))

    def take_axes(self, _line: FigureLine, match: re.Match[str]) -> None:
        self.axes = Axes(has_grid=match["what"].lower() == "grid")

    def _names(self, line: FigureLine, text: str, count: int | None = None) -> tuple[str, ...]:
        """The names of points, with or without spaces between them."""
        words = text.replace(",", " ").split()
        if any(word not in self.points for word in words):
            words = re.findall(r"[A-Za-z]_?\d?'*", "".join(words))
        for word in words:
            if word not in self.points:
                raise line.error(UNKNOWN_POINT, name=word)
        if count is not None and len(words) != count:
            raise line.error(gettext_noop("need the names of %(count)d points"), count=count)
        return tuple(words)

    def _pair(self, line: FigureLine, text: str) -> tuple[str, str]:
        start, end = self._names(line, text, 2)
        if self.points[start] == self.points[end]:
            raise line.error(gettext_noop("need two different points"))
        return start, end

    def draw(self) -> Canvas:
        window = self._window_of_axes() if self.axes else self._window()
        canvas = Canvas(window.box.right + _MARGIN, window.box.bottom + _MARGIN)
        if self.axes:
            self.axes.draw(canvas, window)
        for polygon in self.polygons:
            corners = [window.at(self.points[name]) for name in polygon.names]
            if polygon.is_shaded:
                canvas.lines("shade", corners, closed=True, hue=1)
            canvas.lines("line", corners, closed=True)
        for circle in self.circles:
            start, end = self.points[circle.center], (circle.radius, 0.0)
            rim = window.at((start[0] + end[0], start[1]))
            canvas.circle("line", window.at(start), math.dist(window.at(start), rim))
        for straight in self.straights:
            self._draw_straight(canvas, window, straight)
        self._draw_marks(canvas, window)
        self._write_labels(canvas, window)
        return canvas

    def _window(self) -> Window:
        left, bottom, right, top = self._bounds()
        scale = min(_ROOM[0] / max(right - left, 1e-9), _ROOM[1] / max(top - bottom, 1e-9))
        width, height = (right - left) * scale, (top - bottom) * scale
        x, y = Span(left, right or 1.0), Span(bottom, top)
        if width < 1:
            x, width = Span(left - 1, left + 1), 60.0
        if height < 1:
            y, height = Span(bottom - 1, bottom + 1), 60.0
        return Window(x, y, Frame(_MARGIN, _MARGIN, _MARGIN + width, _MARGIN + height))

    def _window_of_axes(self) -> Window:
        left, bottom, right, top = self._bounds()
        x = Span(min(math.floor(left), 0) - 0.6, max(math.ceil(right), 0) + 0.6)
        y = Span(min(math.floor(bottom), 0) - 0.6, max(math.ceil(top), 0) + 0.6)
        scale = min(300 / x.size, 320 / y.size)
        return Window(x, y, Frame(26, 34, 26 + x.size * scale, 34 + y.size * scale))

    def _bounds(self) -> tuple[float, float, float, float]:
        points = list(self.points.values())
        for circle in self.circles:
            x, y = self.points[circle.center]
            points += [
                (x - circle.radius, y - circle.radius),
                (x + circle.radius, y + circle.radius),
            ]
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        return min(xs), min(ys), max(xs), max(ys)

    def _draw_straight(self, canvas: Canvas, window: Window, straight: Straight) -> None:
        start, end = window.at(self.points[straight.start]), window.at(self.points[straight.end])
        if straight.way == Way.VECTOR:
            canvas.arrow("line", start, end)
        else:
            reach = 24.0
            first = away(end, start, reach) if straight.way == Way.LINE else start
            last = away(start, end, reach) if straight.way in (Way.LINE, Way.RAY) else end
            canvas.lines("hidden" if straight.way == Way.DASHED else "line", [first, last])
        if straight.label:
            _write_beside(canvas, straight.label, start, end, self._middle(window))

    def _draw_marks(self, canvas: Canvas, window: Window) -> None:
        at_vertex: dict[str, int] = {}
        for angle in self.angles:
            first, vertex, last = (window.at(self.points[name]) for name in angle.names)
            rank = at_vertex.get(angle.names[1], 0)
            at_vertex[angle.names[1]] = rank + 1
            if angle.is_right:
                _draw_square(canvas, first, vertex, last)
            else:
                _draw_arc(canvas, first, vertex, last, rank)
        for count, pairs in enumerate(self.equals, start=1):
            for start, end in pairs:
                _draw_ticks(
                    canvas, window.at(self.points[start]), window.at(self.points[end]), count
                )
        for name in self._dotted():
            canvas.circle("dot", window.at(self.points[name]), 2.6)

    def _dotted(self) -> list[str]:
        """Points with a dot: those that are no corner and no end of a segment."""
        ends = {name for polygon in self.polygons for name in polygon.names}
        plain = (Way.SEGMENT, Way.DASHED, Way.VECTOR)
        ends |= {
            name for line in self.straights if line.way in plain for name in (line.start, line.end)
        }
        if self.axes:
            ends = set()
        return [name for name in self.points if name not in ends | self.hidden]

    def _write_labels(self, canvas: Canvas, window: Window) -> None:
        center = self._middle(window)
        for length in self.lengths:
            start, end = self.points[length.start], self.points[length.end]
            _write_beside(canvas, length.label, window.at(start), window.at(end), center)
        for angle in self.angles:
            if angle.label:
                first, vertex, last = (window.at(self.points[name]) for name in angle.names)
                turn = _bisector(first, vertex, last)
                gap = (_arc_radius(first, vertex, last, 0) if not angle.is_right else 16) + 3
                canvas.write_between(angle.label, vertex, gap, turn)
        for name, point in self.points.items():
            if name not in self.hidden:
                pixel = window.at(point)
                outwards = angle_of(center, pixel) if pixel != center else 90.0
                canvas.write_beside(name, pixel, gap=5, prefer=outwards)

    def _middle(self, window: Window) -> Point:
        pixels = [window.at(point) for point in self.points.values()]
        return (
            sum(pixel[0] for pixel in pixels) / len(pixels),
            sum(pixel[1] for pixel in pixels) / len(pixels),
        )

    def in_words(self) -> list[Phrase]:
        return geometry_in_words(self)


_NAME = r"[a-z]_?\d?'*"
_Take = Callable[[Geometry, FigureLine, re.Match[str]], None]
_DIRECTIVES: list[tuple[str, _Take]] = [
    (rf"(?P<name>{_NAME}) ?= ?midpoint (?:of )?(?P<names>.+)", Geometry.take_midpoint),
    (rf"(?P<name>{_NAME}) ?= ?foot of (?P<top>\S+) on (?P<names>.+)", Geometry.take_foot),
    (rf"(?:point )?(?P<name>{_NAME}) ?=? ?(?P<point>\(.+\))", Geometry.take_point),
    (
        r"(?:polygon|triangle|quadrilateral) (?P<names>.+?)(?P<shaded> shaded)?",
        Geometry.take_polygon,
    ),
    (
        r"(?P<dashed>dashed )?(?P<way>segment|line|ray|vector) (?P<names>.+)",
        Geometry.take_straight,
    ),
    (
        r"circle (?P<center>\S+) (?:radius (?P<radius>.+)|through (?P<through>.+))",
        Geometry.take_circle,
    ),
    (r"(?P<right>right )?angle (?P<names>.+)", Geometry.take_angle),
    (r"length (?P<names>.+)", Geometry.take_length),
    (r"equal (?P<pairs>.+)", Geometry.take_equal),
    (r"hide (?P<names>.+)", Geometry.take_hide),
    (r"(?P<what>axes|grid)", Geometry.take_axes),
]


def _write_beside(canvas: Canvas, label: str, start: Point, end: Point, center: Point) -> None:
    """Beside the middle of a line, on the side that is farther from the center."""
    if not label:
        return
    at = middle(start, end)
    along = angle_of(start, end)
    side = max((along + 90, along - 90), key=lambda turn: math.dist(turned(at, turn, 10), center))
    canvas.write_beside(label, at, gap=5, prefer=side)


def _arc_radius(first: Point, vertex: Point, last: Point, rank: int) -> float:
    shortest = min(math.dist(first, vertex), math.dist(last, vertex))
    is_sharp = _opening(first, vertex, last) < 35
    return min((34 if is_sharp else 24) + 5 * rank, 0.6 * shortest)


def _opening(first: Point, vertex: Point, last: Point) -> float:
    """The angle in degrees, up to 180."""
    turn = (angle_of(vertex, last) - angle_of(vertex, first)) % 360
    return min(turn, 360 - turn)


def _bisector(first: Point, vertex: Point, last: Point) -> float:
    start, end = _arc_ends(first, vertex, last)
    return (start + end) / 2


def _arc_ends(first: Point, vertex: Point, last: Point) -> Angles:
    """From and to, counterclockwise, around the smaller of the two angles."""
    start, end = angle_of(vertex, first), angle_of(vertex, last)
    if (end - start) % 360 > 180:
        start, end = end, start
    return start, start + (end - start) % 360


def _draw_arc(canvas: Canvas, first: Point, vertex: Point, last: Point, rank: int) -> None:
    radius = _arc_radius(first, vertex, last, rank)
    ends = _arc_ends(first, vertex, last)
    canvas.arc("thin", vertex, (radius, radius), ends)


def _draw_square(canvas: Canvas, first: Point, vertex: Point, last: Point) -> None:
    size = min(13.0, 0.4 * min(math.dist(first, vertex), math.dist(last, vertex)))
    start = turned(vertex, angle_of(vertex, first), size)
    end = turned(vertex, angle_of(vertex, last), size)
    corner = (start[0] + end[0] - vertex[0], start[1] + end[1] - vertex[1])
    canvas.lines("thin", [start, corner, end])


def _draw_ticks(canvas: Canvas, start: Point, end: Point, count: int) -> None:
    """Equal marks across the middle of a segment."""
    at, along = middle(start, end), angle_of(start, end)
    for number in range(min(count, 4)):
        tick = turned(at, along, 5.0 * (number - (min(count, 4) - 1) / 2))
        canvas.lines("thin", [turned(tick, along + 80, 6), turned(tick, along - 100, 6)])
