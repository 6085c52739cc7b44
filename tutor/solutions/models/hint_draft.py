from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tutor.attempts.models import Attempt, WithheldHelp
from tutor.solutions.models.hint_jobs import HintJobQuerySet
from tutor.solutions.models.solution import State


class HintDraft(models.Model):
    """A hint about one attempt that a teacher has a model write, and what became of it.

    The row is the job. text: empty where nothing passed the checks; `objection` then says why.
    No student sees it: what the teacher sends is a `TeacherMessage`.
    """

    class Fate(models.TextChoices):
        OPEN = "", _("not decided")
        TAKEN = "taken", _("sent as it was")
        EDITED = "edited", _("sent after editing")
        DROPPED = "dropped", _("thrown away")
        NONE = "none", _("nothing passed the checks")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    attempt = models.ForeignKey(
        Attempt, models.CASCADE, related_name="hint_drafts", verbose_name=_("attempt")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    fate = models.CharField(_("what became of it"), max_length=10, choices=Fate, blank=True)
    text = models.TextField(_("text"), blank=True)
    objection = models.CharField(
        _("reason"), max_length=10, choices=WithheldHelp.Reason, blank=True
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    recipe = models.CharField(_("recipe"), max_length=200, blank=True)
    queued_at = models.DateTimeField(_("queued at"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)

    objects: ClassVar[HintJobQuerySet["HintDraft"]] = HintJobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("draft of a hint")
        verbose_name_plural = _("drafts of hints")
        constraints = (
            # All who look after the class share it.
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(fate=""), name="one_open_draft_an_attempt"
            ),
        )

    def __str__(self) -> str:
        return str(self.attempt)

    @property
    def is_writing(self) -> bool:
        return self.state != State.ENDED

    def decide(self, fate: str) -> None:
        """Once: a second click changes nothing."""
        HintDraft.objects.filter(pk=self.pk, fate="").update(fate=fate)
