"""Terms as sums of products, as a pupil sees them: 3x, -2(x + 1), x/4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from math import lcm

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Term,
    free_names,
    walk,
)
from tutor.grading.processes.work_budget import charge

MAX_EXPANDED = 40  # summands of a product that is multiplied out
MAX_EXPONENT = 6  # of a bracket that is multiplied out
MAX_POWER = 64  # of a coefficient
MAX_DECIMALS = 6

_TWO = Num(Fraction(2))

Powers = tuple[tuple[Term, int], ...]


@dataclass(frozen=True, slots=True)
class Summand:
    """A coefficient times powers of terms that are no numbers; no exponent is zero.

    is_divided: whether its coefficient was written as a fraction.
    """

    coefficient: Fraction
    powers: Powers = ()
    is_divided: bool = False

    @property
    def is_number(self) -> bool:
        return not self.powers

    @property
    def key(self) -> frozenset[tuple[Term, int]]:
        """Like terms have the same."""
        return frozenset(self.powers)

    @property
    def brackets(self) -> tuple[tuple[Add, int], ...]:
        """The sums among its factors, with their exponents."""
        return tuple((base, n) for base, n in self.powers if isinstance(base, Add) and n > 0)

    @property
    def divisor(self) -> Powers:
        """The powers below the fraction line, with positive exponents."""
        return tuple((base, -n) for base, n in self.powers if n < 0)

    def times(self, other: Summand) -> Summand:
        exponents = dict(self.powers)
        for base, exponent in other.powers:
            exponents[base] = exponents.get(base, 0) + exponent
        powers = tuple((base, exponent) for base, exponent in exponents.items() if exponent)
        charge(2 + len(powers))
        return Summand(
            self.coefficient * other.coefficient, powers, self.is_divided or other.is_divided
        )

    def to_power(self, exponent: int) -> Summand:
        powers = tuple((base, n * exponent) for base, n in self.powers)
        return Summand(self.coefficient**exponent, powers, self.is_divided)

    def has_any(self, names: frozenset[str]) -> bool:
        return any(free_names(base) & names for base, _ in self.powers)

    def contains(self, part: Term) -> bool:
        return any(part in walk(base) for base, _ in self.powers)


Sum = list[Summand]


def number(value: Fraction, *, decimals: bool = False) -> Term:
    """As people write it: -3, 2/5, or 0.4 where decimals are wanted and possible."""
    if value < 0:
        return Neg(number(-value, decimals=decimals))
    if value.denominator == 1:
        return Num(value)
    if decimals and (text := decimal_text(value)):
        return Num(value, text)
    return Div(Num(Fraction(value.numerator)), Num(Fraction(value.denominator)))


def decimal_text(value: Fraction) -> str:
    """0.4 for 2/5; empty where it does not end soon."""
    for places in range(1, MAX_DECIMALS + 1):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = f"{abs(scaled.numerator):0{places + 1}}"
            return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    return ""


def summands(term: Term) -> Sum:
    """Its summands, in order. Brackets stay."""
    match term:
        case Add(parts):
            return [summand for part in parts for summand in summands(part)]
        case Neg(Add()):
            return [single(term)]
        case Neg(part):
            return [replace(s, coefficient=-s.coefficient) for s in summands(part)]
    return [single(term)]


def single(term: Term) -> Summand:
    """A term as one product; a sum is a factor of it."""
    charge(2)
    value = None if free_names(term) else rational_value(term)
    if value is not None:
        return Summand(value, is_divided=isinstance(term, Div) and value.denominator > 1)
    match term:
        case Neg(part):
            inner = single(part)
            return replace(inner, coefficient=-inner.coefficient)
        case Mul(parts):
            return reduce(Summand.times, map(single, parts))
        case Div(top, bottom):
            below = single(bottom)
            if below.coefficient:
                quotient = single(top).times(below.to_power(-1))
                is_divided = quotient.is_divided or below.coefficient not in (1, -1)
                return replace(quotient, is_divided=is_divided)
        case Pow(base, exponent):
            power = None if free_names(exponent) else rational_value(exponent)
            inner = single(base)
            if power and power.denominator == 1 and _may_be_raised(inner, power.numerator):
                return inner.to_power(power.numerator)
    return Summand(Fraction(1), ((term, 1),))


def _may_be_raised(summand: Summand, exponent: int) -> bool:
    """Whether its coefficient stays short."""
    is_plain = summand.coefficient in (1, -1) or abs(exponent) <= MAX_POWER
    return bool(summand.coefficient and summand.powers) and is_plain


def collected(parts: Iterable[Summand]) -> Sum:
    """With like terms added; each where its first was."""
    totals: dict[frozenset[tuple[Term, int]], Summand] = {}
    for part in parts:
        charge(2)
        before = totals.get(part.key)
        if before is not None:
            part = replace(
                before,
                coefficient=before.coefficient + part.coefficient,
                is_divided=before.is_divided or part.is_divided,
            )
        totals[part.key] = part
    return [part for part in totals.values() if part.coefficient]


def bracket(parts: Sequence[Summand]) -> Summand:
    """The sum as one factor."""
    if len(parts) == 1:
        return parts[0]
    return Summand(Fraction(1), ((as_term(parts), 1),))


def times(parts: Iterable[Summand], factor: Summand) -> Sum:
    return [part.times(factor) for part in parts]


def negated(parts: Iterable[Summand]) -> Sum:
    return [replace(part, coefficient=-part.coefficient) for part in parts]


def expanded(summand: Summand) -> Sum:
    """With its brackets multiplied out and like terms added; unchanged where that is too long."""
    brackets = summand.brackets
    if not brackets or any(exponent > MAX_EXPONENT for _, exponent in brackets):
        return [summand]
    rest = tuple(power for power in summand.powers if power not in brackets)
    product = [replace(summand, powers=rest)]
    for base, exponent in brackets:
        for _ in range(exponent):
            factors = [inner for part in summands(base) for inner in expanded(part)]
            product = collected(
                without_squared_roots(left.times(right)) for left in product for right in factors
            )
            if len(product) > MAX_EXPANDED:
                return [summand]
    return product


def without_squared_roots(summand: Summand) -> Summand:
    """x for (√x)², where the root stands beside nothing else that a bracket would need."""
    result = replace(summand, powers=())
    for base, exponent in summand.powers:
        factor = Summand(Fraction(1), ((base, exponent),))
        if isinstance(base, Root) and base.index == _TWO and exponent == 2:
            factor = bracket(summands(base.inner))
        result = result.times(factor)
    return result


def polynomial(term: Term) -> Sum:
    """All brackets multiplied out, like terms added."""
    return collected(part for summand in summands(term) for part in expanded(summand))


def common_denominator(parts: Iterable[Summand]) -> int:
    """The least whole number that clears the fractions among the coefficients."""
    return lcm(*(part.coefficient.denominator for part in parts))


def as_term(parts: Sequence[Summand], *, decimals: bool = False) -> Term:
    """The sum in this order; 0 where it is empty."""
    terms = [as_product(part, decimals=decimals) for part in parts]
    if not terms:
        return ZERO
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


def as_product(summand: Summand, *, decimals: bool = False) -> Term:
    coefficient = summand.coefficient
    if coefficient < 0:
        positive = as_product(replace(summand, coefficient=-coefficient), decimals=decimals)
        return Neg(positive)
    above = [power(base, n) for base, n in summand.powers if n > 0]
    below = [power(base, n) for base, n in summand.divisor]
    if below:
        top, bottom = coefficient.numerator, coefficient.denominator
        return Div(_product(Fraction(top), above), _product(Fraction(bottom), below))
    if not above:
        return number(coefficient, decimals=decimals)
    if coefficient.numerator == 1 and not (decimals and decimal_text(coefficient)):
        product = _product(Fraction(1), above)
        is_whole = coefficient.denominator == 1
        return product if is_whole else Div(product, Num(Fraction(coefficient.denominator)))
    return _times_number(number(coefficient, decimals=decimals), above)


def power(base: Term, exponent: int) -> Term:
    return base if exponent == 1 else Pow(base, Num(Fraction(exponent)))


def _product(coefficient: Fraction, factors: list[Term]) -> Term:
    return _times_number(Num(coefficient), factors)


def _times_number(coefficient: Term, factors: list[Term]) -> Term:
    if coefficient != ONE or not factors:
        factors = [coefficient, *factors]
    return factors[0] if len(factors) == 1 else Mul(tuple(factors))
