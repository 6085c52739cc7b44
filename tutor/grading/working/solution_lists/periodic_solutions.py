"""Solutions of sin, cos and tan within an interval: are all of them listed?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from flint import arb, fmpq

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import alternatives
from tutor.grading.parsing.tree import (
    Add,
    Bracketed,
    Call,
    Comparison,
    Div,
    Logic,
    Neg,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.inequalities import linear_coefficients

MAX_TURNS = 40  # of the argument within the interval


@dataclass(frozen=True, slots=True)
class Interval:
    low: Term
    high: Term
    has_low: bool  # whether it contains its ends
    has_high: bool


@dataclass(frozen=True, slots=True)
class PeriodicEquation:
    """sin, cos or tan of slope·x + shift is `value`."""

    function: str
    argument: Term
    slope: Fraction
    shift: Term
    value: Term

    @classmethod
    def of(cls, equation: Value, name: str) -> PeriodicEquation | None:
        match equation:
            case Comparison("=", Call("sin" | "cos" | "tan" as function, (argument,)), value):
                pass
            case _:
                return None
        line = linear_coefficients(argument, name)
        slope = rational_value(line[0]) if line else None
        if line is None or not slope or not is_term(value) or free_names(value):
            return None
        return cls(function, argument, slope, line[1], value)

    def holds_at(self, name: str, at: Term, budget: WorkBudget) -> bool:
        argument = substitute(self.argument, Sym(name), at)
        return same_value(Call(self.function, (argument,)), self.value, budget).equal is True

    def count(self, name: str, within: Interval, budget: WorkBudget) -> int | None:
        """How many solutions lie in the interval; None where that is not certain."""
        with precision(BASE_BITS):
            try:
                low, high, shift, value = (
                    _ball(term, budget)
                    for term in (within.low, within.high, self.shift, self.value)
                )
            except (Undefined, KeyError, OverflowError):
                return None
            total = 0
            for angle, period in self._families(value):
                for at in _members(angle, period, shift, self.slope, (low, high)):
                    budget.check()
                    if at.overlaps(low):
                        total += within.has_low and self.holds_at(name, within.low, budget)
                    elif at.overlaps(high):
                        total += within.has_high and self.holds_at(name, within.high, budget)
                    else:
                        total += bool(low < at < high)
            return total

    def _families(self, value: arb) -> list[tuple[arb, arb]]:
        """Angles with their periods; each solution belongs to one of them."""
        pi = arb.pi()
        if self.function == "tan":
            return [(value.atan(), pi)]
        exact = rational_value(self.value)
        if abs(value) > 1:
            return []
        angle = value.asin() if self.function == "sin" else value.acos()
        if exact is not None and abs(exact) == 1:
            return [(angle, 2 * pi)]
        return [(angle, 2 * pi), (pi - angle if self.function == "sin" else -angle, 2 * pi)]


def _ball(term: Term, budget: WorkBudget) -> arb:
    value = Evaluator({}, budget, real=True).value(term)
    if not isinstance(value, arb) or not value.is_finite():
        raise Undefined
    return value


def _members(
    angle: arb, period: arb, shift: arb, slope: Fraction, ends: tuple[arb, arb]
) -> list[arb]:
    """The solutions between the ends, or near them."""
    factor = arb(fmpq(slope.numerator, slope.denominator))
    turns = sorted(float(((factor * end + shift - angle) / period).mid()) for end in ends)
    first, last = ceil(turns[0] - 1e-6), floor(turns[1] + 1e-6)
    if last - first > MAX_TURNS:
        raise Undefined
    return [(angle + turn * period - shift) / factor for turn in range(first, last + 1)]


def interval_of(conditions: Sequence[Value], name: str) -> Interval | None:
    """Between 0 and 2π, from 0 ≤ x and x < 2π or x ∈ [0, 2π); None where an end is missing."""
    low: tuple[Term, bool] | None = None
    high: tuple[Term, bool] | None = None
    for condition in conditions:
        for part in condition.parts if isinstance(condition, Logic) else (condition,):
            match part:
                case Comparison("in", Sym(other), Bracketed(opening, (a, b), closing)):
                    if other == name and is_term(a) and is_term(b):
                        low, high = (a, opening == "["), (b, closing == "]")
                case Comparison("<" | "<=" | ">" | ">=" as op, left, right):
                    if op in (">", ">="):
                        left, right = right, left
                    is_closed = op in ("<=", ">=")
                    if right == Sym(name) and is_term(left) and not free_names(left):
                        low = left, is_closed
                    elif left == Sym(name) and is_term(right) and not free_names(right):
                        high = right, is_closed
    if low is None or high is None:
        return None
    return Interval(low[0], high[0], low[1], high[1])


def are_all_solutions(
    premises: Sequence[Value], claim: Value, name: str, budget: WorkBudget
) -> bool:
    """x = π/6 or x = 5π/6, after sin x = 1/2 and for 0 ≤ x < 2π."""
    within = interval_of(premises, name)
    cases = alternatives(claim)
    values = [value for case in cases if (value := _value_in(case, name)) is not None]
    if within is None or len(values) < len(cases):
        return False
    for premise in reversed(premises):
        equations = [PeriodicEquation.of(part, name) for part in alternatives(premise)]
        known = [equation for equation in equations if equation is not None]
        if known and len(known) == len(equations):
            return _are_all(known, values, name, within, budget)
    return False


def _value_in(case: Value, name: str) -> Term | None:
    """π/6 in x = π/6 and in 2x = π/3; None for anything else."""
    match case:
        case Comparison("=", left, right) if is_term(left) and is_term(right):
            line = linear_coefficients(left, name)
            if line is None or free_names(right) or not rational_value(line[0]):
                return None
            is_plain = left == Sym(name)
            return right if is_plain else Div(Add((right, Neg(line[1]))), line[0])
    return None


def _are_all(
    equations: Sequence[PeriodicEquation],
    values: Sequence[Term],
    name: str,
    within: Interval,
    budget: WorkBudget,
) -> bool:
    for number, value in enumerate(values):
        if not _is_within(value, within, budget):
            return False
        if any(same_value(value, other, budget).equal is not False for other in values[:number]):
            return False
        if not any(equation.holds_at(name, value, budget) for equation in equations):
            return False
    counts = [equation.count(name, within, budget) for equation in equations]
    return None not in counts and sum(filter(None, counts)) == len(values)


def _is_within(value: Term, within: Interval, budget: WorkBudget) -> bool:
    with precision(BASE_BITS):
        try:
            at, low, high = (_ball(term, budget) for term in (value, within.low, within.high))
        except (Undefined, KeyError, OverflowError):
            return False
        if at.overlaps(low):
            return within.has_low and same_value(value, within.low, budget).equal is True
        if at.overlaps(high):
            return within.has_high and same_value(value, within.high, budget).equal is True
        return bool(low < at < high)
