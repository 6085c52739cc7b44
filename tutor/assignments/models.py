from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.courses.models import Enrollment, Section
from tutor.problems.models import Problem, ProblemVersion


class ProblemSet(models.Model):
    """Ordered problems with points, which a teacher may assign to any number of sections."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="problem_sets",
        verbose_name=_("owner"),
    )

    class Meta:
        verbose_name = _("problem set")
        verbose_name_plural = _("problem sets")

    def __str__(self) -> str:
        return self.title


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, user: User) -> Self:
        """Items of the sets in assignments that `user` may see."""
        return self.filter(
            problem_set__in=Assignment.objects.visible_to(user).values("problem_set")
        )

    def numbered(self) -> Self:
        """Adds `number`, from 1 in the order of positions, which may have gaps."""
        return self.annotate(
            number=Window(RowNumber(), partition_by="problem_set", order_by="position")
        )


class Item(models.Model):
    """One problem's place and points in a problem set."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    problem_set = models.ForeignKey(
        ProblemSet, models.CASCADE, related_name="items", verbose_name=_("problem set")
    )
    problem = models.ForeignKey(
        Problem, models.PROTECT, related_name="items", verbose_name=_("problem")
    )
    position = models.PositiveIntegerField(_("position"))
    points = models.DecimalField(
        _("points"), max_digits=6, decimal_places=2, default=1, validators=[MinValueValidator(0)]
    )

    objects: ClassVar[ItemQuerySet] = ItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["problem_set", "position"], name="one_item_per_place"),
        )

    def __str__(self) -> str:
        return f"{self.problem_set}, {self.position}"

    def get_absolute_url(self) -> str:
        return reverse("item", args=[self.code])

    @property
    def version(self) -> ProblemVersion | None:
        """What the problem says now."""
        return self.problem.current


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: User) -> Self:
        """A student's once they are open, a teacher's of the section at any time."""
        if user.is_superuser:
            return self
        taught = Q(section__in=Section.objects.taught_by(user))
        return self.filter(taught | Q(pk__in=self.model.objects.taken_by(user).values("pk")))

    def offering_solutions_to(self, user: User) -> Self:
        """Those in which `user` may watch worked solutions now, by the server's clock."""
        if user.is_superuser:
            return self
        policy = Assignment.HelpPolicy
        later = [policy.AFTER_DUE, policy.AFTER_ATTEMPTS]
        offered = Q(help_policy=policy.ALWAYS) | Q(
            help_policy__in=later, ends_at__lte=timezone.now()
        )
        taught = Q(section__in=Section.objects.taught_by(user))
        ends_at = Coalesce("closes_at", "due_at")
        return self.visible_to(user).alias(ends_at=ends_at).filter(taught | offered)

    def taken_by(self, user: User) -> Self:
        """Those that `user` has to work on, as a student, once they are open."""
        mine = Enrollment.objects.filter(user=user, role=Enrollment.Role.STUDENT)
        return self.filter(section__in=mine.values("section"), opens_at__lte=timezone.now())

    def with_item(self, item: Item) -> Self:
        return self.filter(problem_set=item.problem_set_id)


class Assignment(models.Model):
    """A problem set given to a section with dates, and how much help it allows."""

    class HelpPolicy(models.TextChoices):
        NEVER = "never", _("no worked solutions")
        AFTER_DUE = "after_due", _("worked solutions after the due date")
        AFTER_ATTEMPTS = "attempts", _("worked solutions after a number of attempts")
        ALWAYS = "always", _("worked solutions at any time")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    problem_set = models.ForeignKey(
        ProblemSet, models.PROTECT, related_name="assignments", verbose_name=_("problem set")
    )
    section = models.ForeignKey(
        Section, models.CASCADE, related_name="assignments", verbose_name=_("section")
    )
    opens_at = models.DateTimeField(_("opens at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"))
    help_policy = models.CharField(
        _("help"), max_length=10, choices=HelpPolicy, default=HelpPolicy.AFTER_DUE
    )
    help_after_attempts = models.PositiveSmallIntegerField(
        _("attempts before help"),
        default=2,
        validators=[MinValueValidator(1)],
        help_text=_("Counts where help comes after a number of attempts, and for each problem."),
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"),
        null=True,
        blank=True,
        default=5,
        validators=[MinValueValidator(1)],
        help_text=_("For each problem. Empty: as many as one likes."),
    )
    closes_at = models.DateTimeField(
        _("closes at"),
        null=True,
        blank=True,
        help_text=_("Late answers are taken until then. Empty: none after the due date."),
    )
    late_credit = models.PositiveSmallIntegerField(
        _("credit for late answers, in percent"),
        default=50,
        validators=[MaxValueValidator(100)],
    )
    weight = models.DecimalField(
        _("weight"),
        max_digits=5,
        decimal_places=2,
        default=1,
        validators=[MinValueValidator(0)],
        help_text=_("In the gradebook, beside the other assignments. 0: it does not count."),
    )

    objects: ClassVar[AssignmentQuerySet] = AssignmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("due_at",)
        constraints = (
            models.UniqueConstraint(fields=["problem_set", "section"], name="assigned_once"),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("opens_at")), name="due_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gte=F("due_at")), name="closes_after_due"
            ),
            models.CheckConstraint(condition=Q(late_credit__lte=100), name="late_credit_to_100"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="weight_from_0"),
        )

    def __str__(self) -> str:
        return f"{self.problem_set} · {self.section}"

    def get_absolute_url(self) -> str:
        return reverse("assignment", args=[self.code])

    @property
    def title(self) -> str:
        return self.problem_set.title

    @property
    def ends_at(self) -> datetime:
        """From then on no answer is taken."""
        return self.closes_at or self.due_at

    def takes_answers_at(self, instant: datetime) -> bool:
        return self.opens_at <= instant <= self.ends_at

    def credit_at(self, instant: datetime) -> Decimal:
        """The share of the points that an answer of that instant can earn, 0 to 1."""
        return Decimal(1) if instant <= self.due_at else Decimal(self.late_credit) / 100
