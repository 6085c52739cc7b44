from datetime import timedelta
from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tutor.assignments.models import Assignment
from tutor.courses.models import Enrollment, Section
from tutor.problems.models import Problem, ProblemVersion


class Exemption(models.Model):
    """An assignment that does not count for one student."""

    enrollment = models.ForeignKey(
        Enrollment, models.CASCADE, related_name="exemptions", verbose_name=_("enrollment")
    )
    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="exemptions", verbose_name=_("assignment")
    )
    reason = models.CharField(_("reason"), max_length=200)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("author"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        constraints = (
            models.UniqueConstraint(fields=["enrollment", "assignment"], name="exempt_once"),
        )

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.assignment}"


class KeptMark(models.Model):
    """A student's result in one assignment, kept after they erased their own account.

    student: the name, as the class's lists had it. Nothing else leads to the person.
    """

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="kept_marks", verbose_name=_("class")
    )
    student = models.CharField(_("student"), max_length=310)
    assignment = models.CharField(_("assignment"), max_length=200)
    points = models.DecimalField(_("points"), max_digits=8, decimal_places=2)
    max_points = models.DecimalField(_("of points"), max_digits=8, decimal_places=2)
    kept_at = models.DateTimeField(_("kept since"), auto_now_add=True)

    class Meta:
        verbose_name = _("mark of an erased student")
        verbose_name_plural = _("marks of erased students")
        ordering = ("student", "pk")

    def __str__(self) -> str:
        return f"{self.student} · {self.assignment}"


class RegradeQuerySet(models.QuerySet["Regrade"]):
    def abandoned(self, after: timedelta) -> Self:
        """Unfinished, and untouched for so long that the worker must have died."""
        return self.filter(finished_at=None, touched_at__lt=timezone.now() - after)


class Regrade(models.Model):
    """A teacher's order to grade a problem's attempts again, by its corrected key.

    The worker takes the attempts ordered by pk. cursor: the pk of the last one, so that another
    worker can continue after a crash. The results are the attempts' `GradeChange`s.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    problem = models.ForeignKey(
        Problem, models.CASCADE, related_name="regrades", verbose_name=_("problem")
    )
    version = models.ForeignKey(
        ProblemVersion, models.PROTECT, related_name="regrades", verbose_name=_("version")
    )
    sections = models.ManyToManyField(Section, related_name="regrades", verbose_name=_("classes"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("author"),
    )
    reason = models.TextField(_("reason"))
    never_lower = models.BooleanField(_("never lower"), default=True)
    other_wordings = models.BooleanField(_("also other wordings"), default=False)
    total = models.PositiveIntegerField(_("attempts"))
    done = models.PositiveIntegerField(_("attempts graded"), default=0)
    changed = models.PositiveIntegerField(_("grades changed"), default=0)
    cursor = models.BigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    touched_at = models.DateTimeField(_("last progress at"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True, editable=False)

    objects: ClassVar[RegradeQuerySet] = RegradeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("regrade")
        verbose_name_plural = _("regrades")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.problem} · {self.created_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("regrade", args=[self.code])

    def advance(self, cursor: int, *, done: int, changed: int) -> bool:
        """Save the progress; False if another worker has advanced from the same cursor."""
        updated = Regrade.objects.filter(pk=self.pk, cursor=self.cursor).update(
            cursor=cursor,
            done=F("done") + done,
            changed=F("changed") + changed,
            touched_at=timezone.now(),
        )
        self.cursor = cursor
        return bool(updated)

    def finish(self) -> None:
        Regrade.objects.filter(pk=self.pk, finished_at=None).update(finished_at=timezone.now())
