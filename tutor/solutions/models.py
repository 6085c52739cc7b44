from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Now, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.assignments.models import Assignment
from tutor.attempts.help import items_with_solutions_for
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment, Section
from tutor.engine.completion import Outcome
from tutor.grading import Grade, Verdict
from tutor.grading.steps import CHECKER_VERSION
from tutor.problems.models import ProblemVersion, ReferenceSolution
from tutor.solutions.protocol import End, Whole
from tutor.solutions.recipes import Activation as Activation
from tutor.solutions.recipes import Recipe as Recipe
from tutor.solutions.token_log import Record, unpacked
from tutor.solutions.transcript import Transcript

LEASE = timedelta(seconds=8)  # by the database's clock; then another worker goes on
REPLY_WITHIN = timedelta(minutes=5)  # longer than all tries of a worker together
MOST_SAMPLES_AT_ONCE = 8  # of one model: live solutions must not wait behind them
MOST_CRASHES = 2  # a solution that took this many workers with it is set aside


class State(models.TextChoices):
    QUEUED = "queued", _("waiting for a worker")
    STREAMING = "streaming", _("being worked out")
    ENDED = "ended", _("ended")


class SolutionQuerySet(models.QuerySet["Solution"]):
    def visible_to(self, user: User) -> Self:
        """Solutions of problems for which `user` is offered worked solutions now."""
        return self.filter(version__problem__items__in=items_with_solutions_for(user)).distinct()

    def costs(self, since: datetime) -> list[dict[str, Any]]:
        """Of each day (UTC) and section, newest first: `solutions`, `tokens` and `seconds`."""
        course, section = "enrollment__section__course__title", "enrollment__section__name"
        rows = (
            self.filter(created_at__gte=since)
            .annotate(day=TruncDate("created_at", tzinfo=UTC))
            .values("day", "enrollment__section", course=F(course), section=F(section))
            .annotate(
                solutions=Count("pk"), tokens=Sum("completion_tokens"), seconds=Sum("duration_s")
            )
            .order_by("-day", course, section)
        )
        return [{**row} for row in rows]

    def begun_today(self, section: Section) -> Self:
        """Since midnight where the class is."""
        today = timezone.now().astimezone(section.zone).date()
        return self.filter(created_at__gte=datetime.combine(today, time(), tzinfo=section.zone))

    def waiting(self) -> Self:
        """The queued ones, the next to be worked out first: see `turns`."""
        return self.filter(state=State.QUEUED).order_by("turn", "pk")

    def before(self, solution: "Solution") -> Self:
        """Those that are worked out before a queued one."""
        earlier = Q(turn=solution.turn, pk__lt=solution.pk)
        return self.waiting().filter(Q(turn__lt=solution.turn) | earlier)

    def of_weights(self, name: str) -> Self:
        """Those asked of that model, as `weights_name` calls it."""
        return self.filter(recipe__startswith=f"{name} ")

    def claim_next(self, worker: UUID, weights: str, count: int = 1) -> "list[Solution]":
        """Turn up to `count` queued solutions, those whose turn it is, into this worker's.

        weights: what the worker has loaded. What is asked of another model waits for that one.
        """
        waiting = self.waiting().of_weights(weights).values_list("pk", flat=True)
        claimed: list[Solution] = []
        while wanted := count - len(claimed):
            pks = list(waiting[:wanted])
            claimed += self.claim_some(pks, worker) if pks else []
            if len(pks) < wanted:
                break  # none is left; asked once more, a failure would lose what is claimed
        return claimed

    def claim_some(self, pks: Sequence[int], worker: UUID) -> "list[Solution]":
        """Turn queued solutions into this worker's: those of them where no other was first.

        The database's locks decide, so a task delivered twice generates once. The fence grows with
        each claim: what an earlier claimant still writes is refused by it.
        """
        with transaction.atomic():
            queued = self.filter(pk__in=pks, state=State.QUEUED).select_for_update(no_key=True)
            queued = queued.order_by("pk")  # else two workers could wait for each other
            free = self.filter(pk__in=list(queued.values_list("pk", flat=True)))
            free.update(
                state=State.STREAMING,
                worker=worker,
                fence=F("fence") + 1,
                claimed_at=timezone.now(),
                lease_expires_at=Now() + LEASE,
            )
            return list(free.select_related("version__answer_key").order_by("turn", "pk"))

    def held_by(self, worker: UUID) -> Self:
        return self.filter(state=State.STREAMING, worker=worker)

    def renew(self) -> None:
        self.update(lease_expires_at=Now() + LEASE)

    def abandoned(self, for_: timedelta = timedelta()) -> Self:
        """Claimed ones whose worker's lease ran out so long ago."""
        return self.filter(state=State.STREAMING, lease_expires_at__lt=Now() - for_)

    def take_back_abandoned(self, for_: timedelta = timedelta()) -> list[int]:
        """Queue the abandoned ones again, each one crash richer; their keys."""
        abandoned = self.abandoned(for_)
        pks = list(abandoned.values_list("pk", flat=True))
        return [pk for pk in pks if abandoned.filter(pk=pk).update(**_requeued(crashes=1))]


def _requeued(crashes: int) -> dict[str, object]:
    return {
        "state": State.QUEUED,
        "worker": None,
        "lease_expires_at": None,
        "queued_at": timezone.now(),
        "crashes": F("crashes") + crashes,
    }


class Solution(models.Model):
    """One completion for one version of a problem by one recipe, shared by all who watch it.

    The row is the job: Celery's message only says that there is one. While it streams, the text
    lies in the token log and, some seconds behind, in checkpoints; the row gets it once, at the
    end, and is the record from then on.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.ForeignKey(
        ProblemVersion, models.PROTECT, related_name="solutions", verbose_name=_("version")
    )
    recipe = models.CharField(_("recipe"), max_length=200)
    number = models.PositiveIntegerField(_("try"), default=1)
    # The student, and so the class, for whom it was begun; None for teachers and for nobody.
    enrollment = models.ForeignKey(
        Enrollment,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="solutions",
        verbose_name=_("asked for by"),
    )
    request = models.CharField(
        max_length=64, blank=True, editable=False
    )  # of whoever asked, in logs

    # Whether it is worked out to its end although nobody watches it any more.
    is_kept = models.BooleanField(default=True, editable=False)
    turn = models.BigIntegerField(default=0, editable=False)  # the lowest is worked out next
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    worker = models.UUIDField(null=True, editable=False)
    fence = models.PositiveIntegerField(default=0, editable=False)
    lease_expires_at = models.DateTimeField(null=True, editable=False)
    crashes = models.PositiveIntegerField(_("crashes"), default=0)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    queued_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    cancel_requested_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    outcome = models.CharField(
        _("outcome"), max_length=20, blank=True, choices=[(o.value, o.value) for o in Outcome]
    )
    reasoning = models.TextField(_("reasoning"), blank=True)
    steps = models.JSONField(_("steps"), default=list, blank=True)
    # One StepCheck.to_dict for each step; empty where no checker has looked at them.
    checks = models.JSONField(_("checks of the steps"), default=list, blank=True)
    checker = models.CharField(_("checker"), max_length=50, blank=True)
    # One Correction.to_dict for each time that Lemma took a refuted step back.
    corrections = models.JSONField(_("corrections by Lemma's calculator"), default=list, blank=True)
    reasoning_tokens = models.PositiveIntegerField(_("tokens of reasoning"), default=0)
    completion_tokens = models.PositiveIntegerField(_("tokens"), default=0)
    ttft_s = models.FloatField(_("seconds to the first token"), null=True)
    tpot_s = models.FloatField(_("seconds per further token"), null=True)
    duration_s = models.FloatField(_("seconds"), null=True)
    model = models.CharField(_("model"), max_length=200, blank=True)
    engine = models.CharField(_("engine"), max_length=100, blank=True)

    verdict = models.CharField(
        _("verdict"), max_length=10, blank=True, choices=[(v.value, v.value) for v in Verdict]
    )
    score = models.FloatField(_("score"), null=True)
    rule = models.CharField(_("rule"), max_length=50, blank=True)
    feedback = models.TextField(_("feedback"), blank=True)
    final_answer = models.TextField(_("final answer"), blank=True)
    # The number of the first try with an answer of the same meaning; 0 before they were compared.
    answers_like = models.PositiveIntegerField(default=0, editable=False)
    grader = models.CharField(_("grader"), max_length=50, blank=True)

    objects: ClassVar[SolutionQuerySet] = SolutionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("solution")
        verbose_name_plural = _("solutions")
        constraints = (
            # Single flight: of all who ask at once, one inserts and the others find its row.
            models.UniqueConstraint(
                fields=["version", "recipe", "number"], name="one_solution_per_try"
            ),
        )
        indexes = (
            models.Index(fields=["state", "queued_at"], name="solution_by_state"),
            models.Index(fields=["state", "turn", "id"], name="solution_by_turn"),
        )

    def __str__(self) -> str:
        return f"{self.version} · {self.recipe} · {self.number}"

    @property
    def answer(self) -> str:
        """The answer part of the text; the reasoning comes before it."""
        return "".join(self.steps)

    @property
    def is_right(self) -> bool:
        return self.verdict == Verdict.CORRECT

    def _as_claimed(self) -> SolutionQuerySet:
        return Solution.objects.filter(pk=self.pk, state=State.STREAMING, fence=self.fence)

    def is_held(self) -> bool:
        """Whether the claim that this object is from still counts."""
        return self._as_claimed().exists()

    def release(self, *, crashed: bool) -> bool:
        """Give a claimed solution back to the queue; False where the claim was lost meanwhile."""
        return bool(self._as_claimed().update(**_requeued(crashes=int(crashed))))

    def finish(
        self, transcript: Transcript, outcome: Outcome, grade: Grade | None, **measured: object
    ) -> bool:
        """Write the record, once; False where this claim has been taken over or ended."""
        self.state, self.outcome, self.ended_at = State.ENDED, outcome, timezone.now()
        self.reasoning, self.steps = transcript.reasoning, list(transcript.steps)
        if any(transcript.checks):
            self.checks, self.checker = list(transcript.checks), CHECKER_VERSION
        self.corrections = list(transcript.corrections)
        self.reasoning_tokens = transcript.reasoning_tokens
        self.completion_tokens = transcript.tokens
        if grade is not None:
            self.verdict, self.score, self.rule = grade.verdict, grade.score, grade.rule
            self.feedback, self.final_answer = grade.feedback, grade.answer
        for name, value in measured.items():
            setattr(self, name, value)
        columns = {name: getattr(self, name) for name in _RECORD}
        mine = Solution.objects.filter(pk=self.pk, fence=self.fence).exclude(state=State.ENDED)
        with transaction.atomic():
            ended = mine.update(worker=None, lease_expires_at=None, **columns)
            if ended:
                self.checkpoints.all().delete()
        return bool(ended)

    def end(self) -> End:
        """The log's last entry, as the record says it."""
        return End(
            outcome=self.outcome,
            verdict=self.verdict,
            rule=self.rule,
            feedback=self.feedback,
            answer=self.final_answer,
            tokens=self.completion_tokens,
            seconds=self.duration_s,
            model=self.model,
        )

    def whole(self) -> Whole:
        """The record as one message, for viewers who come when the log is gone or not needed."""
        return Whole(
            reasoning=self.reasoning,
            reasoning_tokens=self.reasoning_tokens,
            steps=list(self.steps),
            checks=list(self.checks),
            end=asdict(self.end()),
            corrections=list(self.corrections),
        )


_RECORD = (
    *("state", "outcome", "ended_at", "reasoning", "steps", "checks", "checker"),
    "corrections",
    *("reasoning_tokens", "completion_tokens", "ttft_s", "tpot_s", "duration_s"),
    *("verdict", "score", "rule", "feedback", "final_answer", "grader", "model", "engine"),
)


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    def records(self) -> list[Record]:
        """What was kept of one solution's log, from its first entry on."""
        pieces = self.order_by("place").values_list("records", flat=True)
        return [unpacked(*packed) for piece in pieces for packed in piece]

    def keep(self, checkpoints: "list[Checkpoint]") -> None:
        """Write them, in place of shorter ones of which their writer does not know."""
        self.bulk_create(
            checkpoints,
            update_conflicts=True,
            unique_fields=["solution", "place"],
            update_fields=["records"],
        )


class Checkpoint(models.Model):
    """The part of a running solution's log since the checkpoint before, for a Redis that loses it.

    Its worker writes one every two seconds. place: how many entries come before the first of
    `records`, which are as `Record.packed` says, each with its id in front.
    """

    solution = models.ForeignKey(Solution, models.CASCADE, related_name="checkpoints")
    place = models.PositiveIntegerField()
    records = models.JSONField()

    objects: ClassVar[CheckpointQuerySet] = CheckpointQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("checkpoint of a solution")
        verbose_name_plural = _("checkpoints of solutions")
        constraints = (
            models.UniqueConstraint(fields=["solution", "place"], name="one_checkpoint_per_place"),
        )

    def __str__(self) -> str:
        return f"{self.solution} · {self.place}"

    @classmethod
    def of(cls, solution: Solution, place: int, records: Sequence[Record]) -> "Checkpoint":
        packed = [[record.id, *record.packed()] for record in records]
        # As an expression: plain values of many rows would go as one array, and psycopg would take
        # a tenth of the worker's time to quote it.
        expression = models.Value(packed, output_field=models.JSONField())
        return cls(solution=solution, place=place, records=expression)


class SolutionView(models.Model):
    """That a person watched a solution: what help somebody had decides what an attempt shows."""

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


class CheckedReference(models.Model):
    """What was found of the steps of a teacher's solution, as `checks` of a Solution says it."""

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


class ReplyQuerySet(models.QuerySet["Reply"]):
    def claim(self, pk: int) -> "Reply | None":
        """Turn a queued reply into the caller's, or None where another was first."""
        claimed = self.filter(pk=pk, state=State.QUEUED).update(
            state=State.STREAMING, tries=F("tries") + 1, claimed_at=timezone.now()
        )
        whole = self.select_related(
            "attempt__version__problem", "attempt__enrollment__section", "attempt__item"
        )
        return whole.get(pk=pk) if claimed else None

    def abandoned(self) -> Self:
        """Claimed ones that no worker can be at any more."""
        return self.filter(state=State.STREAMING, claimed_at__lt=timezone.now() - REPLY_WITHIN)

    def finish(self, reply: "Reply", way: str, **columns: object) -> bool:
        """Write the end, once; False where somebody else has claimed it meanwhile."""
        mine = self.filter(pk=reply.pk, tries=reply.tries).exclude(state=State.ENDED)
        return bool(mine.update(state=State.ENDED, way=way, ended_at=timezone.now(), **columns))


class Reply(models.Model):
    """A hint about one wrong answer that its student asked for, and that a model writes.

    The row is the job, as a solution's is. The text is not here: what passed the checks is a row
    of `GivenHelp`, and what did not one of `WithheldHelp`. Nothing is streamed, since nobody may
    see a word of it before it has been checked. tries: how often a worker has claimed it.
    """

    class Way(models.TextChoices):
        """What came of it, from the most to the least."""

        MISTAKE = "mistake", _("a hint about the answer")
        IDEA = "idea", _("an idea to begin with")
        OWN = "own", _("the problem’s next hint instead")
        READING = "reading", _("passages to read again instead")
        NONE = "none", _("no hint")

    attempt = models.OneToOneField(
        Attempt, models.CASCADE, related_name="reply", verbose_name=_("attempt")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    way = models.CharField(_("what came of it"), max_length=10, choices=Way, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    recipe = models.CharField(_("recipe"), max_length=200, blank=True)
    queued_at = models.DateTimeField(_("queued at"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)

    objects: ClassVar[ReplyQuerySet] = ReplyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("hint about an answer")
        verbose_name_plural = _("hints about answers")
        indexes = (models.Index(fields=["state", "queued_at"], name="reply_by_state"),)

    def __str__(self) -> str:
        return str(self.attempt)


class Preparation(models.Model):
    """A teacher's wish that an assignment's solutions are worked out before they are needed."""

    assignment = models.OneToOneField(
        Assignment, models.CASCADE, related_name="preparation", verbose_name=_("assignment")
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)

    class Meta:
        verbose_name = _("preparation of solutions")
        verbose_name_plural = _("preparations of solutions")

    def __str__(self) -> str:
        return str(self.assignment)


class SampleQuerySet(models.QuerySet["Sample"]):
    def claim_next(self, worker: UUID, weights: str) -> "Sample | None":
        """Turn the oldest queued one of its model into this worker's; None where none is left."""
        queued = self.queued().of_weights(weights).order_by("queued_at", "pk")
        for pk in queued.values_list("pk", flat=True)[:MOST_SAMPLES_AT_ONCE]:
            if self.filter(pk=pk, state=State.QUEUED).update(
                state=State.STREAMING, worker=worker, tries=F("tries") + 1
            ):
                return self.select_related("version").get(pk=pk)
        return None

    def of_weights(self, name: str) -> Self:
        """Those wanted of that model, as `weights_name` calls it."""
        return self.filter(recipe__startswith=f"{name} ")

    def held(self) -> Self:
        return self.filter(state=State.STREAMING)

    def queued(self) -> Self:
        return self.filter(state=State.QUEUED)

    def ended(self) -> Self:
        return self.filter(state=State.ENDED)


class Sample(models.Model):
    """One completion for a version of a problem, drawn to see what a recipe is worth there.

    It is asked for as a solution is, and judged as one, but is none: no student ever sees it, and
    nothing is streamed. number: from 1, of this version and recipe. answers_like: the number of
    the first sample with an answer of the same meaning; 0 before they were compared, and where
    there is no answer.
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
    outcome = models.CharField(
        _("outcome"), max_length=20, blank=True, choices=[(o.value, o.value) for o in Outcome]
    )
    verdict = models.CharField(
        _("verdict"), max_length=10, blank=True, choices=[(v.value, v.value) for v in Verdict]
    )
    final_answer = models.TextField(_("final answer"), blank=True)
    answers_like = models.PositiveIntegerField(_("answers like sample"), default=0)
    tokens = models.PositiveIntegerField(_("tokens"), default=0)
    seconds = models.FloatField(_("seconds"), null=True)

    objects: ClassVar[SampleQuerySet] = SampleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("sample of a solution")
        verbose_name_plural = _("samples of solutions")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["version", "recipe", "number"], name="one_sample_per_number"
            ),
        )
        indexes = (models.Index(fields=["state", "queued_at"], name="sample_by_state"),)

    def __str__(self) -> str:
        return f"{self.version} · {self.recipe} · {self.number}"

    def requeue(self, *, crashed: bool) -> None:
        """For another worker; a try is counted only where this one came to grief with it."""
        mine = Sample.objects.held().filter(pk=self.pk, tries=self.tries)
        mine.update(state=State.QUEUED, worker=None, tries=F("tries") - int(not crashed))

    def finish(self, outcome: Outcome, grade: Grade | None = None, **measured: object) -> bool:
        """Write the end, once; False where somebody else has taken it over meanwhile."""
        judged = {"verdict": grade.verdict, "final_answer": grade.answer} if grade else {}
        mine = Sample.objects.held().filter(pk=self.pk, tries=self.tries)
        return bool(
            mine.update(
                state=State.ENDED, ended_at=timezone.now(), outcome=outcome, **judged, **measured
            )
        )
