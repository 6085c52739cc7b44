"""Charts of distributions: histograms, box plots and pie charts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from tutor.figures.axes import Axes, Span, Window, axes_in_words, rounded_out
from tutor.figures.canvas import Canvas, arc_points, path_through
from tutor.figures.labels import number_label, read_label
from tutor.figures.lines import FigureSource
from tutor.figures.number_line import draw_number_line, height_of_numbers
from tutor.figures.phrases import Phrase, gettext_noop
from tutor.figures.placement import Frame
from tutor.figures.rows import Row, check_count, read_row
from tutor.figures.vectors import turned

WIDTH = 360.0
MAX_SLICES = 12
_WIDEST_NAMES = 140.0  # beside boxes

NEED_CLASS = gettext_noop("need a line such as 10 to 20: 5, got “%(text)s”")
NEED_FIVE = gettext_noop(
    "need five numbers from small to large (smallest, lower quartile, median, upper quartile,"
    " largest), such as A: 2, 4, 5, 7, 11"
)


@dataclass(frozen=True)
class Column:
    """A class of a histogram, from `first` to `last`, and how often its values occur."""

    first: float
    last: float
    count: float


@dataclass
class Histogram:
    """Where the classes differ in width, a column is as high as its count per unit."""

    names: tuple[str, str]
    columns: list[Column]

    @classmethod
    def read(cls, source: FigureSource) -> Histogram:
        names, rows = ("", ""), []
        for line in source.rest:
            if match := line.match(r"axes (?P<across>[^,]*),(?P<up>[^,]*)"):
                names = (match["across"].strip(), match["up"].strip())
            else:
                rows.append(read_row(line))
        check_count(rows, source.first)
        columns = [_column(row) for row in rows]
        for before, after, row in zip(columns, columns[1:], rows[1:], strict=False):
            if after.first < before.last:
                overlap = gettext_noop("this class begins before the one above it ends")
                raise row.line.error(overlap)
        return cls(names, columns)

    def _height(self, column: Column) -> float:
        return column.count / (1 if self._is_even else column.last - column.first)

    @property
    def _is_even(self) -> bool:
        widths = [column.last - column.first for column in self.columns]
        return max(widths) - min(widths) < 1e-9 * max(widths)

    def draw(self) -> Canvas:
        first, last = self.columns[0].first, self.columns[-1].last
        x = Span(first, last, self._step())
        y = rounded_out(0, max(map(self._height, self.columns)) or 1)
        left = 18 + max(read_label(number_label(value)).width for value in (y.first, y.last))
        window = Window(x, y, Frame(left, 40, WIDTH - 24, 240))
        canvas = Canvas(WIDTH, 290)
        for column in self.columns:
            (west, top), (east, bottom) = (
                window.at((column.first, self._height(column))),
                window.at((column.last, 0)),
            )
            canvas.rectangle("bar", Frame(west, top, east, bottom), 1)
        Axes(self.names).draw(canvas, window)
        return canvas

    def _step(self) -> float | None:
        """Numbers stand at the edges of the columns, if these are few."""
        whole = self.columns[-1].last - self.columns[0].first
        width = self.columns[0].last - self.columns[0].first
        starts_at_tick = abs(self.columns[0].first / width % 1) < 1e-9
        is_few = starts_at_tick and self._is_even and whole / width <= 10
        return width if is_few else None

    def in_words(self) -> list[Phrase]:
        rows = "; ".join(
            f"{number_label(column.first)}–{number_label(column.last)}:"
            f" {number_label(self._height(column))}"
            for column in self.columns
        )
        sentence = gettext_noop("A histogram with columns of these heights: %(rows)s.")
        return [*axes_in_words(self.names), Phrase(sentence, {"rows": rows})]


def _column(row: Row) -> Column:
    first, to, last = row.name.partition(" to ")
    if not to:
        raise row.line.error(NEED_CLASS, text=row.line.text)
    start, end = row.line.number_in(first), row.line.number_in(last)
    count = row.number()
    if start >= end or count < 0:
        raise row.line.error(NEED_CLASS, text=row.line.text)
    return Column(start, end, count)


@dataclass
class BoxPlot:
    """five: smallest, lower quartile, median, upper quartile and largest of each row."""

    rows: list[Row]
    five: list[tuple[float, ...]]
    span: Span

    @classmethod
    def read(cls, source: FigureSource) -> BoxPlot:
        rows, span = [], None
        for line in source.rest:
            if match := line.match(r"x from (?P<first>.+?) to (?P<last>.+)"):
                span = Span(line.number_in(match["first"]), line.number_in(match["last"]))
                if span.last <= span.first:
                    raise line.error(gettext_noop("need a range from small to large"))
            else:
                rows.append(read_row(line))
        check_count(rows, source.first)
        five = [_five(row) for row in rows]
        smallest, largest = min(row[0] for row in five), max(row[4] for row in five)
        return cls(rows, five, span or rounded_out(smallest, largest))

    def draw(self) -> Canvas:
        left = 24 + max(read_label(row.name).width for row in self.rows)
        above = 24.0 if left > _WIDEST_NAMES else 0.0  # names that are long stand over their boxes
        apart = 50.0 + above
        bottom = 20 + apart * len(self.rows)
        frame = Frame(26 if above else left, bottom - 1, WIDTH - 26, bottom)
        window = Window(self.span, Span(0, 1), frame)
        canvas = Canvas(WIDTH, bottom + 14.4 + height_of_numbers(window))
        draw_number_line(canvas, window)
        for number, (row, five) in enumerate(zip(self.rows, self.five, strict=True)):
            middle = 28 + above + apart * number
            canvas.text(row.name, (4, middle - above), -1)
            _draw_box(canvas, [window.at((value, 0))[0] for value in five], middle)
        return canvas

    def in_words(self) -> list[Phrase]:
        sentence = gettext_noop(
            "A box plot %(name)s: the whiskers reach from %(smallest)s to %(largest)s, the box from"
            " %(lower)s to %(upper)s, and the line in it is at %(median)s."
        )
        keys = ("smallest", "lower", "median", "upper", "largest")
        return [
            Phrase(
                sentence,
                {"name": row.name, **dict(zip(keys, map(number_label, five), strict=True))},
            )
            for row, five in zip(self.rows, self.five, strict=True)
        ]


def _five(row: Row) -> tuple[float, ...]:
    numbers = row.numbers()
    if len(numbers) != 5 or any(after < before for before, after in pairwise(numbers)):
        raise row.line.error(NEED_FIVE)
    return numbers


def _draw_box(canvas: Canvas, xs: list[float], y: float) -> None:
    smallest, lower, median, upper, largest = xs
    canvas.rectangle("bar", Frame(lower, y - 13, upper, y + 13), 1)
    for start, end in ((smallest, lower), (upper, largest)):
        canvas.lines("line", [(start, y), (end, y)])
    for x, half in ((smallest, 7), (median, 13), (largest, 7)):
        canvas.lines("line", [(x, y - half), (x, y + half)])


@dataclass
class PieChart:
    rows: list[Row]
    values: list[float]

    @classmethod
    def read(cls, source: FigureSource) -> PieChart:
        rows = [read_row(line) for line in source.rest]
        check_count(rows, source.first)
        if len(rows) > MAX_SLICES:
            most = gettext_noop("need at most %(count)d lines here")
            raise rows[MAX_SLICES].line.error(most, count=MAX_SLICES)
        values = [row.line.positive(row.cells[0]) for row in rows]
        return cls(rows, values)

    def draw(self) -> Canvas:
        canvas, center, radius = Canvas(WIDTH, 260), (WIDTH / 2, 130.0), 92.0
        turn = 90.0
        for number, value in enumerate(self.values):
            end = turn - 360 * value / sum(self.values)
            rim = arc_points(center, (radius, radius), (turn, end))
            canvas.path("slice", path_through([center, *rim]) + "Z", number % 4 + 1)
            turn = end
        canvas.occupied.add_line(arc_points(center, (radius, radius), (0, 360)))
        for row, middle in zip(self.rows, self._middles(), strict=True):
            label = row.name if row.line.quoted is None else f"{row.name} {row.line.quoted}"
            canvas.write_beside(label, turned(center, middle, radius), gap=9, prefer=middle)
        return canvas

    def _middles(self) -> list[float]:
        shares = [360 * value / sum(self.values) for value in self.values]
        return [90 - sum(shares[:number]) - share / 2 for number, share in enumerate(shares)]

    def in_words(self) -> list[Phrase]:
        whole = math.fsum(self.values)
        rows = "; ".join(
            f"{read_label(row.name).spoken}: {number_label(round(360 * value / whole, 1))}°"
            for row, value in zip(self.rows, self.values, strict=True)
        )
        slices = gettext_noop("A pie chart whose slices have these angles: %(rows)s.")
        return [Phrase(slices, {"rows": rows})]
