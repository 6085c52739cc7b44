"""Ordered problems with points, which may be assigned to any number of classes."""

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Max, Q, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.assignments.models.assignment import Assignment
from tutor.courses.models import Section
from tutor.problems.models import Problem, ProblemVersion

BEYOND_ALL = 1_000_000  # added to a position, it is beyond all of a set


class ProblemSetQuerySet(models.QuerySet["ProblemSet"]):
    def visible_to(self, user: User) -> Self:
        """Their own, and those assigned to sections that they teach."""
        if user.is_superuser:
            return self
        taught = Section.objects.taught_by(user)
        given = Assignment.objects.filter(section__in=taught).values("problem_set")
        own = Q(owner=user) if user.is_teacher else Q(pk__in=[])
        return self.filter(own | Q(pk__in=given))

    def with_key_for(self, user: User) -> Self:
        """Those whose stored answers `user` may have: their own, and those of sections they manage.

        An assistant grades with what the pages show.
        """
        if user.is_superuser:
            return self
        given = Assignment.objects.filter(section__in=Section.objects.managed_by(user))
        own = Q(owner=user) if user.is_teacher else Q(pk__in=[])
        return self.filter(own | Q(pk__in=given.values("problem_set")))

    def editable_by(self, user: User) -> Self:
        """Their own, and those of a colleague in a class that they teach together.

        Any other set can only be copied.
        """
        if user.is_superuser:
            return self
        if not user.is_teacher:
            return self.none()
        common = Assignment.objects.filter(
            section__in=user.enrollments.filter(role="teacher").values("section"),
            section__enrollments__user=F("problem_set__owner"),
            section__enrollments__role="teacher",
        )
        return self.filter(Q(owner=user) | Q(pk__in=common.order_by().values("problem_set")))


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

    objects: ClassVar[ProblemSetQuerySet] = ProblemSetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("problem set")
        verbose_name_plural = _("problem sets")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("set", args=[self.code])

    def finished_by(self) -> Section | None:
        """A class that has answered the set and cannot any more: its results stay as they are."""
        over = self.assignments.annotate(end=Coalesce("closes_at", "due_at")).filter(
            end__lt=timezone.now()
        )
        answered = over.filter(problem_set__items__attempts__enrollment__section=F("section"))
        assignment = answered.select_related("section").first()
        return assignment.section if assignment else None

    def append(self, problems: Iterable[Problem]) -> int:
        """Add those that are not in the set yet, at its end; how many they were."""
        ProblemSet.objects.select_for_update().get(pk=self.pk)
        present = set(self.items.values_list("problem", flat=True))
        last = self.items.aggregate(last=Max("position"))["last"] or 0
        new = [problem for problem in problems if problem.pk not in present]
        Item.objects.bulk_create(
            Item(problem_set=self, problem=problem, position=position)
            for position, problem in enumerate(new, start=last + 1)
        )
        return len(new)

    def arrange(self, items: "list[Item]") -> None:
        """Put its items into this order, with the points that they have here."""
        # Positions are unique at every moment: first all move away, then each to its own.
        self.items.update(position=F("position") + BEYOND_ALL)
        for position, item in enumerate(items, start=1):
            item.position = position
        Item.objects.bulk_update(items, ["position", "points"])

    def copy_for(self, owner: User) -> Self:
        copied = type(self)(title=self.title, owner=owner)
        copied.save()
        Item.objects.bulk_create(
            Item(
                problem_set=copied,
                problem_id=item.problem_id,
                position=n,
                points=item.points,
                has_model_help=item.has_model_help,
            )
            for n, item in enumerate(self.items.all(), start=1)
        )
        return copied


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, user: User) -> Self:
        """Items of the sets in assignments whose problems `user` may read."""
        readable = Assignment.objects.readable_by(user)
        return self.filter(problem_set__in=readable.values("problem_set"))

    def with_model_help_for(self, user: User) -> Self:
        """Those whose teacher left the model's help on; who teaches has it all the same."""
        taught = Assignment.objects.filter(section__in=Section.objects.visible_to(user))
        return self.filter(Q(has_model_help=True) | Q(problem_set__in=taught.values("problem_set")))

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
    has_model_help = models.BooleanField(
        _("model’s help"),
        default=True,
        help_text=_("If this is off, students get nothing here that the model wrote."),
    )

    objects: ClassVar[ItemQuerySet] = ItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=["problem_set", "position"], name="one_item_per_position"
            ),
        )

    def __str__(self) -> str:
        return f"{self.problem_set}, {self.position}"

    def get_absolute_url(self) -> str:
        return reverse("item", args=[self.code])

    @property
    def version(self) -> ProblemVersion | None:
        """What the problem says now."""
        return self.problem.current

    def part_points(self, share: int, whole: int) -> Decimal:
        """What a part with `share` of `whole` shares is worth."""
        return (self.points * share / whole).quantize(Decimal("0.01"))
