"""Whose classes are these? The rows that a person may see as one of those who teach."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.models import User
from tutor.assignments.models import Assignment
from tutor.courses.clock import read_by_clock_of
from tutor.courses.models import Enrollment, Section, by_name


def assignment_or_404(user: User, code: UUID) -> Assignment:
    """An assignment of a section that `user` teaches; a student's own is none of these."""
    assignments = Assignment.objects.select_related("problem_set", "section__course")
    taught = Section.objects.visible_to(user)
    assignment = get_object_or_404(assignments.filter(section__in=taught), code=code)
    read_by_clock_of(assignment.section)
    return assignment


def students_of(section: Section) -> QuerySet[Enrollment]:
    """By the name that a gradebook shows."""
    return section.enrollments.students().select_related("user").order_by(*by_name())
