"""Which of a model's solutions of one problem is shown: those whose answers mean the same vote.

Once as many as the recipe wants have come to an end of their own, the vote is in. A solution is
shown where enough of them agree with it (settings.AGREEMENT) and its answer is the stored one;
where the grader cannot tell that, it is shown as undecided. Else the tutor abstains. What the
model wrote about other answers is for the teacher.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from tutor import grading
from tutor.engine.completion import Outcome
from tutor.grading import Verdict, group_answers
from tutor.problems.models import ProblemVersion
from tutor.solutions.dispatch.shown_steps import shown_steps
from tutor.solutions.models import Sample, Solution, State

C = TypeVar("C", Sample, Solution)

COMPARE_S = 5.0  # all answers of one problem with one another
COUNTED = (  # ends of the model's own
    *(Outcome.FINISHED, Outcome.DECLINED),
    *(Outcome.BUDGET_EXHAUSTED, Outcome.LOOPING),
)


def compare_answers(ended: QuerySet[C], version: ProblemVersion) -> None:
    """Note which completions of a version have answers of one meaning."""
    key = version.checked_key.whole
    if not version.checked_key.is_usable:
        key = grading.AnswerKey("", grading.Kind.TEXT)  # only the same words mean the same then
    answered = ended.exclude(final_answer="").order_by("number")
    known: list[C] = []
    # Others may end and be compared meanwhile: whoever writes last has to have seen all of them.
    while len(known) != len(found := list(answered.all())):
        known = found
        grouping = group_answers([one.final_answer for one in known], key, COMPARE_S)
        for places in grouping.groups:
            for place in places:
                known[place].answers_like = known[places[0]].number
        ended.bulk_update(known, ["answers_like"])


def best_of(solutions: Sequence[Solution]) -> Solution | None:
    """The one with the fewest refuted steps, of these the shortest, of these the first."""
    return min(
        solutions, key=lambda one: (_refuted_in(one), len(one.answer), one.number), default=None
    )


def _refuted_in(solution: Solution) -> int:
    """Steps that are refuted, or rest on one that is."""
    return sum(step.mark in ("refuted", "resting") for step in shown_steps(solution))


@dataclass(frozen=True)
class Group:
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
        """The best that one of them got: of equal answers, one may have the form demanded."""
        verdicts = {one.verdict for one in self.solutions}
        best_first = (Verdict.CORRECT, Verdict.UNDECIDED, Verdict.INCORRECT)
        return next((one for one in best_first if one in verdicts), Verdict.UNREADABLE)

    @property
    def best(self) -> Solution | None:
        return best_of([one for one in self.solutions if one.verdict == self.verdict])


class Vote:
    """Of the tries at one version by one recipe, in the order of their numbers.

    wanted: how many make it complete.
    """

    def __init__(self, tries: Sequence[Solution], wanted: int) -> None:
        self.tries, self.wanted = tries, wanted
        self.running = [one for one in tries if one.state != State.ENDED]
        self.counted = [one for one in tries if one.outcome in COUNTED]
        self.right = [one for one in self.counted if one.is_right]

    @property
    def is_in(self) -> bool:
        return len(self.counted) >= self.wanted

    @property
    def missing(self) -> int:
        """How many more are to be begun; none once as many have failed as were wanted.

        One that somebody stopped has not failed.
        """
        failed = [one for one in self.tries if one.outcome == Outcome.ENGINE_FAILED]
        if len(failed) >= self.wanted:
            return 0
        return max(0, self.wanted - len(self.counted) - len(self.running))

    @property
    def is_over(self) -> bool:
        """Whether it is in, or cannot come in by itself."""
        return self.is_in or not (self.running or self.missing)

    @property
    def next_number(self) -> int:
        return self.tries[-1].number + 1 if self.tries else 1

    @cached_property
    def groups(self) -> list[Group]:
        """The largest first; of equally large ones what is right, then what is undecided."""
        found: dict[int, list[Solution]] = defaultdict(list)
        for one in self.counted:
            if one.final_answer:
                found[one.answers_like or one.number].append(one)
        # What agrees with the stored answer is of one meaning, also where nobody compared it yet.
        right = [number for number, members in found.items() if any(o.is_right for o in members)]
        for number in right[1:]:
            found[right[0]] += found.pop(number)
        groups = [Group(sorted(each, key=lambda one: one.number)) for each in found.values()]
        rank = [Verdict.CORRECT, Verdict.UNDECIDED]
        return sorted(
            groups,
            key=lambda one: (-one.count, [one.verdict != verdict for verdict in rank]),
        )

    @cached_property
    def agreed(self) -> list[Group]:
        """Those that are large enough, once the vote is in."""
        if not self.is_in:
            return []
        needed, all_of_them = settings.AGREEMENT, len(self.counted)
        return [group for group in self.groups if group.count / all_of_them >= needed]

    @cached_property
    def winner(self) -> Group | None:
        """Whose solution is shown: an agreed group that is right, else one that is undecided."""
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
        """Whether all that were begun have ended, and none helps anybody.

        Those that were stopped say nothing of what the model can do.
        """
        ended = [one for one in self.tries if one.outcome != Outcome.ABORTED]
        is_over = bool(ended) and not self.running
        return is_over and not any(one.may_be_right for one in ended)

    @property
    def unanswered(self) -> int:
        return sum(not one.final_answer for one in self.counted)

    def found_by(self, user: User | None) -> Solution | None:
        """What there is for `user` to see; None where there is nothing yet, or nothing is shown.

        A right one that they have watched stays theirs, whatever comes to an end later.
        """
        if own := self._watched_by(user):
            return own
        if self.is_in:
            return self.winner.best if self.winner else None
        waiting = sorted(self.running, key=lambda one: (one.state == State.QUEUED, one.turn))
        return best_of(self.right) or next(iter([*waiting, *reversed(self.tries)]), None)

    def _watched_by(self, user: User | None) -> Solution | None:
        if user is None or not self.right:
            return None
        watched = user.solution_views.filter(solution__in=self.right)
        pks = set(watched.values_list("solution", flat=True))
        return best_of([one for one in self.right if one.pk in pks])

    def may_ask_again(self) -> bool:
        """Whether all that were begun have ended, none is right, and further tries are left."""
        return not (self.is_in or self.running or self.right)
