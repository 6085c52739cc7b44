"""Which attempts: a person's, those that wait for the grader, those that wait for a teacher."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from tutor.assignments.models import Assignment, Item
from tutor.attempts.counting import costing, counted
from tutor.courses.models import Enrollment, EnrollmentQuerySet, Section
from tutor.grading import Rule, Verdict

if TYPE_CHECKING:
    from tutor.attempts.models.attempt import Attempt
    from tutor.attempts.models.practice import Practice

# What can make an answer wrong whose value is right, or what a person has decided.
NOT_BY_VALUE = (Rule.FORM, Rule.NAMES, Rule.UNITS, Rule.EXPECTED, Rule.PERSON)


def next_number(attempts: "Iterable[Attempt]") -> int:
    """Beyond all attempts of a person at an item, in whichever class."""
    return max((attempt.number for attempt in attempts), default=0) + 1


def is_sealed_at(instant: datetime) -> Exists:
    """Whether the answers to the problem of a row were sealed then to its student.

    It is a condition for rows with an enrollment and an item; without an item it does not hold.
    """
    sealing = Assignment.objects.sealing_at(instant).filter(
        section__enrollments__user=OuterRef("enrollment__user"),
        problem_set=OuterRef("item__problem_set"),
    )
    return Exists(sealing)


def _is_replaceable() -> Q:
    """Whether the last of any number of answers counts to what a row answers."""
    replacing = Assignment.objects.filter(
        section=OuterRef("enrollment__section"),
        problem_set=OuterRef("item__problem_set"),
        verdict_policy=Assignment.VerdictPolicy.AFTER_END,
        attempts_allowed=None,
    )
    return Q(Exists(replacing), practice=None)


def count_attempts(attempts: "Iterable[Attempt]", *, earlier: int = 0) -> None:
    """Tell each that costs an attempt which one it is.

    attempts: of a person at an item, or some of them in a row. earlier: how many before these cost
    an attempt.
    """
    counts: Counter[int | None] = Counter()  # by practice
    for attempt in sorted(attempts, key=attrgetter("number")):
        if attempt.costs_attempt:
            counts[attempt.practice_id] += 1
            attempt.counted_number = earlier + counts[attempt.practice_id]


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, user: User) -> Self:
        """Their own, and those in the sections that they teach."""
        if user.is_superuser:
            return self
        taught = Section.objects.taught_by(user)
        return self.filter(Q(enrollment__user=user) | Q(enrollment__section__in=taught))

    def of(self, enrollment: Enrollment, item: Item, practice: "Practice | None" = None) -> Self:
        return self.filter(enrollment=enrollment, item=item, practice=practice)

    def of_person(
        self, enrollment: Enrollment, item: Item, practice: "Practice | None" = None
    ) -> Self:
        """As `of`, with the attempts of the same person in other sections, in order of time.

        A set that two classes have is one set to a student: the attempts are counted together.
        """
        if practice is not None:
            return self.of(enrollment, item, practice)
        return self.assigned(enrollment.of_same_person(), item.pk)

    def assigned(self, enrollments: EnrollmentQuerySet, item_pk: int) -> Self:
        """Those at an item itself, in order of time."""
        own = self.filter(enrollment__in=enrollments, item=item_pk, practice=None)
        return own.order_by("submitted_at", "pk")

    def before(self, attempt: "Attempt") -> Self:
        """Of the attempts of one person at one item."""
        return self.filter(number__lt=attempt.number)

    def right(self) -> Self:
        return self.filter(grade__verdict=Verdict.CORRECT)

    def told(self) -> Self:
        """Those that are not sealed now, whosever they are: see `attempts.sealing`."""
        return self.exclude(is_sealed_at(timezone.now()), practice=None)

    def pending(self) -> Self:
        return self.filter(grade=None)

    def untried(self) -> Self:
        """Those that no worker has tried to grade yet."""
        return self.pending().filter(gradings=0)

    def slow(self) -> Self:
        """Those for which a worker's first try was too short."""
        return self.pending().filter(gradings__gt=0)

    def with_check_due(self) -> Self:
        """Those whose working is not checked yet.

        In a test an answer that could not be read costs nothing, so its working waits for the end.
        """
        at_item = {"section": OuterRef("enrollment__section")}
        at_item |= {"problem_set": OuterRef("item__problem_set")}
        early = (Assignment.HelpPolicy.ALWAYS, Assignment.HelpPolicy.AFTER_ATTEMPTS)
        tests = Assignment.objects.filter(Q(time_limit_min__isnull=False) | Q(attempts_allowed=1))
        open_ones = tests.filter(Q(due_at__gt=timezone.now()) | Q(closes_at__gt=timezone.now()))
        waits = Exists(open_ones.filter(**at_item).exclude(check_policy__in=early))
        due = self.filter(checkings_left__gt=0)
        return due.exclude(waits, grade__verdict=Verdict.UNREADABLE, practice=None)

    def forgotten(self, after: timedelta) -> models.QuerySet["Attempt", int]:
        """Keys of those that came so long ago that no process can be working on them."""
        return self.filter(submitted_at__lt=timezone.now() - after).values_list("pk", flat=True)

    def counted(self) -> Self:
        """See `tutor.attempts.counting`."""
        return self.filter(counted())

    def costing(self) -> Self:
        """Those that use up one of the attempts allowed: see `Attempt.costs_attempt`."""
        return self.filter(costing())

    def waiting(self) -> Self:
        """For a teacher: the grader could not decide, or the student has asked for a review.

        What the server submitted at the end of a test and could not read waits too, since its
        student cannot correct it. An answer that was given twice waits once. Where any number of
        answers may be replaced and the last one counts, only that one waits.
        """
        again = Q(repeats__enrollment=F("enrollment"), repeats__grade__verdict=Verdict.UNDECIDED)
        is_first = Q(repeats=None) | ~again
        is_next = (_is_replaceable() & ~self._is_replaced()) | (~_is_replaceable() & is_first)
        undecided = Q(grade__verdict=Verdict.UNDECIDED) & is_next
        review = Q(review__isnull=False, review__answered_at=None)
        left_over = Q(is_left_over=True, grade__verdict=Verdict.UNREADABLE)
        return self.filter(undecided | review | left_over)

    def _is_replaced(self) -> Q:
        """Whether the same person has a later answer to the problem of a row that counts."""
        same = {"enrollment__user": OuterRef("enrollment__user"), "item": OuterRef("item")}
        later = self.model.objects.filter(**same, number__gt=OuterRef("number"))
        return Q(Exists(later.counted()))

    def contradicting_key(self) -> Self:
        """See `Attempt.contradicts_key`."""
        proving = self.filter(proves_answer=True, grade__verdict=Verdict.INCORRECT, grade__score=0)
        return proving.exclude(grade__rule__in=NOT_BY_VALUE)


_AttemptManager = models.Manager.from_queryset(AttemptQuerySet)


class AssignedManager(_AttemptManager["Attempt"]):
    """Attempts at what was assigned, so that no query counts practice by mistake."""

    def get_queryset(self) -> AttemptQuerySet:
        return AttemptQuerySet(self.model, using=self._db).filter(practice=None)
