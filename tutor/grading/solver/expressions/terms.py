"""Builds terms in the way people write them: 3x rather than 3*1*x, and -x/2 rather than (-1/2)x."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import count

from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Term,
    children,
    is_term,
    rebuild,
    walk,
)

MAX_PLACES = 10  # of a decimal


def number(value: Fraction | int, *, decimal: bool = False) -> Term:
    """decimal: as 0.75 rather than 3/4, where that ends."""
    value = Fraction(value)
    if value < 0:
        return Neg(number(-value, decimal=decimal))
    if value.denominator == 1:
        return Num(value, str(value.numerator))
    if decimal and (text := decimal_text(value)):
        return Num(value, text)
    return Div(number(value.numerator), number(value.denominator))


def decimal_text(value: Fraction) -> str | None:
    """The digits of a number that is not negative; None where they do not end soon."""
    for places in range(MAX_PLACES + 1):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(scaled.numerator).zfill(places + 1)
            return f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return None


def has_decimals(term: Term) -> bool:
    return any(is_decimal(part) for part in walk(term))


def is_decimal(part: object) -> bool:
    return isinstance(part, Num) and part.value.denominator != 1


def is_whole(term: Term) -> bool:
    """Whether it is a written whole number, perhaps with a sign."""
    term = term.part if isinstance(term, Neg) else term
    return isinstance(term, Num) and term.value.denominator == 1


def whole_value(term: Term) -> int | None:
    """The value of a written whole number."""
    if isinstance(term, Neg):
        inner = whole_value(term.part)
        return None if inner is None else -inner
    return term.value.numerator if isinstance(term, Num) and is_whole(term) else None


def negated(term: Term) -> Term:
    if isinstance(term, Neg):
        return term.part
    return term if term == ZERO else Neg(term)


def without_sign(term: Term) -> tuple[int, Term]:
    """The sign, 1 or -1, and the term without it."""
    sign = 1
    while isinstance(term, Neg):
        sign, term = -sign, term.part
    if isinstance(term, Num) and term.value < 0:
        return -sign, number(-term.value)
    return sign, term


def summands(term: Term) -> list[Term]:
    """a - (b + c) has a and -(b + c)."""
    if isinstance(term, Add):
        return [summand for part in term.parts for summand in summands(part)]
    return [term]


def factors(term: Term) -> list[Term]:
    """The factors of a product, with those of the products in it. A sign stays with its factor."""
    if isinstance(term, Mul):
        return [factor for part in term.parts for factor in factors(part)]
    return [term]


def total(parts: Iterable[Term]) -> Term:
    """The sum, without zeros."""
    kept_parts = tuple(part for part in parts if part != ZERO)
    if len(kept_parts) == 1:
        return kept_parts[0]
    return Add(kept_parts) if kept_parts else ZERO


def product(parts: Iterable[Term]) -> Term:
    """The product, without factors of one, with a single sign in front."""
    sign, factor_list = 1, []
    for part in parts:
        part_sign, factor = without_sign(part)
        sign *= part_sign
        factor_list += [] if factor == ONE else factors(factor)
    if ZERO in factor_list:
        return ZERO
    if not factor_list:
        whole: Term = ONE
    else:
        whole = factor_list[0] if len(factor_list) == 1 else Mul(tuple(factor_list))
    return whole if sign > 0 else Neg(whole)


def quotient(top: Term, bottom: Term) -> Term:
    """The sign of the numerator stands in front, unless the numerator is a sum."""
    if bottom == ONE:
        return top
    top_sign, top = without_sign(top)
    bottom_sign, bottom = without_sign(bottom)
    whole = Div(top, bottom)
    return whole if top_sign * bottom_sign > 0 else Neg(whole)


def power(base: Term, exponent: Fraction | int) -> Term:
    """A negative exponent stays one."""
    return base if exponent == 1 else Pow(base, number(exponent))


def regrouped(term: Term) -> Term:
    """3/4*8/5, which reads as ((3/4)*8)/5, as the product of 3/4 and 8/5."""
    if not children(term):
        return term
    inner: Term = rebuild(term, lambda part: regrouped(part) if is_term(part) else part)
    match inner:
        case Div(Mul(parts), bottom) if any(isinstance(part, Div) for part in parts[:-1]):
            return Mul((*parts[:-1], Div(parts[-1], bottom)))
        case Mul(parts) if any(isinstance(part, Mul) for part in parts):
            return Mul(tuple(factors(inner)))
    return inner


def with_part(term: Term, index: int, part: Term) -> Term:
    """The term with another one in place of its child number `index`."""
    indices = count()
    changed: Term = rebuild(term, lambda old: part if next(indices) == index else old)
    return changed


def parts_of(term: Term) -> Iterator[tuple[int, Term]]:
    """Its children that are terms, with their numbers."""
    for index, part in enumerate(children(term)):
        if is_term(part):
            yield index, part


def flattened(term: Term) -> Term:
    """Without sums that are summands and products that are factors, and without double signs."""
    if not children(term):
        return term
    inner: Term = rebuild(term, lambda part: flattened(part) if is_term(part) else part)
    match inner:
        case Add(parts) if any(isinstance(part, Add) for part in parts):
            return Add(tuple(summands(inner)))
        case Mul(parts) if any(isinstance(part, Mul) for part in parts):
            return Mul(tuple(factors(inner)))
        case Neg(Neg(part)):
            return part
        case Div(Neg(top), bottom):
            return flattened(Neg(Div(top, bottom)))
    return inner
