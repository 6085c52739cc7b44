from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tutor.solutions.models.solution import Solution


class SolutionView(models.Model):
    """A person has watched a solution. The help somebody had is shown with their attempts."""

    solution = models.ForeignKey(
        Solution, models.CASCADE, related_name="views", verbose_name=_("solution")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="solution_views",
        verbose_name=_("person"),
    )
    first_watched_at = models.DateTimeField(_("first watched at"), auto_now_add=True)

    class Meta:
        verbose_name = _("view of a solution")
        verbose_name_plural = _("views of solutions")
        constraints = (
            models.UniqueConstraint(fields=["solution", "user"], name="one_view_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.solution}"
