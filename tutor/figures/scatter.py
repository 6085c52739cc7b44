"""Scatter plots: many points, drawn as crosses, in a coordinate system."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tutor.figures.axes import Span, rounded_out
from tutor.figures.canvas import Canvas
from tutor.figures.labels import number_label
from tutor.figures.lines import FigureSource
from tutor.figures.phrases import Phrase, gettext_noop
from tutor.figures.placement import Point
from tutor.figures.plot import Plot

MAX_POINTS = 300
_POINT = re.compile(r"\([^()]*\)")
_ARM = 3.5  # pixels


@dataclass
class Scatter:
    """plot: the axes, and lines among the points."""

    plot: Plot
    points: list[Point] = field(default_factory=list)

    @classmethod
    def read(cls, source: FigureSource) -> Scatter:
        scatter = cls(Plot())
        for line in source.rest:
            if not line.text.startswith("("):
                scatter.plot.take(line)
                continue
            scatter.points += [line.point(match) for match in _POINT.findall(line.text)]
            if len(scatter.points) > MAX_POINTS:
                raise line.error(gettext_noop("need at most %(count)d points"), count=MAX_POINTS)
        if not scatter.points:
            raise source.first.error(gettext_noop("need points, such as (1, 2) (2, 3)"))
        scatter._fit()
        return scatter

    def _fit(self) -> None:
        """Axes that show all points, unless the author has given theirs."""
        xs, ys = zip(*self.points, strict=True)
        self.plot.x = self.plot.x or _around(xs)
        self.plot.y = self.plot.y or _around(ys)

    def draw(self) -> Canvas:
        canvas, window = self.plot.draw(), self.plot.window()
        for point in self.points:
            if window.has(point):
                x, y = window.at(point)
                arms = f"M{x - _ARM:.1f} {y - _ARM:.1f}l7 7m0-7l-7 7"
                canvas.path("cross", arms, 1)
        return canvas

    def in_words(self) -> list[Phrase]:
        if not self.plot.axes.has_numbers:
            number = gettext_noop("Number of crosses: %(count)d.")
            return [*self.plot.in_words(), Phrase(number, {"count": len(self.points)})]
        points = tuple(f"({number_label(x)}, {number_label(y)})" for x, y in self.points)
        crosses = gettext_noop("Crosses at %(points)s.")
        return [*self.plot.in_words(), Phrase(crosses, {"points": points})]


def _around(values: tuple[float, ...]) -> Span:
    low, high = min(values), max(values)
    if 0 <= low <= 0.6 * high:
        low = 0.0
    return rounded_out(low, high)
