"""The kinds of help, and when an assignment gives one."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HelpLevel(models.TextChoices):
    """How far help goes, from the least to the most."""

    HINT = "hint", _("hint of the problem")
    ANSWER_HINT = "reply", _("hint about a wrong answer")
    LINE = "line", _("next line")
    STEP = "step", _("one step")
    SOLUTION = "solution", _("worked solution")

    @property
    def is_by_model(self) -> bool:
        return self not in (HelpLevel.HINT, HelpLevel.LINE)


class ExerciseKind(models.TextChoices):
    """What a student may do with solutions of problems like theirs. It earns and costs nothing."""

    FADED = "faded", _("completing a solution")
    WRONG_LINE = "wrong_line", _("finding the wrong line")


CHECK = "check"  # of one's working: no level of help, but given by a policy as help is


class VerdictPolicy(models.TextChoices):
    """When students read whether their answers are right."""

    AT_ONCE = "at_once", _("at once, after each answer")
    AFTER_END = "after_end", _("after the end for everybody")


class HelpPolicy(models.TextChoices):
    """When a kind of help is given."""

    NEVER = "never", pgettext_lazy("level of help", "never")
    AFTER_DUE = "after_due", _("after the due date")
    AFTER_ATTEMPTS = "attempts", _("after a number of attempts")
    ALWAYS = "always", _("at any time")
