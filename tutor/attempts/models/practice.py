"""The variant that a student works on, further ones for practice, and drafts."""

from datetime import datetime
from typing import ClassVar, Protocol, Self
from uuid import uuid4

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tutor.assignments.models import Item
from tutor.attempts.counting import ProgressState, practice_counts, practice_state
from tutor.courses.models import Enrollment
from tutor.grading import Verdict
from tutor.problems.models import ProblemVersion


class StudentVariant(models.Model):
    """Which variant of an item a student works on: chosen when the item is opened first.

    The seed stays when the problem is edited. Each attempt points at the version that its student
    saw. Problems without parameters leave no rows.
    """

    enrollment = models.ForeignKey(
        Enrollment, models.CASCADE, related_name="variants", verbose_name=_("enrollment")
    )
    item = models.ForeignKey(Item, models.CASCADE, related_name="variants", verbose_name=_("item"))
    seed = models.PositiveIntegerField(_("seed"))
    picked_at = models.DateTimeField(_("picked at"), auto_now_add=True, db_column="drawn_at")

    class Meta:
        verbose_name = _("student’s variant")
        verbose_name_plural = _("students’ variants")
        constraints = (
            models.UniqueConstraint(
                fields=["enrollment", "item"], name="one_student_variant_per_item"
            ),
        )

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.item} · {self.seed}"


class Terms(Protocol):
    """What decides whether an answer is taken: an assignment as its student has it, or practice."""

    @property
    def attempts_allowed(self) -> int | None: ...

    def takes_answers_at(self, instant: datetime) -> bool: ...


class PracticeQuerySet(models.QuerySet["Practice"]):
    def of(self, enrollment: Enrollment, item: Item) -> Self:
        return self.filter(enrollment=enrollment, item=item)

    def with_results(self) -> Self:
        """Adds numbers of attempts; `helped` is of those that are right after help."""
        right = Q(attempts__grade__verdict=Verdict.CORRECT)
        helped = Count("attempts", filter=right & ~Q(attempts__helped_by=""))
        return self.annotate(**practice_counts(), helped=helped)


class Practice(models.Model):
    """A further variant of an item, for a student who is done with the assigned one.

    It earns nothing and never closes. Its variant stays the same when the problem is edited.
    number: from 1, of this student at this item.
    """

    attempts_allowed: int | None = None  # as many as one likes

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    enrollment = models.ForeignKey(
        Enrollment, models.CASCADE, related_name="practice", verbose_name=_("enrollment")
    )
    item = models.ForeignKey(Item, models.CASCADE, related_name="practice", verbose_name=_("item"))
    version = models.ForeignKey(
        ProblemVersion, models.PROTECT, related_name="practice", verbose_name=_("version")
    )
    number = models.PositiveIntegerField(_("number"))
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)

    # What `with_results` adds.
    attempted: int
    right: int
    partly: int
    undecided: int
    pending: int
    unfinished: int
    helped: int

    objects: ClassVar[PracticeQuerySet] = PracticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practice")
        ordering = ("number",)
        constraints = (
            # A second click and a second window begin the same one.
            models.UniqueConstraint(
                fields=["enrollment", "item", "number"], name="one_practice_per_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.item} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("practice", args=[self.code])

    @property
    def is_review(self) -> bool:
        """Whether it is part of a weekly review; a query unless `review_problem` was loaded."""
        return hasattr(self, "review_problem")

    @property
    def state(self) -> ProgressState:
        """Of a practice `with_results`."""
        return practice_state(self)

    def takes_answers_at(self, instant: datetime) -> bool:
        return True


class Draft(models.Model):
    """What a student has typed for an item and not submitted; one for all their devices."""

    enrollment = models.ForeignKey(
        Enrollment, models.CASCADE, related_name="drafts", verbose_name=_("enrollment")
    )
    item = models.ForeignKey(Item, models.CASCADE, related_name="drafts", verbose_name=_("item"))
    practice = models.ForeignKey(
        Practice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("practice"),
    )
    response = models.TextField(_("response"), blank=True)
    parts = models.JSONField(_("responses to the parts"), default=list, blank=True)
    working = models.JSONField(_("working"), default=list, blank=True)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = (
            models.UniqueConstraint(
                fields=["enrollment", "item"],
                condition=Q(practice=None),
                name="one_draft_per_item",
            ),
            models.UniqueConstraint(fields=["practice"], name="one_draft_per_practice"),
        )

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.item}"
