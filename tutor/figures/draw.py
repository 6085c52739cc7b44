"""Draws a figure from its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol

from tutor.figures.bar_chart import BarChart
from tutor.figures.canvas import Canvas
from tutor.figures.decimal_commas import (
    svg_with_decimal_commas,
    with_decimal_commas,
    without_last_line,
)
from tutor.figures.geometry import Geometry
from tutor.figures.lines import FigureLine, FigureSource, read_lines
from tutor.figures.number_line import NumberLine
from tutor.figures.parts_of_whole import FractionBar, FractionCircle
from tutor.figures.phrases import FigureError, Phrase, Translate, gettext_noop, joined
from tutor.figures.placement import Frame
from tutor.figures.plot import Plot
from tutor.figures.regions.fields import Fields
from tutor.figures.regions.picture import HasRegions
from tutor.figures.regions.venn import Venn
from tutor.figures.scatter import Scatter
from tutor.figures.solids import SIZES, Solid
from tutor.figures.statistics_charts import BoxPlot, Histogram, PieChart
from tutor.figures.table import Table
from tutor.figures.tree import Tree
from tutor.figures.triangle import Triangle
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent

MAX_WORK_S = 0.5


class Drawable(Protocol):
    def draw(self) -> Canvas: ...

    def in_words(self) -> list[Phrase]: ...


@dataclass(frozen=True)
class Figure:
    """A drawn figure; alt: what it shows, in words; caption: what stands below it, or nothing."""

    svg: str
    alt: str
    caption: str


@dataclass(frozen=True)
class Grid:
    """A grid or number line to draw on. box: where its first and last numbers are, in pixels."""

    svg: str
    size: tuple[float, float]
    box: Frame


@dataclass(frozen=True)
class RegionPicture:
    """A picture of regions to choose. outlines, names: of each region, as data of an SVG path."""

    svg: str
    size: tuple[float, float]
    outlines: tuple[str, ...]
    names: tuple[str, ...]


_KINDS: dict[str, Callable[[FigureSource], Drawable]] = {
    "plot": Plot.read,
    "number line": NumberLine.read,
    "geometry": Geometry.read,
    "triangle": Triangle.read,
    "bar chart": BarChart.read,
    "line chart": BarChart.read_lines,
    "histogram": Histogram.read,
    "box plot": BoxPlot.read,
    "scatter plot": Scatter.read,
    "pie chart": PieChart.read,
    "table": Table.read,
    "tree": Tree.read,
    **{kind: Solid.reader(kind) for kind in SIZES},
    "fraction bar": FractionBar.read,
    "fraction circle": FractionCircle.read,
    "venn": Venn.read,
    "fields": Fields.read,
}
_WITH_REGIONS = ("venn", "fields", "fraction bar", "fraction circle")
_UNKNOWN = gettext_noop("the first line names the kind of figure: %(kinds)s")


def draw(text: str, translate: Translate = str) -> Figure:
    """Raises FigureError, which says what is wrong and in which line."""
    return _drawn(text, translate, lambda canvas, alt, _caption: canvas.svg(alt))


def draw_alone(text: str, translate: Translate = str) -> Figure:
    """For a file of its own: on white, with its caption. Raises FigureError."""
    return _drawn(text, translate, Canvas.svg_alone)


def _drawn(text: str, translate: Translate, write: Callable[[Canvas, str, str], str]) -> Figure:
    """write: gives the SVG of a drawing, with what it shows in words, and its caption."""
    with _within_budget():
        lines = _Lines.of(text)
        alt, caption = lines.words(translate), lines.caption
        return Figure(lines.svg(write(lines.kind.draw(), alt, caption)), alt, caption)


def draw_grid(text: str, translate: Translate = str) -> Grid:
    """For a plot or a number line. Raises FigureError."""
    with _within_budget():
        lines = _Lines.of(text)
        kind = lines.kind
        if not isinstance(kind, Plot | NumberLine):
            raise FigureError(_UNKNOWN, 1, kinds=("plot", "number line"))
        canvas = kind.draw()
        svg = lines.svg(canvas.svg(lines.words(translate)))
        return Grid(svg, (canvas.width, canvas.height), kind.window().box)


def draw_regions(text: str, translate: Translate = str) -> RegionPicture:
    """For a Venn diagram, fields or the parts of a whole. Raises FigureError."""
    with _within_budget():
        lines = _Lines.of(text)
        kind = lines.kind
        if not isinstance(kind, HasRegions):
            raise FigureError(_UNKNOWN, 1, kinds=_WITH_REGIONS)
        canvas, regions = kind.draw(), kind.regions()
        return RegionPicture(
            lines.svg(canvas.svg(lines.words(translate))),
            (canvas.width, canvas.height),
            tuple(region.outline for region in regions),
            tuple(region.name.text(translate) for region in regions),
        )


def in_words(text: str, translate: Translate = str) -> str:
    """What the figure shows. Raises FigureError."""
    with _within_budget():
        return _Lines.of(text).words(translate)


@contextmanager
def _within_budget() -> Iterator[None]:
    try:
        with WorkBudget(MAX_WORK_S):
            yield
    except WorkBudgetSpent:
        raise FigureError(gettext_noop("this figure takes too long to draw")) from None


@dataclass(frozen=True)
class _Lines:
    """The lines of a figure, as they were read. has_commas: they ask for decimal commas."""

    kind: Drawable
    caption: str
    has_commas: bool

    @classmethod
    def of(cls, text: str) -> _Lines:
        """Raises FigureError."""
        source, has_commas = without_last_line(text)
        caption, kind = _read(source)
        return cls(kind, with_decimal_commas(caption) if has_commas else caption, has_commas)

    def words(self, translate: Translate) -> str:
        words = joined(self.kind.in_words(), translate)
        return with_decimal_commas(words) if self.has_commas else words

    def svg(self, svg: str) -> str:
        return svg_with_decimal_commas(svg) if self.has_commas else svg


def _read(text: str) -> tuple[str, Drawable]:
    """The caption and the kind with its data. Raises FigureError."""
    lines = list(read_lines(text))
    captions = [line.quoted or "" for line in lines if line.text.lower() == "caption"]
    lines = [line for line in lines if line.text.lower() != "caption"]
    name = next((name for name in _KINDS if lines and _names(name, lines[0])), None)
    if name is None:
        raise FigureError(_UNKNOWN, lines[0].number if lines else 1, kinds=tuple(_KINDS))
    first = replace(lines[0], text=lines[0].text[len(name) :].strip())
    return " ".join(captions), _KINDS[name](FigureSource(first, lines[1:]))


def _names(kind: str, line: FigureLine) -> bool:
    return re.match(rf"{kind}\b", line.text, re.IGNORECASE) is not None
