"""Bar charts and line charts: values of categories, of one series or several."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from tutor.figures.axes import (
    Span,
    Window,
    axes_in_words,
    is_long,
    number_upwards,
    read_span,
    rounded_out,
)
from tutor.figures.canvas import Canvas
from tutor.figures.labels import number_label, read_label
from tutor.figures.lines import FigureLine, FigureSource
from tutor.figures.phrases import Phrase, gettext_noop
from tutor.figures.placement import Frame
from tutor.figures.rows import Row, check_count, read_row

WIDTH = 360.0
MAX_SERIES = 4
_HEIGHT = 240.0  # up to ten, each has its line

SPAN = r"y from (?P<first>.+?) to (?P<last>.+?)(?: step (?P<step>.+))?"
OUTSIDE = gettext_noop("the range of y has to hold 0 and all values")
UNEVEN = gettext_noop("need as many values as in the first line: %(count)d")


@dataclass
class BarChart:
    """values: of each category, one for each series."""

    names: tuple[str, str]
    series: tuple[str, ...]
    rows: list[Row]
    values: list[tuple[float, ...]]
    span: Span | None = None
    is_of_lines: bool = False

    @classmethod
    def read(cls, source: FigureSource) -> BarChart:
        names = ("", "")
        series: tuple[str, ...] = ("",)
        rows, span = [], None
        for line in source.rest:
            if match := line.match(SPAN):
                span = read_span(line, match)
            elif match := line.match(r"axes (?P<across>[^,]*),(?P<up>[^,]*)"):
                names = (match["across"].strip(), match["up"].strip())
            elif match := line.match(r"series (?P<names>.+)"):
                series = tuple(name.strip() for name in match["names"].split(","))[:MAX_SERIES]
            else:
                rows.append(read_row(line))
        check_count(rows, source.first)
        values = [row.numbers() for row in rows]
        for row in rows:
            _check_count_of(row, len(rows[0].cells), row.line)
        for row, numbers in zip(rows, values, strict=True):
            if span and not all(map(span.has, (0.0, *numbers))):
                raise row.line.error(OUTSIDE)
        return cls(names, series, rows, values, span)

    @classmethod
    def read_lines(cls, source: FigureSource) -> BarChart:
        chart = cls.read(source)
        chart.is_of_lines = True
        return chart

    def _window(self) -> Window:
        flat = [value for row in self.values for value in row]
        y = self.span or rounded_out(min(0.0, *flat), max(0.0, *flat) or 1.0)
        numbers = (number_label(value) for value in (y.first, y.last, y.last / 7))
        left = 18 + max(read_label(number).width for number in numbers)
        top = 40.0 if is_long(self.names[1]) else 24.0
        top += 22 * self._has_legend
        return Window(Span(0, len(self.rows)), y, Frame(left, top, WIDTH - 14, top + _HEIGHT))

    @property
    def _has_legend(self) -> bool:
        return len(self.series) > 1

    def draw(self) -> Canvas:
        window = self._window()
        slot = (window.box.right - window.box.left) / len(self.rows)
        is_wide = any(read_label(row.name).width > slot - 4 for row in self.rows)
        below = 24 + 20 * is_wide + 20 * bool(self.names[0])
        canvas = Canvas(WIDTH, window.box.bottom + below + 8)
        _draw_frame(canvas, window, self.names)
        if self.is_of_lines:
            self._draw_lines(canvas, window)
        else:
            self._draw_bars(canvas, window)
        for number, row in enumerate(self.rows):
            half = read_label(row.name).width / 2 + 2
            x = min(max(window.at((number + 0.5, 0))[0], half), WIDTH - half)
            canvas.text(row.name, (x, window.box.bottom + 14 + 20 * (is_wide and number % 2)))
        if self.names[0]:
            canvas.text(self.names[0], (WIDTH - 10, window.box.bottom + below), 1)
        if self._has_legend:
            _draw_legend(canvas, self.series)
        return canvas

    def _draw_bars(self, canvas: Canvas, window: Window) -> None:
        count = len(self.values[0])
        for number, values in enumerate(self.values):
            for rank, value in enumerate(values):
                left = number + 0.18 + 0.64 * rank / count
                (x, top), (right, bottom) = (
                    window.at((left, max(value, 0))),
                    window.at((left + 0.64 / count, min(value, 0))),
                )
                canvas.rectangle("bar", Frame(x, top, right, bottom), rank + 1)

    def _draw_lines(self, canvas: Canvas, window: Window) -> None:
        for rank in range(len(self.values[0])):
            points = [
                window.at((number + 0.5, values[rank])) for number, values in enumerate(self.values)
            ]
            for pair in pairwise(points):
                canvas.lines("curve", pair, hue=rank + 1)
            for point in points:
                canvas.circle("dot", point, 3, rank + 1)

    def in_words(self) -> list[Phrase]:
        kind = (
            gettext_noop("A line chart with these values: %(rows)s.")
            if self.is_of_lines
            else gettext_noop("A bar chart with these values: %(rows)s.")
        )
        rows = tuple(
            f"{read_label(row.name).spoken}: {self._row_in_words(values)}"
            for row, values in zip(self.rows, self.values, strict=True)
        )
        return [*axes_in_words(self.names), Phrase(kind, {"rows": "; ".join(rows)})]

    def _row_in_words(self, values: tuple[float, ...]) -> str:
        named = zip((*self.series, *[""] * MAX_SERIES), values, strict=False)
        return ", ".join(f"{name} {number_label(value)}".strip() for name, value in named)


def _check_count_of(row: Row, count: int, line: FigureLine) -> None:
    if len(row.cells) != count:
        raise line.error(UNEVEN, count=count)
    if count > MAX_SERIES:
        raise line.error(gettext_noop("need at most %(count)d values in a line"), count=MAX_SERIES)


def _draw_frame(canvas: Canvas, window: Window, names: tuple[str, str]) -> None:
    """The base line, and the numbers upwards with their lines across."""
    box, base = window.box, window.at((0, 0))[1]
    levels = [window.at((0, value))[1] for value in window.y.ticks(window.y_step)]
    canvas.path("grid", "".join(f"M{box.left:.1f} {y:.1f}H{box.right:.1f}" for y in levels))
    canvas.lines("axis", [(box.left, base), (box.right, base)])
    canvas.arrow("axis", (box.left, box.bottom), (box.left, box.top - 14))
    number_upwards(canvas, window, box.left)
    if is_long(names[1]):
        canvas.text(names[1], (4, box.top - 26), -1)
    elif names[1]:
        canvas.text(names[1], (box.left + 8, box.top - 8), -1)


def _draw_legend(canvas: Canvas, series: tuple[str, ...]) -> None:
    left = 8.0
    for hue, name in enumerate(series, start=1):
        canvas.rectangle("bar", Frame(left, 4, left + 12, 16), hue)
        left = canvas.text(name, (left + 18, 10), -1).right + 16
