from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """A record that a person was erased, without their name. Rows are only added.

    gone, detached: numbers of rows by key of the policy, without zeros. by: None for the command
    line, and after the administrator was erased too.
    """

    erased_at = models.DateTimeField(_("erased at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("erased by"),
    )
    gone = models.JSONField(_("rows that are gone"))
    detached = models.JSONField(_("rows that stayed without the person"))

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.erased_at:%Y-%m-%d %H:%M}"
