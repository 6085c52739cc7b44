"""Where a calculation that is worked out in parts takes one of them too early."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Term,
    rebuild,
    substitute,
    walk,
)
from tutor.grading.weighing.calculations import is_compound
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine


def where_order_was_broken(evidence: Evidence) -> tuple[WeighedLine, WeighedClaim] | None:
    """18 + 7 = 25 in 48 - 6·3 + 7: a sum of numbers that do not stand in it as a sum."""
    task = evidence.task
    terms = [term for term in task.expressions if _is_plain(term)]
    if len(terms) != 1 or len(task.expressions) > 1 or task.equations:
        return None
    rest = _with_fractions_as_numbers(terms[0])
    for line in evidence.lines:
        for claim in line.claims:
            part, value = _worked_out(claim)
            if part is None or value is None:
                continue
            shorter = _with_value(rest, part, value)
            if shorter is None:
                return (line, claim) if _is_other_sum(part, rest) else None
            rest = shorter
    return None


def _is_plain(term: Term) -> bool:
    """Whether it has numbers and the basic operations only."""
    return all(isinstance(part, Num | Add | Neg | Mul | Div | Pow) for part in walk(term))


def _worked_out(claim: WeighedClaim) -> tuple[Term | None, Fraction | None]:
    """5 - 2 and 3 for 5 - 2 = 3."""
    if len(claim.terms) < 2 or not is_compound(claim.terms[0]):
        return None, None
    values = [rational_value(term) for term in claim.terms]
    part = _with_fractions_as_numbers(claim.terms[0])
    return part, (values[0] if len(set(values)) == 1 else None)


def _with_fractions_as_numbers(term: Term) -> Term:
    """2/3 as one number, so that 1/5 + 2/3 is a sum of two."""
    term = rebuild(term, _with_fractions_as_numbers)
    match term:
        case Div(Num(top), Num(bottom)) if bottom:
            return Num(top / bottom)
    return term


def _with_value(whole: Term, part: Term, value: Fraction) -> Term | None:
    """None where the part does not stand in the whole."""
    if rational_value(whole) == value:
        return part
    number = Num(value)
    if part in set(walk(whole)):
        changed: Term = substitute(whole, part, number)
        return changed
    if not isinstance(part, Add):
        return None
    for other in walk(whole):
        at = _place(part.parts, other.parts) if isinstance(other, Add) else None
        if at is not None and isinstance(other, Add):
            parts = (*other.parts[:at], number, *other.parts[at + len(part.parts) :])
            shorter: Term = substitute(whole, other, Add(parts))
            return shorter
    return None


def _place(parts: Sequence[Term], whole: Sequence[Term]) -> int | None:
    size = len(parts)
    places = range(len(whole) - size + 1)
    own, values = ([rational_value(term) for term in terms] for terms in (parts, whole))
    return next((n for n in places if values[n : n + size] == own and None not in own), None)


def _is_other_sum(part: Term, whole: Term) -> bool:
    """Whether it adds numbers of the whole, one of which is a factor there or has a minus."""
    bound = {
        inner.value
        for term in walk(whole)
        if isinstance(term, Mul | Neg)
        for inner in (term.parts if isinstance(term, Mul) else (term.part,))
        if isinstance(inner, Num)
    }
    numbers = {term.value for term in walk(whole) if isinstance(term, Num)}
    own = {term.value for term in walk(part) if isinstance(term, Num)}
    return isinstance(part, Add) and own <= numbers and not own.isdisjoint(bound)
