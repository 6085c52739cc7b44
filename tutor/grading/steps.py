"""Does this step follow? Verdicts on the claims of a derivation, a line or a block at a time.

A *step* is a line of a derivation or a block of a worked solution; its formulas are cut into
*claims*. A claim is proved, refuted (with values for which it fails) or unchecked: prose, what
could not be read as a whole, and what nobody could decide in time.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from tutor.grading.deadline import Deadline, DeadlinePassed
from tutor.grading.equivalence import same
from tutor.grading.statements import read_answer
from tutor.grading.terms import Relation as Comparison
from tutor.grading.terms import Unreadable, free_names, is_term

CHECKER_VERSION = "1"
WITHIN_S = 0.5  # of one claim


class StepVerdict(StrEnum):
    PROVED = "proved"
    REFUTED = "refuted"
    UNCHECKED = "unchecked"


class Relation(StrEnum):
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
    """Values for which the premise holds and the claim does not.

    values: LaTeX of letters and of what they stand for; empty where the claim has no letters.
    left, right: what the two sides of the claim come to there, as LaTeX.
    """

    values: dict[str, str]
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """One claim. start, end: its place in the step's text, in characters.

    slip: the usual mistake that explains a refuted claim, a name such as "moved_sign"; empty
    where none was recognised. seconds: what the check took.
    """

    verdict: StepVerdict
    relation: Relation
    claim: str
    start: int
    end: int
    witness: Witness | None = None
    slip: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class StepCheck:
    """A step: refuted when a claim is, proved when every claim is, else unchecked.

    rests_on: the number of an earlier refuted step whose claim this step uses, or None.
    """

    verdict: StepVerdict
    claims: tuple[ClaimCheck, ...] = ()
    rests_on: int | None = None

    @property
    def refuted(self) -> ClaimCheck | None:
        """The first claim that fails."""
        return next((c for c in self.claims if c.verdict == StepVerdict.REFUTED), None)

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass
class StepChecker:
    """Fed the steps of one solution in order; what earlier ones established counts later.

    statement: the problem's own text, whose equations and definitions may be used.
    """

    statement: str = ""
    checks: list[StepCheck] = field(default_factory=list)

    def check(self, step: str) -> StepCheck:
        """Never raises, and takes a second at most."""
        claims = tuple(self._claims(step))
        verdicts = {claim.verdict for claim in claims}
        if StepVerdict.REFUTED in verdicts:
            verdict = StepVerdict.REFUTED
        elif verdicts == {StepVerdict.PROVED}:
            verdict = StepVerdict.PROVED
        else:
            verdict = StepVerdict.UNCHECKED
        found = StepCheck(verdict, claims)
        self.checks.append(found)
        return found

    def _claims(self, step: str) -> list[ClaimCheck]:
        began_at = time.monotonic()
        try:
            value = read_answer(step)
            if not isinstance(value, Comparison) or value.op != "=" or free_names(value):
                return []
            if not (is_term(value.left) and is_term(value.right)):
                return []
            equal = same(value.left, value.right, Deadline.within(WITHIN_S)).equal
        except (Unreadable, DeadlinePassed):
            return []
        if equal is None:
            return []
        verdict = StepVerdict.PROVED if equal else StepVerdict.REFUTED
        witness = None if equal else Witness({}, "", "")
        took = time.monotonic() - began_at
        return [ClaimCheck(verdict, Relation.EQUAL, step, 0, len(step), witness, "", took)]


def check_derivation(lines: Sequence[str], context: str = "") -> list[StepCheck]:
    """One check for each line; the first one states what is worked on.

    context: the problem's statement. A line without a relation of its own ("x^2-1") is claimed
    to equal the line before; an equation is claimed to follow from it.
    """
    checker = StepChecker(context)
    return [checker.check(line) for line in lines]
