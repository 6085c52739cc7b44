"""What a student draws as an answer, and on which grid: one line of text in a problem.

    line, x from -5 to 5, y from -5 to 5
    points, x from 0 to 10 step 2, y from 0 to 100 step 10
    interval, x from -3 to 3 step 1/2

The drawing writes the answer as text into the answer's field, and that text is graded.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Self

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tutor.figures import Grid, draw_grid
from tutor.figures.decimal_commas import with_last_line
from tutor.grading import Kind
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import Unreadable, is_term
from tutor.problems.labels import KIND_NAMES

LIMIT = 200  # characters
MAX_STEPS = 24  # of an axis: with more, a finger cannot tell them apart
LARGEST = 10_000  # of the numbers of an axis, and of their denominators
_AXIS = re.compile(r"(?P<name>[xy]) from (?P<first>\S+) to (?P<last>\S+)(?: step (?P<step>\S+))?")


class InvalidDrawing(ValueError):
    """A drawing that cannot be used; a sentence for the teacher."""


class DrawnShape(StrEnum):
    POINTS = "points"
    LINE = "line"
    PARABOLA = "parabola"
    HALF_PLANE = "half-plane"
    INTERVAL = "interval"


KINDS = {
    DrawnShape.POINTS: (Kind.LIST, Kind.SET, Kind.TUPLE),
    DrawnShape.LINE: (Kind.EQUATION,),
    DrawnShape.PARABOLA: (Kind.EQUATION,),
    DrawnShape.HALF_PLANE: (Kind.INEQUALITY,),
    DrawnShape.INTERVAL: (Kind.INTERVAL, Kind.INEQUALITY),
}


@dataclass(frozen=True)
class GridAxis:
    """The numbers from `first` to `last`, `step` apart. notation: of the step, as written."""

    first: Fraction
    last: Fraction
    step: Fraction
    notation: str

    def has(self, value: Fraction) -> bool:
        return self.first <= value <= self.last and not (value - self.first) % self.step

    @property
    def values(self) -> list[Fraction]:
        count = int((self.last - self.first) / self.step)
        return [self.first + self.step * number for number in range(count + 1)]

    @property
    def numbers(self) -> str:
        """For the script of the page."""
        return f"{self.first} {self.last} {self.step}"

    def __str__(self) -> str:
        return f"from {self.first} to {self.last} step {self.notation}"


_USUAL = GridAxis(Fraction(-5), Fraction(5), Fraction(1), "1")


@dataclass(frozen=True)
class Drawing:
    """y: the same as x on a number line, where it means nothing. decimal_comma: of the page."""

    shape: DrawnShape
    x: GridAxis
    y: GridAxis
    decimal_comma: bool = False

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises InvalidDrawing."""
        if len(text) > LIMIT:
            raise InvalidDrawing(_("need at most %(n)d characters") % {"n": LIMIT})
        name, *rest = (" ".join(piece.split()) for piece in text.strip().split(","))
        if name not in list(DrawnShape):
            known = ", ".join(DrawnShape)
            reason = _("it begins with what is drawn (%(known)s), got “%(text)s”")
            raise InvalidDrawing(reason % {"known": known, "text": name})
        axes = dict(_axis(piece) for piece in rest)
        if name == DrawnShape.INTERVAL and "y" in axes:
            raise InvalidDrawing(_("a number line has no y"))
        x = axes.get("x", _USUAL)
        return cls(DrawnShape(name), x, axes.get("y", x if name == "interval" else _USUAL))

    @property
    def is_on_line(self) -> bool:
        """On a number line, not in the plane."""
        return self.shape == DrawnShape.INTERVAL

    @property
    def source(self) -> str:
        """The empty grid, as a figure is written."""
        return f"number line {self.x}" if self.is_on_line else f"plot\nx {self.x}\ny {self.y}"

    @property
    def is_decimal(self) -> bool:
        """Whether numbers between whole ones are written as 0.5, not as 1/2."""
        return not re.search(r"/|\\frac", self.x.notation + self.y.notation)

    @cached_property
    def grid(self) -> Grid:
        return draw_grid(with_last_line(self.source) if self.decimal_comma else self.source, _)

    @property
    def svg(self) -> SafeString:
        """The empty grid."""
        return mark_safe(self.grid.svg)  # noqa: S308  # all that comes from its author is numbers

    @property
    def view_box(self) -> str:
        width, height = self.grid.size
        return f"0 0 {width:g} {height:g}"

    @property
    def frame(self) -> str:
        """Left, top, right and bottom of the grid in its picture."""
        box = self.grid.box
        return f"{box.left:g} {box.top:g} {box.right:g} {box.bottom:g}"

    def check(self, kind: Kind) -> None:
        """Raises InvalidDrawing unless an answer of this kind can be drawn so."""
        if kind not in KINDS[self.shape]:
            values = {
                "shape": self.shape.value,
                "kinds": ", ".join(str(KIND_NAMES[kind]) for kind in KINDS[self.shape]),
                "kind": KIND_NAMES[kind],
            }
            reason = _("%(shape)s needs an answer of the kind %(kinds)s, got %(kind)s")
            raise InvalidDrawing(reason % values)


def drawing_of(text: str, *, decimal_comma: bool = False) -> Drawing | None:
    """None where nothing is drawn, and for a text that was stored past the checks."""
    try:
        return replace(Drawing.read(text), decimal_comma=decimal_comma) if text else None
    except InvalidDrawing:
        return None


def _axis(text: str) -> tuple[str, GridAxis]:
    match = _AXIS.fullmatch(text)
    if not match:
        reason = _("need a range such as x from -5 to 5 step 1, got “%(text)s”")
        raise InvalidDrawing(reason % {"text": text})
    notation = match["step"] or "1"
    first, last, step = (_number(part) for part in (match["first"], match["last"], notation))
    if step <= 0 or last <= first or (last - first) % step:
        reason = _("need a range from small to large that its step divides, got “%(text)s”")
        raise InvalidDrawing(reason % {"text": text})
    if (last - first) / step > MAX_STEPS:
        reason = _("need a larger step: at most %(n)d fit on an axis, got “%(text)s”")
        raise InvalidDrawing(reason % {"n": MAX_STEPS, "text": text})
    return match["name"], GridAxis(first, last, step, notation)


def _number(text: str) -> Fraction:
    try:
        value = read_answer(text)
    except Unreadable as error:
        raise InvalidDrawing(str(error)) from error
    number = rational_value(value) if is_term(value) else None
    if number is None or max(abs(number.numerator), number.denominator) > LARGEST:
        reason = _("need a number such as 3, -1/2 or 0.25, got %(text)s")
        raise InvalidDrawing(reason % {"text": text})
    return number
