"""Answers of several values: which of them are wrong, too many or lost, and where that began."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from tutor.grading.comparison.keys import key_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.shapes import expand_plus_minus, solutions
from tutor.grading.parsing.tree import Bracketed, Comparison, Unreadable, Value, free_names
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.key_numbers import denies_solutions
from tutor.grading.weighing.known_answer import bare_term
from tutor.grading.weighing.numbers import are_close, numbers
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine

Source = tuple[WeighedLine, WeighedClaim]


def where_solution_was_lost(evidence: Evidence) -> Source | None:
    """The first equation that a lost solution does not fulfil, and none after it does."""
    own = _own_values(evidence)
    if not own or len(evidence.known.names) != 1:
        return None
    for values in evidence.known.solutions:
        [term] = values.values()
        readings = numbers(term, evidence.budget)
        if any(are_close(a, b) for a in readings for b in own):
            continue
        claims = [
            (line, claim, truth)
            for line in evidence.lines
            for claim in line.claims
            if (truth := evidence.truth(claim, values)) is not None
        ]
        last_true = max((n for n, c in enumerate(claims) if c[2]), default=-1)
        if last_true + 1 < len(claims) and last_true >= 0:
            line, claim, _ = claims[last_true + 1]
            return where_list_went_wrong(line, claim, evidence) or (line, claim)
    return None


def where_list_went_wrong(
    line: WeighedLine, claim: WeighedClaim, evidence: Evidence
) -> Source | None:
    """x2 = -5 below x1 = 7, which is right: it is not there that the other solution was lost."""
    right = [value for values in evidence.known.solutions for value in values.values()]
    known = [number for term in right for number in numbers(term, evidence.budget)]
    own = _given(claim, evidence)
    if not own or not all(_is_among(value, known) for value in own):
        return None
    for later in evidence.lines[line.number + 1 :]:
        for other in later.claims:
            values = [] if other.is_limited or not other.check else _given(other, evidence)
            if not all(_is_among(value, known) for value in values):
                return later, other
    return None


def _given(claim: WeighedClaim, evidence: Evidence) -> list[float]:
    """The values of an unknown that a claim gives, one or several."""
    if claim.claim.value is not None and (listed := list(_listed(claim.claim.value, evidence))):
        return listed
    is_value = bool(claim.name) and not free_names(claim.terms[-1])
    return numbers(claim.terms[-1], evidence.budget)[:1] if is_value else []


def where_surplus_entered(evidence: Evidence) -> Source | None:
    """The claim that first lists a solution which is none, where the right ones are all there.

    What follows from the lines before it is right: a root that does not fit must still be dropped.
    """
    own, right = _own_values(evidence), _right_values(evidence)
    if own and denies_solutions(evidence.key):
        return next(_giving(own, evidence), None)
    surplus = [value for value in own if not _is_among(value, right)]
    if not right or not surplus or not all(_is_among(value, own) for value in right):
        return None
    listing = [
        (line, claim)
        for line in evidence.lines
        for claim in line.claims
        if _lists(claim, surplus, evidence) or _is_listed(claim, line, surplus, evidence)
    ]
    open_ones = (source for source in listing if not _is_proved(source[1]))
    return next(open_ones, None) or _answer(evidence) or (listing[-1] if listing else None)


def _giving(own: Sequence[float], evidence: Evidence) -> Iterator[Source]:
    """The claims that give an unknown one of these values."""
    for line in evidence.lines:
        for claim in line.claims:
            if claim.check and any(_is_among(v, own) for v in _given(claim, evidence)):
                yield line, claim


def _answer(evidence: Evidence) -> Source | None:
    """The line that answers, unless it is proved."""
    if evidence.answer.line is None:
        return None
    line = evidence.lines[evidence.answer.line]
    claims = [claim for claim in line.claims if claim.check and not _is_proved(claim)]
    return (line, claims[0]) if claims else None


def _lists(claim: WeighedClaim, surplus: Sequence[float], evidence: Evidence) -> bool:
    listed = list(_listed(claim.claim.value, evidence)) if claim.claim.value else []
    return len(listed) > 1 and all(_is_among(value, listed) for value in surplus)


def _is_listed(
    claim: WeighedClaim, line: WeighedLine, surplus: Sequence[float], evidence: Evidence
) -> bool:
    """x = 2 of x1 = 9, x2 = 2"""
    own, whole = (
        [value for each in claims for value in _listed(each.equation, evidence)]
        for claims in ([claim], line.claims)
    )
    return len(own) == 1 < len(whole) and _is_among(own[0], surplus)


def _is_proved(claim: WeighedClaim) -> bool:
    return claim.check is not None and claim.check.verdict == StepVerdict.PROVED


def where_component_went_wrong(evidence: Evidence) -> Source | None:
    """The first calculation that gives the only wrong coordinate of a point."""
    own, right = (_point(value, evidence) for value in (_own(evidence), key_value(evidence.key)))
    if not own or len(own) != len(right):
        return None
    wrong = [a for a, b in zip(own, right, strict=True) if not are_close(a, b)]
    if len(wrong) != 1 or _is_among(wrong[0], right):
        return None
    for calculation in evidence.calculations:
        if calculation.is_new and calculation.gives(wrong[0]):
            line = evidence.lines[calculation.line]
            return line, line.claims[calculation.claim]
    return None


def lists_right_ones(claim: WeighedClaim, evidence: Evidence) -> bool:
    """Whether it is a list of solutions of which each is right: x = 7π/6, 11π/6, beside π/2."""
    value, right = claim.claim.value, _right_values(evidence)
    listed = list(_listed(expand_plus_minus(value), evidence)) if value is not None else []
    return len(listed) > 1 and all(_is_among(value, right) for value in listed)


def _own(evidence: Evidence) -> Value | None:
    with suppress(Unreadable, RecursionError):
        return expand_plus_minus(read_answer(evidence.answer.text))
    return None


def _own_values(evidence: Evidence) -> list[float]:
    return list(_listed(_own(evidence), evidence))


def _right_values(evidence: Evidence) -> list[float]:
    return list(_listed(expand_plus_minus(key_value(evidence.key)), evidence))


def _listed(value: Value | None, evidence: Evidence) -> Iterator[float]:
    listed = solutions(value) if value is not None else None
    for member in listed.values if listed else ():
        term = bare_term(member)
        if term is not None:
            yield from numbers(term, evidence.budget)[:1]


def _point(value: Value | None, evidence: Evidence) -> list[float]:
    """Its coordinates; empty for anything but a point of numbers."""
    if isinstance(value, Comparison):
        value = value.right
    if not isinstance(value, Bracketed) or value.opening not in ("(", "\\langle"):
        return []
    terms = [bare_term(part) for part in value.parts]
    amounts = [number for term in terms if term for number in numbers(term, evidence.budget)[:1]]
    return amounts if len(amounts) == len(value.parts) else []


def _is_among(value: float, others: Sequence[float]) -> bool:
    return any(are_close(value, other) for other in others)
