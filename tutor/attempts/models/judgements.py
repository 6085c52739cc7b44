"""Grades of an attempt, a teacher's advice on it, and a student's request for a review."""

from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tutor.assignments.models import Assignment, Item
from tutor.attempts.counting import ProgressState
from tutor.attempts.models.feedback import FeedbackField
from tutor.problems.labels import VERDICTS
from tutor.problems.models import ProblemVersion


class GradeChange(models.Model):
    """One judgement of an attempt: the newest counts, and none is ever edited."""

    class Source(models.TextChoices):
        GRADER = "grader", _("grader")
        TEACHER = "teacher", _("teacher")
        REGRADE = "regrade", _("regrade")

    attempt = models.ForeignKey(
        "Attempt", models.CASCADE, related_name="changes", verbose_name=_("attempt")
    )
    number = models.PositiveIntegerField(_("number"))
    source = models.CharField(_("source"), max_length=10, choices=Source)
    verdict = models.CharField(_("verdict"), max_length=10, choices=VERDICTS)
    score = models.FloatField(_("score"))
    rule = models.CharField(_("rule"), max_length=50, blank=True)
    feedback = FeedbackField(_("feedback"), blank=True, default=None)
    parts = models.JSONField(_("grades of the parts"), default=list, blank=True)
    grader = models.CharField(_("version of the grader"), max_length=50, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
    )
    reason = models.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("grade change")
        verbose_name_plural = _("grade changes")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["attempt", "number"], name="one_change_per_number"),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1), name="score_from_0_to_1"
            ),
            models.CheckConstraint(
                condition=~Q(source="regrade") | ~Q(reason=""), name="a_regrade_has_its_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.attempt} · {self.get_verdict_display()}"

    @property
    def percent(self) -> int:
        return round(100 * self.score)

    @property
    def state(self) -> ProgressState:
        """Which word people read of it."""
        return self.attempt.state_by(self)


class AdviceQuerySet(models.QuerySet["Advice"]):
    def unspread(self, after: timedelta) -> Self:
        """Written so long ago that a worker must have missed it."""
        return self.filter(spread_at=None, created_at__lt=timezone.now() - after)


class Advice(models.Model):
    """A teacher's advice to all students of a section who give this wrong answer, in any form.

    `answer` is one form of it, which the key of `version` reads. part: the letter of the part that
    it answers, whose row in `Attempt.parts` has the pk of its advice; empty where there are no
    parts. spread_at: when the earlier answers were compared with it; null until then.
    """

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="advice", verbose_name=_("assignment")
    )
    item = models.ForeignKey(Item, models.CASCADE, related_name="advice", verbose_name=_("item"))
    version = models.ForeignKey(
        ProblemVersion, models.CASCADE, related_name="advice", verbose_name=_("version")
    )
    part = models.CharField(_("part"), max_length=1, blank=True)
    answer = models.TextField(_("answer"))
    text = models.TextField(_("text"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("author"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    spread_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[AdviceQuerySet] = AdviceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("advice")
        verbose_name_plural = _("advice")

    def __str__(self) -> str:
        return f"{self.item} · {self.created_at:%Y-%m-%d}"

    def finish_spreading(self) -> None:
        Advice.objects.filter(pk=self.pk).update(spread_at=timezone.now())


class ReviewRequest(models.Model):
    """A student asks a teacher to look at an attempt again: once for each, with a sentence.

    The teacher answers by changing the grade, whose reason is the answer, or by words alone.
    """

    attempt = models.OneToOneField(
        "Attempt", models.CASCADE, related_name="review", verbose_name=_("attempt")
    )
    message = models.CharField(_("message"), max_length=500)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for a review")
        verbose_name_plural = _("requests for a review")

    def __str__(self) -> str:
        return str(self.attempt)
