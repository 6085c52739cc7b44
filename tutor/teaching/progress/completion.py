"""How many problems of which assignments students have answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from tutor.assignments.models import Assignment, AssignmentQuerySet
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment, Section
from tutor.teaching.gradebook.arrivals import arrivals_by_enrollment
from tutor.teaching.models import Exemption


@dataclass(frozen=True)
class Completion:
    """How far one student is with one assignment.

    assignment, enrollment: their keys. due_at, has_opened: for this student. answered: the problems
    with an attempt that counts.
    """

    assignment: int
    enrollment: int
    due_at: datetime
    has_opened: bool
    answered: int


def completions_in(sections: Iterable[Section], until: datetime) -> list[Completion]:
    """Of assignments that are open, for everybody or for the student, or due before `until`.

    Of the students who are to work on them, as `AssignmentResult.is_expected` says it for the page
    of a class: without those who are exempt, or came when it was due. Four queries.
    """
    rows = list(_current_rows(sections, until))
    exemptions = Exemption.objects.filter(enrollment__section__in=sections)
    exempt = set(exemptions.values_list("assignment", "enrollment"))
    answered = answered_in({row.problem_set_id for row in rows}, sections)
    arrivals, now = arrivals_by_enrollment(sections), timezone.now()
    completions = [
        Completion(
            row.pk,
            row.enrollment_pk,
            row.effective_due_at,
            row.effective_opens_at <= now,
            answered.get((row.enrollment_pk, row.problem_set_id), 0),
        )
        for row in rows
        if (row.pk, row.enrollment_pk) not in exempt
    ]
    return [row for row in completions if row.answered or not _came_later(row, arrivals)]


def _came_later(row: Completion, arrivals: dict[int, datetime]) -> bool:
    return row.enrollment in arrivals and arrivals[row.enrollment] > row.due_at


def _current_rows(sections: Iterable[Section], until: datetime) -> AssignmentQuerySet:
    """A row for each student of each assignment."""
    now = timezone.now()
    is_open = Q(opens_at__lte=now) & (Q(due_at__gt=now) | Q(closes_at__gt=now))
    is_due_soon = Q(effective_due_at__gt=now, effective_due_at__lte=until)
    students = Enrollment.objects.filter(section__in=sections)
    rows = Assignment.objects.for_students(students, "effective_opens_at", "effective_due_at")
    return rows.filter(is_open | is_due_soon).order_by().only("problem_set")


def answered_in(problem_sets: set[int], sections: Iterable[Section]) -> dict[tuple[int, int], int]:
    """By enrollment and problem set."""
    attempts = Attempt.objects.counted().filter(
        item__problem_set__in=problem_sets, enrollment__section__in=sections
    )
    counts = attempts.order_by().values_list("enrollment", "item__problem_set")
    return {
        (enrollment, problem_set): count
        for enrollment, problem_set, count in counts.annotate(count=Count("item", distinct=True))
    }
