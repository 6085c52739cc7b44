"""Help that a student was given with a variant, and help withheld because it said too much."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tutor.assignments.models import HelpLevel, Item
from tutor.courses.models import Enrollment
from tutor.problems.models import ProblemVersion


class GivenHelp(models.Model):
    """One piece of help that a student was given with a variant. Rows are only added.

    number: the hint's or the step's, from 1; of a hint about an attempt that attempt's; 1 for a
    whole solution. text: what was said; empty for a solution, which has a record of its own, and
    where a student was only pointed to passages of the course material.
    """

    enrollment = models.ForeignKey(
        Enrollment, models.CASCADE, related_name="given_help", verbose_name=_("enrollment")
    )
    item = models.ForeignKey(
        Item, models.CASCADE, related_name="given_help", verbose_name=_("item")
    )
    version = models.ForeignKey(
        ProblemVersion, models.PROTECT, related_name="given_help", verbose_name=_("version")
    )
    level = models.CharField(_("kind of help"), max_length=10, choices=HelpLevel)
    number = models.PositiveIntegerField(_("number"), default=1)
    text = models.TextField(_("text"), blank=True)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)

    class Meta:
        verbose_name = _("help given")
        verbose_name_plural = _("help given")
        ordering = ("given_at", "pk")
        constraints = (
            # A second click and a second window give nothing more.
            models.UniqueConstraint(
                fields=["enrollment", "item", "version", "level", "number"],
                name="one_help_a_number",
            ),
        )

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.item} · {self.get_level_display()} {self.number}"


class WithheldHelp(models.Model):
    """A hint or a step that a student was not given, usually because it gives the answer away.

    number: as in `GivenHelp`. text: for teachers alone. leak: the piece of it that says the answer,
    if that is the reason.
    """

    class Reason(models.TextChoices):
        LEAK = "leak", _("it gives the answer away")
        REFUTED = "refuted", _("it contains a wrong calculation")
        DECLINED = "declined", _("the model declined")
        NO_HINT = "no_hint", _("it is not a hint but a solution, too long or unfinished")

    enrollment = models.ForeignKey(
        Enrollment, models.CASCADE, related_name="withheld_help", verbose_name=_("enrollment")
    )
    item = models.ForeignKey(
        Item, models.CASCADE, related_name="withheld_help", verbose_name=_("item")
    )
    version = models.ForeignKey(
        ProblemVersion, models.PROTECT, related_name="withheld_help", verbose_name=_("version")
    )
    level = models.CharField(_("kind of help"), max_length=10, choices=HelpLevel)
    number = models.PositiveIntegerField(_("number"), default=1)
    text = models.TextField(_("text"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason, default=Reason.LEAK)
    leak = models.CharField(_("what gives the answer away"), max_length=200, blank=True)
    withheld_at = models.DateTimeField(_("withheld at"), default=timezone.now)

    class Meta:
        verbose_name = _("help withheld")
        verbose_name_plural = _("help withheld")
        ordering = ("withheld_at", "pk")

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.item} · {self.get_level_display()} {self.number}"


class WorkingCheck(models.Model):
    """Lines that a student had checked without submitting them.

    Lines that are added below checked ones join their row; other rows are only added.

    It costs no attempt, so each check is recorded. failing: the number of the first line
    that did not follow, from 1; 0 for none. lines: left out where the day's texts are too many.
    """

    enrollment = models.ForeignKey(
        Enrollment, models.CASCADE, related_name="working_checks", verbose_name=_("enrollment")
    )
    item = models.ForeignKey(
        Item, models.CASCADE, related_name="working_checks", verbose_name=_("item")
    )
    version = models.ForeignKey(
        ProblemVersion, models.PROTECT, related_name="working_checks", verbose_name=_("version")
    )
    lines = models.JSONField(_("lines"), default=list, blank=True)
    failing = models.PositiveSmallIntegerField(_("first line that did not follow"), default=0)
    checked_at = models.DateTimeField(_("checked at"), default=timezone.now)

    class Meta:
        verbose_name = _("check of working")
        verbose_name_plural = _("checks of working")
        ordering = ("checked_at", "pk")

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.item} · {self.checked_at:%Y-%m-%d %H:%M}"
