from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from tests.solutions.conftest import start_worker  # noqa: F401  (a fixture of these tests too)
from tutor.assignments.models import Item
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment
from tutor.grading import Grade, Verdict

Answered = Callable[..., Attempt]


@pytest.fixture
def answered(request: pytest.FixtureRequest) -> Answered:
    """An attempt with this verdict, by default at the `item` of the test."""

    def answered(
        user: User,
        response: str,
        verdict: str = Verdict.INCORRECT,
        score: float | None = None,
        *,
        item: Item | None = None,
        ago: timedelta = timedelta(minutes=5),
        **fields: Any,
    ) -> Attempt:
        item = item or request.getfixturevalue("item")
        enrollment = Enrollment.objects.get(
            user=user, section__assignments__problem_set__items=item
        )
        attempt = Attempt.objects.create(
            enrollment=enrollment,
            item=item,
            version=item.problem.current,
            number=Attempt.objects.of(enrollment, item).count() + 1,
            action=uuid4(),
            response=response,
            reading=response,
            language="en",
            submitted_at=timezone.now() - ago,
            **fields,
        )
        if verdict:
            score = float(verdict == Verdict.CORRECT) if score is None else score
            attempt.record(Grade(Verdict(verdict), score, "exact"))
        return attempt

    return answered
