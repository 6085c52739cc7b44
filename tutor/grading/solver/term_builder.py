"""Builds terms as a teacher writes them: 6x, not 3·2·x·1 + 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from flint import fmpq_poly

from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    substitute,
)

TWO = Num(Fraction(2))


def number(value: Fraction | int) -> Term:
    """3, -3 or 3/4, without a negative numeral."""
    size = abs(Fraction(value))
    term: Term = Num(Fraction(size.numerator))
    if size.denominator != 1:
        term = Div(term, Num(Fraction(size.denominator)))
    return Neg(term) if value < 0 else term


def numeral(term: Term) -> Fraction | None:
    """The value of a term that `number` could have built, or of a decimal; None for others."""
    match term:
        case Num(value):
            return value
        case Neg(part):
            inner = numeral(part)
            return None if inner is None else -inner
        case Div(Num() | Neg(Num()) as top, Num(bottom)) if bottom:
            above = numeral(top)
            return None if above is None else above / bottom
    return None


def is_plain(term: Term) -> bool:
    """Whether nothing is left to work out: 3/4, √2, 2π, e²."""
    if numeral(term) is not None:
        return True
    match term:
        case Const() | Call("percent" | "degrees", (Num(),)):
            return True
        case Neg(part) | Root(part, Num()) | Call("ln" | "lg", (part,)):
            return is_plain(part) and not isinstance(part, Neg)
        case Pow(Const(), exponent):
            return numeral(exponent) is not None
        case Mul((first, *others)):
            rest = [part for part in others if numeral(part) is None and is_plain(part)]
            return is_plain(first) and len(rest) == len(others)
        case Div(top, Num()):
            return is_plain(top)
    return False


def total(parts: Iterable[Term]) -> Term:
    """The sum, without zeros and without brackets in it."""
    flat: list[Term] = []
    for part in parts:
        flat += part.parts if isinstance(part, Add) else (part,)
    summands = tuple(part for part in flat if numeral(part) != 0)
    if not summands:
        return ZERO
    return summands[0] if len(summands) == 1 else Add(summands)


def difference(left: Term, right: Term) -> Term:
    return total([left, negative(right)])


def negative(term: Term) -> Term:
    match term:
        case Neg(part):
            return part
        case Add(parts):
            return Neg(Add(parts))
    value = numeral(term)
    return Neg(term) if value is None else number(-value)


def product(*factors: Term) -> Term:
    """With its numbers multiplied and in front, and one fraction bar."""
    coefficient, tops, bottoms = Fraction(1), list[Term](), list[Term]()
    for factor in factors:
        coefficient *= _take(factor, tops, bottoms)
    if not coefficient:
        return ZERO
    size = abs(coefficient)
    above, below = Fraction(size.numerator), Fraction(size.denominator)
    tops.sort(key=_is_function)  # 2x·e^x
    top = multiplied(([Num(above)] if above != 1 else []) + tops)
    bottom = multiplied(([Num(below)] if below != 1 else []) + bottoms)
    term = top if bottom == ONE else Div(top, bottom)
    return Neg(term) if coefficient < 0 else term


def _is_function(factor: Term) -> bool:
    match factor:
        case Sym() | Pow(Sym(), _):
            return False
    return True


def quotient(top: Term, bottom: Term) -> Term:
    """With common numbers cancelled."""
    value = numeral(bottom)
    if value:
        return product(number(1 / value), top)
    return product(top, Div(ONE, bottom))


def _take(factor: Term, tops: list[Term], bottoms: list[Term]) -> Fraction:
    """Put what is no number into the lists; the number."""
    value = numeral(factor)
    if value is not None:
        return value
    match factor:
        case Neg(part):
            return -_take(part, tops, bottoms)
        case Mul(parts):
            coefficient = Fraction(1)
            for part in parts:
                coefficient *= _take(part, tops, bottoms)
            return coefficient
        case Div(top, bottom):
            below = _take(bottom, bottoms, tops)
            return _take(top, tops, bottoms) / below if below else Fraction(0)
    tops.append(factor)
    return Fraction(1)


def multiplied(factors: Sequence[Term]) -> Term:
    if not factors:
        return ONE
    return factors[0] if len(factors) == 1 else Mul(tuple(factors))


def power(base: Term, exponent: Fraction | int) -> Term:
    if exponent == 0:
        return ONE
    return base if exponent == 1 else Pow(base, number(exponent))


def unworked_difference(left: Fraction, right: Fraction) -> Term:
    """9 - 3, 4 - (-1), 5 - 0"""
    return Add((number(left), Neg(number(right))))


def square_root(term: Term) -> Term:
    return Root(term, TWO)


def call(name: str, argument: Term) -> Term:
    return Call(name, (argument,))


def put_in(term: Term, name: str, value: Term) -> Term:
    """2·4 - 3 for 2x - 3 at 4."""
    changed: Term = substitute(term, Sym(name), value)
    return changed


def polynomial(coefficients: fmpq_poly, name: str) -> Term:
    """From the highest power down."""
    parts = []
    for exponent in range(coefficients.degree(), -1, -1):
        value = coefficients[exponent]
        coefficient = Fraction(int(value.p), int(value.q))
        if coefficient:
            parts.append(product(number(coefficient), power(Sym(name), exponent)))
    return total(parts)
