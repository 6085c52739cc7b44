"""The students of a section, named and sorted as in a gradebook."""

from collections.abc import Iterable

from django.db.models import QuerySet

from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment, Section, by_name


def students_of(section: Section) -> QuerySet[Enrollment]:
    return section.enrollments.students().select_related("user").order_by(*by_name())


def name_of(enrollment: Enrollment) -> str:
    return enrollment.user.register_name


def newest_by_name(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Of each student the last one. attempts: from the oldest on, with their students."""
    newest = {attempt.enrollment_id: attempt for attempt in attempts}
    return sorted(newest.values(), key=lambda attempt: name_of(attempt.enrollment).casefold())
