"""A difference of two known terms that lost the bracket: 9x + 4 - 2x + 1 for 9x + 4 and 2x + 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Add, Mul, Neg, Num, Term, free_names
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, Slip, Witness, refuted

MAX_KNOWN = 8  # the latest


def judge_lost_bracket(term: Term | None, known: Sequence[Term]) -> ClaimResult | None:
    """Refuted where only the first summand is taken off; None for anything else."""
    if not isinstance(term, Add) or not free_names(term):
        return None
    for before, subtracted in _differences(known[-MAX_KNOWN:]):
        first, *others = subtracted.parts
        if _split(term, len(subtracted.parts)) == (before, (Neg(first), *others)):
            right = Add((*before, Neg(subtracted)))
            witness = Witness({}, latex(term), latex(right))
            return refuted(ClaimRelation.EQUAL, witness, Slip.MINUS_BRACKET)
    return None


def _differences(known: Sequence[Term]) -> Iterator[tuple[tuple[Term, ...], Add]]:
    """The summands of one sum, and another that may be taken off them."""
    sums = [part for part in known if isinstance(part, Add) and free_names(part)]
    for total in sums:
        match total.parts:
            case (*before, Neg(Add() as subtracted)):
                yield tuple(part for term in before for part in _summands(term)), subtracted
    yield from ((first.parts, second) for first, second in permutations(sums, 2))


def _summands(term: Term) -> tuple[Term, ...]:
    return term.parts if isinstance(term, Add) else (term,)


def _split(total: Add, count: int) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """The summands before the last ones, and these."""
    return total.parts[:-count], tuple(map(_as_negative, total.parts[-count:]))


def _as_negative(part: Term) -> Term:
    """-(4k²) for (-4)k², which is written in the same way."""
    match part:
        case Mul((Neg(Num() as number), *others)):
            return Neg(Mul((number, *others)))
    return part
