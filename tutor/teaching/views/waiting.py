"""Answers that need grading by a teacher, and requests for a review."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.attempts.forms import DecisionForm
from tutor.attempts.models import Attempt
from tutor.attempts.working.shown_working import working_seen_by
from tutor.courses.access import may_manage, visible_section
from tutor.teaching.stored_answers import stored_answers_for
from tutor.teaching.students import name_of
from tutor.teaching.waiting_answers import alike_in, waiting_in

MAX_SHOWN = 100
SHOWN_WITH_ATTEMPT = (
    "enrollment__user",
    "enrollment__section",
    "version__problem",
    "version__stored_key",
    "item__problem_set",
    "item__problem",
    "grade__author",
    "review",
    "advice",
)


@login_required
@require_safe
def waiting_page(request: AuthedRequest, code: UUID) -> HttpResponse:
    """The queue, with the chosen or the first attempt open."""
    section = visible_section(request, code)
    queue = waiting_in(section)
    attempts = list(queue.select_related(*SHOWN_WITH_ATTEMPT)[:MAX_SHOWN])
    code_chosen = request.GET.get("attempt", "")
    chosen = (attempt for attempt in attempts if str(attempt.code) == code_chosen)
    attempt = next(chosen, attempts[0] if attempts else None)
    context = {
        "section": section,
        "may_manage": may_manage(request.user, section),
        "attempts": [(waiting, name_of(waiting.enrollment)) for waiting in attempts],
        "count": queue.count(),
        "attempt": attempt,
    }
    if attempt:
        context |= _decision_on(attempt, alike_in(attempts, attempt), request.user)
    return render(request, "teaching/waiting.html", context)


def _decision_on(attempt: Attempt, alike: Iterable[Attempt], user: User) -> dict[str, object]:
    """What the page shows of the attempt that is open."""
    return {
        "name": name_of(attempt.enrollment),
        "review": getattr(attempt, "review", None),
        "form": DecisionForm(attempt=attempt),
        "alike": [(other, name_of(other.enrollment)) for other in alike],
        "stored": stored_answers_for(user, attempt),
        "working": working_seen_by(user, attempt),
    }
