from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tutor.engine.completion import Outcome
from tutor.grading import Grade
from tutor.problems.labels import VERDICTS
from tutor.problems.models import ProblemVersion
from tutor.solutions.labels import OUTCOMES
from tutor.solutions.models.solution import State

MAX_SAMPLES_AT_ONCE = 8  # per model: live solutions must not wait behind them


class ReadinessSampleQuerySet(models.QuerySet["ReadinessSample"]):
    def claim_next(self, worker: UUID, weights: str) -> "ReadinessSample | None":
        """Give the model's oldest queued sample to this worker; None if none is left."""
        queued = self.queued().of_weights(weights).order_by("queued_at", "pk")
        for pk in queued.values_list("pk", flat=True)[:MAX_SAMPLES_AT_ONCE]:
            if self.filter(pk=pk, state=State.QUEUED).update(
                state=State.STREAMING, worker=worker, tries=F("tries") + 1
            ):
                return self.select_related("version").get(pk=pk)
        return None

    def of_weights(self, name: str) -> Self:
        """Samples of one model; `name` comes from `weights_name`."""
        return self.filter(recipe__startswith=f"{name} ")

    def held(self) -> Self:
        return self.filter(state=State.STREAMING)

    def queued(self) -> Self:
        return self.filter(state=State.QUEUED)

    def ended(self) -> Self:
        return self.filter(state=State.ENDED)


class ReadinessSample(models.Model):
    """One completion for a version of a problem, which shows how well a recipe solves it.

    It is generated and graded like a solution, but no student ever sees it, and nothing is
    streamed. number: from 1, for this version and recipe. answers_like: the number of the first
    sample with an answer of the same meaning; 0 before the comparison, and without an answer.
    """

    version = models.ForeignKey(
        ProblemVersion, models.CASCADE, related_name="samples", verbose_name=_("version")
    )
    recipe = models.CharField(_("recipe"), max_length=200)
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    worker = models.UUIDField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    queued_at = models.DateTimeField(_("queued at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=20, blank=True, choices=OUTCOMES)
    verdict = models.CharField(_("verdict"), max_length=10, blank=True, choices=VERDICTS)
    final_answer = models.TextField(_("final answer"), blank=True)
    answers_like = models.PositiveIntegerField(_("answers like sample"), default=0)
    tokens = models.PositiveIntegerField(_("tokens"), default=0)
    seconds = models.FloatField(_("seconds"), null=True)

    objects: ClassVar[ReadinessSampleQuerySet] = ReadinessSampleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("sample of a solution")
        verbose_name_plural = _("samples of solutions")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["version", "recipe", "number"], name="one_sample_per_number"
            ),
        )
        indexes = (
            models.Index(
                fields=["queued_at"], condition=Q(state=State.QUEUED), name="sample_waiting"
            ),
            models.Index(
                fields=["worker"], condition=Q(state=State.STREAMING), name="sample_at_work"
            ),
        )

    def __str__(self) -> str:
        return f"{self.version.title} · {self.number}"

    def requeue(self, *, crashed: bool) -> None:
        """Leave it to another worker; it counts as a try only if this worker crashed."""
        own = ReadinessSample.objects.held().filter(pk=self.pk, tries=self.tries)
        own.update(state=State.QUEUED, worker=None, tries=F("tries") - int(not crashed))

    def finish(self, outcome: Outcome, grade: Grade | None = None, **measured: object) -> bool:
        """Store the result once; False if another worker has claimed it meanwhile."""
        graded = {"verdict": grade.verdict, "final_answer": grade.answer} if grade else {}
        own = ReadinessSample.objects.held().filter(pk=self.pk, tries=self.tries)
        return bool(
            own.update(
                state=State.ENDED, ended_at=timezone.now(), outcome=outcome, **graded, **measured
            )
        )
