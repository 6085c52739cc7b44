"""Sealed answers: until a test is over for everybody, its students do not learn what is right.

Where an assignment says so, all pages, exports and mails of a student show an answer as handed in
and no more. Each of them asks here. Their teachers see everything at any time.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from tutor.assignments.models import Assignment
from tutor.attempts.models import Attempt
from tutor.courses.clock import on_clock_of
from tutor.per_page import once_per_page
from tutor.prepared import prepared


@once_per_page
def sealed_sets(user_pk: int) -> frozenset[int]:
    """Problem sets to which the answers of this person are sealed now; one small query.

    A set that several of their classes have is sealed until the last of them opens it.
    """
    return frozenset(_sealed_sets(user_pk, timezone.now()))


@prepared
def _sealed_sets(user_pk: int, now: datetime) -> QuerySet[Assignment, int]:
    sealing = Assignment.objects.sealing_at(now).filter(section__enrollments__user=user_pk)
    return sealing.order_by().values_list("problem_set", flat=True)


def seal(user_pk: int, attempts: Iterable[Attempt]) -> None:
    """Seal those of this person that are to be sealed now. attempts: with their items."""
    sets = sealed_sets(user_pk)
    for attempt in attempts if sets else ():
        if attempt.practice_id is None and attempt.item.problem_set_id in sets:
            attempt.seal()


def seal_at(user_pk: int, problem_set_pk: int, attempts: Iterable[Attempt]) -> None:
    """As `seal`, of answers to problems of one set."""
    if problem_set_pk in sealed_sets(user_pk):
        for attempt in attempts:
            if attempt.practice_id is None:
                attempt.seal()


def sealed_attempts(user_pk: int) -> Q:
    """Attempts of this person that are sealed now, as a condition."""
    return Q(practice=None, item__problem_set__in=sealed_sets(user_pk))


@once_per_page
def answered_sealed_sets(user: User) -> frozenset[int]:
    """Those of `sealed_sets` in which this person has answered something."""
    sets = sealed_sets(user.pk)
    if not sets:
        return sets
    answered = Attempt.objects.filter(enrollment__user=user, item__problem_set__in=sets)
    return frozenset(answered.order_by().values_list("item__problem_set", flat=True))


def when_told(assignment: Assignment) -> str:
    """When the student reads what is right, after "shows"; empty where that is no secret now.

    assignment: as the student has it.
    """
    given = (assignment, *assignment.parallels)
    now = timezone.now()
    late = [row for row in given if row.withholds_verdicts and row.help_begins_at > now]
    return after_end(late) if late else ""


def after_end(assignments: Iterable[Assignment]) -> str:
    """That something comes after the last of these is over for everybody.

    It names the student's own end alone: a later one would tell that a classmate has more time.
    """
    last = max(assignments, key=lambda row: row.ends_at)
    if last.is_test:
        text = _("after the test is over for everybody")
    else:
        text = _("after the assignment is over for everybody")
    if last.ends_at <= timezone.now():
        return text
    own_end = on_clock_of(last.section, last.ends_at)
    return _("%(after_end)s (%(own_end)s at the earliest)") % {
        "after_end": text,
        "own_end": own_end,
    }
