"""The checked steps of a finished solution as its page shows them.

static/js/step_checks.js does the same while a solution is being written;
tests/data/shown_checks.json and tests/data/shown_marks.json test both.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, Literal

from tutor.grading import Verdict
from tutor.grading.check_process.client import UNCHECKED
from tutor.grading.steps.checks import ClaimRelation, Mark, StepVerdict, Witness
from tutor.solutions.dispatch.solver_solution import SolverSolution
from tutor.solutions.models import CheckedReference, Solution

NO_MARK: Literal[""] = ""
_REPEATING = (ClaimRelation.RESTATE, ClaimRelation.DEFINE)
Fields = dict[str, Any]  # a check as its row stores it, perhaps by an earlier version


@dataclass(frozen=True)
class ShownClaim:
    """mark: "" for a definition, which needs no proof.

    reason: a WitnessReason, why a refuted claim fails, or "". at, left, right: its formulas.
    """

    mark: Mark | Literal[""]
    relation: str
    text: str
    slip: str
    reason: str
    at: str
    left: str
    right: str


@dataclass(frozen=True)
class ShownStep:
    """mark: "" where none is shown.

    rests_on: that step's number, from 1; None where there is none. moves: as its check has them.
    """

    text: str
    mark: Mark | Literal[""] = NO_MARK
    claims: tuple[ShownClaim, ...] = ()
    rests_on: int | None = None
    moves: tuple[Fields, ...] = ()

    @property
    def is_in_doubt(self) -> bool:
        """Whether it is refuted, or rests on a step that is."""
        return self.mark in (Mark.REFUTED, Mark.RESTING)


@dataclass(frozen=True)
class StepTally:
    """How many steps there are, and how many have each mark; these add up.

    proved: or the right answer. neutral: or the wrong answer.
    """

    steps: int
    proved: int
    refuted: int
    resting: int
    neutral: int
    unchecked: int


def shown_steps(solution: Solution | CheckedReference | SolverSolution) -> list[ShownStep]:
    if isinstance(solution, SolverSolution):
        return [ShownStep(text, Mark.PROVED) for text in solution.steps]
    if isinstance(solution, CheckedReference):
        return shown(solution.steps, solution.checks)
    return shown(solution.steps, solution.checks, solution.verdict, solution.final_answer)


def shown(
    steps: Sequence[str], checks: Sequence[Fields | None], verdict: str = "", answer: str = ""
) -> list[ShownStep]:
    """All steps; without marks where no checker has looked at any.

    verdict, answer: of the final answer, where it was graded.
    """
    if not checks:
        return [ShownStep(text) for text in steps]
    all_shown = [_shown(text, check) for text, check in zip_longest(steps, checks)]
    last = len(all_shown) - 1
    return [
        replace(step, mark=_mark_in(step, verdict, answer if number == last else ""))
        for number, step in enumerate(all_shown)
    ]


def _mark_in(step: ShownStep, verdict: str, answer: str) -> Mark | Literal[""]:
    """The mark of a step in a solution with this verdict. answer: "" for all steps but the last."""
    gives_answer = bool(answer) and answer in step.text
    if verdict == Verdict.INCORRECT and step.mark != Mark.REFUTED:
        if gives_answer:
            return Mark.WRONG_ANSWER
        return Mark.NEUTRAL if step.mark == Mark.PROVED else step.mark
    only_repeats = all(claim.relation in _REPEATING for claim in step.claims)
    if verdict == Verdict.CORRECT and gives_answer and only_repeats:
        return Mark.RIGHT_ANSWER if step.mark in (Mark.PROVED, Mark.UNCHECKED) else step.mark
    return step.mark


def tally(steps: list[ShownStep]) -> StepTally | None:
    marks = Counter(step.mark for step in steps)
    if set(marks) <= {NO_MARK}:
        return None
    return StepTally(
        len(steps),
        marks[Mark.PROVED] + marks[Mark.RIGHT_ANSWER],
        marks[Mark.REFUTED],
        marks[Mark.RESTING],
        marks[Mark.NEUTRAL] + marks[Mark.WRONG_ANSWER],
        marks[Mark.UNCHECKED],
    )


def _shown(text: str, stored: Fields | None) -> ShownStep:
    check: Fields = stored or UNCHECKED.to_dict()
    claims = tuple(_shown_claim(claim) for claim in check["claims"])
    rests_on = None if check["rests_on"] is None else check["rests_on"] + 1
    return ShownStep(text, _mark_of(check), claims, rests_on, tuple(check.get("moves", ())))


def _mark_of(check: Fields) -> Mark:
    is_resting = check["rests_on"] is not None and check["verdict"] != StepVerdict.REFUTED
    return Mark.RESTING if is_resting else Mark(check["verdict"])


def _shown_claim(claim: Fields) -> ShownClaim:
    is_unchecked = claim["verdict"] == StepVerdict.UNCHECKED
    is_definition = is_unchecked and claim["relation"] == ClaimRelation.DEFINE
    is_refuted = claim["verdict"] == StepVerdict.REFUTED
    witness = Witness.from_dict(claim["witness"]) if is_refuted and claim["witness"] else None
    reason = witness.reason(claim["relation"]) if witness else None
    return ShownClaim(
        mark=NO_MARK if is_definition else Mark(claim["verdict"]),
        relation=claim["relation"],
        text=claim["claim"],
        slip=claim["slip"],
        reason=reason or "",
        at=witness.assignment if witness and reason else "",
        left=witness.left if witness and reason else "",
        right=witness.right if witness and reason else "",
    )
