"""What waits for a teacher's word: answers that nobody could decide, and requests for a review."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import BooleanField, Case, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.attempts.forms import DecisionForm
from tutor.attempts.models import Attempt
from tutor.attempts.witness_visibility import working_seen_by
from tutor.courses.access import may_manage, visible_section
from tutor.courses.models import Section
from tutor.teaching.gradebook import name_of

MOST_SHOWN = 100


def waiting_in(section: Section) -> QuerySet[Attempt]:
    """In the order in which they were handed in."""
    asked = When(review__isnull=False, review__answered_at=None, then=Value(True))
    return (
        Attempt.objects.waiting()
        .filter(enrollment__section=section)
        .annotate(is_asked=Case(asked, default=Value(False), output_field=BooleanField()))
        .order_by("submitted_at", "pk")
    )


@login_required
@require_safe
def waiting(request: AuthedRequest, code: UUID) -> HttpResponse:
    """The first one opened, so that they are worked off from one form to the next."""
    section = visible_section(request, code)
    found = waiting_in(section)
    attempts = list(
        found.select_related(
            *("enrollment__user", "version", "item__problem_set"),
            *("grade__author", "review", "advice"),
        )[:MOST_SHOWN]
    )
    asked_for = request.GET.get("attempt", "")
    chosen = (one for one in attempts if str(one.code) == asked_for)
    attempt = next(chosen, attempts[0] if attempts else None)
    context = {
        "section": section,
        "may_manage": may_manage(request.user, section),
        "attempts": [(one, name_of(one.enrollment)) for one in attempts],
        "count": found.count(),
        "attempt": attempt,
    }
    if attempt:
        context |= {
            "name": name_of(attempt.enrollment),
            "review": getattr(attempt, "review", None),
            "form": DecisionForm(attempt=attempt),
            "working": working_seen_by(request.user, attempt),
        }
    return render(request, "teaching/waiting.html", context)
