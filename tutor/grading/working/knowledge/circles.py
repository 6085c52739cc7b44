"""Circles that a statement gives: the centre and the radius from the equation, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    Comparison,
    Matrix,
    Num,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.lines import points_in
from tutor.grading.working.knowledge.statement_numbers import NUMBER, number_term, read_number
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

_CENTRES = frozenset(
    ["M", "C", "O", "Z", "centre", "center", "mittelpunkt", "centro", "圆心", "zentrum"]
)
_RADII = frozenset(["r", "R", "radius", "rayon", "radio", "半径"])
_CIRCLE = words(r"circles?|kreis\w*|cercles?|círculos?|circunferencias?", "圆")
_RADIUS = re.compile(
    r"(?:radius|rayon|radio|半径)"
    rf"(?:\s*(?:of|is|ist|von|de|est|es|r|=|为|是|:)){{0,3}}\s*({NUMBER})(?![\d/^²])",
    re.IGNORECASE,
)
_CENTRE_AND_POINT = re.compile(  # the circle with centre M(1|2) through P(4|6)
    r"(?:cent(?:re|er|ro)|mittelpunkt|圆心)[^()]{1,20}\([^()]{1,20}\)[^()]{0,40}"
    r"(?:through|durch|pass|par\b|por\b|pasa|过)",
    re.IGNORECASE,
)
_SAMPLE = (Fraction(2), Fraction(3))  # where a quadratic of another kind differs


@dataclass(frozen=True, slots=True)
class Circle:
    """(x - a)² + (y - b)² = square"""

    a: Fraction
    b: Fraction
    square: Fraction


def circle_of(equation: Value) -> Circle | None:
    """None for anything else than a circle in x and y."""
    match equation:
        case Comparison("=", left, right) if free_names(equation) == {"x", "y"}:
            if is_term(left) and is_term(right):
                return _circle(left, right)
    return None


def _circle(left: Term, right: Term) -> Circle | None:
    points = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), _SAMPLE)
    values = [_difference(left, right, Fraction(x), Fraction(y)) for x, y in points]
    numbers = [value for value in values if value is not None]
    if len(numbers) < len(points):
        return None
    c, east, west, north, south, both, sample = numbers
    p, q, d, e = (east + west) / 2 - c, (north + south) / 2 - c, (east - west) / 2, north - south
    e /= 2
    x, y = _SAMPLE
    is_circle = p == q != 0 and both == 2 * p + d + e + c
    if not is_circle or sample != p * (x * x + y * y) + d * x + e * y + c:
        return None
    a, b = -d / (2 * p), -e / (2 * p)
    square = a * a + b * b - c / p
    return Circle(a, b, square) if square > 0 else None


def _difference(left: Term, right: Term, x: Fraction, y: Fraction) -> Fraction | None:
    values = [
        rational_value(
            substitute(substitute(side, Sym("x"), number_term(x)), Sym("y"), number_term(y))
        )
        for side in (left, right)
    ]
    before, after = values
    return None if before is None or after is None else before - after


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    circles = [circle for value in task.equations if (circle := circle_of(value))]
    if len(circles) != 1:
        return
    [circle] = circles
    wrong = [
        (Slip.LOST_SIGN, (-circle.a, -circle.b)),
        (Slip.LOST_SIGN, (-circle.a, circle.b)),
        (Slip.LOST_SIGN, (circle.a, -circle.b)),
        (Slip.HALF_FORGOTTEN, (2 * circle.a, 2 * circle.b)),
        (Slip.HALF_FORGOTTEN, (-2 * circle.a, -2 * circle.b)),
    ]
    centre = (circle.a, circle.b)
    mistakes = tuple(Mistake(slip, value=_point(point)) for slip, point in wrong if point != centre)
    yield ExpectedQuantity(_CENTRES, value=_point(centre), mistakes=mistakes)
    square = number_term(circle.square)
    forgotten = (Mistake(Slip.ROOT_FORGOTTEN, value=square),) if circle.square != 1 else ()
    yield ExpectedQuantity(_RADII, value=Root(square, Num(Fraction(2))), mistakes=forgotten)


def stated_circle(task: Task) -> Circle | None:
    """By its centre and its radius, or a point on it, as M(2|-3) and radius 4.

    None where the statement has another curve, or more points or radii.
    """
    has_curve = any({"x", "y"} <= free_names(value) for value in task.equations)
    if has_curve or not _CIRCLE.search(task.text):
        return None
    points, text = points_in(task.text), plain_text(task.text)
    radii = [read_number(number) for number in _RADIUS.findall(text)]
    match points, radii:
        case [centre], [Fraction() as radius] if radius:
            return Circle(*centre, radius * radius)
        case [(a, b), (x, y)], [] if _CENTRE_AND_POINT.search(text):
            return Circle(a, b, (x - a) ** 2 + (y - b) ** 2)
    return None


def judge_circle(equation: Comparison, stated: Circle) -> ClaimResult | None:
    """Whether it is the stated circle; None for anything else than a circle in x and y."""
    written = circle_of(equation)
    if written is None:
        return None
    if written == stated:
        return proved(ClaimRelation.EVALUATE)
    witness = Witness({}, latex(equation.left), latex(equation.right))
    return refuted(ClaimRelation.EVALUATE, witness, _slip(written, stated))


def _slip(written: Circle, stated: Circle) -> Slip:
    """NONE for an unusual mistake."""
    if (written.a, written.b) == (stated.a, stated.b):
        ratio = written.square * written.square / stated.square  # (r²)² / R²
        slips = {Fraction(1): Slip.SQUARE_FORGOTTEN, Fraction(4): Slip.DOUBLED_FOR_SQUARED}
        return slips.get(ratio, Slip.NONE)
    sizes = [(abs(circle.a), abs(circle.b), circle.square) for circle in (written, stated)]
    return Slip.LOST_SIGN if sizes[0] == sizes[1] else Slip.NONE


def _point(point: tuple[Fraction, Fraction]) -> Matrix:
    return Matrix(tuple((number_term(part),) for part in point))
