"""The students of a section, named and sorted as in a gradebook."""

from django.db.models import QuerySet

from tutor.courses.models import Enrollment, Section, by_name


def students_of(section: Section) -> QuerySet[Enrollment]:
    return section.enrollments.students().select_related("user").order_by(*by_name())


def name_of(enrollment: Enrollment) -> str:
    """The last name first, because rows are sorted by it."""
    user = enrollment.user
    if user.last_name and user.first_name:
        return f"{user.last_name}, {user.first_name}"
    return user.last_name or user.first_name or user.username
