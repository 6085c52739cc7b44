from tutor.courses.models.event import SectionEvent
from tutor.courses.models.group import StudentGroup
from tutor.courses.models.invitation import Invitation
from tutor.courses.models.section import (
    Course,
    CourseQuerySet,
    Enrollment,
    EnrollmentQuerySet,
    Section,
    SectionQuerySet,
    by_name,
)

__all__ = [
    "Course",
    "CourseQuerySet",
    "Enrollment",
    "EnrollmentQuerySet",
    "Invitation",
    "Section",
    "SectionEvent",
    "SectionQuerySet",
    "StudentGroup",
    "by_name",
]
