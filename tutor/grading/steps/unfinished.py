"""Checks of a working to which its writer still adds lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.claim_results import ClaimCheck, Slip, StepVerdict


def of_unfinished(checks: Sequence[StepCheck]) -> list[StepCheck]:
    """A line with one of several solutions is unchecked: the others may come below it."""
    spared = [_lacks_solutions_alone(check) for check in checks]
    return [
        _spared(check) if is_spared else _resting_on_others(check, spared)
        for check, is_spared in zip(checks, spared, strict=True)
    ]


def lacks_solutions(check: StepCheck) -> bool:
    """Whether `of_unfinished` has spared the line."""
    return check.verdict == StepVerdict.UNCHECKED and any(
        claim.slip == Slip.LOST_ROOT for claim in check.claims
    )


def _lacks_solutions_alone(check: StepCheck) -> bool:
    refuted = [claim for claim in check.claims if claim.verdict == StepVerdict.REFUTED]
    return bool(refuted) and all(claim.slip == Slip.LOST_ROOT for claim in refuted)


def _spared(check: StepCheck) -> StepCheck:
    claims = tuple(map(_spared_claim, check.claims))
    return replace(check, verdict=StepVerdict.UNCHECKED, claims=claims, rests_on=None)


def _spared_claim(claim: ClaimCheck) -> ClaimCheck:
    if claim.verdict != StepVerdict.REFUTED:
        return claim
    return replace(claim, verdict=StepVerdict.UNCHECKED, witness=None)


def _resting_on_others(check: StepCheck, spared: Sequence[bool]) -> StepCheck:
    rests_on_spared = check.rests_on is not None and spared[check.rests_on]
    return replace(check, rests_on=None) if rests_on_spared else check
