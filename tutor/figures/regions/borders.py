"""Lines that cut a coordinate system into fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric.equivalence import difference
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import (
    Comparison,
    Listing,
    Logic,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
)
from tutor.grading.solving.inequalities import linear_coefficients

MAX_BORDERS = 3
_LARGEST = 10**6  # of the numbers in a line, and of their denominators
_SIGN = re.compile(r"<=|>=|\\leq?(?![a-z])|\\geq?(?![a-z])|[≤≥<>=]")
_SIGNS = {"<=": "≤", ">=": "≥", r"\le": "≤", r"\leq": "≤", r"\ge": "≥", r"\geq": "≥"}

Corner = tuple[Fraction, Fraction]
LinearForm = tuple[Fraction, Fraction, Fraction]  # a, b, c of a·x + b·y + c


class NoBorder(ValueError):
    """It is no line of the plane, or no condition that such lines decide."""


@dataclass(frozen=True)
class Border:
    """left, right: the sides as they were written. form: of their difference, left - right.

    is_closed: whether its points belong to the fields beside it.
    """

    left: str
    right: str
    form: LinearForm
    is_closed: bool

    @classmethod
    def read(cls, text: str) -> Border:
        """Of a line such as y = 2x - 1, or an inequality. Raises NoBorder."""
        signs = _SIGN.findall(text)
        if len(signs) != 1:
            raise NoBorder
        left, right = (side.strip() for side in _SIGN.split(text))
        try:
            form = _form(read_answer(left), read_answer(right))
        except (Unreadable, RecursionError) as error:
            raise NoBorder from error
        return cls(left, right, form, _SIGNS.get(signs[0], signs[0]) not in "<>")

    def at(self, corner: Corner) -> Fraction:
        a, b, c = self.form
        return a * corner[0] + b * corner[1] + c

    def is_same_line(self, form: LinearForm) -> bool:
        pairs = list(zip(self.form, form, strict=True))
        return all(p * s == q * r for p, r in pairs for q, s in pairs)

    def condition(self, is_greater: bool) -> str:
        """What holds on one side of it, as it was written."""
        signs = "≤≥" if self.is_closed else "<>"
        return f"{self.left} {signs[is_greater]} {self.right}"

    @property
    def is_upright(self) -> bool:
        return not self.form[1]

    def is_ahead(self, is_greater: bool) -> bool:
        """Whether a side of it lies above it, or to the right of an upright one."""
        a, b, _c = self.form
        return ((b or a) > 0) == is_greater


@dataclass(frozen=True)
class Field:
    """greater: of each border, on which side it lies. corners: in their order."""

    greater: tuple[bool, ...]
    corners: tuple[Corner, ...]

    def condition(self, borders: Sequence[Border]) -> str:
        """The inequalities that hold in it."""
        sides = zip(borders, self.greater, strict=True)
        return " and ".join(border.condition(side) for border, side in sides)


def fields_between(borders: Sequence[Border], first: Corner, last: Corner) -> list[Field]:
    """The fields of a window, from left to right. first, last: its opposite corners."""
    window = (first, (last[0], first[1]), last, (first[0], last[1]))
    fields = [Field((), window)]
    for border in borders:
        fields = [part for field in fields for part in _parts(field, border)]
    return sorted(fields, key=lambda field: _middle(field.corners))


def field_of(text: str, borders: Sequence[Border], fields: Sequence[Field]) -> Field:
    """The one field in which all inequalities of a text hold. Raises NoBorder."""
    try:
        value = read_answer(text)
    except (Unreadable, RecursionError) as error:
        raise NoBorder from error
    return field_of_value(value, borders, fields)


def field_of_value(value: Value, borders: Sequence[Border], fields: Sequence[Field]) -> Field:
    """The same of an answer that is read. Raises NoBorder."""
    sides: dict[int, bool] = {}
    for left, sign, right in _comparisons(value):
        number, is_greater = _side(_form(left, right), sign, borders)
        if sides.setdefault(number, is_greater) != is_greater:
            raise NoBorder
    fitting = [field for field in fields if all(field.greater[n] == s for n, s in sides.items())]
    if len(fitting) != 1:
        raise NoBorder
    return fitting[0]


def _side(form: LinearForm, sign: str, borders: Sequence[Border]) -> tuple[int, bool]:
    """The number of the border, and the side of it."""
    is_closed, is_greater = "=" in sign, sign[0] == ">"
    for number, border in enumerate(borders):
        if border.is_same_line(form) and border.is_closed == is_closed:
            own, other = next((p, q) for p, q in zip(border.form, form, strict=True) if p)
            return number, is_greater == (own * other > 0)
    raise NoBorder


def _comparisons(value: Value) -> Iterator[tuple[Value, str, Value]]:
    """Also of a chain such as 1 < x <= y."""
    match value:
        case Logic("and", parts) | Listing(parts):
            for part in parts:
                yield from _comparisons(part)
        case Comparison(sign, left, right) if sign in ("<", ">", "<=", ">="):
            if isinstance(left, Comparison):
                yield from _comparisons(left)
                left = left.right
            if isinstance(right, Comparison):
                yield from _comparisons(right)
                right = right.left
            yield left, sign, right
        case _:
            raise NoBorder


def _form(left: Value, right: Value) -> LinearForm:
    if not (is_term(left) and is_term(right)):
        raise NoBorder
    whole = difference(left, right)
    if free_names(whole) - {"x", "y"}:
        raise NoBorder
    b, rest = _split(whole, "y")
    a, constant = _split(rest, "x")
    c = rational_value(constant)
    numbers = [number for number in (a, b, c) if number is not None]
    sizes = [max(abs(number.numerator), number.denominator) for number in numbers]
    if c is None or not (a or b) or max(sizes) > _LARGEST:
        raise NoBorder
    return a, b, c


def _split(term: Term, name: str) -> tuple[Fraction, Term]:
    pair = linear_coefficients(term, name)
    slope = rational_value(pair[0]) if pair else None
    if pair is None or slope is None:
        raise NoBorder
    return slope, pair[1]


def _parts(field: Field, border: Border) -> Iterator[Field]:
    for is_greater in (False, True):
        corners = tuple(_cut(field.corners, border, 1 if is_greater else -1))
        if _area(corners):
            yield Field((*field.greater, is_greater), corners)


def _cut(corners: Sequence[Corner], border: Border, sign: int) -> Iterator[Corner]:
    """The corners of the part on one side of the border."""
    for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        before, after = sign * border.at(start), sign * border.at(end)
        if before >= 0:
            yield start
        if before * after < 0:
            share = before / (before - after)
            yield (
                start[0] + (end[0] - start[0]) * share,
                start[1] + (end[1] - start[1]) * share,
            )


def _area(corners: Sequence[Corner]) -> Fraction:
    pairs = zip(corners, [*corners[1:], *corners[:1]], strict=True)
    return abs(sum((a * d - b * c for (a, b), (c, d) in pairs), Fraction(0))) / 2


def _middle(corners: Sequence[Corner]) -> Corner:
    count = len(corners)
    return sum((x for x, _ in corners), Fraction(0)) / count, -sum(
        (y for _, y in corners), Fraction(0)
    ) / count
