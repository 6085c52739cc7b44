import socket
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import models, transaction
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Now, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.attempts.help import items_with_solutions_for
from tutor.attempts.models.feedback import FeedbackField
from tutor.courses.models import Enrollment, Section
from tutor.engine.completion import Outcome
from tutor.grading import Grade, Verdict
from tutor.grading.steps.checks import CHECKER_VERSION
from tutor.problems.labels import VERDICTS
from tutor.problems.models import ProblemVersion
from tutor.solutions.labels import OUTCOMES
from tutor.solutions.log.protocol import SolutionEnd, WholeSolution
from tutor.solutions.log.transcript import Transcript

LEASE = timedelta(seconds=8)  # by the database's clock; then another worker goes on
LOST = "The worker fell silent: it was killed, or its machine stopped."
MAX_FAILURE = 2_000  # characters
MAX_CRASHES = 2  # a solution with which so many workers crashed is set aside


class State(models.TextChoices):
    QUEUED = "queued", _("waiting for a worker")
    STREAMING = "streaming", _("being worked out")
    ENDED = "ended", _("ended")


class SolutionQuerySet(models.QuerySet["Solution"]):
    def visible_to(self, user: User) -> Self:
        """Solutions of problems for which `user` is offered worked solutions now."""
        return self.filter(version__problem__items__in=items_with_solutions_for(user)).distinct()

    def costs(self, since: datetime) -> list[dict[str, Any]]:
        """`solutions`, `tokens` and `seconds` of each day (UTC) and section, newest first."""
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
        """Since midnight in the section's time zone."""
        return self.filter(created_at__gte=day_began_at(section))

    def waiting(self) -> Self:
        """The queued ones, in the order in which they are worked out: see `dispatch.fair_queue`."""
        return self.filter(state=State.QUEUED).order_by("priority", "pk")

    def before(self, solution: "Solution") -> Self:
        """Those that are worked out before a queued solution."""
        earlier = Q(priority=solution.priority, pk__lt=solution.pk)
        return self.waiting().filter(Q(priority__lt=solution.priority) | earlier)

    def of_weights(self, name: str) -> Self:
        """Solutions by that model, as `weights_name` calls it."""
        return self.filter(recipe__startswith=f"{name} ")

    def claim_next(self, worker: UUID, weights: str, count: int = 1) -> "list[Solution]":
        """Give up to `count` queued solutions to this worker, the next in the queue first.

        weights: the model that the worker has loaded; solutions by other models stay queued.
        """
        waiting = self.waiting().of_weights(weights).values_list("pk", flat=True)
        claimed: list[Solution] = []
        while missing := count - len(claimed):
            pks = list(waiting[:missing])
            claimed += self.claim_some(pks, worker) if pks else []
            if len(pks) < missing:
                break  # none is left; a failure of one more query would lose what is claimed
        return claimed

    def claim_some(self, pks: Sequence[int], worker: UUID) -> "list[Solution]":
        """Give queued solutions to this worker, but for those that another worker took first.

        The database's locks decide, so a task delivered twice generates once. The fence grows with
        each claim, so the log refuses what an earlier claimant still writes.
        """
        with transaction.atomic():
            queued = self.filter(pk__in=pks, state=State.QUEUED).select_for_update(no_key=True)
            queued = queued.order_by("pk")  # else two workers could wait for each other
            free = self.filter(pk__in=list(queued.values_list("pk", flat=True)))
            free.update(
                state=State.STREAMING,
                worker=worker,
                host=socket.gethostname(),
                fence=F("fence") + 1,
                claimed_at=timezone.now(),
                lease_expires_at=Now() + LEASE,
            )
            return list(free.select_related("version__stored_key").order_by("priority", "pk"))

    def held_by(self, worker: UUID) -> Self:
        return self.filter(state=State.STREAMING, worker=worker)

    def renew(self) -> None:
        self.update(lease_expires_at=Now() + LEASE)

    def abandoned(self, for_: timedelta = timedelta()) -> Self:
        """Claimed solutions whose lease ran out at least `for_` ago."""
        return self.filter(state=State.STREAMING, lease_expires_at__lt=Now() - for_)

    def take_back_abandoned(
        self, for_: timedelta = timedelta(), alive: Collection[str] = ()
    ) -> list[int]:
        """Queue the abandoned solutions again; returns their primary keys.

        Each counts one more crash, unless its worker is among `alive`: that one could not renew
        the lease because the database was away, or had no room for it.
        """
        abandoned = self.abandoned(for_)
        lost, held_up = _requeued(crashes=1) | _failed(LOST), _requeued(crashes=0)
        return [
            pk
            for pk, worker in list(abandoned.values_list("pk", "worker"))
            if abandoned.filter(pk=pk).update(**(held_up if str(worker) in alive else lost))
        ]

    def take_back_all(self) -> int:
        """Queue all claimed solutions again, none as a crash, and count them. No worker may run."""
        return self.filter(state=State.STREAMING).update(**_requeued(crashes=0))


def day_began_at(section: Section) -> datetime:
    """The last midnight in the section's time zone."""
    today = timezone.now().astimezone(section.zone).date()
    return datetime.combine(today, time(), tzinfo=section.zone)


def _failed(why: str) -> dict[str, object]:
    return {"failure": why[:MAX_FAILURE], "failed_at": timezone.now()} if why else {}


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
    is in the token log and, some seconds behind, in checkpoints. The row gets it once, at the end,
    and is the record from then on.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.ForeignKey(
        ProblemVersion, models.PROTECT, related_name="solutions", verbose_name=_("version")
    )
    recipe = models.CharField(_("recipe"), max_length=200)
    number = models.PositiveIntegerField(_("try"), default=1)
    # The student who asked for it, and so the class; None for teachers and for what is prepared.
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
    )  # the id that log lines carry

    # Whether it is worked out to its end even if nobody watches it any more.
    runs_unwatched = models.BooleanField(default=True, editable=False)
    priority = models.BigIntegerField(default=0, editable=False)  # the lowest comes next
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    worker = models.UUIDField(null=True, editable=False)
    fence = models.PositiveIntegerField(default=0, editable=False)
    lease_expires_at = models.DateTimeField(null=True, editable=False)
    crashes = models.PositiveIntegerField(_("crashes"), default=0)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    queued_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(_("begun at"), null=True, editable=False)
    # With database defaults, for processes of an older version that lacks these columns.
    host = models.CharField(
        _("worker’s machine"), max_length=200, blank=True, db_default="", editable=False
    )
    # Why a worker last broke it off, in the words of what failed: for administrators.
    failure = models.TextField(_("last failure"), blank=True, db_default="", editable=False)
    failed_at = models.DateTimeField(_("failed at"), null=True, editable=False)
    cancel_requested_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)

    outcome = models.CharField(_("outcome"), max_length=20, blank=True, choices=OUTCOMES)
    reasoning = models.TextField(_("reasoning"), blank=True)
    steps = models.JSONField(_("steps"), default=list, blank=True)
    # One StepCheck.to_dict for each step; empty where no checker has looked at them.
    checks = models.JSONField(_("checks of the steps"), default=list, blank=True)
    checker = models.CharField(_("checker"), max_length=50, blank=True)
    # One Correction.to_dict for each refuted step that Lemma took back.
    corrections = models.JSONField(_("corrections by Lemma's calculator"), default=list, blank=True)
    reasoning_tokens = models.PositiveIntegerField(_("tokens of reasoning"), default=0)
    completion_tokens = models.PositiveIntegerField(_("tokens"), default=0)
    ttft_s = models.FloatField(_("seconds to the first token"), null=True)
    tpot_s = models.FloatField(_("seconds per further token"), null=True)
    duration_s = models.FloatField(_("seconds"), null=True)
    model = models.CharField(_("model"), max_length=200, blank=True)
    engine = models.CharField(_("engine"), max_length=100, blank=True)

    verdict = models.CharField(_("verdict"), max_length=10, blank=True, choices=VERDICTS)
    score = models.FloatField(_("score"), null=True)
    rule = models.CharField(_("rule"), max_length=50, blank=True)
    feedback = FeedbackField(_("feedback"), blank=True, default=None)
    final_answer = models.TextField(_("final answer"), blank=True)
    # The number of the first try with an answer of the same meaning; 0 before they were compared.
    answers_like = models.PositiveIntegerField(default=0, editable=False)
    grader = models.CharField(_("grader"), max_length=50, blank=True)

    objects: ClassVar[SolutionQuerySet] = SolutionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("solution")
        verbose_name_plural = _("solutions")
        constraints = (
            # Single flight: of all who ask at once, one inserts the row and the others get it.
            models.UniqueConstraint(
                fields=["version", "recipe", "number"], name="one_solution_per_try"
            ),
        )
        indexes = (
            # Beat and workers look for a few rows, however many have ended.
            models.Index(
                fields=["priority", "id"], condition=Q(state=State.QUEUED), name="solution_waiting"
            ),
            models.Index(
                fields=["lease_expires_at"],
                condition=Q(state=State.STREAMING),
                name="solution_at_work",
            ),
            models.Index(
                fields=["failed_at"], condition=Q(failed_at__isnull=False), name="solution_failed"
            ),
            models.Index(
                fields=["priority"], condition=~Q(state=State.ENDED), name="solution_unfinished"
            ),
        )

    def __str__(self) -> str:
        return f"{self.version.title} · {self.number}"

    @property
    def answer(self) -> str:
        """The text of the answer, without the reasoning before it."""
        return "".join(self.steps)

    @property
    def has_failed(self) -> bool:
        return self.outcome == Outcome.ENGINE_FAILED

    @property
    def is_right(self) -> bool:
        return self.verdict == Verdict.CORRECT

    @property
    def may_be_right(self) -> bool:
        """Whether it has ended with an answer that was not found wrong."""
        is_open_or_right = self.verdict in (Verdict.CORRECT, Verdict.UNDECIDED)
        return is_open_or_right and self.outcome != Outcome.DECLINED

    @property
    def gave_help(self) -> bool:
        """Whether watching it was help, which is known once it has ended.

        A wrong solution is no help, nor is one without an answer. One that was stopped counts if
        there was text to read: nobody knows how right it was.
        """
        was_readable = bool(self.steps or self.reasoning_tokens)
        return self.may_be_right or (self.outcome == Outcome.ABORTED and was_readable)

    def _as_claimed(self) -> SolutionQuerySet:
        return Solution.objects.filter(pk=self.pk, state=State.STREAMING, fence=self.fence)

    def is_held(self) -> bool:
        """Whether the claim by which this object was loaded still counts."""
        return self._as_claimed().exists()

    def release(self, *, crashed: bool, why: str = "", engine: str = "") -> bool:
        """Give a claimed solution back to the queue; False where the claim was lost meanwhile.

        why: what failed; engine: where it failed.
        """
        failed_on = {"engine": engine} if engine else {}
        changes = _requeued(crashes=int(crashed)) | _failed(why) | failed_on
        return bool(self._as_claimed().update(**changes))

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
        own = Solution.objects.filter(pk=self.pk, fence=self.fence).exclude(state=State.ENDED)
        with transaction.atomic():
            ended = own.update(worker=None, lease_expires_at=None, **columns)
            if ended:
                self.checkpoints.all().delete()
        return bool(ended)

    def may_be_cancelled_by(self, user: User) -> bool:
        """Whether nobody else has asked for it or watched it. Teachers may in any case."""
        viewers = set(self.views.values_list("user", flat=True)[:2])
        return user.is_teacher or viewers == {user.pk}

    def end(self) -> SolutionEnd:
        """The log's last entry, made from the row."""
        return SolutionEnd(
            outcome=self.outcome,
            verdict=self.verdict,
            rule=self.rule,
            feedback=self.feedback.to_json() if self.feedback else "",
            answer=self.final_answer,
            tokens=self.completion_tokens,
            seconds=self.duration_s,
            model=self.model,
        )

    def whole(self) -> WholeSolution:
        """The row as one message, for viewers who come when the log is gone or not needed."""
        return WholeSolution(
            reasoning=self.reasoning,
            reasoning_tokens=self.reasoning_tokens,
            steps=list(self.steps),
            checks=list(self.checks),
            end=asdict(self.end()),
            corrections=list(self.corrections),
        )


_RECORD = (
    "failure",
    "failed_at",
    "state",
    "outcome",
    "ended_at",
    "reasoning",
    "steps",
    "checks",
    "checker",
    "corrections",
    "reasoning_tokens",
    "completion_tokens",
    "ttft_s",
    "tpot_s",
    "duration_s",
    "verdict",
    "score",
    "rule",
    "feedback",
    "final_answer",
    "grader",
    "model",
    "engine",
)
