"""Addresses of gradebooks, and what stands in the one of a class."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.factories import make_assignment, make_problem
from tutor.assignments.models import Assignment
from tutor.courses.models import Section
from tutor.teaching.gradebook.section_table import SectionRow, SectionTable


def section_gradebook(section: Section, **query: Any) -> str:
    return reverse("gradebook-section", args=[section.code], query=query)


def assignment_gradebook(assignment: Assignment, **query: Any) -> str:
    return reverse("gradebook-assignment", args=[assignment.code], query=query)


def make_due_assignment(section: Section, slug: str, weight: int = 1, **fields: Any) -> Assignment:
    """Two problems that were due yesterday."""
    now = timezone.now()
    dates = {"opens_at": now - timedelta(days=9), "due_at": now - timedelta(days=1)}
    problems = [make_problem(f"{slug}-{n}") for n in range(2)]
    return make_assignment(section, problems, weight=weight, **(dates | fields))


def results_of(section: Section, user: User) -> SectionRow:
    [enrollment] = section.enrollments.filter(user=user).select_related("user")
    [results] = SectionTable(section).rows([enrollment])
    return results
