"""Quotients of polynomials in one letter, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq, fmpq_poly, fmpz_poly

from tutor.grading.numeric.rationals import exact
from tutor.grading.parsing.tree import Add, Div, Mul, Neg, Pow, Sym, Term, free_names

MAX_DEGREE = 60


@dataclass(frozen=True, slots=True)
class Quotient:
    top: fmpq_poly
    bottom: fmpq_poly


def quotient(term: Term, name: str) -> Quotient | None:
    """The term as a quotient of polynomials; None when it is none, or one of high degree."""
    if name not in free_names(term):
        value = exact(term)
        return None if value is None else _constant(value)
    match term:
        case Sym():
            return Quotient(fmpq_poly([0, 1]), fmpq_poly([1]))
        case Neg(part):
            inner = quotient(part, name)
            return inner and Quotient(-inner.top, inner.bottom)
        case Add(parts):
            return _sum([quotient(part, name) for part in parts])
        case Mul(parts):
            return _product([quotient(part, name) for part in parts])
        case Div(top, bottom):
            below = quotient(bottom, name)
            if below is None or not below.top:
                return None
            return _product([quotient(top, name), Quotient(below.bottom, below.top)])
        case Pow(base, exponent):
            return _power(quotient(base, name), exact(exponent))
    return None


def _constant(value: Fraction) -> Quotient:
    return Quotient(fmpq_poly([fmpq(value.numerator, value.denominator)]), fmpq_poly([1]))


def _sum(parts: list[Quotient | None]) -> Quotient | None:
    total = _constant(Fraction(0))
    for part in parts:
        if part is None or _too_large(total):
            return None
        top = total.top * part.bottom + part.top * total.bottom
        total = Quotient(top, total.bottom * part.bottom)
    return _small(total)


def _product(parts: list[Quotient | None]) -> Quotient | None:
    total = _constant(Fraction(1))
    for part in parts:
        if part is None or _too_large(total):
            return None
        total = Quotient(total.top * part.top, total.bottom * part.bottom)
    return _small(total)


def _power(base: Quotient | None, exponent: Fraction | None) -> Quotient | None:
    if base is None or exponent is None or exponent.denominator != 1:
        return None
    count = exponent.numerator
    degree = max(base.top.degree(), base.bottom.degree(), 1)
    if abs(count) * degree > MAX_DEGREE:
        return None
    if count >= 0:
        return Quotient(base.top**count, base.bottom**count)
    return Quotient(base.bottom**-count, base.top**-count) if base.top else None


def _too_large(value: Quotient) -> bool:
    return max(value.top.degree(), value.bottom.degree()) > MAX_DEGREE


def _small(value: Quotient) -> Quotient | None:
    return None if _too_large(value) else value


def zeros(value: Quotient, *, distinct: bool = True) -> fmpq_poly:
    """The polynomial with the zeros of the quotient, and 1 before its highest power.

    distinct: each zero once, instead of as often as it is one.
    """
    top = value.top
    if not top:
        return top
    common = top.gcd(value.bottom)
    top = _monic(top // common)
    if distinct and top.degree() > 0:
        top = _monic(top // top.gcd(top.derivative()))
    return top


def _monic(value: fmpq_poly) -> fmpq_poly:
    return value / value[value.degree()] if value.degree() >= 0 else value


def integer_polynomial(value: fmpq_poly) -> fmpz_poly:
    return (value * value.denom()).numer()
