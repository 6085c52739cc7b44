"""What students did with the exercises on solutions."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tutor.assignments.models import ExerciseKind, Item
from tutor.courses.models import Enrollment


class ExerciseResult(models.Model):
    """How a student did an exercise for the first time. Nothing that they typed is stored.

    number: the exercise's, from 1, of its kind at the item. is_right: of a solution, whether it was
    completed without a line shown; of a wrong line, whether it was found at once.
    """

    enrollment = models.ForeignKey(
        Enrollment, models.CASCADE, related_name="exercise_results", verbose_name=_("enrollment")
    )
    item = models.ForeignKey(
        Item, models.CASCADE, related_name="exercise_results", verbose_name=_("item")
    )
    kind = models.CharField(_("kind of exercise"), max_length=10, choices=ExerciseKind)
    number = models.PositiveSmallIntegerField(_("number"))
    is_right = models.BooleanField(_("correct"))
    done_at = models.DateTimeField(_("done at"), default=timezone.now)

    class Meta:
        verbose_name = _("result of an exercise")
        verbose_name_plural = _("results of exercises")
        ordering = ("done_at", "pk")
        constraints = (
            # Doing it again changes nothing.
            models.UniqueConstraint(
                fields=["enrollment", "item", "kind", "number"], name="one_result_an_exercise"
            ),
        )

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.item} · {self.kind} {self.number}"
