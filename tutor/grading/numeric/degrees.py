"""Angles without a unit that may be degrees: sin 30 = 0.5."""

from __future__ import annotations

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import ONE, Call, Div, Term, Value, rebuild
from tutor.grading.processes.work_budget import WorkBudget

PERIODIC = frozenset(["sin", "cos", "tan", "cot", "sec", "csc"])
_ANGLES = frozenset(["asin", "acos", "atan", "acot"])


def in_degrees(term: Value) -> Term:
    """The term with plain numbers as angles in degrees, and with results of arcsin in degrees."""
    result: Term = rebuild(term, in_degrees)
    match result:
        case Call(name, (angle,)) if name in PERIODIC and rational_value(angle) is not None:
            return Call(name, (Call("degrees", (angle,)),))
        case Call(name) if name in _ANGLES:
            return Div(result, Call("degrees", (ONE,)))
    return result


def equal_in_degrees(left: Term, right: Term, budget: WorkBudget) -> bool:
    """Whether the two are equal with angles in degrees instead of radians."""
    left_in_degrees, right_in_degrees = in_degrees(left), in_degrees(right)
    return (left_in_degrees, right_in_degrees) != (left, right) and bool(
        same_value(left_in_degrees, right_in_degrees, budget).equal
    )
