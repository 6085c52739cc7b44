"""Leaves out of an equation what cannot be zero: x² e^(-x) = 0 has the solutions of x² = 0."""

from __future__ import annotations

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Comparison,
    Const,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.solving.equations import vanishing_term
from tutor.grading.solving.inequalities import linear_coefficients

_FACTOR = "\x00factor"


def without_exponential_factor(value: Value) -> Value:
    """The equation without the only exponential in it, where that is a factor of the whole."""
    side = vanishing_term(value)
    if side is None or not isinstance(value, Comparison):
        return value
    powers = {part for part in walk(side) if isinstance(part, Pow) and _is_positive(part)}
    if len(powers) != 1:
        return value
    line = linear_coefficients(substitute(side, next(iter(powers)), Sym(_FACTOR)), _FACTOR)
    if line is None or rational_value(line[1]) != 0 or not free_names(line[0]):
        return value
    return Comparison("=", line[0], ZERO)


def without_positive_factors(value: Value) -> Value:
    """x(2 + x) = 0 for x·eˣ·(2 + x) = 0, and 2x + x² = 0 for 2x·eˣ + x²·eˣ = 0."""
    match value:
        case Comparison("=", side, Num(0)) if is_term(side):
            powers = {part for part in walk(side) if isinstance(part, Pow) and _is_positive(part)}
        case _:
            return value
    if len(powers) != 1:
        return value
    line = linear_coefficients(substitute(side, powers.pop(), Sym(_FACTOR)), _FACTOR)
    if line is None or not _vanishes(line[1]) or not free_names(line[0]):
        return value
    return Comparison("=", line[0], ZERO)


def _vanishes(term: Value) -> bool:
    """Whether it is zero as it is written: 0·(2 + x) + 0."""
    match term:
        case Mul(parts):
            return any(map(_vanishes, parts))
        case Add(parts):
            return all(map(_vanishes, parts))
        case Neg(part):
            return _vanishes(part)
    return isinstance(term, Num) and not term.value


def _is_positive(power: Pow) -> bool:
    is_base_positive = isinstance(power.base, Const) or (
        isinstance(power.base, Num) and power.base.value > 0
    )
    return is_base_positive and bool(free_names(power.exponent)) and not free_names(power.base)
