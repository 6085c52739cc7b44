"""Lines that are true, and that a refuted line took for what they are not.

1·4 = 4 before a product of matrices that was made entry by entry, f(4) = 5 before f(g(4)) = g(5).
But not 8·7·6 = 336 before 336 committees: it has still to be divided by 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.claim_results import ClaimCheck, ClaimRelation, Slip, StepVerdict
from tutor.grading.working.certainty.calculations import OF_NUMBERS, without_praise

_NUMBER = re.compile(r"[-−]?\d{1,9}(?:\.\d{1,6})?")
_COMPOSED = re.compile(r"(?<!\w)([a-zA-Z])\s?\(\s?([a-zA-Z])\s?\(")


def without_mistaken_parts(checks: Sequence[StepCheck]) -> list[StepCheck]:
    """The checks, with such lines before the first refuted one unchecked."""
    changed = list(checks)
    number = next((n for n, check in enumerate(checks) if check.refuted), 0)
    refuted = checks[number].refuted if checks else None
    for line, claim in _parts(refuted, checks[:number]) if refuted else ():
        changed = without_praise(changed, line, claim)
    return changed


def _parts(refuted: ClaimCheck, before: Sequence[StepCheck]) -> Iterator[tuple[int, int]]:
    for line, check in enumerate(before):
        for index, claim in enumerate(check.claims):
            if claim.verdict == StepVerdict.PROVED and _is_part(claim, refuted):
                yield line, index


def _is_part(claim: ClaimCheck, refuted: ClaimCheck) -> bool:
    if refuted.slip == Slip.ENTRY_BY_ENTRY and claim.relation in OF_NUMBERS:
        results = _numbers(claim.claim.split("=")[-1])
        return "=" in claim.claim and bool(results) and results[-1] in _numbers(refuted.claim)
    composed = _COMPOSED.search(refuted.claim) if refuted.slip == Slip.COMPOSITION_ORDER else None
    if composed is None or claim.relation != ClaimRelation.EVALUATE:
        return False
    is_nested = bool(_COMPOSED.search(claim.claim))
    return not is_nested and bool(re.match(rf"\s?{composed[1]}\s?\(", claim.claim))


def _numbers(text: str) -> list[Fraction]:
    return [Fraction(number.replace("−", "-")) for number in _NUMBER.findall(text)]
