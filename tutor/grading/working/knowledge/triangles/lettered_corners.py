"""A triangle whose corners have letters: BC² = AB² + AC² and cos B = AB/BC, right-angled at A."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from tutor.grading.parsing.tree import Add, Div, Neg, Num, Pow, Root, Sym, Term
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.quantities.stated import StatedQuantity

_AT = re.compile(
    r"(?i:rectangle en|rectángulo en|right[- ]angled? at|right angle at|rechte[rn]? winkel bei"
    r"|rechtwinklig bei)\s(?:\\\()?\s?([A-Z])(?![A-Za-z])"
)
_OF_90 = re.compile(
    r"(?:(?i:angle|winkel|ángulo)|∠|\\angle)\s{0,2}(?:\\\()?\s?(?:[A-Z]([A-Z])[A-Z]|([A-Z]))"
    r"\s?(?:\\\))?\s?(?:=|(?i:is|ist|est|mide|beträgt|mesure|vaut))\s?(?:\\\()?\s?90(?!\d)"
)
_TRIANGLE = re.compile(
    r"(?:(?i:triangles?|dreiecks?|triángulos?)|三角形|△|\\triangle)\s{0,2}(?:\\\()?\s{0,2}([A-Z]{3})"
    r"(?![A-Za-z])"
)
_SEGMENT = re.compile(r"(?<![A-Za-z\\])[A-Z]{2}(?![A-Za-z])")
_TWO = Num(Fraction(2))


class Side(NamedTuple):
    """Its corners, in the order of the alphabet. length: None for the one that is sought."""

    corners: str
    length: Fraction | None

    @property
    def names_of_square(self) -> frozenset[str]:
        first, second = tuple(self.corners)
        return frozenset([f"{first}_{second}^2", f"{second}_{first}^2"])

    @property
    def square(self) -> Term:
        return Pow(Sym("_".join(self.corners)), _TWO)


def right_corner(text: str) -> str:
    """The letter of the corner with the right angle; "" where the statement tells none."""
    match = _AT.search(text) or _OF_90.search(text)
    return next(filter(None, match.groups()), "") if match else ""


def squares_of_sides(text: str, quantities: Sequence[StatedQuantity]) -> Iterator[ExpectedQuantity]:
    """Each side's square by the other two, in letters and, where they are told, in numbers."""
    corner, corners = right_corner(text), corners_of(text)
    others = sorted(corners - {corner})
    if corner not in corners or len(others) != 2:
        return
    lengths = {"".join(sorted(q.name)): q.number for q in quantities if len(q.name) == 2}
    sides = [_side(corner + other, lengths) for other in others]
    hypotenuse = _side("".join(others), lengths)
    first, second = sides
    yield from _square(hypotenuse, first, second, is_leg=False)
    yield from _square(first, hypotenuse, second, is_leg=True)
    yield from _square(second, hypotenuse, first, is_leg=True)


def ratios_of_angles(text: str, quantities: Sequence[StatedQuantity]) -> Iterator[ExpectedQuantity]:
    """Sine, cosine and tangent of both acute angles, in letters and, where told, in numbers."""
    corner, corners = right_corner(text), corners_of(text)
    acute = sorted(corners - {corner})
    if corner not in corners or len(acute) != 2:
        return
    lengths = {"".join(sorted(q.name)): q.number for q in quantities if len(q.name) == 2}
    hypotenuse = _side("".join(acute), lengths)
    legs = [_side(corner + letter, lengths) for letter in acute]
    for letter, beside, opposite in zip(acute, legs, reversed(legs), strict=True):
        sides = {"sin": (opposite, hypotenuse), "cos": (beside, hypotenuse)}
        sides["tan"] = (opposite, beside)
        for name, (top, bottom) in sides.items():
            names = frozenset([f"{name} {letter}"])
            values = list(_quotients(top, bottom))
            values += _numbers(top, bottom, _third([hypotenuse, *legs]))
            yield from (ExpectedQuantity(names, value=value) for value in values)


def _quotients(top: Side, bottom: Side) -> Iterator[Term]:
    """AB/BC, with the letters of each side in either order."""
    for above in (top.corners, top.corners[::-1]):
        for below in (bottom.corners, bottom.corners[::-1]):
            yield Div(Sym("_".join(above)), Sym("_".join(below)))


def _third(sides: Sequence[Side]) -> dict[str, Term]:
    """The squares of all sides by their corners, where two are told."""
    hypotenuse, *legs = sides
    squares = {side.corners: side.length**2 for side in sides if side.length is not None}
    if len(squares) == 2:
        told = sum(squares.get(leg.corners, Fraction(0)) for leg in legs)
        if hypotenuse.corners not in squares:
            squares[hypotenuse.corners] = Fraction(told)
        else:
            [missing] = (leg for leg in legs if leg.corners not in squares)
            squares[missing.corners] = squares[hypotenuse.corners] - told
    is_whole = len(squares) == 3 and all(square > 0 for square in squares.values())
    return {corners: Num(square) for corners, square in squares.items()} if is_whole else {}


def _numbers(top: Side, bottom: Side, squares: Mapping[str, Term]) -> Iterator[Term]:
    if squares:
        yield Root(Div(squares[top.corners], squares[bottom.corners]), _TWO)


def corners_of(text: str) -> set[str]:
    """Those of triangle ABC, or else of its sides."""
    triangle = _TRIANGLE.search(text)
    return set(triangle[1] if triangle else "".join(_SEGMENT.findall(text)))


def _side(corners: str, lengths: dict[str, Fraction]) -> Side:
    name = "".join(sorted(corners))
    return Side(name, lengths.get(name))


def _square(sought: Side, known: Side, other: Side, *, is_leg: bool) -> Iterator[ExpectedQuantity]:
    """known: the hypotenuse where a leg is sought."""
    total = Add((known.square, other.square))
    rest, swapped = (Add((a.square, Neg(b.square))) for a, b in ((known, other), (other, known)))
    wrong = (total,) if is_leg else (rest, swapped)
    mistakes = tuple(Mistake(Slip.HYPOTENUSE, value=term) for term in wrong)
    right = rest if is_leg else total
    yield ExpectedQuantity(sought.names_of_square, value=right, mistakes=mistakes)
    if known.length is None or other.length is None:
        return
    squares = known.length**2, other.length**2
    numbers = [Num(sum(squares, Fraction(0))), Num(abs(squares[0] - squares[1]))]
    right_number, wrong_number = reversed(numbers) if is_leg else numbers
    yield ExpectedQuantity(
        sought.names_of_square,
        value=right_number,
        mistakes=(Mistake(Slip.HYPOTENUSE, value=wrong_number),),
    )
