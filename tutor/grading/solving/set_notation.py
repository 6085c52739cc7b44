"""Reads the set of real numbers that an answer describes, in any notation."""

from __future__ import annotations

from fractions import Fraction

from tutor.grading.parsing.tree import (
    Bracketed,
    Call,
    Comparison,
    Logic,
    NamedSet,
    Num,
    SetBuilder,
    SetOperation,
    Sym,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.inequalities import solve_inequality
from tutor.grading.solving.real_sets import (
    ALL_REALS,
    EMPTY_SET,
    RealSet,
    Undecidable,
    combine,
    endpoint,
    integers_in,
    interval,
    minus,
    point_set,
    union,
)

_UNKNOWN = Sym("the unknown")
_HALVES = {
    "R+": ">", "R-": "<", "R*": "!=", "R+*": ">", "R-*": "<", "R+0": ">=", "R-0": "<=",
}  # fmt: skip


def describes_set(value: Value) -> bool:
    """Whether the notation is that of intervals or inequalities, not of a point or a list."""
    match value:
        case SetOperation() | NamedSet() | SetBuilder():
            return True
        case Comparison(op, _, right):
            return op != "=" and not (op == "in" and _is_list(right))
        case Logic(_, parts):
            return any(describes_set(part) for part in parts)
    return False


def _is_list(value: Value) -> bool:
    return isinstance(value, Bracketed) and value.opening in ("{", "{set")


def may_be_interval(value: Value) -> bool:
    """Whether a value such as (1, 3) may be an interval as well as a point."""
    return (
        isinstance(value, Bracketed)
        and len(value.parts) == 2
        and value.opening in ("(", "[")
        and all(is_term(part) for part in value.parts)
    )


def unknown_of(value: Value) -> str | None:
    """The one variable of an inequality; None for several."""
    names = free_names(_with_unknown(value))
    if isinstance(value, SetBuilder):
        names = free_names(value.condition) | free_names(value.element)
    return next(iter(names)) if len(names) == 1 else None


def _with_unknown(value: Value) -> Value:
    """With f(x) in 0 < f(x) < 1 as the unknown."""
    calls = {
        side
        for part in walk(value)
        if isinstance(part, Comparison)
        for side in (part.left, part.right)
        if isinstance(side, Call) and len(side.name.strip("'_")) == 1
    }
    return substitute(value, calls.pop(), _UNKNOWN) if len(calls) == 1 else value


def real_set(value: Value, budget: WorkBudget) -> RealSet:
    """Raises Undecidable where the value is not a set of real numbers, or too hard."""
    match value:
        case NamedSet():
            return _set_named(value.name, budget)
        case SetOperation(op, left, right):
            left_set, right_set = real_set(left, budget), real_set(right, budget)
            rules = {
                "union": lambda a, b: a or b,
                "intersection": lambda a, b: a and b,
                "minus": lambda a, b: a and not b,
            }
            return combine(left_set, right_set, rules[op], budget)
        case Bracketed(opening, (low, high), closing) if may_be_interval(value):
            closed = (opening == "[", closing == "]")
            return interval(low, high, closed, budget)  # type: ignore[arg-type]
        case Bracketed("{" | "{set", parts, _):
            return point_set([endpoint(part, budget) for part in parts], budget)  # type: ignore[arg-type]
        case SetBuilder(element, condition):
            return _set_of_builder(element, condition, budget)
        case Comparison("in", _, right):
            return real_set(right, budget)
        case Comparison() | Logic():
            return _solution_set(value, budget)
        case _ if is_term(value):
            return point_set([endpoint(value, budget)], budget)
    raise Undecidable


def _set_named(name: str, budget: WorkBudget) -> RealSet:
    if name == "R":
        return ALL_REALS
    if name == "empty":
        return EMPTY_SET
    if name in _HALVES:
        return solve_inequality(Comparison(_HALVES[name], Sym("x"), Num(Fraction(0))), "x", budget)
    raise Undecidable


def _solution_set(value: Value, budget: WorkBudget) -> RealSet:
    value = _with_unknown(value)
    if isinstance(value, Logic) and any(_is_membership(part) for part in value.parts):
        parts = [real_set(part, budget) for part in value.parts]
        result = parts[0]
        for part in parts[1:]:
            if value.op == "or":
                result = union(result, part, budget)
            else:
                result = combine(result, part, lambda a, b: a and b, budget)
        return result
    names = free_names(value)
    if len(names) != 1:
        raise Undecidable
    return solve_inequality(value, next(iter(names)), budget)


def _is_membership(value: Value) -> bool:
    return isinstance(value, Comparison) and value.op == "in"


def _set_of_builder(element: Value, condition: Value, budget: WorkBudget) -> RealSet:
    domain: Value | None = None
    match element:
        case Comparison("in", Sym() as variable, right):
            domain = right
        case Sym() as variable:
            pass
        case _:
            raise Undecidable
    if isinstance(condition, Logic) and condition.op == "and" and domain is None:
        named = [part for part in condition.parts if _names_element(part, variable)]
        domains = [part.right for part in named if isinstance(part, Comparison)]
        rest = tuple(part for part in condition.parts if part not in named)
        if len(domains) == 1 and rest:
            domain = domains[0]
            condition = rest[0] if len(rest) == 1 else Logic("and", rest)
    inside = real_set(condition, budget)
    if domain is None or domain == NamedSet("R"):
        return inside
    if isinstance(domain, NamedSet) and domain.name[0] in "ZN":
        return _whole_numbers(inside, domain.name, budget)
    return combine(inside, real_set(domain, budget), lambda a, b: a and b, budget)


def _names_element(part: Value, element: Sym) -> bool:
    return isinstance(part, Comparison) and part.op == "in" and part.left == element


def _whole_numbers(inside: RealSet, name: str, budget: WorkBudget) -> RealSet:
    least = {"Z": None, "N": 0}.get(name, 1)
    if least is not None:
        below = solve_inequality(Comparison("<", Sym("x"), Num(Fraction(least))), "x", budget)
        inside = minus(inside, below, budget)
    whole_numbers = integers_in(inside)
    if whole_numbers is None:
        raise Undecidable
    return point_set([endpoint(Num(Fraction(n)), budget) for n in whole_numbers], budget)
