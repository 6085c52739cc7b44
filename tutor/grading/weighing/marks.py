"""Changes the checks of a working once one of its lines is known to be wrong, or right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.claim_results import ClaimCheck, ClaimRelation, Slip, StepVerdict
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine


@dataclass(frozen=True, slots=True)
class WrongLine:
    """claim: its index among the claims of the line's check."""

    line: int
    claim: int
    slip: Slip


def wrong_claim(line: WeighedLine, claim: WeighedClaim, slip: Slip = Slip.SET_UP) -> WrongLine:
    index = next((n for n, check in enumerate(line.check.claims) if check is claim.check), 0)
    return WrongLine(line.number, index, slip)


def with_refuted(checks: Sequence[StepCheck], wrong: WrongLine) -> list[StepCheck]:
    """The checks with one line refuted as the first, and all after it resting on it.

    But for those that the first pass has found right without the same line.
    """
    was_refuted = checks[wrong.line].refuted is not None
    return [
        _refuted(check, wrong)
        if number == wrong.line
        else check
        if number > wrong.line and was_refuted and is_free_of_mistake(check)
        else replace(check, rests_on=wrong.line)
        if number > wrong.line
        else without_refutation(check)
        for number, check in enumerate(checks)
    ]


def is_free_of_mistake(check: StepCheck) -> bool:
    """Of a line below a refuted one."""
    return check.rests_on is None and check.verdict == StepVerdict.PROVED


def _refuted(check: StepCheck, wrong: WrongLine) -> StepCheck:
    claims = list(check.claims)
    claims[wrong.claim] = _blamed(claims[wrong.claim], wrong.slip)
    return replace(check, verdict=StepVerdict.REFUTED, claims=tuple(claims), rests_on=None)


def _blamed(claim: ClaimCheck, slip: Slip) -> ClaimCheck:
    """Without a witness, which could be the stored answer. The sides of a set-up may be equal."""
    if claim.verdict == StepVerdict.REFUTED:
        has_name = claim.slip != Slip.NONE or slip == Slip.SET_UP
        return claim if has_name else replace(claim, slip=slip)
    relation = claim.relation if slip == Slip.ARITHMETIC else ClaimRelation.IMPLIES
    return replace(claim, verdict=StepVerdict.REFUTED, relation=relation, witness=None, slip=slip)


def without_praise(check: StepCheck) -> StepCheck:
    """Unchecked, for true arithmetic that leads straight to a wrong answer."""
    claims = tuple(
        replace(claim, verdict=StepVerdict.UNCHECKED, relation=ClaimRelation.IMPLIES)
        if claim.verdict == StepVerdict.PROVED and not claim.is_definition
        else claim
        for claim in check.claims
    )
    is_praised = check.verdict == StepVerdict.PROVED
    return replace(check, claims=claims, verdict=StepVerdict.UNCHECKED) if is_praised else check


def with_proved(check: StepCheck, indices: frozenset[int]) -> StepCheck:
    """The check with these claims proved; proved as a whole where no other is open."""
    claims = tuple(
        _proved(claim) if index in indices else claim for index, claim in enumerate(check.claims)
    )
    is_proved = all(claim.verdict == StepVerdict.PROVED or claim.is_definition for claim in claims)
    return replace(check, claims=claims, verdict=StepVerdict.PROVED if is_proved else check.verdict)


def _proved(claim: ClaimCheck) -> ClaimCheck:
    return replace(claim, verdict=StepVerdict.PROVED, witness=None, slip=Slip.NONE)


def without_refutation(check: StepCheck) -> StepCheck:
    if check.verdict != StepVerdict.REFUTED:
        return replace(check, rests_on=None)
    claims = tuple(
        replace(
            claim,
            verdict=StepVerdict.UNCHECKED,
            witness=None,
            slip=Slip.NONE,
            relation=ClaimRelation.IMPLIES,
        )
        if claim.verdict == StepVerdict.REFUTED
        else claim
        for claim in check.claims
    )
    return replace(check, claims=claims, verdict=StepVerdict.UNCHECKED, rests_on=None)
