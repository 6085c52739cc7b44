"""Shows what the text of an answer says, drawn on the grid of its problem."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Protocol, Self

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tutor.figures import Figure
from tutor.figures.decimal_commas import with_last_line
from tutor.figures.regions.borders import NoBorder, field_of_value
from tutor.grading import Unreadable
from tutor.grading.kinds.logic_reader import letters_in, read_formula
from tutor.grading.kinds.truth_tables import TruthTable
from tutor.grading.numeric.equivalence import difference
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.tree import (
    Bracketed,
    Comparison,
    Listing,
    Term,
    Value,
    children,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.solving.real_sets import RealSet, Undecidable
from tutor.grading.solving.set_notation import real_set
from tutor.problems.drawing import (
    AnswerDrawing,
    DrawnShape,
    FieldDrawing,
    GridDrawing,
    RegionDrawing,
    drawing_of,
)
from tutor.problems.figures import figure_or_reason

MAX_WORK_S = 0.05
MAX_CACHED = 500
MAX_POINTS = 30
_TURNED = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_DEGREES = {DrawnShape.LINE: 1, DrawnShape.HALF_PLANE: 1, DrawnShape.PARABOLA: 2}


class NotDrawable(ValueError):
    """The text says nothing that belongs on this grid."""


def answer_figure(drawing: str, response: str, *, decimal_comma: bool = False) -> SafeString:
    """For a page; empty where nothing is drawn, or it cannot be drawn."""
    source = figure_source(drawing, response) if drawing else ""
    source = with_last_line(source) if source and decimal_comma else source
    figure = figure_or_reason(source) if source else ""
    if not isinstance(figure, Figure):
        return SafeString()
    return format_html(
        '<span class="figure" lang="{}">{}</span>',
        get_language() or "en",
        mark_safe(figure.svg),  # noqa: S308  # `Canvas` escapes, and numbers are all it gets
    )


@lru_cache(maxsize=MAX_CACHED)
def figure_source(drawing: str, response: str) -> str:
    """The grid with the answer on it, as a figure is written; empty where it cannot be drawn."""
    shown = drawing_of(drawing)
    marks = _marks(shown, response) if shown else None
    return shown.figure(marks.lines()) if shown and marks else ""


def chosen_regions(drawing: RegionDrawing | FieldDrawing, response: str) -> int | None:
    """The regions that a response chooses, as the bits of a number; None where it chooses none."""
    marks = _marks(drawing, response)
    return marks.chosen if isinstance(marks, RegionMarks) else None


def can_be_drawn(drawing: AnswerDrawing, answer: str) -> bool:
    """Whether a student can draw it: all that fixes it lies on crossings of the grid."""
    marks = _marks(drawing, answer)
    if isinstance(marks, RegionMarks):
        return True
    return marks is not None and isinstance(drawing, GridDrawing) and marks.fit(drawing)


class DrawnMarks(Protocol):
    def lines(self) -> list[str]:
        """Of a figure."""

    def fit(self, drawing: GridDrawing) -> bool: ...


@dataclass(frozen=True)
class PointMarks:
    points: list[tuple[Fraction, Fraction]]

    @classmethod
    def of(cls, value: Value) -> Self:
        """Raises NotDrawable."""
        is_set = isinstance(value, Bracketed) and value.opening in ("{", "{set")
        parts = children(value) if is_set or isinstance(value, Listing) else (value,)
        if len(parts) > MAX_POINTS:
            raise NotDrawable
        return cls([_point(part) for part in parts])

    def lines(self) -> list[str]:
        return [f"point ({x}, {y})" for x, y in self.points]

    def fit(self, drawing: GridDrawing) -> bool:
        return all(drawing.x.has(x) and drawing.y.has(y) for x, y in self.points)


@dataclass(frozen=True)
class IntervalMarks:
    """inside: as in a `RealSet`."""

    ends: list[Fraction]
    inside: tuple[bool, ...]

    @classmethod
    def of(cls, marked: RealSet) -> Self:
        """Raises NotDrawable."""
        ends = [rational_value(end.term) if end.term else None for end in marked.endpoints]
        known = [end for end in ends if end is not None]
        if len(known) < len(ends):
            raise NotDrawable
        return cls(known, marked.inside)

    def lines(self) -> list[str]:
        return [*self._stretches(), *self._single()]

    def fit(self, drawing: GridDrawing) -> bool:
        is_one = len(self._stretches()) == 1 and not self._single()
        is_outside = len(self.ends) == 2 and self.inside[::2] == (True, False, True)
        is_without_one = self.inside == (True, False, True)
        has_ends = bool(self.ends) and all(map(drawing.x.has, self.ends))
        return has_ends and (is_one or is_outside or is_without_one)

    def _stretches(self) -> list[str]:
        bounds = ["-inf", *map(str, self.ends), "inf"]
        inside = (False, *self.inside, False)
        return [
            f"interval {'(['[inside[2 * gap]]}{bounds[gap]}, {bounds[gap + 1]}"
            f"{')]'[inside[2 * gap + 2]]}"
            for gap in range(len(self.ends) + 1)
            if inside[2 * gap + 1]
        ]

    def _single(self) -> list[str]:
        around = (self.inside[2 * number : 2 * number + 3] for number in range(len(self.ends)))
        pairs = zip(self.ends, around, strict=True)
        return [f"point {end}" for end, shown in pairs if shown == (False, True, False)]


@dataclass(frozen=True)
class CurveMarks:
    """coefficients: from the constant on; of y in x, or x alone for a vertical line."""

    name: str
    sign: str
    coefficients: list[Fraction]

    @classmethod
    def of(cls, shape: DrawnShape, value: Value) -> Self:
        """Raises NotDrawable."""
        if not isinstance(value, Comparison) or value.op not in _TURNED:
            raise NotDrawable
        is_line = is_term(value.left) and is_term(value.right)
        if not is_line or (value.op != "=") != (shape == DrawnShape.HALF_PLANE):
            raise NotDrawable
        whole = difference(value.left, value.right)  # type: ignore[arg-type]
        if free_names(whole) - {"x", "y"}:
            raise NotDrawable
        slope, rest = _split(whole, "y")
        name = "y" if slope else "x"
        if not slope:
            slope, rest = _split(whole, "x")
        coefficients = [-coefficient / slope for coefficient in _polynomial(rest)] if slope else []
        max_degree = 0 if name == "x" else _DEGREES[shape]
        if not 0 < len(coefficients) <= max_degree + 1:
            raise NotDrawable
        return cls(name, value.op if slope > 0 else _TURNED[value.op], coefficients)

    def lines(self) -> list[str]:
        terms = [f"({value})*x^{power}" for power, value in enumerate(self.coefficients) if value]
        body = " + ".join(terms) if self.name == "y" else str(self.coefficients[0])
        return [f"{self.name} {self.sign} {body or '0'}"]

    def fit(self, drawing: GridDrawing) -> bool:
        if self.name == "x":
            return drawing.shape != DrawnShape.PARABOLA and drawing.x.has(self.coefficients[0])
        crossings = sum(drawing.y.has(self._at(x)) for x in drawing.x.values)
        if drawing.shape != DrawnShape.PARABOLA:
            return crossings >= 2
        is_bent = len(self.coefficients) == 3
        return is_bent and (crossings >= 3 or (crossings == 2 and self._has_vertex_on(drawing)))

    def _has_vertex_on(self, drawing: GridDrawing) -> bool:
        _, b, a = self.coefficients
        x = -b / (2 * a)
        return drawing.x.has(x) and drawing.y.has(self._at(x))

    def _at(self, x: Fraction) -> Fraction:
        terms = (value * x**power for power, value in enumerate(self.coefficients))
        return sum(terms, Fraction(0))


@dataclass(frozen=True)
class RegionMarks:
    """Regions that are chosen: at least one. chosen: by its bits. shown: as lines of a figure."""

    chosen: int
    shown: list[str]

    @classmethod
    def of_sets(cls, sets: tuple[str, ...], response: str, budget: WorkBudget) -> Self:
        """Raises NotDrawable or Unreadable."""
        formula = read_formula(normalize_text(response), frozenset(sets))
        if letters_in(formula) - set(sets):
            raise NotDrawable
        chosen = TruthTable(sets, budget).column(formula)
        if not chosen:
            raise NotDrawable
        regions = (n for n in range(1 << len(sets)) if chosen >> n & 1)
        return cls(chosen, [f"shade {_region(sets, n)}" for n in regions])

    @classmethod
    def of_part(cls, parts: int, value: Value) -> Self:
        """Raises NotDrawable."""
        share = rational_value(value) if is_term(value) else None
        shaded = share * parts if share is not None else Fraction(0)
        if shaded.denominator != 1 or not 0 < shaded <= parts:
            raise NotDrawable
        return cls((1 << int(shaded)) - 1, [f"{shaded}/{parts}"])

    @classmethod
    def of_field(cls, drawing: FieldDrawing, value: Value) -> Self:
        """Raises NotDrawable."""
        try:
            field = field_of_value(value, drawing.borders, drawing.fields)
        except NoBorder:
            raise NotDrawable from None
        number = drawing.fields.index(field)
        return cls(1 << number, [f"shade {field.condition(drawing.borders)}"])

    def lines(self) -> list[str]:
        return self.shown


def _region(sets: tuple[str, ...], number: int) -> str:
    """In which sets it is, and in which not."""
    return " and ".join(f"{'' if number >> m & 1 else 'not '}{name}" for m, name in enumerate(sets))


def _marks(drawing: AnswerDrawing, response: str) -> DrawnMarks | RegionMarks | None:
    for decimal_comma in (False, True):  # (1,5; 2) makes sense with a decimal comma alone
        try:
            with WorkBudget(MAX_WORK_S) as budget:
                if isinstance(drawing, RegionDrawing) and drawing.sets:
                    return RegionMarks.of_sets(drawing.sets, response, budget)
                value = read_answer(response, decimal_comma)
                if isinstance(drawing, RegionDrawing):
                    return RegionMarks.of_part(drawing.parts, value)
                if isinstance(drawing, FieldDrawing):
                    return RegionMarks.of_field(drawing, value)
                return _marks_in(drawing, value, budget)
        except (NotDrawable, Unreadable, WorkBudgetSpent, Undecidable, RecursionError):
            continue
    return None


def _marks_in(drawing: GridDrawing, value: Value, budget: WorkBudget) -> DrawnMarks:
    if drawing.shape == DrawnShape.POINTS:
        return PointMarks.of(value)
    if drawing.shape == DrawnShape.INTERVAL:
        return IntervalMarks.of(real_set(value, budget))
    return CurveMarks.of(drawing.shape, value)


def _point(value: Value) -> tuple[Fraction, Fraction]:
    if not isinstance(value, Bracketed) or len(value.parts) != 2:
        raise NotDrawable
    x, y = (rational_value(part) if is_term(part) else None for part in value.parts)
    if x is None or y is None:
        raise NotDrawable
    return x, y


def _split(whole: Term, name: str) -> tuple[Fraction, Term]:
    """(a, b) for a·name + b with a number a. Raises NotDrawable."""
    line = linear_coefficients(whole, name)
    slope = rational_value(line[0]) if line else None
    if line is None or slope is None:
        raise NotDrawable
    return slope, line[1]


def _polynomial(term: Term) -> list[Fraction]:
    """Its coefficients in x, from the constant on. Raises NotDrawable."""
    function = rational_function(term, "x")
    if function is None or function.bottom.degree() != 0:
        raise NotDrawable
    values = [coefficient / function.bottom[0] for coefficient in function.top.coeffs()]
    return [Fraction(int(value.p), int(value.q)) for value in values] or [Fraction(0)]
