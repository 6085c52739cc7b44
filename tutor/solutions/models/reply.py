from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tutor.attempts.models import Attempt
from tutor.solutions.models.solution import State

REPLY_WITHIN = timedelta(minutes=5)  # longer than all tries of a worker together


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
        OWN = "own", _("the problem’s next hint instead")  # of old rows: it is only offered now
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
        indexes = (
            models.Index(
                fields=["queued_at"], condition=Q(state=State.QUEUED), name="reply_waiting"
            ),
            models.Index(
                fields=["claimed_at"], condition=Q(state=State.STREAMING), name="reply_at_work"
            ),
        )

    def __str__(self) -> str:
        return str(self.attempt)
