"""What the check of a claim comes to: a verdict, the relation that was checked, and a witness."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StepVerdict(StrEnum):
    PROVED = "proved"
    REFUTED = "refuted"
    UNCHECKED = "unchecked"


class ClaimRelation(StrEnum):
    """What a claim says of what came before it."""

    EQUAL = "equal"  # two expressions have the same value
    EQUIVALENT = "equivalent"  # two statements have the same solutions
    IMPLIES = "implies"  # every solution of the premise is one of the claim
    SUBSTITUTE = "substitute"  # known values put into what is known
    DEFINE = "define"  # a name for something, which nothing can refute
    EVALUATE = "evaluate"  # a defined function, derivative or integral worked out
    APPROXIMATE = "approximate"  # equal when rounded as written
    SOLVE = "solve"  # the solutions of a statement


@dataclass(frozen=True, slots=True)
class Witness:
    """Values for which one of two statements holds and the other does not.

    values: LaTeX of letters and of what they stand for, a number that ends in \\ldots being cut
    off; empty where the claim has no letters.
    left, right: LaTeX of what the two sides of the failing statement come to there.
    failing: "claim", or "premise" where the claim holds for what the premise excludes.
    """

    values: dict[str, str]
    left: str
    right: str
    failing: str = "claim"


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """slip: the usual mistake that explains a refuted claim, empty where none was recognised.

    The witness of a proved implication is a value for which the converse fails.
    """

    verdict: StepVerdict
    relation: ClaimRelation
    witness: Witness | None = None
    slip: str = ""

    @property
    def is_decided(self) -> bool:
        return self.verdict != StepVerdict.UNCHECKED


def proved(relation: ClaimRelation, converse: Witness | None = None) -> ClaimResult:
    return ClaimResult(StepVerdict.PROVED, relation, converse)


def refuted(relation: ClaimRelation, witness: Witness, slip: str = "") -> ClaimResult:
    return ClaimResult(StepVerdict.REFUTED, relation, witness, slip)


def unchecked(relation: ClaimRelation) -> ClaimResult:
    return ClaimResult(StepVerdict.UNCHECKED, relation)
