"""Answers that need grading by a teacher, and requests for a review."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.attempts.forms import DecisionForm
from tutor.attempts.working.shown_working import working_seen_by
from tutor.courses.access import may_manage, visible_section
from tutor.teaching.stored_answers import stored_answers_for
from tutor.teaching.students import name_of
from tutor.teaching.waiting_answers import alike_in, waiting_in

MAX_SHOWN = 100


@login_required
@require_safe
def waiting_page(request: AuthedRequest, code: UUID) -> HttpResponse:
    """The queue, with the chosen or the first attempt open."""
    section = visible_section(request, code)
    queue = waiting_in(section)
    attempts = list(
        queue.select_related(
            *("enrollment__user", "enrollment__section", "version__problem", "version__stored_key"),
            *("item__problem_set", "item__problem", "grade__author", "review", "advice"),
        )[:MAX_SHOWN]
    )
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
        context |= {
            "name": name_of(attempt.enrollment),
            "review": getattr(attempt, "review", None),
            "form": DecisionForm(attempt=attempt),
            "alike": [(other, name_of(other.enrollment)) for other in alike_in(attempts, attempt)],
            "stored": stored_answers_for(request.user, attempt),
            "working": working_seen_by(request.user, attempt),
        }
    return render(request, "teaching/waiting.html", context)
