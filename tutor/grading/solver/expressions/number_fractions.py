"""Fractions of numbers: reduce, common denominator, products, reciprocals, mixed numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeGuard

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Div, Neg, Num, Term
from tutor.grading.solver.expressions.rewrite_rules import Rewrite
from tutor.grading.solver.expressions.terms import (
    is_decimal,
    is_whole,
    number,
    product,
    quotient,
    total,
    whole_value,
    without_sign,
)
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move

BY_RECIPROCAL = Move(MoveName.MULTIPLY_BY_RECIPROCAL)  # how `inverted_division` changes a term


def is_fraction(term: Term) -> bool:
    """Whether it is one whole number over another."""
    return isinstance(term, Div) and is_whole(term.top) and is_whole(term.bottom)


def halves(term: Term) -> tuple[int, int] | None:
    """The numerator and the denominator, 1 for a whole number; the sign is above."""
    sign, term = without_sign(term)
    if isinstance(term, Div):
        top, bottom = whole_value(term.top), whole_value(term.bottom)
    else:
        top, bottom = whole_value(term), 1
    return None if top is None or not bottom else (sign * top, bottom)


def is_mixed_number(term: Term) -> TypeGuard[Add]:
    """2 1/4, which reads as 2 + 1/4."""
    if not isinstance(term, Add) or len(term.parts) != 2:
        return False
    whole, fraction = term.parts
    if not isinstance(whole, Num) or not is_whole(whole) or not is_fraction(fraction):
        return False
    value = rational_value(fraction)
    return value is not None and 0 < value < 1 and whole.value > 0


def reduce(term: Term) -> Term | None:
    """In lowest terms; None where it is, or is no fraction."""
    parts = halves(term) if is_fraction(term) else None
    if parts is None:
        return None
    top, bottom = parts
    if math.gcd(top, bottom) == 1 and bottom > 1:
        return None
    return number(Fraction(top, bottom))


def fraction_product(terms: Sequence[Term]) -> Term | None:
    """Numerator times numerator over denominator times denominator, not reduced."""
    parts = [halves(term) for term in terms]
    if any(part is None for part in parts):
        return None
    top = math.prod(part[0] for part in parts if part is not None)
    bottom = math.prod(part[1] for part in parts if part is not None)
    return quotient(number(top), number(bottom))


def fraction_sum(terms: Sequence[Term]) -> Rewrite | None:
    """The same denominator for all, and after that the sum of the numerators."""
    parts = [part for term in terms if (part := halves(term)) is not None]
    if len(parts) != len(terms):
        return None
    bottoms = [bottom for _, bottom in parts]
    common = math.lcm(*bottoms)
    if any(bottom != common for bottom in bottoms):
        fractions = [_over(top * (common // bottom), common) for top, bottom in parts]
        return Rewrite(total(fractions), Move(MoveName.COMMON_DENOMINATOR))
    whole = _over(sum(top for top, _ in parts), common)
    return Rewrite(whole, move_of_numerators(terms))


def _over(top: int, bottom: int) -> Term:
    whole = Div(number(abs(top)), number(bottom))
    return whole if top >= 0 else Neg(whole)


def move_of_numerators(terms: Sequence[Term]) -> Move:
    is_difference = all(isinstance(term, Neg) for term in terms[1:])
    return Move(MoveName.SUBTRACT_NUMERATORS if is_difference else MoveName.ADD_NUMERATORS)


def inverted_division(term: Div) -> Term | None:
    """a/b ÷ c/d as a/b·d/c, and a/b ÷ c as a/b·1/c; None for a simple fraction."""
    if isinstance(term.bottom, Div):
        return product([term.top, Div(term.bottom.bottom, term.bottom.top)])
    if isinstance(term.top, Div) and is_whole(term.bottom):
        return product([term.top, Div(Num(Fraction(1)), term.bottom)])
    return None


def as_decimal(term: Term) -> Term | None:
    value = rational_value(term) if is_fraction(term) else None
    decimal = None if value is None else number(value, decimal=True)
    return decimal if is_decimal(decimal) else None


def decimal_as_fraction(term: Term) -> Term | None:
    """0.35 as 35/100."""
    if not isinstance(term, Num) or not is_decimal(term):
        return None
    bottom = 1
    while (term.value * bottom).denominator != 1:
        bottom *= 10
        if bottom > 10**9:
            return None
    return Div(number(term.value * bottom), number(bottom))
