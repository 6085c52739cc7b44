"""Angles that a statement gives by a sine, a cosine or a tangent: what their other ratios are.

After sin α = 3/5 for an obtuse angle, cos α is -4/5 and sin 2α is -24/25.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import atan2, pi, tau

from flint import arb

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Comparison,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    rebuild,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.steps.statements import comparisons
from tutor.grading.steps.witnesses import value_at
from tutor.grading.working.quadrants import told_quadrants
from tutor.grading.working.task import Task

RATIOS = frozenset(["sin", "cos", "tan"])
MAX_ANGLES = 2
MAX_MULTIPLE = 4
_TWO = Num(Fraction(2))
_TRIANGLE = re.compile(r"triangle|dreieck|triángulo|三角形|△", re.IGNORECASE)
_CORNERS = frozenset("ABC")
_APART = 1e-9


@dataclass(frozen=True, slots=True)
class AngleDirection:
    """Sine and cosine of an angle."""

    sine: Term
    cosine: Term

    def __add__(self, other: AngleDirection) -> AngleDirection:
        return AngleDirection(
            Add((Mul((self.sine, other.cosine)), Mul((self.cosine, other.sine)))),
            Add((Mul((self.cosine, other.cosine)), Neg(Mul((self.sine, other.sine))))),
        )

    def __neg__(self) -> AngleDirection:
        return AngleDirection(Neg(self.sine), self.cosine)

    def ratio(self, name: str) -> Term:
        if name == "tan":
            return Div(self.sine, self.cosine)
        return self.sine if name == "sin" else self.cosine


_Directions = Mapping[str, AngleDirection]


def judge_ratio(equation: Comparison, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """An equation between ratios of given angles; None for anything else."""
    if equation.op != "=" or equation in task.equations:
        return None
    truths = _truths(equation, task, budget)
    if truths == {True}:
        return proved(ClaimRelation.EVALUATE)
    if truths != {False} or _has_decimals(equation):
        return None
    turned = replace(equation, right=Neg(equation.right))  # type: ignore[arg-type]
    slip = Slip.WRONG_BRANCH if _truths(turned, task, budget) == {True} else Slip.NONE
    witness = Witness({}, latex(equation.left), latex(equation.right))
    return refuted(ClaimRelation.EVALUATE, witness, slip)


def _truths(equation: Comparison, task: Task, budget: WorkBudget) -> set[bool | None]:
    """Whether it holds, for all signs that the statement leaves open; empty for other equations."""
    left, right, names = equation.left, equation.right, sorted(free_names(equation))
    if not 0 < len(names) <= MAX_ANGLES or not is_term(left) or not is_term(right):
        return set()
    truths = set()
    for directions in product(*(tuple(_directions(name, task, budget)) for name in names)):
        by_name = dict(zip(names, directions, strict=True))
        sides = _written_out(left, by_name), _written_out(right, by_name)
        if free_names(sides[0]) or free_names(sides[1]):
            return set()
        truths.add(same_value(*sides, budget).equal)
    return truths


def _has_decimals(equation: Comparison) -> bool:
    """Whether it may be rounded."""
    return any(isinstance(part, Num) and "." in part.text for part in walk(equation))


def _directions(name: str, task: Task, budget: WorkBudget) -> Iterator[AngleDirection]:
    """Those that an angle may have; none where the statement gives no ratio of it."""
    about = [value for value in task.equations if free_names(value) == {name}]
    given = [ratio for value in about if (ratio := _given_ratio(value)) is not None]
    bounds = [value for value in about if _bounds_angle(value)]
    if len(given) != 1 or len(given) + len(bounds) != len(about):
        return
    quadrants = told_quadrants(task, name)
    is_corner = name in _CORNERS and bool(_TRIANGLE.search(task.text))
    for direction in _of_ratio(*given[0]):
        angle = _angle(direction, budget)
        if angle is None or (quadrants and int(angle // (pi / 2)) not in quadrants):
            continue
        if is_corner and angle > pi:
            continue
        if _may_lie_in(angle, [part for v in bounds for part in comparisons(v)], budget):
            yield direction


def _given_ratio(value: Value) -> tuple[str, Term] | None:
    """sin and 3/5, for sin α = 3/5."""
    match value:
        case Comparison("=", Call(ratio, (Sym(),)), right) if ratio in RATIOS and is_term(right):
            return None if free_names(right) else (ratio, right)
    return None


def _bounds_angle(value: Value) -> bool:
    """π/2 < α < π"""
    return all(
        part.op in ("<", "<=", ">", ">=")
        and any(isinstance(s, Sym) for s in (part.left, part.right))
        for part in comparisons(value)
    )


def _of_ratio(ratio: str, value: Term) -> Iterator[AngleDirection]:
    """With both signs of what the ratio leaves open."""
    if ratio == "tan":
        cosine: Term = Div(ONE, Root(Add((ONE, Pow(value, _TWO))), _TWO))
        yield AngleDirection(Mul((value, cosine)), cosine)
        yield AngleDirection(Neg(Mul((value, cosine))), Neg(cosine))
        return
    other = Root(Add((ONE, Neg(Pow(value, _TWO)))), _TWO)
    for side in (other, Neg(other)):
        yield AngleDirection(value, side) if ratio == "sin" else AngleDirection(side, value)


def _angle(direction: AngleDirection, budget: WorkBudget) -> float | None:
    """In radians from 0 to 2π; None where the ratio is none."""
    values = [value_at(side, {}, budget) for side in (direction.sine, direction.cosine)]
    sine, cosine = (float(v.mid()) if isinstance(v, arb) else None for v in values)
    return None if sine is None or cosine is None else atan2(sine, cosine) % tau


def _may_lie_in(angle: float, bounds: Sequence[Comparison], budget: WorkBudget) -> bool:
    """Whether one of its turns does."""
    turns = (angle + tau * turn for turn in (-2, -1, 0, 1, 2))
    return any(all(_holds(bound, turn, budget) for bound in bounds) for turn in turns)


def _holds(bound: Comparison, angle: float, budget: WorkBudget) -> bool:
    sides = [
        arb(angle) if isinstance(side, Sym) else value_at(side, {}, budget)
        for side in (bound.left, bound.right)
        if is_term(side)
    ]
    low, high = sides if bound.op in ("<", "<=") else sides[::-1]
    if not isinstance(low, arb) or not isinstance(high, arb):
        return True
    return float(low.mid()) <= float(high.mid()) + _APART


def _written_out(term: Term, directions: _Directions) -> Term:
    """With the numbers of all ratios; what is no ratio of these angles stays."""
    match term:
        case Call(name, (argument,)) if name in RATIOS and is_term(argument):
            direction = _direction(argument, directions) if free_names(argument) else None
            return term if direction is None else direction.ratio(name)
    written: Term = rebuild(term, lambda part: _written_out(part, directions))
    return written


def _direction(angle: Value, directions: _Directions) -> AngleDirection | None:
    """Of a sum or a multiple of the given angles; None for any other."""
    match angle:
        case Sym(name):
            return directions.get(name)
        case Neg(part):
            turned = _direction(part, directions)
            return None if turned is None else -turned
        case Mul((Num(times), part)) if times in range(2, MAX_MULTIPLE + 1):
            return _sum([_direction(part, directions)] * int(times))
        case Add(parts):
            return _sum([_direction(part, directions) for part in parts])
    if not is_term(angle) or free_names(angle):
        return None
    return AngleDirection(Call("sin", (angle,)), Call("cos", (angle,)))


def _sum(directions: Sequence[AngleDirection | None]) -> AngleDirection | None:
    whole = directions[0]
    for direction in directions[1:]:
        whole = None if whole is None or direction is None else whole + direction
    return whole
