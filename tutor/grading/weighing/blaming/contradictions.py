"""Set-ups that the right answer does not fulfil, whatever the lines after them say.

45 + x = 39 + 3x does not follow from 45 + x = 3(13 - x), and yet the first line is the wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tutor.grading.steps.checks import Mark, StepCheck
from tutor.grading.steps.claim_results import ClaimRelation
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.innocence import is_evaluated
from tutor.grading.weighing.marks import WrongLine, wrong_claim
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine


def contradicted(evidence: Evidence) -> WrongLine | None:
    """The first line that is false at the right answer, before a refuted one that is true there.

    None where nothing contradicts it: its letter may stand for something else then.
    """
    refuted = next((line for line in evidence.lines if line.is_refuted), None)
    if refuted is None or not all(map(evidence.is_true_at_answer, refuted.claims)):
        return None
    return next((wrong_claim(*source) for source in _false(evidence, refuted.number)), None)


def without_false_givens(checks: Sequence[StepCheck], evidence: Evidence) -> list[StepCheck]:
    """No equation is called given that the right answer does not fulfil."""
    changed = list(checks)
    for line, _ in _false(evidence, len(checks)):
        check = changed[line.number]
        if check.mark == Mark.GIVEN:
            claims = (replace(c, relation=ClaimRelation.IMPLIES) for c in check.claims)
            changed[line.number] = replace(check, claims=tuple(claims))
    return changed


def _false(evidence: Evidence, end: int) -> Iterator[tuple[WeighedLine, WeighedClaim]]:
    for line in evidence.lines[:end]:
        for claim in line.claims:
            is_judged = claim.check is not None and not claim.is_limited
            if is_judged and not is_evaluated(claim) and evidence.is_false_at_answer(claim):
                yield line, claim
