"""What usual mistakes make of a formula: 1/2 forgotten, a square forgotten, a ratio inverted, …"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import count

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Term,
    children,
    is_term,
    rebuild,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.quantities.calculations import without_brackets

_HALF = Fraction(1, 2)


def formula_slips(formula: Term) -> Iterator[tuple[Slip, Term]]:
    """The formula with one mistake in it, for each that may be made."""
    yield from ((Slip.ROOT_FORGOTTEN, term) for term in _without_root(formula))
    for slip, change in _CHANGES:
        yield from ((slip, term) for term in _in_one_part(formula, change))


def _in_one_part(term: Term, change: Callable[[Term], Iterator[Term]]) -> Iterator[Term]:
    yield from change(term)
    for index, part in enumerate(children(term)):
        if is_term(part):
            for variant in _in_one_part(part, change):
                yield _with_part(term, index, variant)


def _with_part(term: Term, index: int, part: Term) -> Term:
    indices = count()
    changed: Term = rebuild(term, lambda old: part if next(indices) == index else old)
    return changed


def _without_root(term: Term) -> Iterator[Term]:
    if isinstance(term, Root):
        yield term.inner


def _root_halved(term: Term) -> Iterator[Term]:
    if isinstance(term, Root):
        yield Div(term.inner, term.index)


def _root_split(term: Term) -> Iterator[Term]:
    """√(a² - b²) as a - b"""
    if isinstance(term, Root) and isinstance(term.inner, Add):
        parts = [_rooted(part, term.index) for part in term.inner.parts]
        yield Add(tuple(parts))


def _rooted(part: Term, index: Term) -> Term:
    match part:
        case Neg(inner):
            return Neg(_rooted(inner, index))
        case Pow(base, exponent) if exponent == index:
            return base
    return Root(part, index)


def _without_half(term: Term) -> Iterator[Term]:
    """bh for bh/2 and 1/2·bh"""
    match term:
        case Div(top, bottom) if rational_value(bottom) == 2 and rational_value(top) is None:
            yield top
        case Mul(parts):
            for index, part in enumerate(parts):
                if rational_value(part) == _HALF:
                    yield Mul(parts[:index] + parts[index + 1 :])


def _without_third(term: Term) -> Iterator[Term]:
    match term:
        case Mul(parts):
            for index, part in enumerate(parts):
                value = rational_value(part)
                if value is not None and value in (Fraction(1, 3), Fraction(4, 3)):
                    rest = parts[:index] + parts[index + 1 :]
                    yield Mul(rest)
                    yield Mul((Num(_HALF), *rest))


def _without_square(term: Term) -> Iterator[Term]:
    if isinstance(term, Pow) and rational_value(term.exponent) in (2, 3):
        yield term.base


def _square_for_cube(term: Term) -> Iterator[Term]:
    if isinstance(term, Pow) and rational_value(term.exponent) == 3:
        yield Pow(term.base, Num(Fraction(2)))


def _doubled(term: Term) -> Iterator[Term]:
    if isinstance(term, Pow) and rational_value(term.exponent) == 2:
        yield Mul((term.exponent, term.base))


def _trebled(term: Term) -> Iterator[Term]:
    if isinstance(term, Pow) and rational_value(term.exponent) == 3:
        yield Mul((term.exponent, term.base))


def _inverted(term: Term) -> Iterator[Term]:
    if isinstance(term, Div) and rational_value(term.bottom) != 2:
        yield Div(term.bottom, term.top)


_CHANGES: tuple[tuple[Slip, Callable[[Term], Iterator[Term]]], ...] = (
    (Slip.SPLIT_ROOT, _root_split),
    (Slip.ROOT_AS_DIVISION, _root_halved),
    (Slip.HALF_FORGOTTEN, _without_half),
    (Slip.SQUARE_FORGOTTEN, _without_square),
    (Slip.DOUBLED_FOR_SQUARED, _doubled),
    (Slip.POWER_AS_PRODUCT, _trebled),
    (Slip.WRONG_FORMULA, _without_third),
    (Slip.WRONG_FORMULA, _square_for_cube),
    (Slip.INVERSE_RATIO, _inverted),
    (Slip.ORDER_OF_OPERATIONS, without_brackets),
)
