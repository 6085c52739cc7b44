"""The history of a section."""

import re

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tutor.courses.accommodations import granted_words
from tutor.courses.models.section import Section

# Percent of time, attempts and days, as stored.
_GRANTED = re.compile(r"(\d{1,3}) % · (\d{1,3}) · (\d{1,3}) d")


class SectionEvent(models.Model):
    """An entry in the history of a section: who did what, about whom. Rows are only added."""

    class Act(models.TextChoices):
        CREATED = "created", _("created the class")
        JOINED = "joined", _("joined with the code")
        ACCEPTED = "accepted", _("accepted the invitation")
        NAMED = "named", _("changed the name")
        ZONE = "zone", _("changed the time zone")
        ADDED = "added", _("added")
        ROLE = "role", _("changed the role")
        REMOVED = "removed", _("removed")
        ACCOMMODATION = "grant", _("changed the accommodations")
        OVERRIDE = "override", _("changed the extension")
        VIEWED = "viewed", _("looked at the student’s page")
        PASSWORD = "password", _("made a new one-time password")
        CODE_RENEWED = "code", _("made a new join code")
        CODE_STOPPED = "code_off", _("switched the join code off")
        MATERIAL_ADDED = "material", _("added course material")
        MATERIAL_REMOVED = "material_removed", _("removed course material")
        MATERIAL_ON = "material_on", _("let hints use the course material")
        MATERIAL_OFF = "material_off", _("stopped hints from using the course material")
        ARCHIVED = "archived", _("archived the class")
        RESTORED = "restored", _("restored the class from the archive")

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="events", verbose_name=_("class")
    )
    act = models.CharField(_("what was done"), max_length=20, choices=Act)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("author"),
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person concerned"),
    )
    detail = models.CharField(_("detail"), max_length=200, blank=True)
    happened_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("event in a class")
        verbose_name_plural = _("events in classes")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.author} · {self.get_act_display()} · {self.about or self.section}"

    @property
    def shown_detail(self) -> str:
        """In the reader's language, where numbers stand for words."""
        granted = _GRANTED.fullmatch(self.detail)
        if self.act != self.Act.ACCOMMODATION or not granted:
            return self.detail
        return " · ".join(granted_words(*map(int, granted.groups()))) or "–"
