"""What a person wants to be told by mail, and what they were told."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.assignments.models import Assignment
from tutor.attempts.models import GradeChange
from tutor.courses.models import Enrollment


class MailPreferencesQuerySet(models.QuerySet["MailPreferences"]):
    def of(self, user: User) -> "MailPreferences":
        return self.get_or_create(user=user)[0]


class MailPreferences(models.Model):
    """Which notices a person gets by mail. Without a row, those that are on by default.

    digest_on: the day, by the person's clock, of which a digest was made; None before the first.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="mail_preferences",
        verbose_name=_("person"),
    )
    message = models.BooleanField(_("a teacher has written to you or to your class"), default=True)
    due = models.BooleanField(_("an assignment is due tomorrow"), default=True)
    assigned = models.BooleanField(_("there is a new assignment"), default=False)
    graded = models.BooleanField(_("a teacher has looked at an answer of yours"), default=False)
    digest_on = models.DateField(_("day of the last digest"), null=True, editable=False)

    objects: ClassVar[MailPreferencesQuerySet] = MailPreferencesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("mail settings")
        verbose_name_plural = _("mail settings")

    def __str__(self) -> str:
        return str(self.user)


class DigestEntry(models.Model):
    """One thing that a student is told in the mail of a day, and never again."""

    class Kind(models.TextChoices):
        DUE = "due", _("due tomorrow")
        ASSIGNED = "assigned", _("assigned")
        GRADED = "graded", _("graded")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    enrollment = models.ForeignKey(
        Enrollment, models.CASCADE, related_name="digest_entries", verbose_name=_("enrollment")
    )
    assignment = models.ForeignKey(
        Assignment, models.CASCADE, null=True, related_name="+", verbose_name=_("assignment")
    )
    grade = models.ForeignKey(
        GradeChange, models.CASCADE, null=True, related_name="+", verbose_name=_("grade")
    )
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("digest entry")
        verbose_name_plural = _("digest entries")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["enrollment", "assignment", "kind"], name="told_once_about_an_assignment"
            ),
            models.UniqueConstraint(fields=["enrollment", "grade"], name="told_once_about_a_grade"),
            models.CheckConstraint(
                condition=Q(assignment=None) ^ Q(grade=None), name="told_about_one_thing"
            ),
        )
        indexes = (models.Index(fields=["enrollment", "day"], name="digest_of_a_day"),)

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.get_kind_display()} · {self.day:%Y-%m-%d}"
