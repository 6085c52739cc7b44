"""Straight lines through points, and the points between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import (
    Add,
    Bracketed,
    Comparison,
    Mul,
    Num,
    Sym,
    Value,
    free_names,
    is_term,
)
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.working.knowledge.lines import Point, points_in

_RELATED = re.compile(r"parallel|perpendic|senkrecht|orthogonal|paralel|平行|垂直", re.I)
Line = tuple[Fraction, Fraction]  # slope and intercept


def line_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    points = points_in(question.statement)
    line = line_of(question.right)
    if line is not None and line[0] != line[1]:
        yield _equation(line[1], line[0], MistakeName.SWAPPED_COORDINATES)
    if line is not None and line[0]:
        is_related = question.mentions(_RELATED)
        equations = question.task.equations if is_related else ()
        given = [own for own in map(line_of, equations) if own is not None]
        for point in points[:2]:
            if point[1] == line[0] * point[0] + line[1]:
                yield from _through(line, point, given)
    if len(points) == 2:
        yield from _between(points[0], points[1], question)


def line_of(value: Value) -> Line | None:
    """Slope and intercept of y = mx + c; None for anything else."""
    pair = definition(value)
    if pair is None or pair[0] != Sym("y") or not is_term(pair[1]):
        return None
    if free_names(pair[1]) != {"x"}:
        return None
    linear = linear_coefficients(pair[1], "x")
    if linear is None:
        return None
    slope, intercept = (rational_value(part) for part in linear)
    return None if slope is None or intercept is None else (slope, intercept)


def _equation(slope: Fraction, intercept: Fraction, name: MistakeName) -> MistakenAnswer:
    line = Add((Mul((Num(slope), Sym("x"))), Num(intercept)))
    return MistakenAnswer(Comparison("=", Sym("y"), line), name)


def _through(line: Line, point: Point, given: list[Line]) -> Iterator[MistakenAnswer]:
    slope, _ = line
    x, y = point
    for own_slope, own_intercept in given:
        yield _equation(own_slope, own_intercept, MistakeName.CONDITION_NOT_USED)
        yield _equation(slope, own_intercept, MistakeName.CONDITION_NOT_USED)
    yield _equation(slope, y + slope * x, MistakeName.SIGN_ERROR)
    for other, name in (
        (1 / slope, MistakeName.SLOPE_UPSIDE_DOWN),
        (-slope, MistakeName.SIGN_ERROR),
        (-1 / slope, MistakeName.PERPENDICULAR_FOR_PARALLEL),
    ):
        if given and name == MistakeName.SLOPE_UPSIDE_DOWN:
            name = MistakeName.SIGN_ERROR  # 1/m for -1/m
        yield _equation(other, y - other * x, name)
    yield _equation(slope, x - slope * y, MistakeName.SWAPPED_COORDINATES)
    yield _equation(slope, y, MistakeName.CONSTANT_AS_Y_COORDINATE)


def _between(first: Point, second: Point, question: Question) -> Iterator[MistakenAnswer]:
    sums = [a + b for a, b in zip(first, second, strict=True)]
    steps = [b - a for a, b in zip(first, second, strict=True)]
    right = question.right
    if isinstance(right, Bracketed) and len(right.parts) == 2:
        values = [rational_value(part) for part in right.parts if is_term(part)]
        if values == [total / 2 for total in sums]:
            yield _point(MistakeName.HALF_DIFFERENCE_FOR_MEAN, [step / 2 for step in steps])
            yield _point(MistakeName.HALF_DIFFERENCE_FOR_MEAN, [-step / 2 for step in steps])
            yield _point(MistakeName.VECTOR_FOR_MIDPOINT, steps)
            yield _point(MistakeName.VECTOR_FOR_MIDPOINT, [-step for step in steps])
            yield _point(MistakeName.HALF_FORGOTTEN, sums)
        elif values == steps:
            yield _point(MistakeName.SUBTRACTED_IN_WRONG_ORDER, [-step for step in steps])
            yield _point(MistakeName.ADDED_INSTEAD_OF_SUBTRACTED, sums)
            yield _point(MistakeName.VECTOR_FOR_MIDPOINT, [total / 2 for total in sums])
    if steps[0] and question.number == steps[1] / steps[0] and steps[1] ** 2 != abs(steps[0]):
        yield MistakenAnswer(Num(steps[1]), MistakeName.STOPPED_EARLY)
    squares = steps[0] ** 2 + steps[1] ** 2
    yield from _distances(steps, squares, question)


def _point(name: MistakeName, coordinates: Iterable[Fraction]) -> MistakenAnswer:
    return MistakenAnswer(Bracketed("(", tuple(map(Num, coordinates)), ")"), name)


def _distances(
    steps: list[Fraction], squares: Fraction, question: Question
) -> Iterator[MistakenAnswer]:
    amount = question.amount
    if amount is None or free_names(amount):
        return
    squared = rational_value(Mul((amount, amount)))
    if squared != squares or 0 in steps:
        return
    yield MistakenAnswer(Num(squares), MistakeName.ROOT_FORGOTTEN)
    yield MistakenAnswer(Num(squares / 2), MistakeName.ROOT_AS_HALF)
    yield MistakenAnswer(Num(abs(steps[0]) + abs(steps[1])), MistakeName.ADDED_WITHOUT_SQUARING)
