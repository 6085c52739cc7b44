import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import (
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import Coalesce, Greatest, RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.courses.models import Enrollment, EnrollmentQuerySet, Section, StudentGroup
from tutor.problems.models import Problem, ProblemVersion

FAR_AWAY = 1_000_000  # beyond every place in a set
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


class ProblemSetQuerySet(models.QuerySet["ProblemSet"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those that the sections have which one looks after."""
        if user.is_superuser:
            return self
        taught = Section.objects.taught_by(user)
        given = Assignment.objects.filter(section__in=taught).values("problem_set")
        own = Q(owner=user) if user.is_teacher else Q(pk__in=[])
        return self.filter(own | Q(pk__in=given))

    def with_key_for(self, user: User) -> Self:
        """Those whose stored answers `user` may have: one's own, and what a section has that one
        teaches. An assistant marks with what the pages show.
        """
        if user.is_superuser:
            return self
        given = Assignment.objects.filter(section__in=Section.objects.managed_by(user))
        own = Q(owner=user) if user.is_teacher else Q(pk__in=[])
        return self.filter(own | Q(pk__in=given.values("problem_set")))

    def editable_by(self, user: User) -> Self:
        """One's own. Nobody edits a colleague's set under their hands: one copies it."""
        if user.is_superuser:
            return self
        return self.filter(owner=user) if user.is_teacher else self.none()


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

    def append(self, problems: Iterable[Problem]) -> int:
        """Add those that are not in the set yet, at its end; how many they were."""
        ProblemSet.objects.select_for_update().get(pk=self.pk)
        there = set(self.items.values_list("problem", flat=True))
        last = self.items.aggregate(last=Max("position"))["last"] or 0
        new = [problem for problem in problems if problem.pk not in there]
        Item.objects.bulk_create(
            Item(problem_set=self, problem=problem, position=place)
            for place, problem in enumerate(new, start=last + 1)
        )
        return len(new)

    def arrange(self, items: "list[Item]") -> None:
        """Put its items into this order, with the points that they have here."""
        # Places are unique at every moment: first all move away, then each to its own.
        self.items.update(position=F("position") + FAR_AWAY)
        for place, item in enumerate(items, start=1):
            item.position = place
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
        help_text=_("Otherwise students get nothing here that the model wrote."),
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

    def part_points(self, share: int, whole: int) -> Decimal:
        """What a part with `share` of `whole` shares is worth."""
        return (self.points * share / whole).quantize(Decimal("0.01"))


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def for_students(self, enrollments: EnrollmentQuerySet, *names: str) -> Self:
        """One row for each student of `enrollments` and each assignment that is given to them.

        A row has the dates, attempts and time of that student (`enrollment`). An override wins over
        what the student is always granted, and that over the assignment: `EFFECTIVE_TERMS` alone
        decides, and `Assignment.for_student` reads it. `names`: only these columns, for a query
        that runs often.
        """
        terms = {name: EFFECTIVE_TERMS[name] for name in names} if names else EFFECTIVE_TERMS
        rows = self.annotate(
            override=_row_of_student("overrides"),
            sitting=_row_of_student("sittings"),
            enrollment=F(ENROLLMENT),
            **terms,
        )
        # Filters come last, on columns: a filter on the relation would join it once more.
        return rows.filter(_is_given_to("enrollment"), enrollment__in=enrollments.students())

    def taken_by(self, user: User, *names: str) -> Self:
        """Those that `user` has to work on, as a student, once they are open for them."""
        mine = self.for_students(Enrollment.objects.filter(user=user), *names)
        return mine.filter(effective_opens_at__lte=timezone.now())

    def running_for(self, user: User) -> Self:
        """Those with a time limit in which the student's time runs, each as they have it."""
        now = timezone.now()
        return self.taken_by(user).filter(sitting_ends_at__gte=now, effective_ends_at__gte=now)

    def to_settle(self, enrollments: EnrollmentQuerySet, by: datetime) -> Self:
        """Each as a student of `enrollments` has it whose time was over then, and not settled."""
        sitting = enrollments.filter(sittings__isnull=False, sittings__settled_at=None)
        over = Q(sitting_ends_at__lte=by) | Q(effective_ends_at__lte=by)
        return self.for_students(sitting).filter(
            over, sitting_ends_at__isnull=False, sitting_settled_at=None
        )

    def visible_to(self, user: User) -> Self:
        """A student's once they are open, a teacher's of the section at any time."""
        return self._taught_or(user, Q())

    def readable_by(self, user: User) -> Self:
        """Those whose problems `user` may read: with a time limit, once one's time runs."""
        begun = Q(effective_time_limit_min=None) | Q(sitting_begun_at__isnull=False)
        over = Q(effective_ends_at__lt=timezone.now())
        names = ("effective_time_limit_min", "sitting_begun_at", "effective_ends_at")
        return self._taught_or(user, begun | over, *names)

    def offering_solutions_to(self, user: User) -> Self:
        """Those in which `user` may watch worked solutions now, by the server's clock."""
        policy = Assignment.HelpPolicy
        later = [policy.AFTER_DUE, policy.AFTER_ATTEMPTS]
        offered = Q(help_policy=policy.ALWAYS) | Q(
            help_policy__in=later, effective_ends_at__lte=timezone.now()
        )
        return self._taught_or(user, offered, "effective_ends_at")

    def _taught_or(self, user: User, condition: Q, *names: str) -> Self:
        """All of whoever looks after the section; of a student's those that fulfil `condition`."""
        if user.is_superuser:
            return self
        taken = Assignment.objects.taken_by(user, "effective_opens_at", *names).filter(condition)
        taught = Q(section__in=Section.objects.taught_by(user))
        return self.filter(taught | Q(pk__in=taken.order_by().values("pk")))

    def with_item(self, item: Item) -> Self:
        return self.filter(problem_set=item.problem_set_id)

    def counting_items(self) -> Self:
        """Adds `items_count`."""
        items = Item.objects.filter(problem_set=OuterRef("problem_set")).order_by()
        count = items.values("problem_set").annotate(count=Count("pk")).values("count")
        return self.annotate(items_count=Coalesce(Subquery(count), 0))


def given_everywhere(user_pk: int, item: Item) -> "list[Assignment]":
    """What gives `item` to a student, in all their sections, soonest due first, each `for_student`.

    Also such as is not open for them yet: each knows the others by its `parallels`.
    """
    mine = Enrollment.objects.filter(user=user_pk)
    rows = Assignment.objects.for_students(mine).with_item(item)
    rows = rows.select_related("problem_set", "section__course")
    given = [row.for_student() for row in rows.order_by(F("effective_due_at"), "pk")]
    current = [one for one in given if one.section.archived_at is None]
    limits = {one.pk: one.attempts_allowed for one in given}
    for one in given:
        one.parallels = [other for other in current if other.pk != one.pk]
        known = [limits[each.pk] for each in (one, *one.parallels)]
        one.attempts_allowed = min((limit for limit in known if limit is not None), default=None)
    return given


def overridden_terms(section: Section) -> "dict[tuple[int, int], Assignment]":
    """By enrollment and assignment, the terms of the students who are granted more.

    For all other students the assignment itself holds.
    """
    people = section.enrollments.all()
    overridden = people.filter(
        pk__in=Override.objects.filter(assignment__section=section).values("enrollment")
    )
    rows = Assignment.objects.filter(section=section).for_students(
        people.accommodated() | overridden
    )
    return {
        (row.enrollment, row.pk): row.for_student() for row in rows.select_related("problem_set")
    }


def _times(count: Any, unit: timedelta) -> "ExpressionWrapper[Any]":
    number = ExpressionWrapper(count, models.IntegerField())  # SQLite multiplies no other kind
    return ExpressionWrapper(number * Value(unit), models.DurationField())


def _row_of_student(relation: str) -> FilteredRelation:
    """The row, if any, that says something of the student in question."""
    return FilteredRelation(relation, condition=Q(**{f"{relation}__enrollment": F(ENROLLMENT)}))


ENROLLMENT = "section__enrollments"
_LATER = _times(F(f"{ENROLLMENT}__extra_days"), DAY)
_DUE_AT = Coalesce(F("override__due_at"), F("due_at") + _LATER)
_CLOSES_AT = Coalesce(F("override__closes_at"), F("closes_at") + _LATER, _DUE_AT)
_ATTEMPTS = F("attempts_allowed") + F(f"{ENROLLMENT}__extra_attempts")
# In hundredths, and never rounded against the student.
_LONGER = (F("time_limit_min") * (100 + F(f"{ENROLLMENT}__extra_time")) + 99) / 100
_MINUTES = Coalesce(F("override__time_limit_min"), _LONGER)
EFFECTIVE_TERMS: dict[str, Any] = {
    "effective_opens_at": Coalesce(F("override__opens_at"), F("opens_at")),
    "effective_due_at": _DUE_AT,
    "effective_ends_at": Greatest(_DUE_AT, _CLOSES_AT),
    "effective_attempts_allowed": Coalesce(F("override__attempts_allowed"), _ATTEMPTS),
    "effective_time_limit_min": _MINUTES,
    "sitting_begun_at": F("sitting__begun_at"),
    "sitting_ends_at": F("sitting__begun_at") + _times(_MINUTES, MINUTE),
    "sitting_settled_at": F("sitting__settled_at"),
}


def _is_given_to(column: str) -> Q:
    """The whole section has it, or the student, or a group of theirs."""
    to_student = Assignment.students.through._default_manager.filter(
        assignment=OuterRef("pk"), enrollment=OuterRef(column)
    )
    to_group = Assignment.groups.through._default_manager.filter(
        assignment=OuterRef("pk"), studentgroup__members=OuterRef(column)
    )
    return Q(for_all=True) | Q(Exists(to_student)) | Q(Exists(to_group))


class HelpLevel(models.TextChoices):
    """How far help goes, from the least to the most."""

    HINT = "hint", _("hint of the problem")
    REPLY = "reply", _("hint about a wrong answer")
    STEP = "step", _("one step")
    SOLUTION = "solution", _("worked solution")

    @property
    def is_by_model(self) -> bool:
        return self != HelpLevel.HINT


CHECK = "check"  # of one's working, of which the assignment says as of a level when it is given


def _attempts_before(label: Any, count: int) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(label, default=count, validators=[MinValueValidator(1)])


class Assignment(models.Model):
    """A problem set given to a section with dates, and how much help it allows."""

    class HelpPolicy(models.TextChoices):
        NEVER = "never", _("never")
        AFTER_DUE = "after_due", _("after the due date")
        AFTER_ATTEMPTS = "attempts", _("after a number of attempts")
        ALWAYS = "always", _("at any time")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    problem_set = models.ForeignKey(
        ProblemSet, models.PROTECT, related_name="assignments", verbose_name=_("problem set")
    )
    section = models.ForeignKey(
        Section, models.CASCADE, related_name="assignments", verbose_name=_("section")
    )
    opens_at = models.DateTimeField(_("opens at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"))
    check_policy = models.CharField(
        _("check of one’s working"),
        max_length=10,
        choices=[
            ("", _("at any time; in a test after its end")),
            *HelpPolicy.choices,
        ],
        blank=True,
        default="",
        help_text=_(
            "It judges each line, and so tells whether a value is right without an attempt. A test "
            "has a time limit or one single attempt."
        ),
    )
    check_after_attempts = _attempts_before(_("attempts before a check"), 1)
    hint_policy = models.CharField(
        _("the problem’s own hints"), max_length=10, choices=HelpPolicy, default=HelpPolicy.ALWAYS
    )
    hint_after_attempts = _attempts_before(_("attempts before a hint"), 1)
    reply_policy = models.CharField(
        _("a hint about one’s own wrong answer"),
        max_length=10,
        choices=HelpPolicy,
        default=HelpPolicy.AFTER_ATTEMPTS,
    )
    reply_after_attempts = _attempts_before(_("attempts before such a hint"), 1)
    step_policy = models.CharField(
        _("single steps of a worked solution"),
        max_length=10,
        choices=HelpPolicy,
        default=HelpPolicy.AFTER_ATTEMPTS,
    )
    step_after_attempts = _attempts_before(_("attempts before a step"), 2)
    help_policy = models.CharField(
        _("the whole worked solution"),
        max_length=10,
        choices=HelpPolicy,
        default=HelpPolicy.AFTER_DUE,
    )
    help_after_attempts = _attempts_before(_("attempts before the solution"), 2)
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

    time_limit_min = models.PositiveIntegerField(
        _("time limit, in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
        help_text=_("From when a student begins; the problems are hidden before. Empty: none."),
    )
    for_all = models.BooleanField(
        _("for the whole section"),
        default=True,
        help_text=_("Otherwise for the groups and students that are named."),
    )
    groups = models.ManyToManyField(
        StudentGroup, blank=True, related_name="assignments", verbose_name=_("groups")
    )
    students = models.ManyToManyField(
        Enrollment, blank=True, related_name="own_assignments", verbose_name=_("students")
    )

    # What `for_students` adds for the one student for whom a row is read.
    enrollment: int
    effective_opens_at: datetime
    effective_due_at: datetime
    effective_ends_at: datetime
    effective_attempts_allowed: int | None
    effective_time_limit_min: int | None
    sitting_begun_at: datetime | None = None
    sitting_ends_at: datetime | None = None
    sitting_settled_at: datetime | None = None
    is_test_for_others = False
    # The same set in the student's other sections, as `given_everywhere` says. Of several rules
    # the strictest holds: of attempts it is in `attempts_allowed`, of help each has to allow it.
    parallels: "Sequence[Assignment]" = ()

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

    def for_student(self) -> Self:
        """This row, read by `for_students`, as that student has it: dates, attempts and time.

        All that is asked of an assignment on behalf of a student is asked of such a row. It is
        never saved.
        """
        self.is_test_for_others = self.is_test
        self.opens_at, self.due_at = self.effective_opens_at, self.effective_due_at
        self.closes_at = self.effective_ends_at if self.effective_ends_at > self.due_at else None
        self.attempts_allowed, self.time_limit_min = (
            self.effective_attempts_allowed,
            self.effective_time_limit_min,
        )
        return self

    @property
    def waits_for_beginning(self) -> bool:
        """Whether a time limit holds that does not run yet."""
        return self.time_limit_min is not None and self.sitting_begun_at is None

    @property
    def stops_at(self) -> datetime:
        """When the last answer is taken: at the end, or when one's time is over before that."""
        return min(self.ends_at, self.sitting_ends_at or self.ends_at)

    @property
    def is_test(self) -> bool:
        """Whether time or attempts are so scarce that a check would stand in for an answer.

        More attempts or time for one student make no homework of it.
        """
        is_scarce = self.time_limit_min is not None or self.attempts_allowed == 1
        return is_scarce or self.is_test_for_others

    @property
    def is_timed(self) -> bool:
        """Whether the student has begun and their time is limited."""
        return self.sitting_ends_at is not None

    @property
    def left_s(self) -> float:
        """Of the student's time, by the server's clock; 0 once it is over."""
        return max(0.0, (self.stops_at - timezone.now()).total_seconds())

    @property
    def whole_s(self) -> float:
        """Of the student's time from its beginning to its end; 0 where it is not limited."""
        begun_at = self.sitting_begun_at
        return (self.stops_at - begun_at).total_seconds() if begun_at and self.is_timed else 0.0

    @property
    def is_running(self) -> bool:
        return self.is_timed and self.left_s > 0

    @property
    def is_time_over(self) -> bool:
        return self.is_timed and not self.is_running

    def takes_answers_at(self, instant: datetime) -> bool:
        return self.opens_at <= instant <= self.stops_at and not self.waits_for_beginning

    def policy_on(self, level: str) -> tuple[str, int]:
        """When that much help is given, and after how many attempts where these decide.

        level: one of `HelpLevel`, or CHECK.
        """
        name = "help" if level == HelpLevel.SOLUTION else str(level)
        policy, wanted = getattr(self, f"{name}_policy"), getattr(self, f"{name}_after_attempts")
        usual = self.HelpPolicy.AFTER_DUE if self.is_test else self.HelpPolicy.ALWAYS
        return policy or usual, wanted

    def has_answers(self) -> bool:
        """Whether a student of the section has handed in anything."""
        answered = Item.objects.filter(attempts__enrollment__section=self.section_id)
        return answered.filter(problem_set=self.problem_set_id).exists()

    @property
    def is_answered_elsewhere(self) -> bool:
        """Whether the same set takes answers of the student in another section, now or later."""
        return any(other.ends_at > timezone.now() for other in self.parallels)

    def credit_at(self, instant: datetime) -> Decimal:
        """The share of the points that an answer of that instant can earn, 0 to 1."""
        return Decimal(1) if instant <= self.due_at else Decimal(self.late_credit) / 100


class Override(models.Model):
    """What one student has in one assignment instead of what the others have.

    Empty columns change nothing. It wins over what the student is always granted.
    """

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="overrides", verbose_name=_("assignment")
    )
    enrollment = models.ForeignKey(
        Enrollment, models.CASCADE, related_name="overrides", verbose_name=_("student")
    )
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    attempts_allowed = models.PositiveIntegerField(
        _("attempts allowed"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    time_limit_min = models.PositiveIntegerField(
        _("time limit, in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("terms of a student")
        verbose_name_plural = _("terms of students")
        constraints = (
            models.UniqueConstraint(
                fields=["assignment", "enrollment"], name="one_override_per_student"
            ),
        )

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.assignment}"

    @property
    def is_empty(self) -> bool:
        names = ("opens_at", "due_at", "closes_at", "attempts_allowed", "time_limit_min")
        return all(getattr(self, name) is None for name in names)


class Sitting(models.Model):
    """When a student began an assignment that has a time limit. The clock is the server's.

    settled_at: when the server handed in what was typed and left at the end of it; None while that
    is to be done, and again once something is typed in time that was granted later.
    """

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="sittings", verbose_name=_("assignment")
    )
    enrollment = models.ForeignKey(
        Enrollment, models.CASCADE, related_name="sittings", verbose_name=_("student")
    )
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints = (
            models.UniqueConstraint(
                fields=["assignment", "enrollment"], name="one_sitting_per_student"
            ),
        )
        indexes = (
            models.Index(
                fields=["enrollment"], condition=Q(settled_at=None), name="sitting_to_settle"
            ),
        )

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.assignment}"


def _new_token() -> str:
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """The secret address under which one person's calendar reads their dates.

    Whoever has the address reads them without signing in, as calendars do; a new one closes it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="calendar_feed",
        verbose_name=_("person"),
    )
    token = models.CharField(max_length=64, unique=True, default=_new_token, editable=False)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("calendar-feed", args=[self.token])

    def renew(self) -> None:
        self.token = _new_token()
        self.save(update_fields=["token"])
