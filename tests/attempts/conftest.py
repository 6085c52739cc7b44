from collections.abc import Callable
from uuid import uuid4

import pytest

from accounts.models import User
from tutor.assignments.models import Item
from tutor.attempts.access import access_for
from tutor.attempts.models import Attempt, next_number
from tutor.attempts.responses import Submission
from tutor.attempts.submitting import Refusal, submit_response

HandIn = Callable[..., Attempt | Refusal]


@pytest.fixture
def hand_in(request: pytest.FixtureRequest) -> HandIn:
    """Hands in a response as the page does; by default to the `item` of the test."""

    def hand_in(
        user: User, response: str, *, item: Item | None = None, **fields: object
    ) -> Attempt | Refusal:
        item = item or request.getfixturevalue("item")
        access = access_for(user, item)
        assert access is not None
        number = next_number(Attempt.objects.of_person(access.enrollment, item))
        sent = {"action": uuid4(), "number": number, "version": item.problem.current.code}
        submission = Submission(response=response, **(sent | fields))
        return submit_response(access.enrollment, item, submission)

    return hand_in


@pytest.fixture
def form(item: Item) -> dict[str, str]:
    """What a fresh page of the item sends beside the response."""
    return {"action": str(uuid4()), "number": "1", "version": str(item.problem.current.code)}
