"""One student's own terms in one assignment, and when they began a timed one."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tutor.assignments.models.assignment import Assignment
from tutor.courses.models import Enrollment, Section


class Override(models.Model):
    """One student's own terms in one assignment.

    Empty columns change nothing. They take precedence over the student's accommodations.
    """

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="overrides", verbose_name=_("assignment")
    )
    enrollment = models.ForeignKey(
        Enrollment, models.CASCADE, related_name="overrides", verbose_name=_("student")
    )
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    attempts_allowed = models.PositiveIntegerField(
        _("attempts allowed"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    time_limit_min = models.PositiveIntegerField(
        _("time limit, in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        constraints = (
            models.UniqueConstraint(
                fields=["assignment", "enrollment"], name="one_override_per_student"
            ),
        )

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.assignment}"

    @property
    def is_empty(self) -> bool:
        names = ("opens_at", "due_at", "closes_at", "attempts_allowed", "time_limit_min")
        return all(getattr(self, name) is None for name in names)


def overridden_terms(section: Section) -> "dict[tuple[int, int], Assignment]":
    """By enrollment and assignment, the terms of students with overrides or accommodations.

    All other students have the terms of the assignment.
    """
    people = section.enrollments.all()
    overridden = people.filter(
        pk__in=Override.objects.filter(assignment__section=section).values("enrollment")
    )
    rows = Assignment.objects.filter(section=section).for_students(
        people.accommodated() | overridden
    )
    return {
        (row.enrollment_pk, row.pk): row.for_student() for row in rows.select_related("problem_set")
    }


class Sitting(models.Model):
    """When a student began an assignment that has a time limit. The clock is the server's.

    settled_at: when the server submitted the drafts that were left at the end. None before that,
    and again if the student types something after an extension.
    """

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="sittings", verbose_name=_("assignment")
    )
    enrollment = models.ForeignKey(
        Enrollment, models.CASCADE, related_name="sittings", verbose_name=_("student")
    )
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints = (
            models.UniqueConstraint(
                fields=["assignment", "enrollment"], name="one_sitting_per_student"
            ),
        )
        indexes = (
            models.Index(
                fields=["enrollment"], condition=Q(settled_at=None), name="sitting_to_settle"
            ),
        )

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.assignment}"
