"""Named points of a statement, such as A(2|-1|3): vectors between them, lengths, midpoints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from tutor.grading.parsing.tree import Add, Matrix, Neg, Num, Pow, Root, Term
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.lines import DISTANCE, MIDPOINT
from tutor.grading.working.knowledge.statement_numbers import NUMBER, number_term, read_number
from tutor.grading.working.knowledge.vectors import length_of
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_POINTS = 4
_TWO = Num(Fraction(2))
_NAMED = re.compile(
    rf"(?<![A-Za-z])([A-Z])\s?(?:=\s?|(?:is|ist|est|es) (?:the point |der Punkt |le point "
    rf"|el punto )?)?\(\s*({NUMBER}(?:\s*(?:[,;|]|\\mid)\s*{NUMBER}){{1,2}})\s*\)"
)
_POINT = rf"\(\s*{NUMBER}(?:\s*(?:[,;|]|\\mid)\s*{NUMBER}){{1,2}}\s*\)"
_AND = r"\s?(?:,|,?\s(?:and|und|et|y)\s)\s?"
_LISTED = re.compile(  # A and B have coordinates (1, -2) and (4, 2)
    rf"(?<![A-Za-z])([A-Z](?:{_AND}[A-Z]){{1,2}})\s[^\d().,;]{{3,40}}({_POINT}(?:{_AND}{_POINT}){{1,2}})"
)
_MIDPOINTS = frozenset(
    ["M", "m", "A_B", "M_A_B", "midpoint", "mittelpunkt", "milieu", "punto medio", "中点"]
)
_DISTANCES = frozenset(["d", "s", "l", "distance", "length", "abstand", "distancia", "距离"])
Point = tuple[Fraction, ...]


def named_points(text: str) -> dict[str, Point]:
    points: dict[str, Point] = {}
    text = " ".join(plain_text(text).split())
    for match in _NAMED.finditer(text):
        _note(points, match[1], match[2])
    for match in _LISTED.finditer(text):
        names, coordinates = re.findall("[A-Z]", match[1]), re.findall(r"\(([^()]+)\)", match[2])
        if len(names) == len(coordinates):
            for name, written in zip(names, coordinates, strict=True):
                _note(points, name, written)
    return dict(list(points.items())[:MAX_POINTS])


def _note(points: dict[str, Point], name: str, written: str) -> None:
    """The point with its coordinates, unless it has some or they are no numbers."""
    numbers = [read_number(part) for part in re.split(r"[,;|]|\\mid", written)]
    coordinates = tuple(number for number in numbers if number is not None)
    if len(coordinates) == len(numbers):
        points.setdefault(name, coordinates)


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    points = named_points(task.text)
    for (first, a), (second, b) in combinations(points.items(), 2):
        if len(a) == len(b):
            yield from _between(first, second, a, b, task.text)


def _between(first: str, second: str, a: Point, b: Point, text: str) -> Iterator[ExpectedQuantity]:
    steps = tuple(number_term(y - x) for x, y in zip(a, b, strict=True))
    yield ExpectedQuantity(frozenset([f"{first}_{second}"]), value=_column(steps))
    yield ExpectedQuantity(
        frozenset([f"{second}_{first}"]), value=_column([Neg(step) for step in steps])
    )
    squares = Add(tuple(Pow(step, _TWO) for step in steps))
    yield length_of(f"{first}_{second}", steps)
    yield length_of(f"{second}_{first}", steps)
    if len(a) == 3 and DISTANCE.search(text):
        names = _DISTANCES | {f"{first}_{second}"}
        forgotten = (Mistake(Slip.ROOT_FORGOTTEN, value=squares),)
        yield ExpectedQuantity(names, value=Root(squares, _TWO), mistakes=forgotten)
    if len(a) == 3 and MIDPOINT.search(text):
        middle = [number_term((x + y) / 2) for x, y in zip(a, b, strict=True)]
        half = [number_term((y - x) / 2) for x, y in zip(a, b, strict=True)]
        wrong = (Mistake(Slip.WRONG_FORMULA, value=_column(half)),)
        yield ExpectedQuantity(_MIDPOINTS, value=_column(middle), mistakes=wrong)


def _column(entries: Sequence[Term]) -> Matrix:
    return Matrix(tuple((entry,) for entry in entries))
