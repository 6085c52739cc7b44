"""Assignments that a teacher removed from a class, so that its students read why a page is gone."""

from uuid import UUID

from django.core.cache import cache
from django.http import Http404

from accounts.models import User
from tutor.assignments.models import Assignment, Item
from tutor.courses.models import Enrollment, Section, SectionQuerySet

KEPT_S = 60 * 86_400  # afterwards a page is only not there


class TakenBack(Http404):
    """The page of 404 knows this name."""


def note_taken_back(assignment: Assignment) -> None:
    section, code = assignment.section_id, assignment.code
    cache.set(_name_of_assignment(code), section, KEPT_S)
    cache.set(_name_of_set(section, assignment.problem_set_id), section, KEPT_S)


def absent_assignment(user: User, code: UUID) -> Http404:
    """What to raise where `user` finds no assignment of this code."""
    section = cache.get(_name_of_assignment(code))
    is_own = section is not None and _studied_by(user).filter(pk=section).exists()
    return TakenBack() if is_own else Http404()


def absent_item(user: User, item: Item) -> Http404:
    """What to raise where `user` may not read `item`, if nothing gives it to them any more."""
    without = _studied_by(user).exclude(assignments__problem_set=item.problem_set_id)
    names = [
        _name_of_set(section, item.problem_set_id)
        for section in without.values_list("pk", flat=True)
    ]
    return TakenBack() if cache.get_many(names) else Http404()


def _studied_by(user: User) -> SectionQuerySet:
    students = Enrollment.objects.filter(user=user).students()
    return Section.objects.filter(pk__in=students.values("section"))


def _name_of_assignment(code: UUID) -> str:
    return f"taken-back-{code}"


def _name_of_set(section: int, problem_set: int) -> str:
    return f"taken-back-{section}-{problem_set}"
