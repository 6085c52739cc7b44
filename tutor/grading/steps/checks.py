"""Does this step follow? Verdicts on the claims of a derivation, a line or a block at a time.

A *step* is a line of a derivation or a block of a worked solution; its formulas are cut into
*claims*. A claim is proved, refuted (with values for which it fails) or unchecked: prose, what
could not be read as a whole, and what nobody could decide in time.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tutor.grading.parsing.tree import Unreadable
from tutor.grading.processes.deadline import Deadline
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    Witness,
    unchecked,
)
from tutor.grading.steps.derivation import Derivation
from tutor.grading.steps.solution import SolutionChecker

__all__ = [
    "CHECKER_VERSION",
    "ClaimCheck",
    "ClaimRelation",
    "StepCheck",
    "StepChecker",
    "StepVerdict",
    "Witness",
    "check_derivation",
]

CHECKER_VERSION = "3"
WITHIN_S = 0.5  # of one claim


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """One claim. start, end: its place in the step's text, in characters.

    slip: the usual mistake that explains a refuted claim, a name such as "moved_sign"; empty
    where none was recognised. seconds: what the check took.
    """

    verdict: StepVerdict
    relation: ClaimRelation
    claim: str
    start: int
    end: int
    witness: Witness | None = None
    slip: str = ""
    seconds: float = 0.0

    @property
    def is_definition(self) -> bool:
        """Whether it only gives a name, or says again what was said: nothing to prove."""
        return self.verdict == StepVerdict.UNCHECKED and self.relation == ClaimRelation.DEFINE


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
        # Not asdict, which takes ten times as long to copy what is only to be written.
        claims = [
            {**_fields(claim), "witness": claim.witness and _fields(claim.witness)}
            for claim in self.claims
        ]
        return {"verdict": self.verdict, "claims": claims, "rests_on": self.rests_on}


def _fields(value: ClaimCheck | Witness) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__slots__}


@dataclass
class StepChecker:
    """Fed the steps of one solution in order; what earlier ones established counts later.

    statement: the problem's own text, whose equations and definitions may be used.
    """

    statement: str = ""
    checks: list[StepCheck] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._solution = SolutionChecker()
        self._solution.state(self.statement)

    def check(self, step: str) -> StepCheck:
        """Never raises."""
        claims = tuple(
            ClaimCheck(
                judged.result.verdict,
                judged.result.relation,
                judged.text,
                judged.start,
                judged.end,
                judged.result.witness,
                judged.result.slip,
                judged.seconds,
            )
            for judged in self._solution.step(step)
        )
        found = StepCheck(_verdict(claims), claims, self._solution.rests_on)
        self.checks.append(found)
        return found


def _verdict(claims: Sequence[ClaimCheck]) -> StepVerdict:
    verdicts = {claim.verdict for claim in claims if not claim.is_definition}
    if StepVerdict.REFUTED in verdicts:
        return StepVerdict.REFUTED
    return StepVerdict.PROVED if verdicts == {StepVerdict.PROVED} else StepVerdict.UNCHECKED


def check_derivation(lines: Sequence[str], context: str = "") -> list[StepCheck]:
    """One check for each line; the first one states what is worked on. Never raises.

    context: the problem's statement. A line without a relation of its own ("x^2-1") is claimed
    to equal the line before; an equation is claimed to follow from it. After a line that does
    not follow, the next ones are judged by that line, and rest on it.
    """
    problem = SolutionChecker()
    problem.state(context)
    derivation = Derivation(problem.stated.context, problem.stated.equations)
    checks: list[StepCheck] = []
    wrong: int | None = None
    for number, line in enumerate(lines):
        began_at = time.monotonic()
        try:
            found = derivation.line(line, Deadline.within(WITHIN_S))
        except (Unreadable, RecursionError):
            found = unchecked(ClaimRelation.IMPLIES)
        claim = _claim(found, line, 0, time.monotonic() - began_at)
        checks.append(StepCheck(found.verdict, (claim,), wrong))
        if found.verdict == StepVerdict.REFUTED:
            wrong = number
    return checks


def _claim(found: ClaimResult, text: str, start: int, seconds: float) -> ClaimCheck:
    return ClaimCheck(
        found.verdict,
        found.relation,
        text,
        start,
        start + len(text),
        found.witness,
        found.slip,
        seconds,
    )
