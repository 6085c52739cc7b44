"""Rational functions in one variable, computed exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq, fmpq_poly, fmpz_poly

from tutor.grading.numeric import operation_work
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Div, Mul, Neg, Pow, Sym, Term, free_names
from tutor.grading.processes.work_budget import charge

MAX_DEGREE = 60


@dataclass(frozen=True, slots=True)
class RationalFunction:
    top: fmpq_poly
    bottom: fmpq_poly

    @property
    def work(self) -> float:
        """Of an operation with it, in microseconds."""
        return self.work_of_power(1)

    def work_of_power(self, exponent: int) -> float:
        degree = max(self.top.degree(), self.bottom.degree(), 1)
        bits = operation_work.bits_of_polynomial(self.top) + operation_work.bits_of_polynomial(
            self.bottom
        )
        return operation_work.of_polynomials(exponent * degree, exponent * bits)


def rational_function(term: Term, name: str) -> RationalFunction | None:
    """The term as a quotient of polynomials; None if it is not one or its degree is too high."""
    if name not in free_names(term):
        value = rational_value(term)
        return None if value is None else _constant(value)
    match term:
        case Sym():
            return RationalFunction(fmpq_poly([0, 1]), fmpq_poly([1]))
        case Neg(part):
            inner = rational_function(part, name)
            return inner and RationalFunction(-inner.top, inner.bottom)
        case Add(parts):
            return _sum([rational_function(part, name) for part in parts])
        case Mul(parts):
            return _product([rational_function(part, name) for part in parts])
        case Div(top, bottom):
            below = rational_function(bottom, name)
            if below is None or not below.top:
                return None
            return _product(
                [rational_function(top, name), RationalFunction(below.bottom, below.top)]
            )
        case Pow(base, exponent):
            return _power(rational_function(base, name), rational_value(exponent))
    return None


def _constant(value: Fraction) -> RationalFunction:
    return RationalFunction(fmpq_poly([fmpq(value.numerator, value.denominator)]), fmpq_poly([1]))


def _sum(parts: list[RationalFunction | None]) -> RationalFunction | None:
    total = _constant(Fraction(0))
    for part in parts:
        if part is None or _too_large(total):
            return None
        charge(total.work + part.work)
        top = total.top * part.bottom + part.top * total.bottom
        total = RationalFunction(top, total.bottom * part.bottom)
    return _small(total)


def _product(parts: list[RationalFunction | None]) -> RationalFunction | None:
    total = _constant(Fraction(1))
    for part in parts:
        if part is None or _too_large(total):
            return None
        charge(total.work + part.work)
        total = RationalFunction(total.top * part.top, total.bottom * part.bottom)
    return _small(total)


def _power(base: RationalFunction | None, exponent: Fraction | None) -> RationalFunction | None:
    if base is None or exponent is None or exponent.denominator != 1:
        return None
    count = exponent.numerator
    degree = max(base.top.degree(), base.bottom.degree(), 1)
    if abs(count) * degree > MAX_DEGREE:
        return None
    charge(base.work_of_power(abs(count)))
    if count >= 0:
        return RationalFunction(base.top**count, base.bottom**count)
    return RationalFunction(base.bottom**-count, base.top**-count) if base.top else None


def _too_large(value: RationalFunction) -> bool:
    return max(value.top.degree(), value.bottom.degree()) > MAX_DEGREE


def _small(value: RationalFunction) -> RationalFunction | None:
    return None if _too_large(value) else value


def polynomial_of_zeros(value: RationalFunction, *, distinct: bool = True) -> fmpq_poly:
    """The monic polynomial with the zeros of the function, where the function has a value.

    distinct: with each zero once, instead of with its multiplicity.
    """
    top = value.top
    if not top:
        return top
    charge(2 * value.work)
    while (common := top.gcd(value.bottom)).degree() > 0:
        top = top // common  # x²/x is not zero at 0: it has no value there
    top = _monic(top)
    if distinct and top.degree() > 0:
        top = _monic(top // top.gcd(top.derivative()))
    return top


def _monic(value: fmpq_poly) -> fmpq_poly:
    return value / value[value.degree()] if value.degree() >= 0 else value


def integer_polynomial(value: fmpq_poly) -> fmpz_poly:
    return (value * value.denom()).numer()
