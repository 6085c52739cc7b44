"""Does this step of a worked solution follow from the steps before it?"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from tutor.grading.numeric import operation_work
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent, note_work
from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.claim_results import ClaimCheck, StepVerdict
from tutor.grading.steps.worked.solution_checker import SolutionChecker

MAX_STEP_WORK_S = 2.0  # for all claims of one step


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
            note_work(2 * operation_work.READING * len(step))
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
