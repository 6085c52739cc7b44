"""Powers with the unknown in the exponent, and numbers as powers of a common base."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Const, Pow, Sym, Term, free_names
from tutor.grading.solver.sums import Sum, Summand, as_term, collected, number, polynomial

MAX_POWER = 64


@dataclass(frozen=True, slots=True)
class Exponential:
    """A number to the power of slope·x + shift; base: a number that is no power itself, or e."""

    base: Fraction | None  # None: e
    slope: Fraction
    shift: Fraction

    @classmethod
    def of(cls, term: Term, name: str) -> Exponential | None:
        if not isinstance(term, Pow) or free_names(term.base) or name not in free_names(term):
            return None
        line = line_in(polynomial(term.exponent), name)
        if line is None:
            return None
        if term.base == Const("e"):
            return cls(None, *line)
        base = rational_value(term.base)
        if base is None or base <= 0 or base == 1:
            return None
        root, power = primitive_root(base)
        return cls(root, power * line[0], power * line[1])

    @property
    def base_term(self) -> Term:
        return Const("e") if self.base is None else number(self.base)


def line_in(parts: Sum, name: str) -> tuple[Fraction, Fraction] | None:
    """Slope and shift of a sum; None where it is not linear in the letter alone."""
    slope = shift = Fraction(0)
    for part in collected(parts):
        if part.is_number:
            shift = part.coefficient
        elif part.powers == ((Sym(name), 1),):
            slope = part.coefficient
        else:
            return None
    return slope, shift


def primitive_root(value: Fraction) -> tuple[Fraction, int]:
    """The number of which it is the highest power, with the exponent: 2 and 3 for 8."""
    if value < 1:
        root, power = primitive_root(1 / value)
        return root, -power
    exponents = [*_exponents(value.numerator).values(), *_exponents(value.denominator).values()]
    power = gcd(*exponents) if exponents else 1
    root = Fraction(_root(value.numerator, power), _root(value.denominator, power))
    return root, power


def exponent_of(value: Fraction, base: Fraction) -> int | None:
    """The whole exponent with which the base gives the value; None without any."""
    if value <= 0:
        return None
    if value == 1:
        return 0
    root, power = primitive_root(value)
    base_root, base_power = primitive_root(base)
    if root != base_root or power % base_power:
        return None
    return power // base_power


def _exponents(whole: int) -> dict[int, int]:
    """Of its prime factors; a large number counts as prime."""
    exponents: dict[int, int] = {}
    prime = 2
    while prime * prime <= whole and prime < 1_000:
        while whole % prime == 0:
            whole //= prime
            exponents[prime] = exponents.get(prime, 0) + 1
        prime += 1
    if whole > 1:
        exponents[whole] = exponents.get(whole, 0) + 1
    return exponents


def _root(whole: int, index: int) -> int:
    root = 1
    for prime, exponent in _exponents(whole).items():
        root *= prime ** (exponent // index)
    return root


def power_term(base: Term, slope: Fraction, shift: Fraction, name: str) -> Term:
    """base^(slope·x + shift)."""
    parts = [Summand(slope, ((Sym(name), 1),)), Summand(shift)]
    exponent = as_term([part for part in parts if part.coefficient])
    return Pow(base, exponent)


def whole_power(base: Term, exponent: int) -> Term:
    return Pow(base, number(Fraction(exponent)))
