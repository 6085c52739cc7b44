"""Which problem sets and assignments a person may open. What they may not is a 404."""

from uuid import UUID

from django.db.models import F, Max
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item, ProblemSet
from tutor.courses.clock import read_by_clock_of
from tutor.courses.models import Section, SectionQuerySet


def visible_set(request: AuthedRequest, code: UUID) -> ProblemSet:
    return get_object_or_404(ProblemSet.objects.visible_to(request.user), code=code)


def editable_set(request: AuthedRequest, code: UUID) -> ProblemSet:
    return get_object_or_404(ProblemSet.objects.editable_by(request.user), code=code)


def visible_assignment(request: AuthedRequest, code: UUID) -> Assignment:
    """One of a class that they teach or assist in."""
    return _open(Section.objects.visible_to(request.user), code)


def managed_assignment(request: AuthedRequest, code: UUID) -> Assignment:
    return _open(Section.objects.managed_by(request.user), code)


def _open(sections: SectionQuerySet, code: UUID) -> Assignment:
    """From here on times are shown by the clock of the class."""
    assignments = Assignment.objects.filter(section__in=sections)
    assignments = assignments.select_related("problem_set", "section__course")
    assignment = get_object_or_404(assignments, code=code)
    read_by_clock_of(assignment.section)
    return assignment


def assigning_classes(user: User) -> SectionQuerySet:
    """Current classes to which they may assign, first the one that was assigned something last."""
    sections = Section.objects.managed_by(user).current().select_related("course")
    newest = F("newest").desc(nulls_last=True)
    return sections.annotate(newest=Max("assignments")).order_by(newest, "pk")


_CONTENTS = ("problem__current__stored_key", "problem__current__reference_solution")


def items_of(problem_set: ProblemSet) -> list[Item]:
    """With their numbers, problems and the kinds of their answers."""
    items = Item.objects.filter(problem_set=problem_set).numbered()
    return list(items.select_related(*_CONTENTS))


def as_code(text: str) -> UUID | None:
    """None for what is no code."""
    try:
        return UUID(text)
    except ValueError:
        return None
