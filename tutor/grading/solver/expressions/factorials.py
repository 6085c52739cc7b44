"""Factorials in a fraction: 8!/(3!·5!) as 8·7·6/(3·2·1)."""

from __future__ import annotations

from tutor.grading.parsing.tree import Call, Div, Term
from tutor.grading.solver.expressions.rewriting import Rewrite
from tutor.grading.solver.expressions.terms import factors, number, product, quotient, whole_value
from tutor.grading.solver.moves import Move, MoveName

MAX_FACTORS = 8  # that are written out


def cancel_factorials(term: Term) -> Rewrite | None:
    """The largest factorial below goes; the others are written out. None for other fractions."""
    if not isinstance(term, Div):
        return None
    above = _factorial_of(term.top)
    below = [value for part in factors(term.bottom) if (value := _factorial_of(part)) is not None]
    if above is None or not below or len(below) != len(factors(term.bottom)):
        return None
    largest = max(below)
    below.remove(largest)
    if not 0 < above - largest <= MAX_FACTORS or any(value > MAX_FACTORS for value in below):
        return None
    top = product(number(value) for value in range(above, largest, -1))
    bottom = product(number(n) for value in below for n in range(value, 0, -1))
    return Rewrite(quotient(top, bottom), Move(MoveName.CANCEL))


def _factorial_of(term: Term) -> int | None:
    match term:
        case Call("factorial", (inner,)):
            return whole_value(inner)
    return None
