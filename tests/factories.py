"""Rows with honest defaults."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from tutor.assignments.models import Assignment, Item, ProblemSet
from tutor.courses.models import Course, Enrollment, Section
from tutor.grading import AnswerKey
from tutor.problems.content import Content
from tutor.problems.models import Problem


def make_content(final_answer: str = "4", kind: str = "number", **fields: Any) -> Content:
    defaults: dict[str, Any] = {
        "title": "A sum",
        "statement": r"What is \(2 + 2\)?",
        "key": AnswerKey.from_dict({"kind": kind, "value": final_answer}),
        "solution": rf"\(2 + 2 = \boxed{{{final_answer}}}\)",
        "hints": ("Count on from 2.",),
    }
    return Content(**(defaults | fields))


def make_problem(slug: str = "a-sum", **fields: Any) -> Problem:
    problem = Problem.objects.create(slug=slug)
    problem.revise(make_content(**fields))
    problem.refresh_from_db()
    return problem


def make_section(*, teacher: User, students: list[User], name: str = "10a") -> Section:
    course = Course.objects.create(title="Mathematics")
    section = Section.objects.create(course=course, name=name)
    roles = [(teacher, Enrollment.Role.TEACHER)]
    roles += [(student, Enrollment.Role.STUDENT) for student in students]
    for user, role in roles:
        Enrollment.objects.create(section=section, user=user, role=role)
    return section


def add_students(section: Section, count: int) -> None:
    """That many more, who never sign in."""
    first = section.enrollments.count()
    users = [User(username=f"s{n}") for n in range(first, first + count)]
    User.objects.bulk_create(users)
    Enrollment.objects.bulk_create(Enrollment(section=section, user=user) for user in users)


def make_assignment(section: Section, problems: list[Problem], **fields: Any) -> Assignment:
    problem_set = ProblemSet.objects.create(title="Warming up")
    for position, problem in enumerate(problems, start=1):
        Item.objects.create(problem_set=problem_set, problem=problem, position=position)
    now = timezone.now()
    defaults = {
        "opens_at": now - timedelta(days=1),
        "due_at": now + timedelta(days=7),
        "help_policy": Assignment.HelpPolicy.ALWAYS,
    }
    return Assignment.objects.create(
        problem_set=problem_set, section=section, **(defaults | fields)
    )
