"""The review of the week: problems of skills met before, so that they stay."""

from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tutor.assignments.models import Item
from tutor.attempts.counting import ProgressState, practice_counts, practice_state
from tutor.attempts.models.practice import Practice
from tutor.courses.conventions import date_text
from tutor.courses.models import Enrollment
from tutor.problems.models import Problem, Skill


class WeeklyReview(models.Model):
    """What one student is asked again in one week, over all their classes; it earns nothing.

    week: its Monday, by the student's own clock. The problems stay as they are for the whole week.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="weekly_reviews",
        verbose_name=_("person"),
    )
    week = models.DateField(_("week from"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("weekly review")
        verbose_name_plural = _("weekly reviews")
        ordering = ("week",)
        constraints = (models.UniqueConstraint(fields=["user", "week"], name="one_review_a_week"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.week}"


class ReviewProblemQuerySet(models.QuerySet["ReviewProblem"]):
    def usable(self) -> Self:
        """Without what the student lost, such as the problems of a class that they left."""
        student = Enrollment.Role.STUDENT
        begun = Q(practice=None) | Q(practice__enrollment__role=student)
        return self.filter(begun, problem__current__isnull=False)

    def with_results(self) -> Self:
        """Adds numbers of attempts."""
        return self.annotate(**practice_counts("practice__attempts"))


class ReviewProblem(models.Model):
    """One problem of a weekly review.

    item: where a class of the student has it. reason, answered_at: how and when the student last
    answered a problem with the skill. is_same_kind: whether that problem had the same skills as
    this one. practice: the variant that they work on, once it is begun.
    """

    class Reason(models.TextChoices):
        ALONE = "alone", _("right, alone")
        SECOND_TRY = "second_try", _("right at the second try")
        HELPED = "helped", _("right, with help")
        WRONG = "wrong", _("not right")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    weekly_review = models.ForeignKey(
        WeeklyReview, models.CASCADE, related_name="problems", verbose_name=_("weekly review")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="+", verbose_name=_("skill"))
    problem = models.ForeignKey(
        Problem, models.CASCADE, related_name="+", verbose_name=_("problem")
    )
    item = models.ForeignKey(
        Item, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("item")
    )
    reason = models.CharField(_("last time"), max_length=10, choices=Reason)
    answered_at = models.DateTimeField(_("last answered at"))
    is_same_kind = models.BooleanField(_("same kind of problem"), default=True, db_default=True)
    practice = models.OneToOneField(
        Practice,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="review_problem",
        verbose_name=_("practice"),
    )

    # What `with_results` adds.
    attempted: int
    right: int
    partly: int
    undecided: int
    pending: int
    unfinished: int

    objects: ClassVar[ReviewProblemQuerySet] = ReviewProblemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("problem of a weekly review")
        verbose_name_plural = _("problems of weekly reviews")
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=["weekly_review", "position"], name="one_review_problem_per_position"
            ),
            models.UniqueConstraint(
                fields=["weekly_review", "problem"], name="each_problem_once_a_review"
            ),
        )

    def __str__(self) -> str:
        return f"{self.weekly_review} · {self.position}"

    @property
    def why(self) -> str:
        """For the student, why it is here; the day is by the clock of the page."""
        day = date_text(timezone.localtime(self.answered_at), "MONTH_DAY_FORMAT")
        sentence = _WHY[self.Reason(self.reason)] if self.is_same_kind else _WHY_OTHER_KIND
        return str(sentence) % {"day": day}

    @property
    def skill_names(self) -> str:
        """All of the problem; of one that lost the skill that is due, this one alone."""
        skills = list(self.problem.skills.all())
        shown = skills if self.skill in skills else [self.skill]
        return ", ".join(skill.shown_name for skill in shown)

    @property
    def state(self) -> ProgressState:
        """Of rows `with_results`."""
        return practice_state(self)


_WHY = {
    ReviewProblem.Reason.ALONE: _(
        "You solved one like this on %(day)s. Do you still remember how?"
    ),
    ReviewProblem.Reason.SECOND_TRY: _(
        "You needed a second try at this kind on %(day)s; now it may work at once."
    ),
    ReviewProblem.Reason.HELPED: _("You had help with this kind on %(day)s; now try one alone."),
    ReviewProblem.Reason.WRONG: _(
        "You did not solve this kind of problem on %(day)s; here is a new chance."
    ),
}
_WHY_OTHER_KIND = _(
    "You met a skill of this problem on %(day)s, in another kind of problem. Try it here."
)
