from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from tests.attempts.test_variants import products
from tests.factories import make_assignment, make_problem
from tutor.assignments.models import Assignment, Item
from tutor.attempts.models import Attempt, Practice
from tutor.courses.models import Enrollment, Section
from tutor.grading import Grade, Verdict
from tutor.problems.models import Problem

SKILLS = ("algebra.linear_equations", "arithmetic.fractions", "geometry.area")
START = timezone.now().replace(hour=12)


def on_day(day: int) -> datetime:
    return START + timedelta(days=day)


def over() -> dict[str, datetime]:
    """The dates of an assignment that is over."""
    return {"opens_at": on_day(-20), "due_at": on_day(-2)}


@pytest.fixture
def problems(db: None) -> list[Problem]:
    """Three of each skill, of which one has variants."""
    problems = []
    for skill in SKILLS:
        for number in range(3):
            problem = make_problem(f"{skill.replace('.', '-')}-{number}".replace("_", "-"))
            problem.tag([skill])
            problems.append(problem)
        problem.revise(products())
        problem.refresh_from_db()
    return problems


@pytest.fixture
def assignment(section: Section, problems: list[Problem]) -> Assignment:
    return make_assignment(section, problems, **over())


@pytest.fixture
def items(assignment: Assignment) -> list[Item]:
    return list(assignment.problem_set.items.select_related("problem__current"))


Answer = Callable[..., Attempt]


@pytest.fixture
def answer() -> Answer:
    """Stores an answer of that day, to an item or to practice at one."""

    def answer(
        user: User, at: Item | Practice, day: int, *, right: bool = True, helped_by: str = ""
    ) -> Attempt:
        practice = at if isinstance(at, Practice) else None
        item = practice.item if practice else at
        enrollment = Enrollment.objects.get(
            user=user, section__assignments__problem_set=item.problem_set_id
        )
        attempt = Attempt.with_practice.create(
            enrollment=enrollment,
            item=item,
            practice=practice,
            version=practice.version if practice else item.problem.current,
            number=Attempt.with_practice.of(enrollment, item, practice).count() + 1,
            action=uuid4(),
            response="4",
            language="en",
            helped_by=helped_by,
            submitted_at=on_day(day),
        )
        verdict = Verdict.CORRECT if right else Verdict.INCORRECT
        attempt.record(Grade(verdict, float(right), "exact"))
        return attempt

    return answer
