from django.db import models
from django.utils.translation import gettext_lazy as _

from tutor.assignments.models import Assignment


class Preparation(models.Model):
    """A teacher has asked to have an assignment's solutions worked out before they are needed."""

    assignment = models.OneToOneField(
        Assignment, models.CASCADE, related_name="preparation", verbose_name=_("assignment")
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)

    class Meta:
        verbose_name = _("preparation of solutions")
        verbose_name_plural = _("preparations of solutions")

    def __str__(self) -> str:
        return str(self.assignment)
