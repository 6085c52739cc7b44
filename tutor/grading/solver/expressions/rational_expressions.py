"""Fractions of terms with letters: factor and cancel, one denominator, term by term."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Div, Mul, Term, free_names, walk
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.expressions.factoring import common_factor, factored_by_primes
from tutor.grading.solver.expressions.monomials import Monomial, monomial
from tutor.grading.solver.expressions.rewrite_rules import Rewrite
from tutor.grading.solver.expressions.terms import (
    factors,
    negated,
    number,
    product,
    quotient,
    summands,
    total,
    whole_value,
    without_sign,
)
from tutor.grading.solver.expressions.written_shapes import same_shape
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move

_CANCEL = Move(MoveName.CANCEL)


def cancel(term: Term) -> Iterator[Rewrite]:
    """(x - 2)(x + 2)/(x(x + 2)) as (x - 2)/x: the factors that both halves show."""
    if not isinstance(term, Div) or rational_value(term) is not None or _has_fractions(term):
        return
    are_sums = isinstance(term.top, Add) and isinstance(term.bottom, Add)
    if are_sums and not same_shape(term.top, term.bottom):
        return
    top, bottom = monomial(term.top), monomial(term.bottom)
    if top is None or bottom is None or (not bottom.powers and not _share_number(top, bottom)):
        return
    whole = top.over(bottom)
    if _size(whole) < _size(top) + _size(bottom) or _share_number(top, bottom):
        yield Rewrite(whole.term(), _CANCEL)


def cancel_in_product(term: Term) -> Iterator[Rewrite]:
    """sin(x)/cos(x)·cos(x) as sin(x)."""
    parts = term.parts if isinstance(term, Mul) else ()
    if sum(isinstance(part, Div) for part in parts) != 1 or rational_value(term) is not None:
        return
    members = [monomial(part) for part in parts]
    whole = monomial(term)
    sizes = [_size(member) for member in members if member is not None]
    if whole is None or len(sizes) < len(members):
        return
    if _size(whole) < sum(sizes) or not free_names(term):
        yield Rewrite(whole.term(), _CANCEL)


def _has_fractions(term: Div) -> bool:
    return any(isinstance(part, Div) for half in (term.top, term.bottom) for part in walk(half))


def _size(part: Monomial) -> Fraction:
    return sum((abs(exponent) for _, exponent in part.powers), Fraction(0))


def _share_number(top: Monomial, bottom: Monomial) -> bool:
    values = top.coefficient, bottom.coefficient
    if any(value.denominator != 1 for value in values):
        return False
    return gcd(*(value.numerator for value in values)) > 1


def factor_halves(term: Term) -> Iterator[Rewrite]:
    """(x^2 - 4)/(x^2 + 2x) with both halves factored, where they have a common factor."""
    if not isinstance(term, Div) or not free_names(term.bottom):
        return
    top, bottom = factored(term.top), factored(term.bottom)
    top = _turned(top or term.top, bottom or term.bottom) or top
    if top is None and bottom is None:
        return
    whole = Div(top or term.top, bottom or term.bottom)
    if next(cancel(whole), None) is None:
        return
    if top is not None and bottom is not None:
        name = MoveName.FACTOR_HALVES
    else:
        name = MoveName.FACTOR_TOP if top is not None else MoveName.FACTOR_BOTTOM
    yield Rewrite(whole, Move(name))


def _turned(top: Term, bottom: Term) -> Term | None:
    """2(3 - x) as -2(x - 3), where x - 3 is below; None where no bracket is turned."""
    below = [part for part in factors(without_sign(bottom)[1]) if isinstance(part, Add)]
    sign, core = without_sign(top)
    for index, part in enumerate(parts := factors(core)):
        turned = total(negated(summand) for summand in summands(part))
        twin = next((other for other in below if same_shape(other, turned)), None)
        if isinstance(part, Add) and twin is not None:
            return product([number(-sign), *parts[:index], twin, *parts[index + 1 :]])
    return None


def factored(term: Term) -> Term | None:
    """None where nothing in it has factors; the sums of a product are tried."""
    if isinstance(term, Mul):
        parts = [factored(part) or part for part in factors(term)]
        whole = product(parts)
        return None if same_shape(whole, term) else whole
    if not isinstance(term, Add):
        return None
    primes = factored_by_primes(term)
    if primes is not None:
        return primes
    common = common_factor(term)
    return None if common is None else common.term


def cancel_number(term: Term) -> Iterator[Rewrite]:
    """(18 + 6√5)/4 as (9 + 3√5)/2."""
    bottom = whole_value(term.bottom) if isinstance(term, Div) else None
    if not isinstance(term, Div) or not isinstance(term.top, Add) or not bottom:
        return
    parts = [part for s in summands(term.top) if (part := monomial(s)) is not None]
    tops = [part.coefficient for part in parts]
    if len(parts) < len(summands(term.top)) or any(top.denominator != 1 for top in tops):
        return
    common = gcd(bottom, *(top.numerator for top in tops))
    if common > 1:
        above = total(part.with_coefficient(part.coefficient / common).term() for part in parts)
        yield Rewrite(quotient(above, number(bottom // common)), _CANCEL)


def divide_each_term(term: Term) -> Iterator[Rewrite]:
    """(6x + 4)/2 as 3x + 2."""
    if not isinstance(term, Div) or not isinstance(term.top, Add):
        return
    divisor = monomial(term.bottom)
    parts = [monomial(part) for part in summands(term.top)]
    if divisor is None or any(isinstance(base, Add) for base, _ in divisor.powers):
        return
    quotients = [part.over(divisor) for part in parts if part is not None]
    if len(quotients) == len(parts) and all(_is_entire(part) for part in quotients):
        whole = total(part.term() for part in quotients)
        yield Rewrite(whole, Move(MoveName.DIVIDE_EACH_TERM, (typed(term.bottom),)))


def _is_entire(part: Monomial) -> bool:
    return part.coefficient.denominator == 1 and all(exponent > 0 for _, exponent in part.powers)
