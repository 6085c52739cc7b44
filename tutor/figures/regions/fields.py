"""A coordinate system that two or three lines cut into fields."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from fractions import Fraction

from tutor.figures.axes import Span, Window
from tutor.figures.canvas import Canvas, path_through
from tutor.figures.labels import number_label
from tutor.figures.lines import FigureLine, FigureSource
from tutor.figures.phrases import FigureError, Phrase, gettext_noop
from tutor.figures.placement import Point
from tutor.figures.plot import Plot
from tutor.figures.regions.borders import (
    MAX_BORDERS,
    Border,
    Corner,
    Field,
    NoBorder,
    field_of,
    fields_between,
)
from tutor.figures.regions.picture import Region

NAMES = "ghk"  # of the lines
_MIN_ROOM = 8.0  # pixels from the middle of a field to its edge: a finger must hit it
_USUAL = Span(-5, 5)

NEED_BORDERS = gettext_noop("need two or three lines such as y = 2x - 1 or x + y < 4")
SAME_LINES = gettext_noop("two of the lines are the same")
OUTSIDE = gettext_noop("the line %(text)s does not cross the coordinate system")
TOO_SMALL = gettext_noop(
    "a field between the lines is too small to press on: choose other lines, or another range"
)
NEED_SIDES = gettext_noop("need one field such as y > 2x - 1 and x + y < 4, got “%(text)s”")


@dataclass
class Fields:
    plot: Plot = field(default_factory=Plot)
    borders: list[Border] = field(default_factory=list)
    shaded: list[Field] = field(default_factory=list)

    @classmethod
    def read(cls, source: FigureSource) -> Fields:
        figure, shading = cls(), []
        for line in source.rest:
            if line.text.lower().startswith("shade "):
                shading.append(line)
            else:
                figure._take(line)
        figure.plot.x, figure.plot.y = figure.plot.x or _USUAL, figure.plot.y or _USUAL
        figure._check(source.first)
        figure.shaded = [figure._shaded(line) for line in shading]
        return figure

    def _take(self, line: FigureLine) -> None:
        try:
            self.borders.append(Border.read(line.text))
        except NoBorder:
            self.plot.take(line)
        if len(self.borders) > MAX_BORDERS:
            raise line.error(NEED_BORDERS)

    def _check(self, first: FigureLine) -> None:
        if len(self.borders) < 2:
            raise first.error(NEED_BORDERS)
        if fault := fault_of(self.borders, self.window()):
            raise FigureError(fault.sentence, first.number, **fault.values)

    def _shaded(self, line: FigureLine) -> Field:
        text = line.text[len("shade ") :]
        try:
            return field_of(text, self.borders, self._fields())
        except NoBorder as error:
            raise line.error(NEED_SIDES, text=text) from error

    def window(self) -> Window:
        return self.plot.window()

    def _fields(self) -> list[Field]:
        return fields_in(self.borders, self.window())

    def draw(self) -> Canvas:
        canvas, window = self.plot.draw(), self.window()
        for part in self.shaded:
            canvas.path("slice", _outline(part, window), 1)
        drawn = [_ends(border, window) for border in self.borders]
        for border, ends in zip(self.borders, drawn, strict=True):
            canvas.lines("line" if border.is_closed else "asymptote", ends)
        for number, ends in enumerate(drawn):
            others = [_along(other, 40) for other in drawn if other is not ends]
            canvas.write_along(
                NAMES[number], _along(ends, 12)[::-1], list(itertools.chain(*others))
            )
        return canvas

    def in_words(self) -> list[Phrase]:
        window = self.window()
        words = self.plot.in_words()
        for number, border in enumerate(self.borders):
            words.append(self._line_in_words(NAMES[number], border, window))
        return words + [
            Phrase(_SHADED, {"field": field_name(part, self.borders)}) for part in self.shaded
        ]

    def _line_in_words(self, name: str, border: Border, window: Window) -> Phrase:
        if not self.plot.axes.has_numbers:
            return Phrase(_LINES_ALONE[border.is_closed], {"name": name})
        first, last = _points_to_tell(border, window)
        values = {"name": name, "first": _written(first), "last": _written(last)}
        return Phrase(_LINES[border.is_closed], values)

    def regions(self) -> list[Region]:
        """From left to right."""
        window = self.window()
        return [
            Region(_outline(part, window), field_name(part, self.borders))
            for part in self._fields()
        ]


def fields_in(borders: list[Border], window: Window) -> list[Field]:
    first = _exact(window.x.first), _exact(window.y.first)
    last = _exact(window.x.last), _exact(window.y.last)
    return fields_between(borders, first, last)


def fault_of(borders: list[Border], window: Window) -> Phrase | None:
    """Why these lines make no fields that can be chosen."""
    pairs = itertools.combinations(borders, 2)
    if any(first.is_same_line(second.form) for first, second in pairs):
        return Phrase(SAME_LINES)
    for border in borders:
        if len(fields_in([border], window)) < 2:
            return Phrase(OUTSIDE, {"text": f"{border.left} = {border.right}"})
    if any(_room(part, window) < _MIN_ROOM for part in fields_in(borders, window)):
        return Phrase(TOO_SMALL)
    return None


def field_name(part: Field, borders: list[Border]) -> Phrase:
    sides = tuple(
        Phrase(_SIDES[border.is_upright, border.is_ahead(is_greater)], {"name": name})
        for name, border, is_greater in zip(NAMES, borders, part.greater, strict=False)
    )
    return Phrase(_FIELD, {"sides": sides})


def _room(part: Field, window: Window) -> float:
    """Twice the area by the length of the edge, in pixels: of a triangle, how far its middle is."""
    corners = _pixels(part, window)
    pairs = list(zip(corners, [*corners[1:], corners[0]], strict=True))
    twice = abs(sum(a * d - b * c for (a, b), (c, d) in pairs))
    return twice / sum(math.dist(start, end) for start, end in pairs)


def _pixels(part: Field, window: Window) -> list[Point]:
    return [window.at((float(x), float(y))) for x, y in part.corners]


def _outline(part: Field, window: Window) -> str:
    return path_through(_pixels(part, window)) + "Z"


def _ends(border: Border, window: Window) -> list[Point]:
    """The pixels at which it meets the edges of the window."""
    return [window.at((float(x), float(y))) for x, y in _meetings(border, window)]


def _meetings(border: Border, window: Window) -> list[Corner]:
    """The corners that the fields on both sides of it have in common."""
    below, above = fields_in([border], window)
    return sorted(set(below.corners) & set(above.corners))


def _along(ends: list[Point], count: int) -> list[Point]:
    """Points of a line, without its ends."""
    (x, y), (u, v) = ends
    shares = [number / count for number in range(1, count)]
    return [(x + (u - x) * share, y + (v - y) * share) for share in shares]


def _points_to_tell(border: Border, window: Window) -> tuple[Corner, Corner]:
    """Two crossings of the grid, if there are two; else where it leaves the window."""
    a, b, c = border.form
    crossings = [
        (_exact(x), _exact(y))
        for x in window.x.ticks(window.x_step)
        for y in window.y.ticks(window.y_step)
        if a * _exact(x) + b * _exact(y) + c == 0
    ]
    points = crossings if len(crossings) > 1 else _meetings(border, window)
    return points[0], points[-1]


def _written(point: Corner) -> str:
    return f"({number_label(float(point[0]))}, {number_label(float(point[1]))})"


def _exact(value: float) -> Fraction:
    return Fraction(value).limit_denominator(10**6)


_LINES = {
    True: gettext_noop("The line %(name)s is solid and goes through %(first)s and %(last)s."),
    False: gettext_noop("The line %(name)s is dashed and goes through %(first)s and %(last)s."),
}
_LINES_ALONE = {
    True: gettext_noop("The line %(name)s is solid."),
    False: gettext_noop("The line %(name)s is dashed."),
}
_FIELD = gettext_noop("the field %(sides)s")
_SIDES = {
    (False, True): gettext_noop("above %(name)s"),
    (False, False): gettext_noop("below %(name)s"),
    (True, True): gettext_noop("to the right of %(name)s"),
    (True, False): gettext_noop("to the left of %(name)s"),
}
_SHADED = gettext_noop("This part is shaded: %(field)s.")
