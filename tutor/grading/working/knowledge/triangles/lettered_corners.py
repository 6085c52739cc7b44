"""Pythagoras in a triangle whose corners have letters: BC² = AB² + AC², right-angled at A."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from tutor.grading.parsing.tree import Add, Neg, Num, Pow, Sym, Term
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
    corner, corners = right_corner(text), _corners(text)
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


def _corners(text: str) -> set[str]:
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
