"""Limits of powers whose base tends to 1 and whose exponent grows without end."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from tutor.grading.numeric.polynomials import RationalFunction, rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    BigOperator,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Term,
    substitute,
    walk,
)


def with_power_limits(term: Term) -> Term:
    """With e^6 for the limit of (1 + 3/n)^(2n); limits of other kinds stay as they are."""
    for part in tuple(walk(term)):
        if isinstance(part, BigOperator) and (value := _value(part)) is not None:
            term = substitute(term, part, value)
    return term


def _value(limit: BigOperator) -> Term | None:
    """e^c, where c is the limit of (base - 1)·exponent: ln(u)/(u - 1) tends to 1 as u does."""
    match limit:
        case BigOperator("lim", Pow(base, exponent), name, low) if low is not None:
            parts = (Add((base, Neg(ONE))), exponent)
        case _:
            return None
    difference, growing, whole = (rational_function(t, name) for t in (*parts, Mul(parts)))
    if difference is None or growing is None or whole is None:
        return None
    is_endless = _limit(RationalFunction(growing.bottom, growing.top), low) == 0
    power = _limit(whole, low)
    if power is None or not is_endless or _limit(difference, low) != 0:
        return None
    return Pow(Const("e"), _number(power))


def _limit(function: RationalFunction, low: Term) -> fmpq | None:
    """None where it is endless or the goal is neither a number nor an infinity."""
    top, bottom = function.top, function.bottom
    if not bottom:
        return None
    if low in (Const("oo"), Neg(Const("oo"))):
        if not top or top.degree() < bottom.degree():
            return fmpq(0)
        is_level = top.degree() == bottom.degree()
        return top.leading_coefficient() / bottom.leading_coefficient() if is_level else None
    if (goal := rational_value(low)) is None:
        return None
    common = top.gcd(bottom)
    top, bottom = top // common, bottom // common
    at = fmpq(goal.numerator, goal.denominator)
    return top(at) / bottom(at) if bottom(at) else None


def _number(value: fmpq) -> Term:
    size = abs(value)
    whole: Term = Div(Num(Fraction(int(size.p))), Num(Fraction(int(size.q))))
    return Neg(whole) if value < 0 else whole
