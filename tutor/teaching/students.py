"""The students of a section, named and sorted as in a gradebook."""

from django.db.models import QuerySet

from tutor.courses.models import Enrollment, Section, by_name


def students_of(section: Section) -> QuerySet[Enrollment]:
    return section.enrollments.students().select_related("user").order_by(*by_name())


def name_of(enrollment: Enrollment) -> str:
    return enrollment.user.register_name
