"""Calculating with i: its square, and division by a complex number."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.grading.parsing.tree import ONE, Add, Const, Div, Mul, Neg, Pow, Term, walk
from tutor.grading.solver.expressions.changes import Change
from tutor.grading.solver.expressions.rewrite_rules import Rewrite
from tutor.grading.solver.expressions.terms import (
    factors,
    negated,
    number,
    product,
    summands,
    total,
    whole_value,
    without_sign,
)
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move

_I = Const("i")
_POWERS: tuple[Term, ...] = (ONE, _I, Neg(ONE), Neg(_I))  # of i, by the exponent modulo 4
_SQUARE_OF_I = Move(MoveName.SQUARE_OF_I)


def power_of_i(term: Term) -> Iterator[Rewrite]:
    """3i^2 as -3."""
    sign, core = without_sign(term)
    parts = factors(core)
    powers = [part for part in parts if isinstance(part, Pow) and part.base == _I]
    exponent = whole_value(powers[0].exponent) if len(powers) == 1 else None
    if exponent is not None and exponent > 1:
        rest = [part for part in parts if part is not powers[0]]
        whole = product([number(sign), *rest, _POWERS[exponent % 4]])
        yield Rewrite(whole, _SQUARE_OF_I)


def multiply_by_conjugate(term: Term) -> Iterator[Rewrite]:
    """5/(2 - i) with 2 + i above and below."""
    sign, core = without_sign(term)
    conjugate = _conjugate_of(core.bottom) if isinstance(core, Div) else None
    if isinstance(core, Div) and conjugate is not None:
        whole = Div(product([core.top, conjugate]), Mul((core.bottom, conjugate)))
        yield Rewrite(whole if sign > 0 else Neg(whole), Move(MoveName.CONJUGATE))


def _conjugate_of(term: Term) -> Term | None:
    if not isinstance(term, Add) or not has_i(term):
        return None
    return total(negated(part) if has_i(part) else part for part in summands(term))


def has_i(term: Term) -> bool:
    return _I in walk(term)


def name_complex(change: Change) -> Iterator[Move]:
    before, after = change.before, change.after
    if _has_power_of_i(before) and not _has_power_of_i(after):
        yield _SQUARE_OF_I
    elif isinstance(before, Div) and has_i(before.bottom):
        bottom = after.bottom if isinstance(after, Div) else ONE
        is_product = isinstance(bottom, Mul) and not isinstance(before.bottom, Mul)
        if is_product or not has_i(bottom):
            yield Move(MoveName.CONJUGATE)


def _has_power_of_i(term: Term) -> bool:
    return any(isinstance(part, Pow) and part.base == _I for part in walk(term))
