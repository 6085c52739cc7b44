"""What a person may see because they look after the section."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.models import User
from tutor.assignments.models import Assignment, Item
from tutor.courses.clock import read_by_clock_of
from tutor.courses.models import Section


def assignment_or_404(user: User, code: UUID) -> Assignment:
    """An assignment of a section that `user` looks after. Sets the clock to the section's."""
    assignments = Assignment.objects.select_related("problem_set", "section__course")
    sections = Section.objects.visible_to(user)
    assignment = get_object_or_404(assignments.filter(section__in=sections), code=code)
    read_by_clock_of(assignment.section)
    return assignment


def item_or_404(user: User, code: UUID, item: UUID) -> tuple[Assignment, Item]:
    assignment = assignment_or_404(user, code)
    items = Item.objects.filter(problem_set=assignment.problem_set_id)
    return assignment, get_object_or_404(
        items.select_related("problem__current", "problem_set"), code=item
    )
