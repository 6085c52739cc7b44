"""More days for several students of one assignment."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tutor.assignments.models import Assignment, Override
from tutor.courses.models import EnrollmentQuerySet, SectionEvent

MAX_DAYS = 365


@transaction.atomic
def extend(
    assignment: Assignment, students: EnrollmentQuerySet, days: int, author: User
) -> list[Override]:
    """Give them `days` more, by the clock of the section; what each of those students has now.

    They count from when the assignment is due for the student, or from today if that is over.
    """
    rows = Assignment.objects.filter(pk=assignment.pk).for_students(students)
    terms = {row.enrollment_pk: row.for_student() for row in rows}
    extended = []
    for student in students.filter(pk__in=terms).select_related("user"):
        given = terms[student.pk]
        due_at, *closes_at = later(_ends(given), days, assignment.section.zone)
        override, _is_new = Override.objects.get_or_create(
            assignment=assignment, enrollment=student
        )
        override.due_at, override.closes_at = due_at, next(iter(closes_at), None)
        override.save(update_fields=["due_at", "closes_at"])
        note = assignment.section.note
        note(SectionEvent.Act.OVERRIDE, author, student.user, detail=assignment.title)
        extended.append(override)
    return extended


def _ends(given: Assignment) -> list[datetime]:
    return [given.due_at] if given.closes_at is None else [given.due_at, given.closes_at]


def later(ends: Iterable[datetime], days: int, zone: ZoneInfo) -> list[datetime]:
    """The same times of day, `days` after the first of them, or after today if it is over."""
    local = [end.astimezone(zone) for end in ends]
    today = timezone.now().astimezone(zone).date()
    moved = timedelta(days=days + max(0, (today - local[0].date()).days))
    return [end + moved for end in local]
