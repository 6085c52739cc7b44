from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tutor.attempts.models import Attempt
from tutor.solutions.models.hint_jobs import HintJobQuerySet
from tutor.solutions.models.solution import State


class AnswerHint(models.Model):
    """A hint about one wrong answer, which its student asked for and a model writes.

    The row is the job, as a solution's is. The text is stored elsewhere: in `GivenHelp` if it
    passed the checks, else in `WithheldHelp`. Nothing is streamed, since nobody may see a word of
    it before it has been checked. tries: how often a worker has claimed it.
    withheld: how many drafts did not pass the checks.
    """

    class Source(models.TextChoices):
        """What the student was given, from the most specific to the least."""

        MISTAKE = "mistake", _("a hint about the answer")
        IDEA = "idea", _("an idea to begin with")
        READING = "reading", _("passages to read again instead")
        NONE = "none", _("no hint")

    attempt = models.OneToOneField(
        Attempt, models.CASCADE, related_name="answer_hint", verbose_name=_("attempt")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    source = models.CharField(_("what came of it"), max_length=10, choices=Source, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    recipe = models.CharField(_("recipe"), max_length=200, blank=True)
    withheld = models.PositiveSmallIntegerField(_("drafts withheld"), default=0, db_default=0)
    queued_at = models.DateTimeField(_("queued at"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)

    objects: ClassVar[HintJobQuerySet["AnswerHint"]] = HintJobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("hint about an answer")
        verbose_name_plural = _("hints about answers")
        indexes = (
            models.Index(
                fields=["queued_at"], condition=Q(state=State.QUEUED), name="answer_hint_waiting"
            ),
            models.Index(
                fields=["claimed_at"],
                condition=Q(state=State.STREAMING),
                name="answer_hint_at_work",
            ),
        )

    def __str__(self) -> str:
        return str(self.attempt)
