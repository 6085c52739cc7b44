"""What a student draws as an answer, and on which grid: one line of text in a problem.

    line, x from -5 to 5, y from -5 to 5
    points, x from 0 to 10 step 2, y from 0 to 100 step 10
    interval, x from -3 to 3 step 1/2
    venn, A, B
    fraction bar, 8 parts
    fields, y <= 2x - 1, x + y < 4, x from -5 to 5

The drawing writes the answer as text into the answer's field, and that text is graded.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Self, TypeAlias

from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tutor.figures import FigureError, Grid, RegionPicture, draw_grid, draw_regions
from tutor.figures.decimal_commas import with_last_line
from tutor.figures.regions.borders import MAX_BORDERS, Border, Field, NoBorder, fields_between
from tutor.figures.regions.fields import NEED_BORDERS
from tutor.figures.regions.venn import are_sets
from tutor.grading import Kind
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import Unreadable, is_term
from tutor.problems.labels import KIND_NAMES

MAX_CHARACTERS = 200
MAX_TRIED = 200  # grids of fields that a process has seen to be drawable
MAX_STEPS = 24  # of an axis: with more, a finger cannot tell them apart
MAX_NUMBER = 10_000  # of the numbers of an axis, and of their denominators
_PARTS = re.compile(r"([1-9][0-9]?) parts")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_AXIS = re.compile(r"(?P<name>[xy]) from (?P<first>\S+) to (?P<last>\S+)(?: step (?P<step>\S+))?")


class InvalidDrawing(ValueError):
    """A drawing that cannot be used; a sentence for the teacher."""


class DrawnShape(StrEnum):
    POINTS = "points"
    LINE = "line"
    PARABOLA = "parabola"
    HALF_PLANE = "half-plane"
    INTERVAL = "interval"
    VENN = "venn"
    BAR = "fraction bar"
    CIRCLE = "fraction circle"
    FIELDS = "fields"


KINDS = {
    DrawnShape.POINTS: (Kind.LIST, Kind.SET, Kind.TUPLE),
    DrawnShape.LINE: (Kind.EQUATION,),
    DrawnShape.PARABOLA: (Kind.EQUATION,),
    DrawnShape.HALF_PLANE: (Kind.INEQUALITY,),
    DrawnShape.INTERVAL: (Kind.INTERVAL, Kind.INEQUALITY),
    DrawnShape.VENN: (Kind.LOGIC,),
    DrawnShape.BAR: (Kind.NUMBER,),
    DrawnShape.CIRCLE: (Kind.NUMBER,),
    DrawnShape.FIELDS: (Kind.INEQUALITY,),
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
class _Drawing(ABC):
    """What each `AnswerDrawing` has."""

    shape: DrawnShape

    @property
    @abstractmethod
    def picture(self) -> Grid | RegionPicture:
        """With nothing drawn or chosen."""

    @abstractmethod
    def figure(self, marks: list[str]) -> str:
        """With what is drawn or chosen, each mark as a line of a figure."""

    @property
    def svg(self) -> SafeString:
        return mark_safe(self.picture.svg)  # noqa: S308  # its author gives letters, numbers, lines

    @property
    def view_box(self) -> str:
        width, height = self.picture.size
        return f"0 0 {width:g} {height:g}"

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


@dataclass(frozen=True)
class GridDrawing(_Drawing):
    """A grid or number line.

    y: the same as x on a number line, where it means nothing. decimal_comma: of the page.
    """

    x: GridAxis
    y: GridAxis
    decimal_comma: bool = False

    @classmethod
    def of(cls, shape: DrawnShape, ranges: list[str]) -> Self:
        """Raises InvalidDrawing."""
        axes = dict(_axis(text) for text in ranges)
        is_on_line = shape == DrawnShape.INTERVAL
        if is_on_line and "y" in axes:
            raise InvalidDrawing(_("a number line has no y"))
        x = axes.get("x", _USUAL)
        return cls(shape, x, axes.get("y", x if is_on_line else _USUAL))

    @property
    def is_on_line(self) -> bool:
        """On a number line, not in the plane."""
        return self.shape == DrawnShape.INTERVAL

    @property
    def source(self) -> str:
        """The empty grid, as a figure is written."""
        return f"number line {self.x}" if self.is_on_line else f"plot\nx {self.x}\ny {self.y}"

    def figure(self, marks: list[str]) -> str:
        return "\n".join([self.source, *marks])

    @property
    def is_decimal(self) -> bool:
        """Whether numbers between whole ones are written as 0.5, not as 1/2."""
        return not re.search(r"/|\\frac", self.x.notation + self.y.notation)

    @cached_property
    def picture(self) -> Grid:
        return draw_grid(with_last_line(self.source) if self.decimal_comma else self.source, _)

    @property
    def frame(self) -> str:
        """Left, top, right and bottom of the grid in its picture."""
        box = self.picture.box
        return f"{box.left:g} {box.top:g} {box.right:g} {box.bottom:g}"


@dataclass(frozen=True)
class RegionChoice:
    """number: the bit that stands for the region in a choice of several.

    text: the answer that it is, where one is chosen.
    """

    number: int
    outline: str
    name: str
    text: str = ""


@dataclass(frozen=True)
class RegionDrawing(_Drawing):
    """A picture whose regions are chosen: a Venn diagram, or a whole in equal parts."""

    sets: tuple[str, ...] = ()
    parts: int = 0

    @classmethod
    def of(cls, shape: DrawnShape, pieces: list[str]) -> Self:
        """Raises InvalidDrawing."""
        if shape == DrawnShape.VENN:
            if not are_sets(tuple(pieces)):
                reason = _("need two or three capital letters such as venn, A, B; not T or F")
                raise InvalidDrawing(reason)
            return cls(shape, sets=tuple(pieces))
        match = _PARTS.fullmatch(pieces[0]) if len(pieces) == 1 else None
        if not match or not 1 < int(match[1]) <= MAX_STEPS:
            reason = _("need a number of parts from 2 to %(n)d, such as %(shape)s, 8 parts")
            raise InvalidDrawing(reason % {"n": MAX_STEPS, "shape": shape.value})
        return cls(shape, parts=int(match[1]))

    @property
    def source(self) -> str:
        """The empty picture, as a figure is written."""
        return self.figure([] if self.sets else [f"0/{self.parts}"])

    def figure(self, marks: list[str]) -> str:
        return "\n".join([f"{self.shape} {', '.join(self.sets)}".strip(), *marks])

    @cached_property
    def picture(self) -> RegionPicture:
        return draw_regions(self.source, _)

    @property
    def regions(self) -> list[RegionChoice]:
        """In the order of the keyboard: what is outside of all sets is last."""
        named = zip(self.picture.outlines, self.picture.names, strict=True)
        regions = [RegionChoice(number, *region) for number, region in enumerate(named)]
        return [*regions[1:], regions[0]] if self.sets else regions


@lru_cache(maxsize=MAX_TRIED)
def _check_drawable(source: str) -> None:
    """Raises FigureError, which no cache keeps. A page reads its drawing several times."""
    draw_regions(source)


@dataclass(frozen=True)
class FieldDrawing(_Drawing):
    """A grid that lines cut into fields, of which one is chosen. decimal_comma: of the page."""

    borders: tuple[Border, ...]
    x: GridAxis
    y: GridAxis
    decimal_comma: bool = False

    @classmethod
    def of(cls, shape: DrawnShape, pieces: list[str]) -> Self:
        """Raises InvalidDrawing."""
        axes = dict(_axis(piece) for piece in pieces if _AXIS.fullmatch(piece))
        borders = tuple(_border(piece) for piece in pieces if not _AXIS.fullmatch(piece))
        if not 2 <= len(borders) <= MAX_BORDERS:
            raise InvalidDrawing(_(NEED_BORDERS))
        drawing = cls(shape, borders, axes.get("x", _USUAL), axes.get("y", _USUAL))
        try:
            _check_drawable(drawing.source)
        except FigureError as error:
            raise InvalidDrawing(error.phrase.text(_)) from error
        return drawing

    @property
    def source(self) -> str:
        """The empty picture, as a figure is written."""
        return self.figure([])

    def figure(self, marks: list[str]) -> str:
        lines = [border.condition(is_greater=False) for border in self.borders]
        return "\n".join([self.shape, f"x {self.x}", f"y {self.y}", *lines, *marks])

    @cached_property
    def picture(self) -> RegionPicture:
        return draw_regions(with_last_line(self.source) if self.decimal_comma else self.source, _)

    @cached_property
    def fields(self) -> list[Field]:
        """From left to right."""
        first, last = (self.x.first, self.y.first), (self.x.last, self.y.last)
        return fields_between(self.borders, first, last)

    @property
    def regions(self) -> list[RegionChoice]:
        """From left to right."""
        rows = zip(self.picture.outlines, self.picture.names, self.fields, strict=True)
        return [
            RegionChoice(number, outline, name, self._text(field))
            for number, (outline, name, field) in enumerate(rows)
        ]

    def _text(self, field: Field) -> str:
        text = field.condition(self.borders)
        return _POINT.sub(",", text) if self.decimal_comma else text


AnswerDrawing: TypeAlias = GridDrawing | RegionDrawing | FieldDrawing
_REGION_SHAPES = (DrawnShape.VENN, DrawnShape.BAR, DrawnShape.CIRCLE)


def read_drawing(text: str) -> AnswerDrawing:
    """Raises InvalidDrawing."""
    if len(text) > MAX_CHARACTERS:
        raise InvalidDrawing(_("need at most %(n)d characters") % {"n": MAX_CHARACTERS})
    name, *pieces = (" ".join(piece.split()) for piece in text.strip().split(","))
    if name not in list(DrawnShape):
        known = ", ".join(DrawnShape)
        if (shape := name.partition(" ")[0]) in list(DrawnShape):
            reason = _("a comma follows what is drawn, as in “%(shape)s, x from -5 to 5”")
            raise InvalidDrawing(reason % {"shape": shape})
        reason = _("it begins with what is drawn (%(known)s), got “%(text)s”")
        raise InvalidDrawing(reason % {"known": known, "text": name})
    shape = DrawnShape(name)
    if shape == DrawnShape.FIELDS:
        return FieldDrawing.of(shape, pieces)
    return (RegionDrawing if shape in _REGION_SHAPES else GridDrawing).of(shape, pieces)


def drawing_of(text: str, *, decimal_comma: bool = False) -> AnswerDrawing | None:
    """None where nothing is drawn, and for a text that was stored past the checks."""
    try:
        drawing = read_drawing(text) if text else None
    except InvalidDrawing:
        return None
    if drawing is None or isinstance(drawing, RegionDrawing):
        return drawing
    return replace(drawing, decimal_comma=decimal_comma)


def _border(text: str) -> Border:
    try:
        return Border.read(text)
    except NoBorder:
        reason = _("need a line such as y = 2x - 1 or x + y < 4, or a range, got “%(text)s”")
        raise InvalidDrawing(reason % {"text": text}) from None


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
    if number is None or max(abs(number.numerator), number.denominator) > MAX_NUMBER:
        reason = _("need a number such as 3, -1/2 or 0.25, got %(text)s")
        raise InvalidDrawing(reason % {"text": text})
    return number
