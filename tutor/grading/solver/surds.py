"""Numbers with square roots, exactly: a + b√c, with squarefree roots."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, lcm

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Div, Mul, Neg, Num, Pow, Root, Term, free_names
from tutor.grading.processes.work_budget import charge
from tutor.grading.solver.sums import Summand, as_term

MAX_RADICAND = 10**9
MAX_POWER = 8

Surd = dict[int, Fraction]  # coefficients by squarefree radicand; 1 for the rational part


def surd_of(term: Term) -> Surd | None:
    """None for other numbers, and for terms with letters."""
    charge(5)
    if free_names(term):
        return None
    value = rational_value(term)
    if value is not None:
        return {1: value} if value else {}
    match term:
        case Neg(part):
            return _scaled(surd_of(part), Fraction(-1))
        case Add(parts):
            return _total([surd_of(part) for part in parts])
        case Mul(parts):
            return _product([surd_of(part) for part in parts])
        case Div(top, bottom):
            above, below = surd_of(top), surd_of(bottom)
            return None if above is None or not below else _quotient(above, below)
        case Root(inner, Num(index)) if index == 2:
            return _root(rational_value(inner))
        case Pow(base, exponent):
            power = rational_value(exponent)
            if power == Fraction(1, 2):
                return _root(rational_value(base))
            if power is not None and power.denominator == 1 and 0 < power <= MAX_POWER:
                return _product([surd_of(base)] * power.numerator)
    return None


def surd_term(surd: Mapping[int, Fraction]) -> Term:
    """As people write it: over one denominator, the rational part first."""
    denominator = lcm(*(value.denominator for value in surd.values()))
    parts = [
        Summand(
            surd[radicand] * denominator, () if radicand == 1 else ((_square_root(radicand), 1),)
        )
        for radicand in sorted(surd)
    ]
    top = as_term(parts)
    return top if denominator == 1 else Div(top, Num(Fraction(denominator)))


def simplified(term: Term) -> Term:
    """A number with square roots in its simplest form; other terms as they are."""
    surd = surd_of(term)
    return term if surd is None else surd_term(surd)


def square_root(value: Fraction) -> Term:
    """Of a number that is not negative, not simplified where it is irrational."""
    surd = _root(value)
    if surd is not None and set(surd) <= {1}:
        return surd_term(surd)
    below = rational_value(Root(Num(Fraction(value.denominator)), Num(Fraction(2))))
    if below not in (None, 1):
        return Div(_square_root(value.numerator), Num(Fraction(below)))
    return _square_root(value)


def _square_root(value: Fraction | int) -> Root:
    inner = (
        Num(Fraction(value))
        if Fraction(value).denominator == 1
        else surd_term({1: Fraction(value)})
    )
    return Root(inner, Num(Fraction(2)))


def _root(value: Fraction | None) -> Surd | None:
    if value is None or value < 0 or value.numerator * value.denominator > MAX_RADICAND:
        return None
    if value == 0:
        return {}
    outside, inside = square_factor(value.numerator * value.denominator)
    return {inside: Fraction(outside, value.denominator)}


def square_factor(number: int) -> tuple[int, int]:
    """a and b with number = a²·b, where b is squarefree."""
    outside, inside, prime = 1, number, 2
    while prime * prime <= inside:
        charge(0.2)
        while inside % (prime * prime) == 0:
            inside //= prime * prime
            outside *= prime
        prime += 1
    return outside, inside


def _scaled(surd: Surd | None, factor: Fraction) -> Surd | None:
    return None if surd is None else {key: value * factor for key, value in surd.items()}


def _total(surds: list[Surd | None]) -> Surd | None:
    total: Surd = {}
    for surd in surds:
        if surd is None:
            return None
        for key, value in surd.items():
            total[key] = total.get(key, Fraction(0)) + value
    return {key: value for key, value in total.items() if value}


def _product(surds: list[Surd | None]) -> Surd | None:
    product: Surd = {1: Fraction(1)}
    for surd in surds:
        if surd is None:
            return None
        parts: list[Surd | None] = []
        for left, a in product.items():
            for right, b in surd.items():
                common = gcd(left, right)
                parts.append({left // common * (right // common): a * b * common})
        summed = _total(parts)
        if summed is None:
            return None
        product = summed
    return product


def _quotient(above: Surd, below: Surd) -> Surd | None:
    if len(below) == 1:
        [(radicand, value)] = below.items()
        return _product([above, {radicand: 1 / (value * radicand)}])
    if len(below) != 2:
        return None
    first, second = below.items()
    conjugate = dict([first, (second[0], -second[1])])
    norm = _product([below, conjugate])
    if norm is None or set(norm) != {1}:
        return None
    return _scaled(_product([above, conjugate]), 1 / norm[1])
