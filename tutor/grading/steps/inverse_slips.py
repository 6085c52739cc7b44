"""Wrong ways to undo a power, a root or an exponential on one side of an equation."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Term,
    free_names,
    is_term,
)
from tutor.grading.steps.claim_results import Slip

_TWO = Num(Fraction(2))


def inverse_slips(premise: Comparison) -> Iterator[tuple[Slip, Comparison]]:
    """What comes out of the equation, by each mistake."""
    left, right = premise.left, premise.right
    if not (is_term(left) and is_term(right)) or premise.op != "=":
        return
    for side, other in ((left, right), (right, left)):
        yield from _undone(side, other)


def _undone(side: Term, other: Term) -> Iterator[tuple[Slip, Comparison]]:
    match side:
        case Pow(base, exponent) if free_names(base) and not free_names(exponent):
            yield Slip.ROOT_AS_DIVISION, Comparison("=", base, Div(other, exponent))
            yield Slip.ROOT_FORGOTTEN, Comparison("=", base, other)
        case Pow(base, exponent) if free_names(exponent):
            yield Slip.DIVIDED_FOR_LOG, Comparison("=", exponent, Div(other, base))
        case Root(inner, index):
            yield Slip.DOUBLED_FOR_SQUARED, Comparison("=", inner, Mul((index, other)))
            yield Slip.SQUARE_FORGOTTEN, Comparison("=", inner, other)
            if isinstance(other, Add):
                squares = (_square(part) for part in other.parts)
                yield Slip.SPLIT_SQUARE, Comparison("=", inner, Add(tuple(squares)))


def _square(part: Term) -> Term:
    """With its sign kept, as in 25 - x for (5 - √x)²."""
    inner = part.part if isinstance(part, Neg) else part
    square = inner.inner if isinstance(inner, Root) else Pow(inner, _TWO)
    return Neg(square) if isinstance(part, Neg) else square
