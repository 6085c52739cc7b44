"""An open invitation to take a reserved enrollment."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tutor.courses.models.section import Enrollment


class Invitation(models.Model):
    """An offer to take over an enrollment that a class list reserved with a new account.

    Until the person accepts, the inviting teacher cannot tell that an account exists: the section
    shows somebody who has never signed in.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    enrollment = models.OneToOneField(
        Enrollment, models.CASCADE, related_name="invitation", verbose_name=_("reserved enrollment")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="invitations",
        verbose_name=_("person"),
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    invited_at = models.DateTimeField(_("invited at"), auto_now_add=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.user} · {self.enrollment.section}"
