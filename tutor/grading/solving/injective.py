"""Equations with at most one real solution, since one side is injective."""

from __future__ import annotations

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Const,
    Div,
    Logic,
    Mul,
    Neg,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
)


def most_solutions(equation: Value, name: str) -> int | None:
    """How many real solutions it has at most, as far as its form tells; None where it does not."""
    if isinstance(equation, Logic) and equation.op == "or":
        counts = [most_solutions(part, name) for part in equation.parts]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None
    if _is_power_below_zero(equation):
        return 0
    return 1 if has_at_most_one_solution(equation, name) else None


def _is_power_below_zero(equation: Value) -> bool:
    """2^x = -1, which nothing solves."""
    match equation:
        case Comparison("=", Pow(base, exponent), right) if is_term(right):
            value = rational_value(right)
            is_positive = base == Const("e") or (rational_value(base) or 0) > 0
            return is_positive and bool(free_names(exponent)) and value is not None and value <= 0
    return False


def has_at_most_one_solution(equation: Value, name: str) -> bool:
    """Whether one side is a number and the other is injective, as 2^x and ln x are."""
    if not isinstance(equation, Comparison) or equation.op != "=":
        return False
    sides = (equation.left, equation.right)
    for side, other in (sides, sides[::-1]):
        if is_term(side) and is_term(other) and not free_names(other):
            return _is_injective(side, name)
    return False


def _is_injective(term: Term, name: str) -> bool:
    if name not in free_names(term):
        return False
    match term:
        case Sym():
            return True
        case Neg(part) | Root(part, _):
            return _is_injective(part, name)
        case Add(parts) | Mul(parts):
            moving = [part for part in parts if name in free_names(part)]
            numbers = [part for part in parts if name not in free_names(part)]
            plain = isinstance(term, Add) or all(rational_value(part) for part in numbers)
            return len(moving) == 1 and plain and _is_injective(moving[0], name)
        case Div(top, bottom) if name not in free_names(bottom):
            return _is_injective(top, name)
        case Pow(base, exponent) if not free_names(base):
            size = rational_value(base)
            grows = base == Const("e") or (size is not None and size > 0 and size != 1)
            return grows and _is_injective(exponent, name)
        case Pow(base, exponent):
            odd = rational_value(exponent)
            return odd is not None and odd.numerator % 2 == 1 and _is_injective(base, name)
        case Call("ln" | "log" | "lg" | "exp", (inner,)):
            return _is_injective(inner, name)
        case Call("log", (inner, base)) if not free_names(base):
            return _is_injective(inner, name)
    return False
