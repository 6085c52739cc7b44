"""The steps of a solution that a student is given one by one: whose they are, which comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import cached_property

from tutor.assignments.models import Item
from tutor.attempts.leak_check import would_reveal
from tutor.attempts.models import GivenHelp
from tutor.courses.models import Enrollment
from tutor.grading import Form, Verdict
from tutor.problems.models import ProblemVersion
from tutor.solutions.dispatch.next_best import NextBest, lacks_model, needs_next_best
from tutor.solutions.dispatch.reference_solution import checked_reference
from tutor.solutions.dispatch.shown_steps import shown_steps
from tutor.solutions.dispatch.solver_solution import SolverSolution, solver_solution
from tutor.solutions.dispatch.voting import Vote, best_of, vote_on
from tutor.solutions.models import CheckedReference, Solution, State


class StepState(StrEnum):
    """What the level of single steps offers a student now."""

    READY = "ready"
    LAST = "last"  # the rest would reveal the answer
    WORKING = "working"
    NONE = "none"  # there is no solution, and no more are tried
    ASK = "ask"
    UNJUDGED = "unjudged"  # asking would lead to nothing: nobody could tell a right solution
    ABSENT = "absent"  # asking would lead to nothing: there is no model


@dataclass(frozen=True)
class NextStep:
    """A step that nothing refutes. number: its position in the solution, from 1."""

    number: int
    text: str


@dataclass
class StepSource:
    """Chooses the solution whose steps are given. given: the steps that the student has."""

    enrollment: Enrollment
    item: Item
    version: ProblemVersion
    given: list[GivenHelp]

    @property
    def is_corrected(self) -> bool:
        """Whether the steps are of a solution that Lemma's calculator has corrected."""
        source = self.solution if self.given else None
        return isinstance(source, Solution) and bool(source.corrections)

    @property
    def is_reference(self) -> bool:
        """Whether the steps are of the teacher's solution."""
        return isinstance(self.solution, CheckedReference)

    @property
    def is_solver(self) -> bool:
        """Whether Lemma's own solver has worked the steps out."""
        return isinstance(self.solution, SolverSolution)

    @property
    def is_declined(self) -> bool:
        """Whether the model says that it cannot solve this."""
        return self._vote.is_declined

    @cached_property
    def state(self) -> StepState:
        if self.solution is not None:
            is_over = self.next_step is None or self.is_withheld
            return StepState.LAST if is_over else StepState.READY
        if self._vote.running and not self._vote.is_in:
            return StepState.WORKING
        if not self._vote.may_ask_again():
            return StepState.NONE
        if not self._can_be_judged:
            return StepState.UNJUDGED
        return StepState.ABSENT if lacks_model() else StepState.ASK

    @property
    def _can_be_judged(self) -> bool:
        """Whether the grader can tell that a solution of a model is right."""
        key = self.version.checked_key
        return key.is_usable and key.whole.form != Form.FREE_TEXT

    @cached_property
    def next_step(self) -> NextStep | None:
        """The step after those that were given, leaving out refuted ones and what rests on them."""
        if self.solution is None:
            return None
        last = self.given[-1].number if self.given else 0
        sound = (
            NextStep(number, step.text)
            for number, step in enumerate(shown_steps(self.solution), start=1)
            if not step.is_in_doubt
        )
        return next((step for step in sound if step.number > last), None)

    @cached_property
    def is_withheld(self) -> bool:
        """Whether the next step would reveal the answer, so that it is not offered."""
        return self.next_step is not None and would_reveal(self.next_step.text, self.version)

    @cached_property
    def solution(self) -> Solution | NextBest | None:
        """The one that goes on from the step given last, else the best."""
        best = next(self._candidates(), None)
        return next(filter(self._goes_on, self._candidates()), best) if self.given else best

    def _candidates(self) -> Iterator[Solution | NextBest]:
        """The best first."""
        needs_more = not self._can_be_judged or needs_next_best(self._vote, self._by_model)
        if self._by_model is not None and not needs_more:
            yield self._by_model
        if needs_more or self.given:
            reference, solver = checked_reference(self.version), solver_solution(self.version)
            others = (reference, solver, self._by_model)
            yield from (other for other in others if other is not None)

    def _goes_on(self, source: Solution | NextBest) -> bool:
        """Whether the step that was given last is one of it."""
        last = self.given[-1]
        return source.steps[last.number - 1 : last.number] == [last.text]

    @cached_property
    def _by_model(self) -> Solution | None:
        """A right solution: the one that the given steps are from, else the winner of the vote."""
        ended = self.version.solutions.filter(state=State.ENDED, verdict=Verdict.CORRECT)
        right = list(ended.defer("reasoning").order_by("number"))
        if self.given and (source := next(filter(self._goes_on, right), None)):
            return source
        if self._vote.is_in:
            return self._vote.solution_for(None) if self._vote.is_right else None
        return best_of(self._vote.right or right)

    @cached_property
    def _vote(self) -> Vote:
        return vote_on(self.version)
