"""A problem set given to a class, and how each of its students has it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.assignments.models.effective_terms import (
    DAY,
    EFFECTIVE_TERMS,
    ENROLLMENT,
    row_of_student,
    times,
)
from tutor.assignments.models.help_levels import (
    CHECK,
    ExerciseKind,
    HelpLevel,
    HelpPolicy,
    VerdictPolicy,
)
from tutor.courses.models import Enrollment, EnrollmentQuerySet, Section, StudentGroup
from tutor.prepared import prepared

if TYPE_CHECKING:
    from tutor.assignments.models.problem_set import Item


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def for_students(self, enrollments: EnrollmentQuerySet, *names: str) -> Self:
        """One row for each student of `enrollments` and each assignment that is given to them.

        A row has the dates, attempts and time of that student (`enrollment_pk`). An override wins
        over what the student is always granted, and that over the assignment: `EFFECTIVE_TERMS`
        alone decides, and `Assignment.for_student` reads it. `names`: only these columns, for a
        query that runs often.
        """
        every = EFFECTIVE_TERMS | {"everybody_ends_at": _end_for_everybody()}
        terms = {name: every[name] for name in names} if names else every
        rows = self.annotate(
            override=row_of_student("overrides"),
            sitting=row_of_student("sittings"),
            enrollment_pk=F(ENROLLMENT),
            **terms,
        )
        # Filters come last, on columns: a filter on the relation would join it once more.
        return rows.filter(_is_given_to("enrollment_pk"), enrollment_pk__in=enrollments.students())

    def taken_by(self, user: User, *names: str) -> Self:
        """Those that `user` has to work on, as a student, once they are open for them."""
        own = self.for_students(Enrollment.objects.filter(user=user), *names)
        return own.opened_by(timezone.now())

    def opened_by(self, instant: datetime) -> Self:
        """Of rows of `for_students`, those that are open for their student by then."""
        return self.filter(effective_opens_at__lte=instant)

    def running_for(self, user: User) -> Self:
        """Those with a time limit in which the student's time runs, each as they have it."""
        now = timezone.now()
        return self.taken_by(user).filter(sitting_ends_at__gte=now, effective_ends_at__gte=now)

    def to_settle(self, enrollments: EnrollmentQuerySet, by: datetime) -> Self:
        """One row for each sitting of these students that was over by then and is not settled."""
        sitting = enrollments.filter(sittings__isnull=False, sittings__settled_at=None)
        over = Q(sitting_ends_at__lte=by) | Q(effective_ends_at__lte=by)
        return self.for_students(sitting).filter(
            over, sitting_ends_at__isnull=False, sitting_settled_at=None
        )

    def visible_to(self, user: User) -> Self:
        """A student's once they are open, a teacher's of the section at any time."""
        return self._taught_or(user, Q())

    def readable_by(self, user: User) -> Self:
        """Those whose problems `user` may read: with a time limit, once their time runs."""
        begun = Q(effective_time_limit_min=None) | Q(sitting_begun_at__isnull=False)
        over = Q(effective_ends_at__lt=timezone.now())
        names = ("effective_time_limit_min", "sitting_begun_at", "effective_ends_at")
        return self._taught_or(user, begun | over, *names)

    def _taught_or(self, user: User, condition: Q, *names: str) -> Self:
        """All of the sections that `user` teaches; of those they take the ones with `condition`."""
        if user.is_superuser:
            return self
        taken = Assignment.objects.taken_by(user, "effective_opens_at", *names).filter(condition)
        taught = Q(section__in=Section.objects.taught_by(user))
        return self.filter(taught | Q(pk__in=taken.order_by().values("pk")))

    def sealing_at(self, instant: datetime) -> Self:
        """Those whose answers are sealed then: see `Assignment.withholds_verdicts`."""
        late = self.filter(verdict_policy=VerdictPolicy.AFTER_END)
        return late.annotate(everybody_ends_at=_end_for_everybody()).filter(
            everybody_ends_at__gt=instant
        )

    def with_item(self, item: "Item") -> Self:
        return self.filter(problem_set=item.problem_set_id)

    def counting_items(self) -> Self:
        """Adds `items_count`."""
        same = Assignment.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
        count = same.annotate(count=Count("problem_set__items")).values("count")
        return self.annotate(items_count=Subquery(count))


def _is_given_to(column: str) -> Q:
    """Whether it is for the whole section, for this student, or for a group of theirs."""
    to_student = Assignment.students.through._default_manager.filter(
        assignment=OuterRef("pk"), enrollment=OuterRef(column)
    )
    to_group = Assignment.groups.through._default_manager.filter(
        assignment=OuterRef("pk"), studentgroup__members=OuterRef(column)
    )
    return Q(for_all=True) | Q(Exists(to_student)) | Q(Exists(to_group))


def _end_for_everybody() -> "Combinable":
    """The latest end that any student of the section has, as far as extensions go."""
    end = Coalesce(F("closes_at"), F("due_at"))
    classmates = Enrollment.objects.students().filter(section=OuterRef("section"))
    days = Subquery(classmates.order_by("-extra_days").values("extra_days")[:1])
    own_end = Greatest(Coalesce("closes_at", "due_at"), Coalesce("due_at", "closes_at"))
    overrides = Assignment.overrides.rel.related_model._default_manager
    extended = overrides.filter(assignment=OuterRef("pk")).annotate(end=own_end)
    last = Subquery(extended.exclude(end=None).order_by("-end").values("end")[:1])
    later = end + times(Coalesce(days, 0), DAY)
    return Greatest(later, Coalesce(last, later))


def _exercise_switch(label: Any) -> "models.BooleanField[bool | None, bool | None]":
    choices = [(None, _("yes; in a test after its end")), (True, _("yes")), (False, _("no"))]
    return models.BooleanField(label, null=True, blank=True, choices=choices)


def _attempts_before(label: Any, count: int) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(label, default=count, validators=[MinValueValidator(1)])


# When a level of help is given, and after how many attempts.
RULE_COLUMNS: dict[str, tuple[str, str]] = {
    HelpLevel.HINT: ("hint_policy", "hint_after_attempts"),
    HelpLevel.ANSWER_HINT: ("reply_policy", "reply_after_attempts"),
    HelpLevel.LINE: ("step_policy", "step_after_attempts"),  # it goes as far as a step
    HelpLevel.STEP: ("step_policy", "step_after_attempts"),
    HelpLevel.SOLUTION: ("help_policy", "help_after_attempts"),
    CHECK: ("check_policy", "check_after_attempts"),
}
# What tells whether an answer is right, or shows the right one.
TELLING = frozenset(RULE_COLUMNS) - {HelpLevel.HINT}
_HELP = (HelpLevel.HINT, HelpLevel.ANSWER_HINT, HelpLevel.STEP, HelpLevel.SOLUTION)


class Assignment(models.Model):
    """A problem set given to a section with dates, and how much help it allows."""

    HelpPolicy = HelpPolicy
    VerdictPolicy = VerdictPolicy

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    problem_set = models.ForeignKey(
        "ProblemSet", models.PROTECT, related_name="assignments", verbose_name=_("problem set")
    )
    section = models.ForeignKey(
        Section, models.CASCADE, related_name="assignments", verbose_name=_("class")
    )
    opens_at = models.DateTimeField(_("opens at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"))
    verdict_policy = models.CharField(
        _("verdict"),
        max_length=10,
        choices=VerdictPolicy,
        default=VerdictPolicy.AT_ONCE,
        db_default=VerdictPolicy.AT_ONCE,
        help_text=_(
            "Whether an answer is right, and its points. Until students read that, they may "
            "replace an answer while attempts are left: the last one counts."
        ),
    )
    check_policy = models.CharField(
        _("check of the working"),
        max_length=10,
        choices=[
            ("", _("at any time; in a test after its end")),
            *HelpPolicy.choices,
        ],
        blank=True,
        default="",
        help_text=_(
            "A check judges each line, so it can reveal whether a value is right without using "
            "an attempt. A test is an assignment with a time limit or a single attempt."
        ),
    )
    check_after_attempts = _attempts_before(_("attempts before a check"), 1)
    hint_policy = models.CharField(
        _("hints of the problem"), max_length=10, choices=HelpPolicy, default=HelpPolicy.ALWAYS
    )
    hint_after_attempts = _attempts_before(_("attempts before a hint"), 1)
    reply_policy = models.CharField(
        _("a hint about a wrong answer"),
        max_length=10,
        choices=HelpPolicy,
        default=HelpPolicy.AFTER_ATTEMPTS,
    )
    reply_after_attempts = _attempts_before(_("attempts before this hint"), 1)
    step_policy = models.CharField(
        _("one step of a solution, or the next line"),
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
    has_faded_examples = _exercise_switch(_("completing a solution with other numbers"))
    has_wrong_lines = _exercise_switch(_("finding the wrong line of a solution with other numbers"))
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"),
        null=True,
        blank=True,
        default=5,
        validators=[MinValueValidator(1)],
        help_text=_("For each problem. Leave empty for no limit."),
    )
    closes_at = models.DateTimeField(
        _("closes at"),
        null=True,
        blank=True,
        help_text=_("Late answers are accepted until then. Leave empty to accept none."),
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
        help_text=_(
            "How much it counts in the gradebook, compared with the other assignments. 0: not at "
            "all."
        ),
    )

    time_limit_min = models.PositiveIntegerField(
        _("time limit, in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
        help_text=_(
            "Starts when a student begins; the problems are hidden until then. Leave empty for "
            "no limit."
        ),
    )
    for_all = models.BooleanField(
        _("for the whole class"),
        default=True,
        help_text=_("Otherwise only for the groups and students chosen below."),
    )
    groups = models.ManyToManyField(
        StudentGroup, blank=True, related_name="assignments", verbose_name=_("groups")
    )
    students = models.ManyToManyField(
        Enrollment, blank=True, related_name="own_assignments", verbose_name=_("students")
    )

    items_count: int  # added by `counting_items`
    # Added by `for_students`, for the one student of the row.
    enrollment_pk: int
    effective_opens_at: datetime
    effective_due_at: datetime
    effective_ends_at: datetime
    everybody_ends_at: datetime
    effective_attempts_allowed: int | None
    effective_time_limit_min: int | None
    sitting_begun_at: datetime | None = None
    sitting_ends_at: datetime | None = None
    sitting_settled_at: datetime | None = None
    is_test_for_others = False
    # The same set in the student's other sections, as `parallel_assignments` says. Of several rules
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
        """The end for everybody: from then on no answer is taken."""
        return self.closes_at or self.due_at

    def for_student(self) -> Self:
        """This row of `for_students`, with the dates, attempts and time of that student.

        Whatever concerns one student reads such a row. It is never saved.
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
    def help_begins_at(self) -> datetime:
        """When help begins that waits for the end: the student's own, in a test everybody's."""
        own = getattr(self, "effective_ends_at", self.ends_at)
        return (
            max(own, getattr(self, "everybody_ends_at", own)) if self.waits_for_everybody else own
        )

    @property
    def waits_for_everybody(self) -> bool:
        """Whether what comes after its end comes after the end for the last student."""
        return self.is_test or self.withholds_verdicts

    @property
    def withholds_verdicts(self) -> bool:
        """Whether students read only after the end for everybody which answers are right.

        Of the answers to a problem the last one counts then, as nobody knows which is the best.
        """
        return self.verdict_policy == VerdictPolicy.AFTER_END

    @property
    def waits_for_beginning(self) -> bool:
        """Whether there is a time limit, and the student has not begun."""
        return self.time_limit_min is not None and self.sitting_begun_at is None

    @property
    def is_readable(self) -> bool:
        """Whether its student, for whom it is open, may read its problems, as in `readable_by`."""
        return not self.waits_for_beginning or self.ends_at < timezone.now()

    @property
    def stops_at(self) -> datetime:
        """The end for this student: earlier than `ends_at` if their time is over before."""
        return min(self.ends_at, self.sitting_ends_at or self.ends_at)

    @property
    def is_test(self) -> bool:
        """Whether time or attempts are so scarce that a check would be as good as an attempt.

        It stays a test for a student who is granted more of either.
        """
        is_scarce = self.time_limit_min is not None or self.attempts_allowed == 1
        return is_scarce or self.is_test_for_others

    @property
    def test_in_words(self) -> str:
        """Empty unless it is a test."""
        if (count := self.time_limit_min) is not None:
            return ngettext("test, %(n)s minute", "test, %(n)s minutes", count) % {"n": count}
        return gettext("test, a single attempt") if self.is_test else ""

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

        level: one of `HelpLevel`, or CHECK. What tells whether an answer is right waits for the
        verdict.
        """
        policy, needed = (getattr(self, column) for column in RULE_COLUMNS[level])
        if self.withholds_verdicts and level in TELLING and policy != self.HelpPolicy.NEVER:
            return self.HelpPolicy.AFTER_DUE, needed
        usual = self.HelpPolicy.AFTER_DUE if self.is_test else self.HelpPolicy.ALWAYS
        return policy or usual, needed

    @property
    def help_in_test(self) -> list[str]:
        """The kinds of help that students get while they can still answer; of a test alone."""
        return self.names_of(
            kind for kind in _HELP if self.is_test and self._is_early(*self.policy_on(kind))
        )

    @property
    def help_after_test(self) -> list[str]:
        """The kinds of help, and the check of the working, that come after it; of a test alone."""
        never = self.HelpPolicy.NEVER
        rules = {kind: self.policy_on(kind) for kind in (*_HELP, CHECK)}
        return self.names_of(
            kind
            for kind, rule in rules.items()
            if self.is_test and rule[0] != never and not self._is_early(*rule)
        )

    def names_of(self, kinds: Iterable[str]) -> list[str]:
        """As the form of an assignment names these kinds of help."""
        names = {field.name: str(field.verbose_name) for field in self._meta.fields}
        return [names[RULE_COLUMNS[kind][0]] for kind in kinds]

    def _is_early(self, policy: str, needed: int) -> bool:
        """Whether help of this rule is given before the last attempt."""
        has_attempts = self.attempts_allowed is None or needed < self.attempts_allowed
        is_earned = policy == self.HelpPolicy.AFTER_ATTEMPTS and has_attempts
        return is_earned or policy == self.HelpPolicy.ALWAYS

    def offers_exercise(self, kind: ExerciseKind) -> bool:
        """By the teacher's switch; usually not in a test, before it is over for everybody."""
        faded = kind == ExerciseKind.FADED
        switch = self.has_faded_examples if faded else self.has_wrong_lines
        is_over = timezone.now() >= self.help_begins_at
        if self.withholds_verdicts and not is_over:
            return False
        return not self.is_test or is_over if switch is None else switch

    def has_answers(self) -> bool:
        """Whether a student of the section has submitted anything."""
        answered = self.problem_set.items.filter(attempts__enrollment__section=self.section_id)
        return answered.exists()

    @property
    def is_answered_elsewhere(self) -> bool:
        """Whether the same set takes answers of the student in another section, now or later."""
        return any(other.ends_at > timezone.now() for other in self.parallels)

    def credit_at(self, instant: datetime) -> Decimal:
        """The share of the points that an answer of that instant can earn, 0 to 1."""
        return Decimal(1) if instant <= self.due_at else Decimal(self.late_credit) / 100


@prepared
def _given_to(user_pk: int, problem_set_pk: int) -> AssignmentQuerySet:
    own = Enrollment.objects.filter(user=user_pk)
    rows = Assignment.objects.for_students(own).filter(problem_set=problem_set_pk)
    rows = rows.select_related("problem_set", "section__course")
    return rows.order_by(F("effective_due_at"), "pk")


def parallel_assignments(user_pk: int, item: "Item") -> "list[Assignment]":
    """The assignments that give `item` to a student, in all their classes, soonest due first.

    Each carries the student's terms, and the others as its `parallels`. Includes those that are
    not open yet.
    """
    assignments = [row.for_student() for row in _given_to(user_pk, item.problem_set_id)]
    current = [assignment for assignment in assignments if assignment.section.archived_at is None]
    allowed = {assignment.pk: assignment.attempts_allowed for assignment in assignments}
    for assignment in assignments:
        assignment.parallels = [other for other in current if other.pk != assignment.pk]
        limits = [allowed[parallel.pk] for parallel in (assignment, *assignment.parallels)]
        assignment.attempts_allowed = min(
            (limit for limit in limits if limit is not None), default=None
        )
    return assignments
