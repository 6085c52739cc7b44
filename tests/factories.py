"""Rows with honest defaults."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from tutor.assignments.models import Assignment, Item, ProblemSet
from tutor.courses.models import Course, Enrollment, Section
from tutor.grading import AnswerKey, Kind, read_key
from tutor.problems.content import Content
from tutor.problems.models import Problem
from tutor.problems.parts import Part


def make_content(final_answer: str = "4", kind: str = "number", **fields: Any) -> Content:
    defaults: dict[str, Any] = {
        "title": "A sum",
        "statement": r"What is \(2 + 2\)?",
        "key": read_key({"kind": kind, "value": final_answer}),
        "solution": rf"\(2 + 2 = \boxed{{{final_answer}}}\)",
        "hints": ("Count on from 2.",),
    }
    return Content(**(defaults | fields))


def make_parts(**fields: Any) -> Content:
    """A square of side 7: a) its side, b) its area, carried on from a), c) is it a rhombus too?"""
    last = AnswerKey("A", Kind.CHOICE)
    parts = (
        Part("How long is a side?", AnswerKey("7", Kind.NUMBER)),
        Part("How large is the area?", AnswerKey("49", Kind.NUMBER), share=2, carried="a^2"),
        Part("Is it a rhombus?", last, choices=("Yes", "No"), hints=("Look at the sides.",)),
    )
    return make_content(
        **{
            "title": "A square",
            "statement": "A square has a perimeter of 28.",
            "solution": r"The side is 7, the area 49, and \(\boxed{A}\).",
            "hints": ("It has four equal sides.",),
            "parts": parts,
        }
        | {"key": fields.get("parts", parts)[-1].key}
        | fields
    )


def make_problem(slug: str = "a-sum", **fields: Any) -> Problem:
    problem = Problem.objects.create(slug=slug)
    problem.revise(make_content(**fields))
    problem.refresh_from_db()
    return problem


def make_problem_with_parts(slug: str = "a-square", **fields: Any) -> Problem:
    problem = Problem.objects.create(slug=slug)
    problem.revise(make_parts(**fields))
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
