"""Does this step follow? Checks the claims of a derivation, a line or a block at a time.

A *step* is a line of a derivation or a block of a worked solution; its formulas are cut into
*claims*. A claim is proved, refuted (with values for which it fails) or unchecked: prose,
formulas that could not be read as a whole, and claims that could not be decided in time.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from tutor.grading.numeric import weights
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent, note_work
from tutor.grading.steps.claim_results import (
    ClaimCheck,
    ClaimRelation,
    Slip,
    StepVerdict,
    Witness,
)
from tutor.grading.steps.solution import SolutionChecker

__all__ = [
    "CHECKER_VERSION",
    "ClaimCheck",
    "ClaimRelation",
    "Mark",
    "Slip",
    "StepCheck",
    "StepChecker",
    "StepVerdict",
    "Witness",
]

CHECKER_VERSION = "4"
MAX_STEP_WORK_S = 2.0  # for all claims of one step


class Mark(StrEnum):
    """How a page shows a checked step or line."""

    PROVED = "proved"
    REFUTED = "refuted"
    RESTING = "resting"  # it uses a refuted step
    GIVEN = "given"  # it states the problem, or defines something
    UNCHECKED = "unchecked"
    NEUTRAL = "neutral"  # its calculations hold, in a solution whose answer is wrong
    RIGHT_ANSWER = "right_answer"  # it repeats a final answer that agrees with the stored one
    WRONG_ANSWER = "wrong_answer"


@dataclass(frozen=True, slots=True)
class StepCheck:
    """A step: refuted when a claim is, proved when every claim is, else unchecked.

    rests_on: the number of an earlier refuted step whose claim this step uses, or None.
    """

    verdict: StepVerdict
    claims: tuple[ClaimCheck, ...] = ()
    rests_on: int | None = None

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Self:
        """A check from its `to_dict`, which may have been stored as JSON.

        Raises AttributeError, KeyError, TypeError or ValueError for anything else.
        """
        claims = tuple(ClaimCheck.from_dict(claim) for claim in fields["claims"])
        return cls(**{**fields, "verdict": StepVerdict(fields["verdict"]), "claims": claims})

    @property
    def refuted(self) -> ClaimCheck | None:
        """The first claim that fails."""
        return next((c for c in self.claims if c.verdict == StepVerdict.REFUTED), None)

    @property
    def mark(self) -> Mark:
        """As a page shows it. A step that only names or repeats something is given."""
        is_unchecked = self.verdict == StepVerdict.UNCHECKED
        if self.rests_on is not None and not is_unchecked:
            return Mark.RESTING
        is_given = is_unchecked and self.claims and all(c.is_definition for c in self.claims)
        return Mark.GIVEN if is_given else Mark(self.verdict)

    def to_dict(self) -> dict[str, object]:
        # Not asdict, whose deep copies take ten times as long.
        claims = [
            {**_fields(claim), "witness": claim.witness and _fields(claim.witness)}
            for claim in self.claims
        ]
        return {"verdict": self.verdict, "claims": claims, "rests_on": self.rests_on}


def _fields(value: ClaimCheck | Witness) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__slots__}


@dataclass
class StepChecker:
    """Checks the steps of one solution in order; earlier steps count as premises.

    statement: the problem's own text, whose equations and definitions may be used.
    """

    statement: str = ""
    checks: list[StepCheck] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._solution = SolutionChecker()
        self._solution.add_statement(self.statement)

    def check(self, step: str) -> StepCheck:
        """Never raises. The claims for which there is no work left are missing."""
        claims: list[ClaimCheck] = []
        is_whole = False
        with suppress(WorkBudgetSpent), WorkBudget(MAX_STEP_WORK_S):
            note_work(2 * weights.READING * len(step))
            for claim in self._solution.check_step(step):
                claims.append(claim)
            is_whole = True
        verdict = _verdict(claims)
        if not is_whole and verdict == StepVerdict.PROVED:
            verdict = StepVerdict.UNCHECKED
        check = StepCheck(verdict, tuple(claims), self._solution.rests_on)
        self.checks.append(check)
        return check


def _verdict(claims: Sequence[ClaimCheck]) -> StepVerdict:
    verdicts = {claim.verdict for claim in claims if not claim.is_definition}
    if StepVerdict.REFUTED in verdicts:
        return StepVerdict.REFUTED
    return StepVerdict.PROVED if verdicts == {StepVerdict.PROVED} else StepVerdict.UNCHECKED
