"""How many messages of teachers a person has not read, for the head of every page."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tutor.attempts.messages import count_unread


def unread_notices(request: HttpRequest) -> dict[str, object]:
    """For templates; one query, on pages that show it."""
    return {"unread_notices": SimpleLazyObject(lambda: count_unread(request.user))}  # type: ignore[arg-type]
