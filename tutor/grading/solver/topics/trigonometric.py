"""Simple trigonometric equations in an interval, with the angles that have exact values."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Const,
    Div,
    Neg,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    substitute,
    walk,
)
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.relations import NO_SOLUTION, relation_to_solve
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.sums import Summand, as_product, number
from tutor.grading.solver.surds import Surd, surd_of
from tutor.grading.solver.topics.cases import joined
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.working.solution_lists.periodic_solutions import Interval, interval_of

MAX_TURNS = 24  # of the argument within the interval
_HALF = Fraction(1, 2)
# The angle in the first quadrant, in half turns, by the value of sine and of tangent.
_SINES: tuple[tuple[Surd, Fraction], ...] = (
    ({}, Fraction(0)),
    ({1: _HALF}, Fraction(1, 6)),
    ({2: _HALF}, Fraction(1, 4)),
    ({3: _HALF}, Fraction(1, 3)),
    ({1: Fraction(1)}, _HALF),
)
_TANGENTS: tuple[tuple[Surd, Fraction], ...] = (
    ({}, Fraction(0)),
    ({3: Fraction(1, 3)}, Fraction(1, 6)),
    ({1: Fraction(1)}, Fraction(1, 4)),
    ({3: Fraction(1)}, Fraction(1, 3)),
)
ANGLE_MOVES = {
    "sin": MoveName.ANGLES_OF_SINE,
    "cos": MoveName.ANGLES_OF_COSINE,
    "tan": MoveName.ANGLES_OF_TANGENT,
}


def steps(position: Position) -> Iterator[Step]:
    relation, name = relation_to_solve(position)
    if relation is None or not relation.is_equation or len(relation.left) != 1:
        return
    within = interval_of(position.goal.task.equations, name)
    if within is None:
        return
    match relation.left[0]:
        case Summand(coefficient, ((Call("sin" | "cos" | "tan" as function, (argument,)), 1),)) if (
            coefficient == 1
        ):
            cases = _cases(function, argument, relation.term(1), name, within)
            if cases is not None:
                yield Step(cases, Move(ANGLE_MOVES[function]))


def _cases(function: str, argument: Term, right: Term, name: str, within: Interval) -> Value | None:
    """All solutions in the interval; None where they have no exact form."""
    value = surd_of(right)
    line = linear_coefficients(argument, name)
    slope = rational_value(line[0]) if line else None
    ends = half_turns(within.low), half_turns(within.high)
    shift = half_turns(line[1]) if line else None
    if value is None or not slope or shift is None or ends[0] is None or ends[1] is None:
        return None
    size = rational_value(right)
    if function != "tan" and size is not None and abs(size) > 1:
        return NO_SOLUTION
    families = _families(function, value)
    if families is None:
        return None
    period = Fraction(1 if function == "tan" else 2)
    solutions = {
        at
        for angle in families
        for at in _members(angle, period, shift, slope, (ends[0], ends[1]))
        if _is_inside(at, ends[0], ends[1], within)
    }
    in_degrees = any(_is_degrees(part) for part in walk(within.high))
    return joined(
        [Comparison("=", Sym(name), angle_term(at, in_degrees)) for at in sorted(solutions)]
    )


def _families(function: str, value: Surd) -> list[Fraction] | None:
    """The angles of one period, in half turns."""
    table = _TANGENTS if function == "tan" else _SINES
    negative = {key: -c for key, c in value.items()}
    angle = next((a for known, a in table if known == value), None)
    if angle is None:
        opposite = next((a for known, a in table if known == negative), None)
        if opposite is None:
            return None
        angle = -opposite
    if function == "tan":
        return [angle]
    if function == "sin":
        return [angle, 1 - angle]
    return [_HALF - angle, angle - _HALF]


def _members(
    angle: Fraction,
    period: Fraction,
    shift: Fraction,
    slope: Fraction,
    ends: tuple[Fraction, Fraction],
) -> list[Fraction]:
    turns = sorted((slope * end + shift - angle) / period for end in ends)
    return [
        (angle + turn * period - shift) / slope
        for turn in range(ceil(turns[0]), min(floor(turns[1]), ceil(turns[0]) + MAX_TURNS) + 1)
    ]


def _is_inside(at: Fraction, low: Fraction, high: Fraction, within: Interval) -> bool:
    return (low < at or (within.has_low and at == low)) and (
        at < high or (within.has_high and at == high)
    )


def half_turns(term: Term) -> Fraction | None:
    """2 for 2π and 360°; None for other terms."""
    if free_names(term):
        return None
    with_letter = substitute(term, Const("pi"), Sym("π"))
    for part in tuple(walk(with_letter)):
        if _is_degrees(part) and isinstance(part, Call):
            degrees = rational_value(part.args[0])
            if degrees is None:
                return None
            half_turn = Summand(degrees / 180, ((Sym("π"), 1),))
            with_letter = substitute(with_letter, part, as_product(half_turn))
    line = linear_coefficients(with_letter, "π")
    if line is None or rational_value(line[1]) != 0:
        return None
    return rational_value(line[0])


def _is_degrees(part: Value) -> bool:
    return isinstance(part, Call) and part.name == "degrees"


def angle_term(at: Fraction, in_degrees: bool) -> Term:
    """5π/6 or 150°."""
    if in_degrees:
        return Call("degrees", (number(180 * at),))
    if at == 0:
        return Num(Fraction(0))
    term = as_product(Summand(Fraction(abs(at.numerator)), ((Const("pi"), 1),)))
    if at.denominator > 1:
        term = Div(term, Num(Fraction(at.denominator)))
    return term if at > 0 else Neg(term)
