"""Wrong rules for powers, roots and the order of operations, applied to a term.

Each yields the terms that come out of it by the mistake in its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm, prod

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Div, Mul, Neg, Num, Pow, Root, Term, free_names

_TWO = Num(Fraction(2))


def order_of_operations(term: Term) -> Iterator[Term]:
    """2 + 3·4 as (2 + 3)·4, (2 + 3)·4 as 2 + 3·4, 24/4·2 as 24/8, and 3·4 - 2 as 3·(4 - 2)"""
    match term:
        case Add((Mul((*factors, Num() as last)), *others)) if not free_names(term):
            yield Mul((*factors, Add((last, *others))))
        case Mul((Div(top, bottom), *others)) if not free_names(term):
            yield Div(top, Mul((bottom, *others)))
    if isinstance(term, Add):
        for index in range(1, len(term.parts)):
            before, part = term.parts[:index], term.parts[index]
            is_negative = isinstance(part, Neg)
            inner = part.part if isinstance(part, Neg) else part
            split = _first_and_rest(inner)
            if split is None:
                continue
            first, rest = split
            begun = Add((*before, Neg(first) if is_negative else first))
            yield Add((_joined(begun, rest), *term.parts[index + 1 :]))
    elif not free_names(term) and (split := _first_and_rest(term)):
        first, rest = split
        if isinstance(first, Add):
            yield Add((*first.parts[:-1], _joined(first.parts[-1], rest)))


def _first_and_rest(term: Term) -> tuple[Term, Term] | None:
    """The first factor, and the term with 1 in its place."""
    unit = Num(Fraction(1))
    if isinstance(term, Mul):
        inner = _first_and_rest(term.parts[0])
        first, rest = inner or (term.parts[0], unit)
        return first, Mul((rest, *term.parts[1:]))
    if isinstance(term, Div):
        inner = _first_and_rest(term.top)
        first, rest = inner or (term.top, unit)
        return first, Div(rest, term.bottom)
    return None


def _joined(first: Term, rest: Term) -> Term:
    return Mul((first, rest))


def negative_square(term: Term) -> Iterator[Term]:
    """(-3)^2 as -9, and -3^2 as 9"""
    match term:
        case Neg(Pow(base, exponent)) if _is_even(exponent) and isinstance(base, Num):
            yield term.part
    if isinstance(term, Pow) and _is_even(term.exponent) and not free_names(term.base):
        value = rational_value(term.base)
        if value is not None and value < 0:
            yield Neg(term)


def _is_even(exponent: Term) -> bool:
    power = rational_value(exponent)
    return power is not None and power > 0 and (power / 2).denominator == 1


def exponent_rule(term: Term) -> Iterator[Term]:
    """x^2·x^3 as x^6, x^8/x^2 as x^4, 2^(-3) as -2^3, and 5·3^x as 15^x"""
    match term:
        case Div(Pow(base, Num(above)), Pow(same, Num(below))) if base == same and below:
            yield Pow(base, Num(above / below))
        case Pow(base, exponent) if (rational_value(exponent) or 0) < 0:
            yield Neg(Pow(base, Neg(exponent)))
    if not isinstance(term, Mul):
        return
    for index, left in enumerate(term.parts):
        for other in range(index + 1, len(term.parts)):
            right = term.parts[other]
            rest = [part for at, part in enumerate(term.parts) if at not in (index, other)]
            for wrong in _multiplied_wrongly(left, right):
                yield Mul((wrong, *rest)) if rest else wrong


def _multiplied_wrongly(left: Term, right: Term) -> Iterator[Term]:
    if isinstance(right, Pow):
        if isinstance(left, Pow) and left.base == right.base:
            yield Pow(left.base, Mul((left.exponent, right.exponent)))
        if isinstance(left, Num) and isinstance(right.base, Num) and free_names(right.exponent):
            yield Pow(Mul((left, right.base)), right.exponent)


def power_of_power(term: Term) -> Iterator[Term]:
    """(x^2)^3 as x^5 or x^8"""
    if not isinstance(term, Pow) or not isinstance(term.base, Pow | Mul):
        return
    parts = term.base.parts if isinstance(term.base, Mul) else (term.base,)
    if not any(isinstance(part, Pow) for part in parts):
        return
    for joined in (Add, _power_of):
        changed = [
            Pow(p.base, joined((p.exponent, term.exponent)))
            if isinstance(p, Pow)
            else Pow(p, term.exponent)
            for p in parts
        ]
        yield Mul(tuple(changed)) if len(changed) > 1 else changed[0]


def _power_of(exponents: tuple[Term, Term]) -> Term:
    return Pow(*exponents)


def power_of_product(term: Term) -> Iterator[Term]:
    """(2x)^3 as 2x^3, and (2xy)^3 as 2x^3 y^3"""
    if isinstance(term, Pow) and isinstance(term.base, Mul):
        parts = term.base.parts
        for index in range(len(parts)):
            yield Mul(
                tuple(Pow(p, term.exponent) if at == index else p for at, p in enumerate(parts))
            )
            if len(parts) > 2:
                yield Mul(
                    tuple(p if at == index else Pow(p, term.exponent) for at, p in enumerate(parts))
                )


def doubled_for_squared(term: Term) -> Iterator[Term]:
    """3^2 as 6, and (3x)^2 as 6x^2"""
    if isinstance(term, Pow) and rational_value(term.exponent) == 2:
        yield from power_as_product(term)


def power_as_product(term: Term) -> Iterator[Term]:
    """2^3 as 6, and (2x)^3 as 6x^3"""
    match term:
        case Pow(Mul((Num() as factor, *rest)), exponent) if rest and not free_names(exponent):
            yield Mul((exponent, factor, *(Pow(part, exponent) for part in rest)))
    if isinstance(term, Pow) and not free_names(term.exponent):
        yield Mul((term.exponent, term.base))


def root_as_division(term: Term) -> Iterator[Term]:
    """√36 as 18"""
    if isinstance(term, Root):
        yield Div(term.inner, term.index)


def root_of_sum(term: Term) -> Iterator[Term]:
    """√75 - √12 as √63"""
    if isinstance(term, Add):
        signs = [-1 if isinstance(part, Neg) else 1 for part in term.parts]
        roots = [part.part if isinstance(part, Neg) else part for part in term.parts]
        if all(isinstance(root, Root) for root in roots):
            inner = [root.inner for root in roots if isinstance(root, Root)]
            signed = [Neg(t) if sign < 0 else t for sign, t in zip(signs, inner, strict=True)]
            yield Root(Add(tuple(signed)), roots[0].index)  # type: ignore[union-attr]


def root_forgotten(term: Term) -> Iterator[Term]:
    """9x^2 - 16y^2 as (9x - 16y)(9x + 16y), and (x + 3)^2 - 25 as (x + 3 - 25)(x + 3 + 25)"""
    match term:
        case Add((left, Neg(right))):
            a, b = _without_square(left), _without_square(right)
            if a is not None or b is not None:
                first, second = a or left, b or right
                yield Mul((Add((first, Neg(second))), Add((first, second))))


def _without_square(term: Term) -> Term | None:
    """9x for 9x^2"""
    if isinstance(term, Pow) and rational_value(term.exponent) == 2:
        return term.base
    if isinstance(term, Mul):
        parts = [_without_square(part) or part for part in term.parts]
        return Mul(tuple(parts)) if tuple(parts) != term.parts else None
    return None


def common_denominator(term: Term) -> Iterator[Term]:
    """1/2 + 1/3 as 2/6 or 1/6 + 2/6, 5/6 - 3/8 as 2/24, and a/3 + b as (a + b)/3"""
    if not isinstance(term, Add):
        return
    yield from _numerators_kept(term)
    quotients = [part for part in term.parts if isinstance(part, Div)]
    if 0 < len(quotients) < len(term.parts) and len({part.bottom for part in quotients}) == 1:
        tops = tuple(part.top if isinstance(part, Div) else part for part in term.parts)
        yield Div(Add(tops), quotients[0].bottom)
    if len(quotients) == len(term.parts):
        tops = tuple(part.top for part in quotients)
        yield Div(Add(tops), Mul(tuple(part.bottom for part in quotients)))


def _numerators_kept(total: Add) -> Iterator[Term]:
    """Of all the quotients, or of one, over a common denominator of numbers."""
    signs = [-1 if isinstance(part, Neg) else 1 for part in total.parts]
    quotients = [part.part if isinstance(part, Neg) else part for part in total.parts]
    bottoms = [rational_value(q.bottom) if isinstance(q, Div) else None for q in quotients]
    numbers = [b.numerator for b in bottoms if b is not None and b.denominator == 1 and b > 1]
    if len(numbers) < len(quotients) or len(set(numbers)) < 2:
        return
    for common in {lcm(*numbers), prod(numbers)}:
        bottom = Num(Fraction(common))
        tops = [Mul((Num(Fraction(s)), q.top)) for s, q in zip(signs, quotients, strict=True)]  # type: ignore[union-attr]
        yield Div(Add(tuple(tops)), bottom)
        for index, top in enumerate(tops):
            rest = total.parts[:index] + total.parts[index + 1 :]
            yield Add((Div(top, bottom), *rest))


def cancelled_term(term: Term) -> Iterator[Term]:
    """(x^2 - 4)/(x^2 + 3x) as -4/(3x), and (x + 6)/6 as x"""
    if isinstance(term, Div) and isinstance(term.top, Add) and term.bottom in term.top.parts:
        rest = [part for part in term.top.parts if part != term.bottom]
        yield Add(tuple(rest)) if len(rest) > 1 else rest[0]
    if isinstance(term, Div) and isinstance(term.top, Add) and isinstance(term.bottom, Add):
        for part in term.top.parts:
            if part in term.bottom.parts:
                rests = [[p for p in side.parts if p != part] for side in (term.top, term.bottom)]
                if all(rests):
                    top, bottom = (Add(tuple(r)) if len(r) > 1 else r[0] for r in rests)
                    yield Div(top, bottom)


def lost_sign(term: Term) -> Iterator[Term]:
    """3 - 2 as 3 + 2: one summand, or all from one on, with the other sign"""
    if isinstance(term, Add):
        for index in range(len(term.parts)):
            turned = tuple(_turned(p) if at == index else p for at, p in enumerate(term.parts))
            yield Add(turned)
        for index in range(1, len(term.parts) - 1):
            yield Add((*term.parts[:index], *map(_turned, term.parts[index:])))


def _turned(part: Term) -> Term:
    return part.part if isinstance(part, Neg) else Neg(part)
