from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tutor.assignments.models import Assignment
from tutor.courses.models import Enrollment


class Exemption(models.Model):
    """An assignment that does not count for one student, whatever they did there."""

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
