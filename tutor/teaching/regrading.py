"""Regrade attempts by the corrected answer key of the problem."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet

from tutor.attempts.counting import ProgressState, state_of
from tutor.attempts.judging.judge import judge_by
from tutor.attempts.models import Attempt, GradeChange
from tutor.courses.models import Section
from tutor.grading import Grade
from tutor.grading.processes.timeout import Timeout
from tutor.problems.content import InvalidRecord
from tutor.problems.models import Problem, ProblemVersion

MAX_ATTEMPT_WORK_S = 0.3  # in a dry run, while somebody waits; the task allows more
DRY_RUN_S = 4.0  # on the clock
MAX_SHOWN = 500


class Effect(StrEnum):
    """What regrading does to an attempt."""

    CHANGED = "changed"
    SAME = "same"
    BY_HAND = "by_hand"  # a teacher has decided it, which stays
    LOWER = "lower"  # it would lose points, and may not
    REWORDED = "reworded"  # it answers a different wording of the question
    PENDING = "pending"  # the grader has not judged it yet
    UNTRIED = "untried"  # the dry run had no time left


@dataclass(frozen=True)
class RegradeOutcome:
    attempt: Attempt
    effect: Effect
    grade: Grade | None = None

    @property
    def is_higher(self) -> bool:
        return self.grade is not None and self.grade.score > self.attempt.score

    @property
    def state(self) -> ProgressState:
        """What the attempt would come to; `PENDING` where nothing would change."""
        if self.grade is None:
            return ProgressState.PENDING
        is_unfinished = self.grade.is_unfinished
        return state_of(self.grade.verdict, self.grade.score, is_unfinished=is_unfinished)


def attempts_at(problem: Problem, sections: Iterable[Section]) -> QuerySet[Attempt]:
    """All attempts of these sections at this problem, ordered by pk.

    Practice is included, because mastery depends on it. by_hand: a teacher has decided it.
    """
    changes = GradeChange.objects.filter(attempt=OuterRef("pk"))
    return (
        Attempt.with_practice.filter(item__problem=problem, enrollment__section__in=sections)
        .annotate(by_hand=Exists(changes.filter(source=GradeChange.Source.TEACHER)))
        .select_related("grade", "version", "enrollment__user", "enrollment__section")
        .order_by("pk")
    )


@dataclass
class Regrader:
    """Grades by the key of `version`; the same answer to the same variant only once."""

    version: ProblemVersion
    other_wordings: bool = False
    max_work_s: float = MAX_ATTEMPT_WORK_S
    _variants: dict[int, ProblemVersion | None] = field(default_factory=dict)
    _grades: dict[tuple[int, str, str], Grade] = field(default_factory=dict)

    def grade(self, attempt: Attempt) -> Grade | None:
        """None if the attempt answers a question that this version does not ask."""
        if (version := self.version_for(attempt)) is None:
            return None
        key = (version.seed, attempt.response, attempt.typed)
        if key not in self._grades:
            self._grades[key] = judge_by(version, attempt, self.max_work_s)
        return self._grades[key]

    def version_for(self, attempt: Attempt) -> ProblemVersion | None:
        """The variant whose key the attempt is graded by; None as for `grade`."""
        version = self._variant(attempt.version)
        if version is None or len(version.parts) != len(attempt.parts):
            return None
        asks_the_same = self.other_wordings or _asks_the_same(attempt.version, version)
        return version if asks_the_same else None

    def _variant(self, answered: ProblemVersion) -> ProblemVersion | None:
        """The variant with the same seed; None if there is none."""
        if answered.seed not in self._variants:
            self._variants[answered.seed] = self._variant_of_seed(answered.seed)
        return self._variants[answered.seed]

    def _variant_of_seed(self, seed: int) -> ProblemVersion | None:
        if self.version.is_template != bool(seed):
            return None
        try:
            return self.stored_variant(seed)
        except InvalidRecord:
            return None

    def stored_variant(self, seed: int) -> ProblemVersion:
        """Raises InvalidRecord."""
        return self.version.variant(seed)


def _asks_the_same(answered: ProblemVersion, version: ProblemVersion) -> bool:
    return (answered.statement, answered.choices) == (version.statement, version.choices)


def outcome_of(attempt: Attempt, regrader: Regrader, *, never_lower: bool) -> RegradeOutcome:
    """What regrading would do. `attempt` comes from `attempts_at`."""
    if attempt.is_pending:
        return RegradeOutcome(attempt, Effect.PENDING)
    if attempt.by_hand:  # type: ignore[attr-defined]
        return RegradeOutcome(attempt, Effect.BY_HAND)
    grade = regrader.grade(attempt)
    if grade is None:
        return RegradeOutcome(attempt, Effect.REWORDED)
    if attempt.is_judged_as(grade):
        return RegradeOutcome(attempt, Effect.SAME, grade)
    if never_lower and grade.score < attempt.score:
        return RegradeOutcome(attempt, Effect.LOWER, grade)
    return RegradeOutcome(attempt, Effect.CHANGED, grade)


@dataclass(frozen=True)
class DryRun:
    """changed: the first 500 that would change; unlowered: that would lose points, and may not.

    counts: all attempts, by effect.
    """

    changed: list[RegradeOutcome]
    counts: dict[Effect, int]
    unlowered: list[RegradeOutcome]

    @property
    def raised(self) -> int:
        return sum(outcome.is_higher for outcome in self.changed)

    @property
    def not_right_any_more(self) -> int:
        """Those that count as right now and would not by the new answer, whatever their grade."""
        return sum(outcome.attempt.is_right for outcome in [*self.unlowered, *self.changed])

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def may_change_something(self) -> bool:
        return any(
            self.counts[effect] for effect in (Effect.CHANGED, Effect.PENDING, Effect.UNTRIED)
        )


def dry_run(attempts: Iterable[Attempt], regrader: Regrader, *, never_lower: bool) -> DryRun:
    """Changes nothing, and ends in time: attempts that it does not reach count as untried."""
    changed: list[RegradeOutcome] = []
    unlowered: list[RegradeOutcome] = []
    counts = dict.fromkeys(Effect, 0)
    for outcome in _outcomes(attempts, regrader, never_lower=never_lower):
        counts[outcome.effect] += 1
        if outcome.effect == Effect.CHANGED and len(changed) < MAX_SHOWN:
            changed.append(outcome)
        if outcome.effect == Effect.LOWER and len(unlowered) < MAX_SHOWN:
            unlowered.append(outcome)
    return DryRun(changed, counts, unlowered)


def _outcomes(
    attempts: Iterable[Attempt], regrader: Regrader, *, never_lower: bool
) -> Iterator[RegradeOutcome]:
    timeout = Timeout(DRY_RUN_S)
    for attempt in attempts:
        if timeout.left_s:
            yield outcome_of(attempt, regrader, never_lower=never_lower)
        else:
            yield RegradeOutcome(attempt, Effect.UNTRIED)
