"""What the check of a step says, how it is stored, and how a page shows it.

A *step* is a line of working or a block of a worked solution; its formulas are cut into *claims*.
A claim is proved, refuted (with values for which it fails) or unchecked: prose, formulas that could
not be read as a whole, and claims that could not be decided in time.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from tutor.grading.steps.claim_results import (
    ClaimCheck,
    ClaimRelation,
    Slip,
    StepVerdict,
    Witness,
)

__all__ = [
    "CHECKER_VERSION",
    "ClaimCheck",
    "ClaimRelation",
    "Mark",
    "Slip",
    "StepCheck",
    "StepVerdict",
    "Witness",
]

CHECKER_VERSION = "36"


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
    moves: how its proved claims came about, where that is certain; each a `Move.to_dict`.
    """

    verdict: StepVerdict
    claims: tuple[ClaimCheck, ...] = ()
    rests_on: int | None = None
    moves: tuple[dict[str, Any], ...] = ()

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Self:
        """A check from its `to_dict`, which may have been stored as JSON.

        Raises AttributeError, KeyError, TypeError or ValueError for anything else.
        """
        claims = tuple(ClaimCheck.from_dict(claim) for claim in fields["claims"])
        moves = tuple(fields.get("moves", ()))
        verdict = StepVerdict(fields["verdict"])
        return cls(**{**fields, "verdict": verdict, "claims": claims, "moves": moves})

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
        return {
            "verdict": self.verdict,
            "claims": claims,
            "rests_on": self.rests_on,
            "moves": list(self.moves),
        }


def _fields(value: ClaimCheck | Witness) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__slots__}
