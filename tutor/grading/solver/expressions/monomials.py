"""Products as a number times powers: the form in which like terms and common factors show."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Term,
    free_names,
)
from tutor.grading.processes.work_budget import charge
from tutor.grading.solver.expressions.terms import number, power, product, quotient, whole_value
from tutor.grading.solver.expressions.written_shapes import shape

MAX_EXPONENT = 60


@dataclass(frozen=True, slots=True)
class Monomial:
    """powers: bases that are no products, each once, with exponents that are not zero.

    A base may be any term: a letter, √3, x + 1.
    """

    coefficient: Fraction
    powers: tuple[tuple[Term, Fraction], ...] = ()

    @property
    def kind(self) -> Hashable:
        """Equal for like terms."""
        return frozenset((shape(base), exponent) for base, exponent in self.powers)

    def term(self, *, decimal: bool = False) -> Term:
        if decimal and self.coefficient.denominator != 1:
            top = [number(self.coefficient, decimal=True)]
            bottom: list[Term] = []
        else:
            top = [number(self.coefficient.numerator)]
            bottom = [number(self.coefficient.denominator)]
        powers = sorted(self.powers, key=lambda pair: isinstance(pair[0], Add))  # x(x + 1)
        top += [power(base, exponent) for base, exponent in powers if exponent > 0]
        bottom += [power(base, -exponent) for base, exponent in powers if exponent < 0]
        return quotient(product(top), product(bottom))

    def times(self, other: Monomial) -> Monomial:
        return _joined(self.coefficient * other.coefficient, [*self.powers, *other.powers])

    def over(self, other: Monomial) -> Monomial:
        """Raises ZeroDivisionError."""
        inverse = [(base, -exponent) for base, exponent in other.powers]
        return _joined(self.coefficient / other.coefficient, [*self.powers, *inverse])

    def without_squared_roots(self) -> Monomial:
        """√3·√3 as 3."""
        whole = Monomial(self.coefficient)
        for base, exponent in self.powers:
            index = whole_value(base.index) if isinstance(base, Root) else None
            if isinstance(base, Root) and index and abs(exponent) >= index:
                turns = int(exponent / index)  # towards zero
                inner = monomial(Pow(base.inner, number(turns))) or Monomial(Fraction(1))
                rest = exponent - turns * index
                whole = whole.times(inner).times(_joined(Fraction(1), [(base, rest)]))
            else:
                whole = whole.times(Monomial(Fraction(1), ((base, exponent),)))
        return whole

    def with_coefficient(self, coefficient: Fraction) -> Monomial:
        return Monomial(coefficient, self.powers)


def monomial(term: Term) -> Monomial | None:
    """None where a denominator is zero."""
    coefficient = Fraction(1)
    powers: list[tuple[Term, Fraction]] = []
    waiting: list[tuple[Term, Fraction]] = [(term, Fraction(1))]
    while waiting:
        charge(8)
        factor, exponent = waiting.pop(0)
        if abs(exponent) > MAX_EXPONENT:
            return None
        match factor:
            case Num(value):
                if value == 0 and exponent <= 0:
                    return None
                coefficient *= value**exponent.numerator
            case Neg(part):
                coefficient *= 1 if exponent % 2 == 0 else -1
                waiting.insert(0, (part, exponent))
            case Mul(parts):
                waiting[:0] = [(part, exponent) for part in parts]
            case Div(top, bottom):
                waiting[:0] = [(top, exponent), (bottom, -exponent)]
            case Pow(base, raised) if (inner := _whole_exponent(raised)) is not None:
                waiting.insert(0, (base, exponent * inner))
            case _:
                powers.append((factor, exponent))
    return _joined(coefficient, powers)


def _whole_exponent(exponent: Term) -> int | None:
    if free_names(exponent):
        return None
    value = rational_value(exponent)
    return value.numerator if value is not None and value.denominator == 1 else None


def _joined(coefficient: Fraction, powers: Iterable[tuple[Term, Fraction]]) -> Monomial:
    charge(15)
    exponents: dict[Hashable, Fraction] = {}
    bases: dict[Hashable, Term] = {}
    for base, exponent in powers:
        key = shape(base)
        bases.setdefault(key, base)
        exponents[key] = exponents.get(key, Fraction(0)) + exponent
    left = tuple((bases[key], exponent) for key, exponent in exponents.items() if exponent)
    return Monomial(coefficient, left)


def is_plain(term: Term) -> bool:
    """Whether a product has one number at most, and nothing in it is left to be worked out."""
    match term:
        case Neg(part):
            return is_plain(part)
        case Mul(parts):
            numbers = [part for part in parts if rational_value(part) is not None]
            return len(numbers) <= 1 and all(
                not isinstance(part, Add | Mul | Neg) and is_plain(part) for part in parts
            )
        case Div(top, bottom):
            return not isinstance(top, Add | Div) and is_plain(top) and _is_plain_bottom(bottom)
        case Pow(base, exponent):
            is_number = rational_value(base) is not None and rational_value(exponent) is not None
            return not is_number and not isinstance(base, Add | Mul | Div)
        case Add():
            return False
    return not isinstance(term, Root | Call) or rational_value(term) is None


def _is_plain_bottom(bottom: Term) -> bool:
    return not isinstance(bottom, Div) and (bottom == ONE or is_plain(bottom))
