from django.db import models
from django.utils.translation import gettext_lazy as _

from tutor.problems.models import ReferenceSolution


class CheckedReference(models.Model):
    """Checks of the steps of a teacher's solution, in the form of `Solution.checks`."""

    reference = models.OneToOneField(
        ReferenceSolution, models.CASCADE, related_name="checked", verbose_name=_("solution")
    )
    steps = models.JSONField(_("steps"))
    checks = models.JSONField(_("checks of the steps"))
    checker = models.CharField(_("checker"), max_length=50)

    class Meta:
        verbose_name = _("checked reference solution")
        verbose_name_plural = _("checked reference solutions")

    def __str__(self) -> str:
        return str(self.reference)
