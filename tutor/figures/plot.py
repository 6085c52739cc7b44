"""Graphs of functions in a coordinate system."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tutor.figures.axes import (
    NEED_SPAN,
    Axes,
    Span,
    Window,
    is_long,
    read_span,
    rounded_out,
    tick_label,
)
from tutor.figures.canvas import Canvas, path_through
from tutor.figures.curves import Domain, Graph, HalfPlane
from tutor.figures.labels import number_label, read_label
from tutor.figures.lines import LARGEST, Expression, FigureLine, FigureSource
from tutor.figures.phrases import Phrase, gettext_noop
from tutor.figures.placement import Frame, Point
from tutor.figures.words.graphs import graph_in_words, half_plane_in_words, upright_in_words
from tutor.figures.words.marks import area_in_words, asymptote_in_words, mark_in_words

WIDTH = 360.0
_INNER = 312.0  # of the window
_HEIGHTS = (180.0, 380.0)
MAX_GRAPHS = 6
MAX_POINTS = 60
_RIVAL_STEP = 3  # of a graph's points, every third tells how far it is

NEED_LINE = gettext_noop(
    "need a line such as f(x) = x^2 - 2, x from -2 to 5, point A (1, 2), asymptote x = 1, "
    "y > 2x - 1 or shade under f from 0 to 2; got “%(text)s”"
)
NO_VALUE = gettext_noop("this function has no value between the ends of the x-axis")
UNKNOWN_GRAPH = gettext_noop("there is no function %(name)s above this line")


@dataclass(frozen=True)
class MarkedPoint:
    """A point with its label."""

    point: Point
    label: str
    is_open: bool = False


@dataclass(frozen=True)
class Area:
    upper: Graph
    lower: Graph | None  # None: the axis
    first: float
    last: float


@dataclass(frozen=True)
class Asymptote:
    """is_level: horizontal."""

    axis: str
    is_level: bool
    value: float


@dataclass
class Plot:
    x: Span | None = None
    y: Span | None = None
    axes: Axes = field(default_factory=Axes)
    graphs: list[Graph] = field(default_factory=list)
    uprights: list[float] = field(default_factory=list)
    half_planes: list[HalfPlane] = field(default_factory=list)
    marks: list[MarkedPoint] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    asymptotes: list[Asymptote] = field(default_factory=list)
    segments: list[tuple[Point, Point]] = field(default_factory=list)
    notes: list[MarkedPoint] = field(default_factory=list)

    @classmethod
    def read(cls, source: FigureSource) -> Plot:
        plot = cls()
        for line in source.rest:
            plot.take(line)
        window = plot.window()
        for graph in plot.graphs:
            if not graph.has_value(window):
                raise graph.function.line.error(NO_VALUE)
        return plot

    def take(self, line: FigureLine) -> None:
        for pattern, take_one in _DIRECTIVES:
            if match := line.match(pattern):
                take_one(self, line, match)
                return
        raise line.error(NEED_LINE, text=line.text)

    def take_span(self, line: FigureLine, match: re.Match[str]) -> None:
        span = read_span(line, match)
        if self._is_upright(line, match["axis"]):
            self.y = span
        else:
            self.x = span

    def _is_upright(self, line: FigureLine, letter: str) -> bool:
        """Whether x or y, or the letter of an axis, is that of the vertical one."""
        across, up = (name.lower() for name in self.axes.names)
        if letter.lower() in (up, "y"):
            return True
        if letter.lower() in (across, "x"):
            return False
        raise line.error(NEED_LINE, text=line.text)

    def take_function(self, line: FigureLine, match: re.Match[str]) -> None:
        self._check_count(line)
        across = self.axes.names[0]
        if not match["letter"] and match["name"].lower() == across.lower():
            self.uprights.append(line.number_in(match["body"]))
            return
        letter = match["letter"] or (across if len(across) == 1 else "x")
        body, _for, condition = match["body"].partition(" for ")
        domain = _domain(line, condition, letter) if condition else None
        name = match["name"] if match["letter"] else ""
        graph = Graph(name, Expression(line, body), letter, domain, line.quoted)
        graph.at(0.0)  # refuses letters that have no value
        self.graphs.append(graph)

    def take_half_plane(self, line: FigureLine, match: re.Match[str]) -> None:
        self._check_count(line)
        is_greater, is_closed = match["sign"][0] in ">≥", match["sign"] not in "<>"
        if not self._is_upright(line, match["axis"]):
            x = line.number_in(match["body"])
            self.half_planes.append(HalfPlane(None, x, is_greater, is_closed))
            return
        across = self.axes.names[0]
        letter = across if len(across) == 1 else "x"
        graph = Graph("", Expression(line, match["body"]), letter, None, None)
        graph.at(0.0)  # refuses letters that have no value
        self.half_planes.append(HalfPlane(graph, 0.0, is_greater, is_closed))

    def _check_count(self, line: FigureLine) -> None:
        if len(self.graphs) + len(self.uprights) + len(self.half_planes) >= MAX_GRAPHS:
            raise line.error(gettext_noop("need at most %(count)d functions"), count=MAX_GRAPHS)

    def take_point(self, line: FigureLine, match: re.Match[str]) -> None:
        self._add_mark(line, line.point(match["point"]), match)

    def take_point_on_graph(self, line: FigureLine, match: re.Match[str]) -> None:
        graph = self._graph(line, match["graph"])
        x = line.number_in(match["x"])
        y = graph.at(x)
        if y is None or abs(y) > LARGEST:
            none = gettext_noop("%(name)s has no value at %(x)s")
            raise line.error(none, name=graph.name, x=match["x"])
        self._add_mark(line, (x, y), match)

    def _add_mark(self, line: FigureLine, point: Point, match: re.Match[str]) -> None:
        if len(self.marks) >= MAX_POINTS:
            raise line.error(gettext_noop("need at most %(count)d points"), count=MAX_POINTS)
        label = line.quoted if line.quoted is not None else match["name"] or ""
        self.marks.append(MarkedPoint(point, label, bool(match["open"])))

    def take_asymptote(self, line: FigureLine, match: re.Match[str]) -> None:
        is_level = self._is_upright(line, match["axis"])
        self.asymptotes.append(
            Asymptote(match["axis"].lower(), is_level, line.number_in(match["value"]))
        )

    def take_area(self, line: FigureLine, match: re.Match[str]) -> None:
        first, last = line.number_in(match["first"]), line.number_in(match["last"])
        if last <= first:
            raise line.error(NEED_SPAN)
        lower = self._graph(line, match["lower"]) if match["lower"] else None
        self.areas.append(Area(self._graph(line, match["upper"]), lower, first, last))

    def take_segment(self, line: FigureLine, match: re.Match[str]) -> None:
        self.segments.append((line.point(match["start"]), line.point(match["end"])))

    def take_note(self, line: FigureLine, match: re.Match[str]) -> None:
        self.notes.append(MarkedPoint(line.point(match["point"]), line.quoted or ""))

    def take_names(self, line: FigureLine, match: re.Match[str]) -> None:
        self.axes = replace(self.axes, names=(match["across"].strip(), match["up"].strip()))

    def take_no(self, _line: FigureLine, match: re.Match[str]) -> None:
        if match["what"].lower() == "grid":
            self.axes = replace(self.axes, has_grid=False)
        else:
            self.axes = replace(self.axes, has_numbers=False)

    def _graph(self, line: FigureLine, name: str) -> Graph:
        for graph in self.graphs:
            if name in (graph.name, self.axes.names[1]):
                return graph
        raise line.error(UNKNOWN_GRAPH, name=name)

    def window(self) -> Window:
        x = self.x or self._span_of_x()
        y = self.y or self._span_of_y(x)
        per_unit = _INNER / x.size
        height = per_unit * y.size
        if not _HEIGHTS[0] <= height <= _HEIGHTS[1]:
            height = min(max(height, 240.0), 300.0)
        left, top = 26.0, 40.0 if is_long(self.axes.names[1]) else 30.0
        reaches_left = x.first >= 0 and (self.axes.has_numbers or x.first > 0)
        if reaches_left:
            left = 14 + max(read_label(number_label(value)).width for value in (y.first, y.last))
        return Window(x, y, Frame(left, top, max(left + 200, WIDTH - 24), top + height))

    def _span_of_x(self) -> Span:
        xs = [mark.point[0] for mark in (*self.marks, *self.notes)]
        xs += [end for area in self.areas for end in (area.first, area.last)]
        xs += [
            end
            for graph in self.graphs
            if graph.domain
            for end in (graph.domain.first, graph.domain.last)
            if abs(end) < LARGEST
        ]
        xs += [line.value for line in self.asymptotes if not line.is_level]
        xs += self.uprights
        xs += [part.x for part in self.half_planes if part.border is None]
        if len(xs) < 2:
            xs += [-4, 4]
        room = 0.15 * (max(xs) - min(xs))
        return rounded_out(min(0, min(xs) - room * (min(xs) < 0)), max(0, max(xs) + room))

    def _span_of_y(self, x: Span) -> Span:
        ys = [mark.point[1] for mark in (*self.marks, *self.notes)]
        ys += [line.value for line in self.asymptotes if line.is_level]
        borders = [part.border for part in self.half_planes if part.border]
        for graph in (*self.graphs, *borders):
            ys += _usual_values(graph, x)
        low, high = min([*ys, 0]), max([*ys, 0])
        span = rounded_out(low, high) if ys else Span(-4, 4)
        return Span(min(span.first, -0.1 * span.size), span.last)

    def draw(self) -> Canvas:
        window = self.window()
        canvas = Canvas(WIDTH, window.box.bottom + (52 if is_long(self.axes.names[0]) else 30))
        for number, area in enumerate(self.areas, start=1):
            _shade(canvas, window, area, number)
        for half_plane in self.half_planes:
            _draw_half_plane(canvas, window, half_plane)
        self.axes.draw(canvas, window)
        for line in self.asymptotes:
            _draw_asymptote(canvas, window, line)
        for start, end in self.segments:
            canvas.lines("hidden", [window.at(start), window.at(end)])
        curves = [
            _draw_graph(canvas, window, graph, number)
            for number, graph in enumerate(self.graphs, start=1)
        ]
        for number, x in enumerate(self.uprights, start=len(self.graphs) + 1):
            _draw_upright(canvas, window, x, number)
        for mark in self.marks:
            canvas.circle("ring" if mark.is_open else "dot", window.at(mark.point), 3.2)
        self._write_labels(canvas, window, curves)
        return canvas

    def _write_labels(self, canvas: Canvas, window: Window, curves: list[list[Point]]) -> None:
        """curves: the pixels of each graph; it gets its name beside one of them."""
        pixels = [window.at(mark.point) for mark in self.marks]
        for number, mark in enumerate(self.marks):
            if mark.label:
                rivals = pixels[:number] + pixels[number + 1 :]
                canvas.write_beside(mark.label, pixels[number], rivals=rivals)
        for note in self.notes:
            canvas.text(note.label, window.at(note.point))
        for number, graph in enumerate(self.graphs):
            if graph.written and curves[number]:
                others = curves[:number] + curves[number + 1 :]
                rivals = [point for other in others for point in other[::_RIVAL_STEP]]
                canvas.write_along(graph.written, _for_name(curves[number]), rivals)

    def in_words(self) -> list[Phrase]:
        window, has_numbers = self.window(), self.axes.has_numbers
        words = [self._frame_in_words(window)]
        for graph in self.graphs:
            words += graph_in_words(graph, window, self.axes)
        words += [upright_in_words(x, self.axes) for x in self.uprights]
        for half_plane in self.half_planes:
            words += half_plane_in_words(half_plane, window, self.axes)
        words += [asymptote_in_words(line, has_numbers) for line in self.asymptotes]
        words += [mark_in_words(mark, has_numbers) for mark in self.marks]
        words += [area_in_words(area, has_numbers) for area in self.areas]
        if labels := tuple(read_label(note.label).spoken for note in self.notes if note.label):
            words.append(Phrase(gettext_noop("Labels: %(labels)s."), {"labels": labels}))
        return words

    def _frame_in_words(self, window: Window) -> Phrase:
        values = {
            "x": self.axes.names[0],
            "y": self.axes.names[1],
            "x_first": tick_label(window.x.first, window.x),
            "x_last": tick_label(window.x.last, window.x),
            "y_first": tick_label(window.y.first, window.y),
            "y_last": tick_label(window.y.last, window.y),
        }
        if not self.axes.has_numbers:
            alone = gettext_noop("A coordinate system without numbers; its axes: %(x)s, %(y)s.")
            return Phrase(alone, values)
        frame = gettext_noop(
            "A coordinate system, %(x)s from %(x_first)s to %(x_last)s, %(y)s from %(y_first)s to"
            " %(y_last)s."
        )
        return Phrase(frame, values)


_Take = Callable[[Plot, FigureLine, re.Match[str]], None]
_DIRECTIVES: list[tuple[str, _Take]] = [
    (
        r"(?P<axis>[a-z]) from (?P<first>.+?) to (?P<last>.+?)(?: step (?P<step>.+))?",
        Plot.take_span,
    ),
    (r"asymptote (?P<axis>[a-z]) ?= ?(?P<value>.+)", Plot.take_asymptote),
    (
        r"shade (?:under|between) (?P<upper>[a-z]\w?)(?: and (?P<lower>[a-z]\w?))?"
        r" from (?P<first>.+?) to (?P<last>.+)",
        Plot.take_area,
    ),
    (
        r"point (?:(?P<name>\w{1,6}'?) )?on (?P<graph>[a-z]\w?) at (?P<x>.+?)(?P<open> open)?",
        Plot.take_point_on_graph,
    ),
    (r"point (?:(?P<name>\w{1,6}'?) ?)?(?P<point>\(.+\))(?P<open> open)?", Plot.take_point),
    (r"segment (?P<start>\([^()]+\)) ?(?P<end>\([^()]+\))", Plot.take_segment),
    (r"label at (?P<point>\(.+\))", Plot.take_note),
    (r"axes (?P<across>[^,]+),(?P<up>[^,]+)", Plot.take_names),
    (r"no (?P<what>grid|numbers)", Plot.take_no),
    (r"(?P<axis>[a-z]) ?(?P<sign><=|>=|<|>|≤|≥) ?(?P<body>.+)", Plot.take_half_plane),
    (
        r"(?P<name>[a-z](?:_?\d)?)(?: ?\((?P<letter>[a-z])\))? ?= ?(?P<body>.+)",
        Plot.take_function,
    ),
]

_TWO_SIDED = re.compile(
    r"(?P<a>[^<]+)(?P<a_sign><=?) ?(?P<letter>[a-z]) ?(?P<b_sign><=?) ?(?P<b>[^<]+)"
)
_ONE_SIDED = re.compile(r"(?P<letter>[a-z]) ?(?P<sign><=|>=|<|>) ?(?P<end>.+)")
NEED_DOMAIN = gettext_noop("need a domain such as 0 <= %(letter)s < 4, got “%(text)s”")


def _domain(line: FigureLine, text: str, letter: str) -> Domain:
    text = text.replace("≤", "<=").replace("≥", ">=").strip()
    if (match := _TWO_SIDED.fullmatch(text)) and match["letter"] == letter:
        first, last = line.number_in(match["a"].strip()), line.number_in(match["b"])
        if first >= last:
            raise line.error(NEED_DOMAIN, letter=letter, text=text)
        return Domain(first, last, match["a_sign"] == "<=", match["b_sign"] == "<=")
    if (match := _ONE_SIDED.fullmatch(text)) and match["letter"] == letter:
        end, is_closed = line.number_in(match["end"]), "=" in match["sign"]
        if match["sign"].startswith("<"):
            return Domain(-LARGEST, end, None, is_closed)
        return Domain(end, LARGEST, is_closed, None)
    raise line.error(NEED_DOMAIN, letter=letter, text=text)


def _usual_values(graph: Graph, x: Span) -> list[float]:
    """Values of the function without the largest, which lie beside a pole."""
    domain = graph.within(x.first, x.last)
    xs = [domain.first + (domain.last - domain.first) * step / 60 for step in range(61)]
    values = sorted(value for at in xs if (value := graph.at(at)) is not None)
    if len(values) < 8:
        return values
    low, high = values[len(values) // 5], values[-1 - len(values) // 5]
    reach = 2.5 * max(high - low, 1e-9)
    return [value for value in values if low - reach <= value <= high + reach]


def _shade(canvas: Canvas, window: Window, area: Area, hue: int) -> None:
    count = 120
    xs = [area.first + (area.last - area.first) * step / count for step in range(count + 1)]
    upper = [(x, y) for x in xs if (y := _within(area.upper.at(x), window.y)) is not None]
    lower = [
        (x, y)
        for x in xs
        if (y := _within(area.lower.at(x) if area.lower else 0.0, window.y)) is not None
    ]
    if upper and lower:
        around = [window.at(point) for point in (*upper, *reversed(lower))]
        canvas.path("shade", path_through(around) + "Z", hue)


def _within(value: float | None, span: Span) -> float | None:
    return None if value is None else min(max(value, span.first), span.last)


def _draw_half_plane(canvas: Canvas, window: Window, part: HalfPlane) -> None:
    if outline := part.outline(window):
        canvas.path("shade", path_through(map(window.at, outline)) + "Z", 1)
    for edge in part.edges(window):
        canvas.lines("line" if part.is_closed else "asymptote", [*map(window.at, edge)])


def _draw_upright(canvas: Canvas, window: Window, x: float, number: int) -> None:
    if window.x.has(x):
        ends = [window.at((x, window.y.first)), window.at((x, window.y.last))]
        canvas.lines("curve", ends, hue=number)


def _draw_asymptote(canvas: Canvas, window: Window, line: Asymptote) -> None:
    box = window.box
    if line.is_level and window.y.has(line.value):
        y = window.at((0, line.value))[1]
        canvas.lines("asymptote", [(box.left, y), (box.right, y)])
    elif not line.is_level and window.x.has(line.value):
        x = window.at((line.value, 0))[0]
        canvas.lines("asymptote", [(x, box.top), (x, box.bottom)])


def _draw_graph(canvas: Canvas, window: Window, graph: Graph, number: int) -> list[Point]:
    """Returns the pixels of its longest piece."""
    pieces = [[window.at(point) for point in piece] for piece in graph.pieces(window)]
    for piece in pieces:
        canvas.lines("curve", piece, hue=number)
    _draw_ends(canvas, window, graph)
    return max(pieces, key=len, default=[])


def _for_name(curve: list[Point]) -> list[Point]:
    """The points of a curve beside which its name may stand; near its end first."""
    return [curve[-1 - (len(curve) - 1) * part // 12] for part in range(1, 12)]


def _draw_ends(canvas: Canvas, window: Window, graph: Graph) -> None:
    domain = graph.within(window.x.first, window.x.last)
    for x, is_closed in (
        (domain.first, domain.is_first_closed),
        (domain.last, domain.is_last_closed),
    ):
        y = graph.at(x)
        if is_closed is not None and y is not None and window.y.has(y):
            canvas.circle("dot" if is_closed else "ring", window.at((x, y)), 3.2)
