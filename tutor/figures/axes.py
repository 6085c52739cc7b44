"""Coordinate axes: a window of numbers on the canvas, with ticks in steps of 1, 2 or 5."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from tutor.figures.canvas import Canvas
from tutor.figures.labels import number_label, read_label
from tutor.figures.lines import FigureLine
from tutor.figures.phrases import Phrase, gettext_noop
from tutor.figures.placement import Frame, Point

NEED_SPAN = gettext_noop("need a range from small to large, such as x from -2 to 5")
_MAX_TICKS = 60
_EPSILON = 1e-9
_LINE_HEIGHT = 18.0


class TickNotation(Enum):
    """How the numbers of an axis are written: as its step is."""

    DECIMAL = auto()
    FRACTION = auto()
    PI = auto()

    @classmethod
    def of(cls, step: str) -> TickNotation:
        if re.search(r"pi|π", step):
            return cls.PI
        return cls.FRACTION if re.search(r"/|\\frac", step) else cls.DECIMAL


@dataclass(frozen=True)
class Span:
    """step: between ticks, where the author says so."""

    first: float
    last: float
    step: float | None = None
    notation: TickNotation = TickNotation.DECIMAL

    @property
    def size(self) -> float:
        return self.last - self.first

    def has(self, value: float) -> bool:
        return self.first - _EPSILON * self.size <= value <= self.last + _EPSILON * self.size

    def ticks(self, step: float) -> list[float]:
        first = math.ceil(self.first / step - _EPSILON)
        last = math.floor(self.last / step + _EPSILON)
        return [
            round(number * step, 12) for number in range(first, min(last, first + _MAX_TICKS) + 1)
        ]


def read_span(line: FigureLine, match: re.Match[str]) -> Span:
    """Of a line such as `x from -2 to 5 step 1`. Raises FigureError."""
    first, last = line.number_in(match["first"]), line.number_in(match["last"])
    if last - first <= 1e-9 * max(1, abs(first), abs(last)):
        raise line.error(NEED_SPAN)
    step = line.positive(match["step"]) if match["step"] else None
    if step and (last - first) / step > _MAX_TICKS:
        raise line.error(gettext_noop("need a larger step: at most 60 fit in"))
    return Span(first, last, step, TickNotation.of(match["step"] or ""))


@dataclass(frozen=True)
class Window:
    """Which numbers the box on the canvas shows."""

    x: Span
    y: Span
    box: Frame

    def at(self, point: Point) -> Point:
        """The pixel of a point."""
        across = (point[0] - self.x.first) / self.x.size * (self.box.right - self.box.left)
        up = (point[1] - self.y.first) / self.y.size * (self.box.bottom - self.box.top)
        return self.box.left + across, self.box.bottom - up

    def has(self, point: Point) -> bool:
        return self.x.has(point[0]) and self.y.has(point[1])

    @property
    def x_step(self) -> float:
        return self.x.step or _step(self.x, self.box.right - self.box.left, _width_of_numbers)

    @property
    def y_step(self) -> float:
        return self.y.step or _step(self.y, self.box.bottom - self.box.top, lambda _span, _step: 24)

    @property
    def origin(self) -> Point:
        """Where the axes cross: at 0, or at the edge that is nearest to it."""
        return _nearest_to_zero(self.x), _nearest_to_zero(self.y)


@dataclass(frozen=True)
class Axes:
    """names: of the axes. Which parts are drawn."""

    names: tuple[str, str] = ("x", "y")
    has_grid: bool = True
    has_numbers: bool = True

    def draw(self, canvas: Canvas, window: Window) -> None:
        if self.has_grid:
            _draw_grid(canvas, window)
        box, (x, y) = window.box, window.at(window.origin)
        canvas.arrow("axis", (box.left - 4, y), (box.right + 14, y))
        canvas.arrow("axis", (x, box.bottom + 4), (x, box.top - 14))
        reach = self._number(canvas, window) if self.has_numbers else 0.0
        self._write_names(canvas, window, reach)

    def _write_names(self, canvas: Canvas, window: Window, reach: float) -> None:
        """reach: where the last number below the axis ends; the axis's name comes after it."""
        box, (x, y) = window.box, window.at(window.origin)
        across, up = self.names
        start = max(box.right + 8, reach + 4)
        if is_long(across):
            canvas.text(across, (box.right + 14, y + (36 if window.y.first >= 0 else -14)), 1)
        elif start + read_label(across).width < canvas.width:
            canvas.text(across, (start, y + 16), -1)
        else:
            canvas.text(across, (box.right + 14, y - 14), 1)
        if not is_long(up):
            canvas.text(up, (x + 8, box.top - 10), -1)
        else:
            canvas.text(up, (max(4, x - 8), box.top - 24), -1)

    def _number(self, canvas: Canvas, window: Window) -> float:
        """Tick marks and their numbers; 0 is left out where the axes cross there.

        Returns where the last number below the axis ends.
        """
        x, y = window.at(window.origin)
        ticks = window.x.ticks(window.x_step)
        every, reach = _every(ticks, window), 0.0
        for value in ticks:
            pixel = window.at((value, 0))[0]
            canvas.path("thin", f"M{pixel:.1f} {y - 3:.1f}V{y + 3:.1f}")
            is_crossing = abs(pixel - x) < 1 and window.y.has(0)
            if round(value / window.x_step) % every == 0 and not is_crossing:
                reach = canvas.text(tick_label(value, window.x), (pixel, y + 14)).right
        number_upwards(canvas, window, x, has_zero=window.origin[0] != 0)
        return reach


def number_upwards(canvas: Canvas, window: Window, x: float, *, has_zero: bool = True) -> None:
    """Ticks and numbers of the vertical axis, which stands at the pixel `x`."""
    apart = window.y_step / window.y.size * (window.box.bottom - window.box.top)
    every = math.ceil(_LINE_HEIGHT / apart)
    for value in window.y.ticks(window.y_step):
        pixel = window.at((0, value))[1]
        canvas.path("thin", f"M{x - 3:.1f} {pixel:.1f}H{x + 3:.1f}")
        if round(value / window.y_step) % every == 0 and (value != 0 or has_zero):
            canvas.text(tick_label(value, window.y), (x - 7, pixel), 1)


def is_long(name: str) -> bool:
    """Whether the name of an axis needs a line of its own."""
    return read_label(name).width > 24


def tick_label(value: float, span: Span) -> str:
    if span.notation == TickNotation.DECIMAL or abs(value - round(value)) < _EPSILON:
        return number_label(value)
    unit = math.pi if span.notation == TickNotation.PI else 1.0
    ratio = Fraction(value / unit).limit_denominator(60)
    if abs(float(ratio) * unit - value) > _EPSILON:
        return number_label(value)
    top = f"{abs(ratio.numerator)}" if unit == 1.0 else _times_pi(abs(ratio.numerator))
    sign = "−" if ratio < 0 else ""
    return f"{sign}{top}" if ratio.denominator == 1 else f"{sign}{top}/{ratio.denominator}"


def _times_pi(count: int) -> str:
    return "π" if count == 1 else f"{count}π"


def _every(ticks: list[float], window: Window) -> int:
    """1 where all numbers fit below the axis, 2 for every second …"""
    widest = max((read_label(tick_label(value, window.x)).width for value in ticks), default=0.0)
    apart = window.x_step / window.x.size * (window.box.right - window.box.left)
    return max(1, math.ceil((widest + 4) / apart))


def axes_in_words(names: tuple[str, str]) -> list[Phrase]:
    """Of a chart, whose axes need no name."""
    if not names[1]:
        return []
    across, up = (read_label(name).spoken for name in names)
    return [
        Phrase(gettext_noop("Across: %(across)s. Upwards: %(up)s."), {"across": across, "up": up})
        if across
        else Phrase(gettext_noop("Upwards: %(up)s."), {"up": up})
    ]


def nice_step(size: float) -> float:
    """The smallest of 1, 2, 5, 10, 20 … (or 0.1, 0.2 …) that is at least `size`."""
    power = 10.0 ** math.floor(math.log10(size) + _EPSILON)
    factor = next(factor for factor in (1, 2, 5, 10) if factor * power >= size * (1 - _EPSILON))
    return factor * power


def rounded_out(first: float, last: float) -> Span:
    """A span that begins and ends at ticks and holds both numbers."""
    if last - first < 1e-9 * max(1.0, abs(first)):
        first, last = first - 1, last + 1
    step = nice_step((last - first) / 8)
    return Span(
        math.floor(first / step + _EPSILON) * step, math.ceil(last / step - _EPSILON) * step
    )


def _step(span: Span, pixels: float, room: Callable[[Span, float], float]) -> float:
    """The smallest step whose numbers do not touch."""
    least = 1 if span.size >= 4 else 0  # schoolbooks count in ones where they can
    return next(
        step
        for step in _steps(span)
        if step >= least and step / span.size * pixels >= room(span, step)
    )


def _steps(span: Span) -> Iterator[float]:
    step = nice_step(span.size / 40)
    while True:
        yield step
        step = nice_step(step * 1.5)


def _width_of_numbers(span: Span, step: float) -> float:
    numbers = span.ticks(step) or [span.first]
    ends = (numbers[0], numbers[-1])
    return max(22, max(read_label(number_label(value)).width for value in ends) + 12)


def _nearest_to_zero(span: Span) -> float:
    return min(max(0.0, span.first), span.last)


def _draw_grid(canvas: Canvas, window: Window) -> None:
    box = window.box
    across = [window.at((value, 0))[0] for value in window.x.ticks(window.x_step)]
    down = [window.at((0, value))[1] for value in window.y.ticks(window.y_step)]
    data = "".join(f"M{x:.1f} {box.top:.1f}V{box.bottom:.1f}" for x in across)
    data += "".join(f"M{box.left:.1f} {y:.1f}H{box.right:.1f}" for y in down)
    canvas.path("grid", data)
