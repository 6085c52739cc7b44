"""A number line with points, intervals and jumps."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tutor.figures.axes import Span, TickNotation, Window, tick_label
from tutor.figures.canvas import Canvas
from tutor.figures.labels import read_label
from tutor.figures.lines import FigureLine, FigureSource, split_at_commas
from tutor.figures.phrases import Phrase, gettext_noop
from tutor.figures.placement import Frame
from tutor.figures.words.number_lines import number_line_in_words

WIDTH = 360.0
MAX_PARTS = 20  # intervals, points or jumps
_APART = 20.0  # between intervals that lie over one another

NEED_LINE = gettext_noop(
    "need a line such as interval [-2, 3), x > 1, point A 2, point 2 open or jump from 2 to 5;"
    " got “%(text)s”"
)
NEED_SPAN = gettext_noop("need a first line such as number line from -5 to 5 step 1")
NEED_INTERVAL = gettext_noop("need an interval such as [-2, 3), got “%(text)s”")


@dataclass(frozen=True)
class Stretch:
    """An interval; an end that is infinite is an arrow."""

    first: float
    last: float
    is_first_closed: bool
    is_last_closed: bool
    label: str = ""


@dataclass(frozen=True)
class Spot:
    value: float
    label: str
    is_open: bool


@dataclass(frozen=True)
class Jump:
    start: float
    end: float
    label: str


@dataclass
class NumberLine:
    span: Span
    stretches: list[Stretch] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    jumps: list[Jump] = field(default_factory=list)
    has_numbers: bool = True

    @classmethod
    def read(cls, source: FigureSource) -> NumberLine:
        figure = cls(_span(source.first))
        for line in source.rest:
            figure._take(line)
        return figure

    def _take(self, line: FigureLine) -> None:
        if len(self.stretches) + len(self.spots) + len(self.jumps) >= MAX_PARTS:
            raise line.error(gettext_noop("need at most %(count)d lines here"), count=MAX_PARTS)
        for pattern, take in _DIRECTIVES:
            if match := line.match(pattern):
                take(self, line, match)
                return
        raise line.error(NEED_LINE, text=line.text)

    def take_interval(self, line: FigureLine, match: re.Match[str]) -> None:
        ends = split_at_commas(match["ends"])
        if len(ends) != 2:
            raise line.error(NEED_INTERVAL, text=line.text)
        first, last = (_end(line, end) for end in ends)
        if first >= last:
            raise line.error(NEED_INTERVAL, text=line.text)
        stretch = Stretch(
            first, last, match["open"] == "[", match["close"] == "]", line.quoted or ""
        )
        self.stretches.append(stretch)

    def take_condition(self, line: FigureLine, match: re.Match[str]) -> None:
        end, is_closed = line.number_in(match["end"]), match["sign"] in ("<=", ">=", "≤", "≥")
        if match["sign"][0] in "<≤":
            stretch = Stretch(-math.inf, end, False, is_closed, line.quoted or "")
        else:
            stretch = Stretch(end, math.inf, is_closed, False, line.quoted or "")
        self.stretches.append(stretch)

    def take_point(self, line: FigureLine, match: re.Match[str]) -> None:
        value = self._within(line, match["value"])
        label = line.quoted if line.quoted is not None else match["name"] or ""
        self.spots.append(Spot(value, label, bool(match["open"])))

    def take_jump(self, line: FigureLine, match: re.Match[str]) -> None:
        start, end = self._within(line, match["start"]), self._within(line, match["end"])
        if start == end:
            raise line.error(gettext_noop("a jump needs two different numbers"))
        self.jumps.append(Jump(start, end, line.quoted or ""))

    def take_no_numbers(self, _line: FigureLine, _match: re.Match[str]) -> None:
        self.has_numbers = False

    def _within(self, line: FigureLine, text: str) -> float:
        value = line.number_in(text)
        if not self.span.has(value):
            outside = gettext_noop("%(value)s is not on this number line")
            raise line.error(outside, value=text.strip())
        return value

    def window(self) -> Window:
        above = 14.0 + self._apart * max([0, *self._levels()])
        if any(spot.label for spot in self.spots):
            above = max(above, 46.0)
        if self.jumps:
            above = max(above, 76.0)
        return Window(self.span, Span(0, 1), Frame(22, above - 1, WIDTH - 26, above))

    def draw(self) -> Canvas:
        levels, window = self._levels(), self.window()
        below = height_of_numbers(window) + 14.4 if self.has_numbers else 16
        canvas = Canvas(WIDTH, window.box.bottom + below)
        draw_number_line(canvas, window, has_numbers=self.has_numbers)
        for jump in self.jumps:
            _draw_jump(canvas, window, jump)
        for number, (stretch, level) in enumerate(zip(self.stretches, levels, strict=True), 1):
            _draw_stretch(canvas, window, stretch, level * self._apart, number)
        for spot in self.spots:
            pixel = window.at((spot.value, 0))
            canvas.circle("ring" if spot.is_open else "dot", pixel, 4)
            if spot.label:
                canvas.write_beside(spot.label, pixel, gap=7, prefer=90)
        return canvas

    @property
    def _apart(self) -> float:
        return _APART + (16 if any(stretch.label for stretch in self.stretches) else 0)

    def _levels(self) -> list[int]:
        """How high each interval is drawn: on the line, or above those that it touches."""
        levels: list[int] = []
        is_crowded = any(
            stretch.first <= other.last and other.first <= stretch.last
            for index, stretch in enumerate(self.stretches)
            for other in self.stretches[:index]
        ) or any(stretch.label for stretch in self.stretches)
        for number, _stretch in enumerate(self.stretches, start=1):
            levels.append(number if is_crowded else 0)
        return levels

    def in_words(self) -> list[Phrase]:
        return number_line_in_words(self)


_Take = Callable[[NumberLine, FigureLine, re.Match[str]], None]
_DIRECTIVES: list[tuple[str, _Take]] = [
    (r"interval (?P<open>[\[(])(?P<ends>.+)(?P<close>[\])])", NumberLine.take_interval),
    (r"[a-z] ?(?P<sign><=|>=|<|>|≤|≥) ?(?P<end>.+)", NumberLine.take_condition),
    (
        r"point (?:(?P<name>[a-z]\w?'?) )?(?:at )?(?P<value>.+?)(?P<open> open)?",
        NumberLine.take_point,
    ),
    (r"jump from (?P<start>.+) to (?P<end>.+)", NumberLine.take_jump),
    (r"no numbers", NumberLine.take_no_numbers),
]


def draw_number_line(canvas: Canvas, window: Window, *, has_numbers: bool = True) -> None:
    """The line with its numbers, at the bottom of the window."""
    box = window.box
    middle = box.bottom + 9.2 + height_of_numbers(window) / 2  # free of what is marked on the line
    canvas.arrow("axis", (box.left - 16, box.bottom), (box.right + 20, box.bottom))
    for value in window.x.ticks(window.x_step):
        x = window.at((value, 0))[0]
        canvas.path("thin", f"M{x:.1f} {box.bottom - 4:.1f}V{box.bottom + 4:.1f}")
        if has_numbers:
            canvas.text(tick_label(value, window.x), (x, middle))


def height_of_numbers(window: Window) -> float:
    """Of the highest one below the line: a fraction has two lines."""
    ticks = window.x.ticks(window.x_step)
    return max((read_label(tick_label(value, window.x)).height for value in ticks), default=0.0)


def _span(line: FigureLine) -> Span:
    match = line.match(r"from (?P<first>.+?) to (?P<last>.+?)(?: step (?P<step>.+))?")
    if not match:
        raise line.error(NEED_SPAN)
    first, last = line.number_in(match["first"]), line.number_in(match["last"])
    step = line.positive(match["step"]) if match["step"] else None
    if last - first <= 1e-9 * max(1, abs(first), abs(last)):
        raise line.error(NEED_SPAN)
    if step and (last - first) / step > 60:
        raise line.error(gettext_noop("need a larger step: at most 60 fit in"))
    return Span(first, last, step, TickNotation.of(match["step"] or ""))


def _end(line: FigureLine, text: str) -> float:
    text = text.strip().lower().replace("−", "-").replace("\\infty", "inf").replace("∞", "inf")
    if text in ("inf", "+inf", "-inf"):
        return float(text)
    return line.number_in(text)


def _draw_jump(canvas: Canvas, window: Window, jump: Jump) -> None:
    (start, y), (end, _y) = window.at((jump.start, 0)), window.at((jump.end, 0))
    middle, half = (start + end) / 2, abs(end - start) / 2
    height = min(38.0, max(18.0, half * 0.8))
    turns = (180.0, 0.0) if end > start else (0.0, 180.0)
    steps = [turns[0] + (turns[1] - turns[0]) * step / 24 for step in range(25)]
    points = [
        (
            middle + half * math.cos(math.radians(turn)),
            y - 4 - height * math.sin(math.radians(turn)),
        )
        for turn in steps
    ]
    canvas.lines("thin", points[:-2])
    canvas.arrow("thin", points[-3], points[-1])
    if jump.label:
        canvas.write_beside(jump.label, (middle, y - 4 - height), gap=3, prefer=90)


def _draw_stretch(
    canvas: Canvas, window: Window, stretch: Stretch, above: float, number: int
) -> None:
    box = window.box
    y = box.bottom - above
    left = window.at((max(stretch.first, window.x.first), 0))[0]
    right = window.at((min(stretch.last, window.x.last), 0))[0]
    leaves_left, leaves_right = stretch.first < window.x.first, stretch.last > window.x.last
    left, right = left - 12 * leaves_left, right + 12 * leaves_right
    canvas.path("range", f"M{left:.1f} {y:.1f}H{right:.1f}", number)
    canvas.occupied.add_line([(left, y), (right, y)])
    for x, leaves, is_closed, way in (
        (left, leaves_left, stretch.is_first_closed, -1),
        (right, leaves_right, stretch.is_last_closed, 1),
    ):
        if leaves:
            tip = f"M{x + 10 * way:.1f} {y:.1f}L{x:.1f} {y - 5:.1f}V{y + 5:.1f}Z"
            canvas.path("end", tip, number)
        else:
            canvas.circle("dot" if is_closed else "ring", (x, y), 4.5, number)
    if stretch.label:
        canvas.write_beside(stretch.label, ((left + right) / 2, y), gap=6, prefer=90)
