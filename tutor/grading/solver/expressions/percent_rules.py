"""Percentages as fractions, decimals and growth factors."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Call, Div, Mul, Term, walk
from tutor.grading.solver.expressions.changes import Change
from tutor.grading.solver.expressions.rewrite_rules import Rewrite
from tutor.grading.solver.expressions.terms import (
    factors,
    number,
    product,
    summands,
    without_sign,
)
from tutor.grading.solver.expressions.written_shapes import same_shape
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move


def write_percents(term: Term) -> Iterator[Rewrite]:
    """15 % as 0.15."""
    if isinstance(term, Call) and term.name == "percent":
        value = rational_value(term)
        if value is not None:
            yield Rewrite(number(value, decimal=True), Move(MoveName.PERCENT_TO_DECIMAL))


def growth_factor(term: Term) -> Iterator[Rewrite]:
    """450 + 8 %·450 as 450·1.08."""
    if not isinstance(term, Add):
        return
    parts = summands(term)
    if len(parts) != 2:
        return
    for whole, share in (parts, parts[::-1]):
        sign, core = without_sign(share)
        rate = _rate_of(core, whole)
        if rate is not None:
            factor = number(1 + sign * rate, decimal=True)
            yield Rewrite(Mul((whole, factor)), Move(MoveName.GROWTH_FACTOR))
            return


def _rate_of(share: Term, whole: Term) -> Fraction | None:
    """0.08 of 0.08·450 and 450."""
    if rational_value(whole) is None or not isinstance(share, Mul):
        return None
    parts = factors(share)
    twin = next((part for part in parts if same_shape(part, whole)), None)
    if twin is None:
        return None
    parts.remove(twin)
    rate = rational_value(product(parts))
    return rate if rate is not None and 0 < rate < 2 else None


def name_percents(change: Change) -> Iterator[Move]:
    before, after = change.before, change.after
    if any(_is_grown(rewrite.term, after) for rewrite in growth_factor(before)):
        yield Move(MoveName.GROWTH_FACTOR)
    elif has_percent(after) and isinstance(after, Call) and not has_percent(before):
        is_fraction = isinstance(before, Div)
        yield Move(MoveName.FRACTION_TO_PERCENT if is_fraction else MoveName.DECIMAL_TO_PERCENT)
    elif has_percent(before) and isinstance(before, Call) and not has_percent(after):
        is_fraction = isinstance(after, Div)
        yield Move(MoveName.PERCENT_TO_FRACTION if is_fraction else MoveName.PERCENT_TO_DECIMAL)


def _is_grown(product_term: Term, after: Term) -> bool:
    """450·1.08 or 450·(1 + 0.08), with the number as it was."""
    if not isinstance(product_term, Mul) or not isinstance(after, Mul):
        return False
    whole = product_term.parts[0]
    return any(same_shape(part, whole) for part in factors(after))


def has_percent(term: Term) -> bool:
    return any(isinstance(part, Call) and part.name == "percent" for part in walk(term))
