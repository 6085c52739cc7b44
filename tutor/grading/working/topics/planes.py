"""Values of a term in x and y at points, and the corners of a region: linear programming."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import combinations

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Listing,
    Neg,
    Num,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.lines import points_in
from tutor.grading.working.task import Task

Point = tuple[Fraction, Fraction]
_NUMBER = r"-?\d{1,6}(?:\.\d{1,4}|/[1-9]\d{0,3})?"
_AT_POINT = re.compile(
    rf"\s?([A-Za-z])\s?\(\s?({_NUMBER})\s?[,;|，；]\s?({_NUMBER})\s?\)\s?=\s?([^=].{{0,80}})"
)
_CORNERS = words(
    r"corners?|corner points|vertices|vertex|ecken|eckpunkte|sommets?|vértices?", "顶点|端点"
)
_NOT_NEGATIVE = re.compile(r"x\s?,\s?y\s?(?:\\geq?(?![a-z])|≥|>=)\s?0(?![.\d])")
_COORDINATES = frozenset("xy")
MAX_CONSTRAINTS = 8
MIN_CORNERS = 3


def judge_value_at_point(text: str, task: Task) -> ClaimResult | None:
    """P(6, 4) = 30 + 16 = 46 for P = 5x + 4y of the problem; None for anything else."""
    match = _AT_POINT.fullmatch(text.strip(" ✓.,;"))
    body = _term_called(match[1], task) if match is not None else None
    if match is None or body is None:
        return None
    point = Fraction(match[2]), Fraction(match[3])
    right = _value_at(body, point)
    told = [_number(side) for side in match[4].split("=")]
    if right is None or None in told:
        return None
    if all(value == right for value in told):
        return proved(ClaimRelation.SUBSTITUTE)
    wrong = next(value for value in told if value != right)
    at = {name: str(value) for name, value in zip("xy", point, strict=True)}
    return refuted(ClaimRelation.SUBSTITUTE, Witness(at, str(wrong), str(right)))


def judge_corners(text: str, task: Task) -> ClaimResult | None:
    """Proved for all corners of the region that the problem's inequalities bound.

    Refuted where one of the points lies outside or is no corner. None for anything else.
    """
    points = points_in(text)
    if len(points) < MIN_CORNERS or not _CORNERS.search(text):
        return None
    corners = set(_corners(list(_constraints(task))))
    if len(corners) < MIN_CORNERS:
        return None
    outside = [point for point in points if point not in corners]
    if outside:
        at = {name: str(value) for name, value in zip("xy", outside[0], strict=True)}
        return refuted(ClaimRelation.SOLVE, Witness(at, "", ""))
    is_all = corners == set(points)
    return proved(ClaimRelation.SOLVE) if is_all else unchecked(ClaimRelation.SOLVE)


def _term_called(letter: str, task: Task) -> Term | None:
    for equation in task.equations:
        match equation:
            case Comparison("=", Sym(name), body) if name == letter and is_term(body):
                if free_names(body) == _COORDINATES:
                    return body
    return None


def _number(text: str) -> Fraction | None:
    with suppress(Unreadable, RecursionError):
        value = read_expression(text)
        if is_term(value) and not free_names(value):
            return rational_value(value)
    return None


def _value_at(term: Term, point: Point) -> Fraction | None:
    for name, value in zip("xy", point, strict=True):
        size = Num(abs(value))
        term = substitute(term, Sym(name), Neg(size) if value < 0 else size)
    return rational_value(term)


def _constraints(task: Task) -> Iterator[tuple[Fraction, Fraction, Fraction]]:
    """a, b and c of ax + by ≤ c."""
    if _NOT_NEGATIVE.search(task.text):
        yield Fraction(-1), Fraction(0), Fraction(0)
        yield Fraction(0), Fraction(-1), Fraction(0)
    for equation in task.equations:
        for part in walk(equation):
            if isinstance(part, Comparison) and part.op in ("<", "<=", ">", ">="):
                for left in part.left.parts if isinstance(part.left, Listing) else (part.left,):
                    yield from _constraint(left, part.op, part.right)


def _constraint(
    left: Value, op: str, right: Value
) -> Iterator[tuple[Fraction, Fraction, Fraction]]:
    if not is_term(left) or not is_term(right):
        return
    side = Add((left, Neg(right)))
    corners = [(0, 0), (1, 0), (0, 1), (2, 3)]
    values = [_value_at(side, (Fraction(x), Fraction(y))) for x, y in corners]
    if not free_names(side) <= _COORDINATES or None in values:
        return
    base, by_x, by_y, far = (value or Fraction(0) for value in values)
    a, b = by_x - base, by_y - base
    if far == base + 2 * a + 3 * b:
        sign = 1 if op in ("<", "<=") else -1
        yield sign * a, sign * b, -sign * base


def _corners(constraints: list[tuple[Fraction, Fraction, Fraction]]) -> Iterator[Point]:
    for (a, b, c), (d, e, f) in combinations(constraints[:MAX_CONSTRAINTS], 2):
        determinant = a * e - b * d
        if determinant:
            x, y = (c * e - b * f) / determinant, (a * f - c * d) / determinant
            if all(p * x + q * y <= r for p, q, r in constraints):
                yield x, y
