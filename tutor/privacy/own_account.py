"""Students erase their own account; their classes keep the marks."""

from django.conf import settings
from django.db import transaction

from accounts.models import User
from tutor.courses.models import Enrollment
from tutor.privacy.erasing import erase
from tutor.privacy.models import Erasure
from tutor.teaching.gradebook.section_table import SectionTable
from tutor.teaching.models import KeptMark
from tutor.teaching.students import name_of

_LEARNERS = (Enrollment.Role.STUDENT, Enrollment.Role.FORMER)


def may_erase_own_account(user: User) -> bool:
    """Not those who teach or administer: others need to know about it before."""
    is_staff = user.is_staff or user.is_superuser
    return settings.STUDENTS_ERASE_ACCOUNTS and not (is_staff or user.has_classes)


def erase_own_account(user: User) -> Erasure:
    with transaction.atomic():
        KeptMark.objects.bulk_create(marks_to_keep(user))
        return erase(user, by=None)


def marks_to_keep(user: User) -> list[KeptMark]:
    """Not saved yet: one for each assignment of a class in which they handed something in."""
    enrollments = user.enrollments.filter(role__in=_LEARNERS, section__is_self_study=False)
    in_order = enrollments.select_related("user", "section__course").order_by("pk")
    return [mark for enrollment in in_order for mark in _marks(enrollment)]


def _marks(enrollment: Enrollment) -> list[KeptMark]:
    [row] = SectionTable(enrollment.section).rows([enrollment])
    return [
        KeptMark(
            section=enrollment.section,
            student=name_of(enrollment),
            assignment=result.assignment.title,
            points=result.points,
            max_points=result.max_points,
        )
        for result in row.results
        if result.is_begun
    ]
