"""What correcting a key changes, and doing it."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import cached_property

from accounts.models import User
from accounts.register_order import RegisterOrder
from tutor.assignments.models import Item, ProblemSet, ProblemSetQuerySet
from tutor.attempts.models import Attempt
from tutor.courses.models import Section
from tutor.problems.content import Content
from tutor.problems.editing.copying import store_copy
from tutor.problems.models import Problem, ProblemVersion, StoredKey
from tutor.problems.records import ProblemRecord
from tutor.teaching.models import Regrade
from tutor.teaching.regrading import DryRun, Regrader, attempts_at, dry_run
from tutor.teaching.tasks import start_regrade


@dataclass
class KeyCorrection:
    """A problem that a teacher cannot edit is copied; the copy takes its place in their sets."""

    problem: Problem
    teacher: User

    @cached_property
    def is_in_place(self) -> bool:
        return Problem.objects.editable_by(self.teacher).contains(self.problem)

    @property
    def sets(self) -> ProblemSetQuerySet:
        """Those in which the corrected problem will be."""
        with_it = ProblemSet.objects.filter(items__problem=self.problem)
        editable = with_it if self.is_in_place else with_it.editable_by(self.teacher)
        return editable.visible_to(self.teacher).distinct().order_by(RegisterOrder("title"), "pk")

    @property
    def sets_left(self) -> QuerySet[ProblemSet]:
        """Those of others, in the teacher's classes, which keep the problem as it is."""
        visible = ProblemSet.objects.visible_to(self.teacher)
        return (
            visible.filter(items__problem=self.problem)
            .exclude(pk__in=self.sets.values("pk"))
            .distinct()
        )

    def preview(self, record: ProblemRecord, *, never_lower: bool) -> DryRun:
        """Stores nothing."""
        regrader = UnsavedRegrader(_unsaved(record.content), content=record.content)
        return dry_run(self._attempts, regrader, never_lower=never_lower)

    @property
    def _attempts(self) -> QuerySet[Attempt]:
        attempts = attempts_at(self.problem, Section.objects.managed_by(self.teacher))
        if self.is_in_place:
            return attempts
        return attempts.filter(item__problem_set__in=self.sets.values("pk"))

    @transaction.atomic
    def apply(self, record: ProblemRecord, reason: str, *, never_lower: bool) -> Regrade:
        corrected = self._revised(record) if self.is_in_place else self._replaced(record)
        version = corrected.current
        assert version is not None  # noqa: S101  # it was just revised
        sections = Section.objects.managed_by(self.teacher).filter(
            enrollments__attempts__item__problem=corrected
        )
        return start_regrade(
            version,
            sections.distinct(),
            self.teacher,
            reason,
            never_lower=never_lower,
            other_wordings=False,
        )

    def _revised(self, record: ProblemRecord) -> Problem:
        self.problem.revise(record.content)
        return self.problem

    def _replaced(self, record: ProblemRecord) -> Problem:
        copied = store_copy(record, self.teacher)
        items = Item.objects.filter(problem=self.problem, problem_set__in=self.sets.values("pk"))
        items.update(problem=copied)
        return copied


@dataclass
class UnsavedRegrader(Regrader):
    """Grades by the key of a content that is not stored."""

    content: Content = field(kw_only=True)

    def stored_variant(self, seed: int) -> ProblemVersion:
        return _unsaved(self.content.variant(seed), seed)


def _unsaved(content: Content, seed: int = 0) -> ProblemVersion:
    version = ProblemVersion(seed=seed)
    version.fill(content)
    StoredKey(version=version, **StoredKey.columns(content))  # `version.stored_key` from now on
    return version
