"""Points that solve two equations: x = 1 and y = 1 or x = 2 and y = 4."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import (
    Comparison,
    Logic,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget

Point = Mapping[str, Term]


def points_of(claim: Value) -> list[Point]:
    """The points that a claim lists, each with the same letters; empty for other claims."""
    if not isinstance(claim, Logic) or claim.op != "or":
        return []
    points = [_point(part) for part in claim.parts]
    known: list[Point] = [point for point in points if point]
    same_letters = len({frozenset(point) for point in known}) == 1
    return known if len(known) == len(points) and same_letters else []


def _point(value: Value) -> dict[str, Term]:
    if not isinstance(value, Logic) or value.op != "and":
        return {}
    point: dict[str, Term] = {}
    for part in value.parts:
        match part:
            case Comparison("=", Sym(name), right) if is_term(right) and not free_names(right):
                point[name] = right
            case _:
                return {}
    return point


def are_all_points(
    points: Sequence[Point],
    known: Iterable[Value],
    equations: Iterable[Comparison],
    budget: WorkBudget,
) -> bool:
    """Whether they solve the equations, and one letter has all values that are known for it."""
    return all(
        _holds(equation, point, budget)
        for equation in equations
        if free_names(equation) <= points[0].keys()
        for point in points
    ) and any(_has_all_values(value, points, budget) for value in known)


def _holds(equation: Comparison, point: Point, budget: WorkBudget) -> bool:
    left, right = equation.left, equation.right
    for name, value in point.items():
        left, right = (substitute(side, Sym(name), value) for side in (left, right))
    return is_term(left) and is_term(right) and same_value(left, right, budget).equal is True


def _has_all_values(value: Value, points: Sequence[Point], budget: WorkBudget) -> bool:
    """x = 1 or x = 2, for points with these two values of x."""
    if not isinstance(value, Logic) or value.op != "or" or len(value.parts) != len(points):
        return False
    waiting = list(points)
    for part in value.parts:
        match part:
            case Comparison("=", Sym(name), right) if is_term(right) and name in points[0]:
                same = (p for p in waiting if same_value(p[name], right, budget).equal)
                point = next(same, None)
                if point is None:
                    return False
                waiting.remove(point)
            case _:
                return False
    return True
