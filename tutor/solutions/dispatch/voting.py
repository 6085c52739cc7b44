"""Solutions of one problem vote: those whose answers mean the same belong together.

The vote is in once as many solutions as the recipe wants have ended on their own. A solution is
shown where enough of the others agree with it (settings.AGREEMENT) and its answer is the stored
one; where the grader cannot tell, it is shown as undecided. Otherwise the tutor abstains, and only
the teacher sees what the model wrote.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import cached_property

from accounts.models import User
from tutor import grading
from tutor.engine.completion import Outcome
from tutor.grading import Verdict, group_answers
from tutor.prepared import prepared
from tutor.problems.models import ProblemVersion
from tutor.solutions.dispatch.model_choice import recipe_code, recipe_in_force, tries_wanted
from tutor.solutions.dispatch.reference_solution import checked_reference
from tutor.solutions.dispatch.shown_steps import shown_steps
from tutor.solutions.models import ReadinessSample, Solution, State

C = TypeVar("C", ReadinessSample, Solution)

COMPARING_WORK_S = 5.0  # all answers of one problem with one another
COUNTED = (  # outcomes by which a model ends on its own
    Outcome.FINISHED,
    Outcome.DECLINED,
    Outcome.BUDGET_EXHAUSTED,
    Outcome.LOOPING,
)


def vote_on(version: ProblemVersion) -> "Vote":
    """The vote as it stands now, by the recipe in force."""
    recipe = recipe_in_force()
    tries = _tries_at(version.pk, recipe_code(recipe))
    for solution in tries:
        solution.version = version
    return Vote(tries, tries_wanted(recipe))


@prepared
def _tries_at(version_pk: int, recipe: str) -> QuerySet[Solution]:
    tries = Solution.objects.filter(version=version_pk, recipe=recipe)
    return tries.defer("reasoning").order_by("number")


def needs_counting(ended: Solution) -> bool:
    """Whether `count_vote` has anything to do: other answers to compare, or perhaps to abstain."""
    tries = Solution.objects.filter(version=ended.version, recipe=ended.recipe)
    return not ended.is_right or tries.filter(state=State.ENDED).count() > 1


def count_vote(ended: Solution) -> None:
    """Compare the answers after one more solution has ended.

    Where the tutor abstains, check the teacher's solution, which is shown instead.
    """
    tries = Solution.objects.filter(version=ended.version, recipe=ended.recipe)
    compare_answers(tries.filter(state=State.ENDED), ended.version)
    if vote_on(ended.version).abstains:
        checked_reference(ended.version)


def compare_answers(ended: QuerySet[C], version: ProblemVersion) -> None:
    """Store which completions of a version have answers of the same meaning."""
    key = version.checked_key.whole
    if not version.checked_key.is_usable:
        key = grading.AnswerKey("", grading.Kind.TEXT)  # only the same words mean the same then
    answered = ended.exclude(final_answer="").order_by("number")
    compared: list[C] = []
    # Further ones may end meanwhile: the worker that writes last must have seen all of them.
    while len(compared) != len(completions := list(answered.all())):
        compared = completions
        grouping = group_answers(
            [completion.final_answer for completion in compared], key, COMPARING_WORK_S
        )
        for indexes in grouping.groups:
            for index in indexes:
                compared[index].answers_like = compared[indexes[0]].number
        ended.bulk_update(compared, ["answers_like"])


def best_of(solutions: Sequence[Solution]) -> Solution | None:
    """The one with the fewest refuted steps; of these the shortest, then the first."""

    def rank(solution: Solution) -> tuple[int, int, int]:
        return _refuted_in(solution), len(solution.answer), solution.number

    return min(solutions, key=rank, default=None)


def _refuted_in(solution: Solution) -> int:
    """The number of steps that are refuted, or rest on one that is."""
    return sum(step.is_in_doubt for step in shown_steps(solution))


@dataclass(frozen=True)
class SolutionGroup:
    """Solutions whose answers mean the same, in the order of their numbers."""

    solutions: Sequence[Solution]

    @property
    def count(self) -> int:
        return len(self.solutions)

    @property
    def answer(self) -> str:
        return self.solutions[0].final_answer

    @property
    def verdict(self) -> str:
        """The best verdict in it: of equal answers, only some may have the form demanded."""
        verdicts = {solution.verdict for solution in self.solutions}
        best_first = (Verdict.CORRECT, Verdict.UNDECIDED, Verdict.INCORRECT)
        return next((verdict for verdict in best_first if verdict in verdicts), Verdict.UNREADABLE)

    @property
    def best(self) -> Solution | None:
        return best_of(
            [solution for solution in self.solutions if solution.verdict == self.verdict]
        )


class Vote:
    """The tries at one version by one recipe, in the order of their numbers.

    needed: how many tries make the vote complete.
    """

    def __init__(self, tries: Sequence[Solution], needed: int) -> None:
        self.tries, self.needed = tries, needed
        self.running = [solution for solution in tries if solution.state != State.ENDED]
        self.counted = [solution for solution in tries if solution.outcome in COUNTED]
        self.right = [solution for solution in self.counted if solution.is_right]

    @property
    def is_in(self) -> bool:
        return len(self.counted) >= self.needed

    @property
    def missing(self) -> int:
        """How many more to begin; none once as many have failed as were wanted.

        A solution that somebody stopped has not failed.
        """
        failed = [solution for solution in self.tries if solution.outcome == Outcome.ENGINE_FAILED]
        if len(failed) >= self.needed:
            return 0
        return max(0, self.needed - len(self.counted) - len(self.running))

    @property
    def is_over(self) -> bool:
        """Whether it is in, or cannot come in by itself."""
        return self.is_in or not (self.running or self.missing)

    @property
    def next_number(self) -> int:
        return self.tries[-1].number + 1 if self.tries else 1

    @cached_property
    def groups(self) -> list[SolutionGroup]:
        """The largest first; of equally large ones the right one, then an undecided one."""
        by_answer: dict[int, list[Solution]] = defaultdict(list)
        for solution in self.counted:
            if solution.final_answer:
                by_answer[solution.answers_like or solution.number].append(solution)
        # All right answers mean the same, even those that nobody has compared yet.
        right = [
            number
            for number, solutions in by_answer.items()
            if any(solution.is_right for solution in solutions)
        ]
        for number in right[1:]:
            by_answer[right[0]] += by_answer.pop(number)
        groups = [
            SolutionGroup(sorted(solutions, key=lambda solution: solution.number))
            for solutions in by_answer.values()
        ]
        return sorted(groups, key=_size_and_verdict)

    @cached_property
    def agreed(self) -> list[SolutionGroup]:
        """The groups that are large enough, once the vote is in."""
        if not self.is_in:
            return []
        total = len(self.counted)
        return [group for group in self.groups if group.count / total >= settings.AGREEMENT]

    @cached_property
    def winner(self) -> SolutionGroup | None:
        """The group that is shown: an agreed one that is right, else one that is undecided."""
        for verdict in (Verdict.CORRECT, Verdict.UNDECIDED):
            for group in self.agreed:
                if group.verdict == verdict:
                    return group
        return None

    @property
    def is_right(self) -> bool:
        return self.winner is not None and self.winner.verdict == Verdict.CORRECT

    @property
    def abstains(self) -> bool:
        return self.is_in and self.winner is None

    @property
    def gave_nothing(self) -> bool:
        """Whether all tries have ended, and none may be right.

        Tries that were stopped do not count: they show nothing about the model.
        """
        ended = [solution for solution in self.tries if solution.outcome != Outcome.ABORTED]
        is_over = bool(ended) and not self.running
        return is_over and not any(solution.may_be_right for solution in ended)

    @property
    def is_declined(self) -> bool:
        """Whether all that ended are refusals: nobody solved it wrongly, and nothing is judged."""
        outcomes = {solution.outcome for solution in self.counted}
        return outcomes == {Outcome.DECLINED}

    @property
    def unanswered(self) -> int:
        return sum(not solution.final_answer for solution in self.counted)

    def solution_for(self, user: User | None) -> Solution | None:
        """The solution that `user` sees; None where none was begun, or none is shown.

        A user who has watched a right one keeps seeing it, however the vote ends.
        """
        if watched := self._watched_by(user):
            return watched
        if self.is_in:
            return self.winner.best if self.winner else None
        streaming_first = sorted(self.running, key=_streaming_first)
        return best_of(self.right) or next(iter([*streaming_first, *reversed(self.tries)]), None)

    def _watched_by(self, user: User | None) -> Solution | None:
        if user is None or not self.right:
            return None
        watched = user.solution_views.filter(solution__in=self.right)
        pks = set(watched.values_list("solution", flat=True))
        return best_of([solution for solution in self.right if solution.pk in pks])

    def may_ask_again(self) -> bool:
        """Whether all tries have ended, none is right, and further tries are left."""
        return not (self.is_in or self.running or self.right)


def _size_and_verdict(group: SolutionGroup) -> tuple[int, bool, bool]:
    verdict = group.verdict
    return -group.count, verdict != Verdict.CORRECT, verdict != Verdict.UNDECIDED


def _streaming_first(solution: Solution) -> tuple[bool, int]:
    return solution.state == State.QUEUED, solution.priority
