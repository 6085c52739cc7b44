"""A triangle that is given by sides and angles, as schoolbooks draw it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from tutor.figures.canvas import Canvas
from tutor.figures.geometry import Angle, Geometry, Length, Polygon, Straight, Way
from tutor.figures.lines import FigureLine, FigureSource
from tutor.figures.phrases import FigureError, Phrase, gettext_noop
from tutor.figures.vectors import angle_of, foot, middle, turned

_TOLERANCE = 0.02  # of sides and angles that were rounded
_NUMBER = r"(?P<number>.+?) ?(?P<unit>mm|cm|dm|km|m|in|ft)?"

NEED_LINE = gettext_noop(
    'need a line such as AB = 5 cm, angle A = 60, label BC "x", height from C or turn 30;'
    " got “%(text)s”"
)
TOO_FEW = gettext_noop("a triangle needs three of its sides and angles, or two angles")
NO_TRIANGLE = gettext_noop("no triangle has these sides and angles")
TOO_LONG = gettext_noop(
    "no triangle has the sides %(a)s, %(b)s and %(c)s: the longest must be shorter than the other"
    " two together"
)
TWO_TRIANGLES = gettext_noop(
    "two different triangles have these sides and this angle; give another side or angle"
)


@dataclass
class Triangle:
    """sides: by the vertex opposite to them. angles: in degrees."""

    names: tuple[str, str, str]
    sides: dict[str, float] = field(default_factory=dict)
    angles: dict[str, float] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)  # of sides, such as "AB", and angles "A"
    right: set[str] = field(default_factory=set)
    extras: list[tuple[str, str, str]] = field(default_factory=list)  # what, from where, label
    turn: float = 0.0

    @classmethod
    def read(cls, source: FigureSource) -> Triangle:
        match = source.first.match(r"(?P<a>[a-z]) ?(?P<b>[a-z]) ?(?P<c>[a-z])")
        if source.first.text and not match:
            raise source.first.error(gettext_noop("need a first line such as triangle ABC"))
        names = (match["a"], match["b"], match["c"]) if match else ("A", "B", "C")
        if len(set(names)) < 3:
            raise source.first.error(gettext_noop("need three different letters"))
        triangle = cls(names)
        for line in source.rest:
            triangle._take(line)
        triangle.geometry()
        return triangle

    def _take(self, line: FigureLine) -> None:
        if match := line.match(r"turn (?P<turn>.+)"):
            self.turn = line.number_in(match["turn"])
        elif match := line.match(r"(?P<what>height|median|bisector) from (?P<top>\w)"):
            self._check_vertex(line, match["top"])
            self.extras.append((match["what"].lower(), match["top"], line.quoted or ""))
        elif match := line.match(r"label (?:angle )?(?P<part>\w{1,2})"):
            self.labels[self._part(line, match["part"])] = line.quoted or ""
        elif match := line.match(r"angle (?P<top>\w) ?= ?(?P<number>.+?) ?(?:°|degrees)?"):
            self._take_angle(line, match)
        elif match := line.match(rf"(?P<side>\w{{1,2}}) ?= ?{_NUMBER}"):
            self._take_side(line, match)
        else:
            raise line.error(NEED_LINE, text=line.text)

    def _take_angle(self, line: FigureLine, match: re.Match[str]) -> None:
        top = match["top"]
        self._check_vertex(line, top)
        degrees = line.positive(match["number"].replace(r"^\circ", ""))
        if degrees >= 180:
            raise line.error(gettext_noop("an angle of a triangle is smaller than 180°"))
        self.angles[top] = degrees
        if math.isclose(degrees, 90):
            self.right.add(top)
        written = f"{match['number'].strip()}°" if degrees != 90 else ""
        self.labels.setdefault(top, written if line.quoted is None else line.quoted)

    def _take_side(self, line: FigureLine, match: re.Match[str]) -> None:
        part = self._part(line, match["side"])
        if len(part) != 2:
            raise line.error(NEED_LINE, text=line.text)
        self.sides[self._opposite(part)] = line.positive(match["number"])
        written = f"{match['number'].strip()} {match['unit'] or ''}".strip()
        self.labels.setdefault(part, written if line.quoted is None else line.quoted)

    def _part(self, line: FigureLine, text: str) -> str:
        """A vertex, or a side in the order of the names: BA is AB, and a is BC."""
        if text in self.names:
            return text
        lower = [name.lower() for name in self.names]
        if len(text) == 1 and text in lower:
            top = self.names[lower.index(text)]
            return "".join(name for name in self.names if name != top)
        ordered = "".join(name for name in self.names if name in text)
        if len(text) == 2 and len(ordered) == 2:
            return ordered
        no_part = gettext_noop("%(text)s is neither a side nor a corner of this triangle")
        raise line.error(no_part, text=text)

    def _check_vertex(self, line: FigureLine, name: str) -> None:
        if name not in self.names:
            no_part = gettext_noop("%(text)s is neither a side nor a corner of this triangle")
            raise line.error(no_part, text=name)

    def _opposite(self, side: str) -> str:
        return next(name for name in self.names if name not in side)

    def geometry(self) -> Geometry:
        """Raises FigureError for sides and angles that no triangle has."""
        a, b, c = self._solved()
        first, second, third = self.names
        x = (b * b + c * c - a * a) / (2 * c)
        corner = (x, math.sqrt(max(0.0, b * b - x * x)))
        figure = Geometry({first: (0.0, 0.0), second: (c, 0.0), third: corner})
        if self.turn:
            _turn(figure, self.turn)
        figure.polygons.append(Polygon(self.names))
        for start, end in ((first, second), (first, third), (second, third)):
            if label := self.labels.get(start + end):
                figure.lengths.append(Length(start, end, label))
        for vertex in self.names:
            self._add_angle(figure, vertex)
        for what, top, label in self.extras:
            self._add_extra(figure, what, top, label)
        return figure

    def _add_angle(self, figure: Geometry, vertex: str) -> None:
        label = self.labels.get(vertex, "")
        first, second = (name for name in self.names if name != vertex)
        if label or vertex in self.right:
            figure.angles.append(Angle((first, vertex, second), label, vertex in self.right))

    def _add_extra(self, figure: Geometry, what: str, top: str, label: str) -> None:
        first, second = (name for name in self.names if name != top)
        corner, start, end = figure.points[top], figure.points[first], figure.points[second]
        if what == "height":
            target = foot(corner, start, end)
        elif what == "median":
            target = middle(start, end)
        else:
            share = math.dist(corner, start) / (math.dist(corner, start) + math.dist(corner, end))
            target = (
                start[0] + (end[0] - start[0]) * share,
                start[1] + (end[1] - start[1]) * share,
            )
        name = f"{what}{len(figure.points)}"
        figure.points[name] = target
        figure.hidden.add(name)
        figure.straights.append(Straight(top, name, Way.DASHED, label))
        if what == "height" and math.dist(target, corner) > 0:
            farther = max((first, second), key=lambda end: math.dist(figure.points[end], target))
            figure.angles.append(Angle((farther, name, top), "", True))

    def _solved(self) -> tuple[float, float, float]:
        """The lengths of the three sides."""
        sides, angles = dict(self.sides), dict(self.angles)
        self._fill_angles(angles)
        if len(sides) == 3:
            _check_sides([sides[name] for name in self.names])
        elif not sides and len(angles) == 3:
            sides[self.names[0]] = math.sin(math.radians(angles[self.names[0]]))
        elif len(sides) + len(self.angles) < 3:
            raise FigureError(TOO_FEW)
        self._fill_sides(sides, angles)
        a, b, c = (sides[name] for name in self.names)
        _check_sides([a, b, c])
        self._check_all(a, b, c)
        return a, b, c

    def _fill_angles(self, angles: dict[str, float]) -> None:
        total = sum(angles.values())
        if total >= 180 and len(angles) < 3:
            raise FigureError(NO_TRIANGLE)
        if len(angles) == 2:
            (last,) = set(self.names) - set(angles)
            angles[last] = 180 - total

    def _fill_sides(self, sides: dict[str, float], angles: dict[str, float]) -> None:
        if len(sides) == 2 and len(angles) < 3:
            (missing,) = set(self.names) - set(sides)
            first, second = sides
            if missing in angles:
                sides[missing] = _third_side(sides[first], sides[second], angles[missing])
                return
            known = first if first in angles else second
            sides[missing] = _side_beyond(sides, angles, known)
        elif len(sides) < 3:
            known, length = next(iter(sides.items()))
            for name in self.names:
                share = math.sin(math.radians(angles[name])) / math.sin(math.radians(angles[known]))
                sides.setdefault(name, length * share)

    def _check_all(self, a: float, b: float, c: float) -> None:
        """What was given beyond need must fit."""
        lengths = dict(zip(self.names, (a, b, c), strict=True))
        for name, given in self.sides.items():
            if abs(lengths[name] - given) > _TOLERANCE * given:
                raise FigureError(NO_TRIANGLE)
        for name, given in self.angles.items():
            first, second = (lengths[other] for other in self.names if other != name)
            if abs(_angle_opposite(lengths[name], first, second) - given) > 180 * _TOLERANCE / 2:
                raise FigureError(NO_TRIANGLE)

    def draw(self) -> Canvas:
        return self.geometry().draw()

    def in_words(self) -> list[Phrase]:
        figure = self.geometry()
        heights = {straight.end for straight in figure.straights}
        figure.straights.clear()
        figure.angles = [angle for angle in figure.angles if angle.names[1] not in heights]
        figure.hidden |= set(self.names)
        extras = {
            "height": gettext_noop("The height from %(top)s is dashed, labelled “%(label)s”."),
            "median": gettext_noop("The median from %(top)s is dashed, labelled “%(label)s”."),
            "bisector": gettext_noop(
                "The bisector of the angle at %(top)s is dashed, labelled “%(label)s”."
            ),
        }
        words = figure.in_words()
        words += [
            Phrase(extras[what], {"top": top, "label": label}) for what, top, label in self.extras
        ]
        return words


def _check_sides(sides: list[float]) -> None:
    shortest, middle_one, longest = sorted(sides)
    if longest >= (shortest + middle_one) * (1 - 1e-9):
        a, b, c = (f"{side:g}" for side in (shortest, middle_one, longest))
        raise FigureError(TOO_LONG, a=a, b=b, c=c)
    if shortest < longest / 200:
        raise FigureError(gettext_noop("the sides are too different to be drawn"))


def _third_side(first: float, second: float, degrees: float) -> float:
    return math.sqrt(
        first * first + second * second - 2 * first * second * math.cos(math.radians(degrees))
    )


def _side_beyond(sides: dict[str, float], angles: dict[str, float], known: str) -> float:
    """The third side, where the given angle is opposite to the side `known`."""
    (other,) = set(sides) - {known}
    height = sides[other] * math.sin(math.radians(angles[known]))
    base = sides[other] * math.cos(math.radians(angles[known]))
    rest = sides[known] ** 2 - height**2
    if rest < -1e-9 * height**2:
        raise FigureError(NO_TRIANGLE)
    half = math.sqrt(max(0.0, rest))
    if base - half > 1e-9 and half > 1e-9 * base:
        raise FigureError(TWO_TRIANGLES)
    if base + half <= 0:
        raise FigureError(NO_TRIANGLE)
    return base + half


def _angle_opposite(side: float, first: float, second: float) -> float:
    cosine = (first * first + second * second - side * side) / (2 * first * second)
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def _turn(figure: Geometry, degrees: float) -> None:
    for name, point in figure.points.items():
        distance = math.hypot(*point)
        up = turned((0.0, 0.0), angle_of((0.0, 0.0), (point[0], -point[1])) + degrees, distance)
        figure.points[name] = (up[0], -up[1])
