"""What there is to do, and how far one is with it: home and the page of an assignment."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, AssignmentQuerySet, Item
from tutor.attempts.messages import unread_messages
from tutor.attempts.models import Attempt
from tutor.attempts.practising.weekly_reviews import review_of_week
from tutor.attempts.results.assignment_progress import as_seen_by, progress_of
from tutor.attempts.submitting import settle_for
from tutor.courses.clock import read_by_clock_of
from tutor.courses.invitations import invitations_of

MAX_NEWS, MAX_INVITATIONS = 20, 20


def news_of(user: User) -> list[Attempt]:
    """Their attempts about which a teacher has said something that they have not seen yet."""
    return list(
        Attempt.objects.with_news_for(user)
        .select_related("grade", "version", "item__problem_set", "review")
        .order_by("-grade__created_at")[:MAX_NEWS]
    )


@login_required
@require_safe
def home(request: AuthedRequest) -> HttpResponse:
    context = {
        **work_of(request.user, Assignment.objects.visible_to(request.user)),
        "invitations": invitations_of(request.user)[:MAX_INVITATIONS],
    }
    return render(request, "assignments/home.html", context)


def work_of(user: User, assignments: AssignmentQuerySet) -> dict[str, Any]:
    """What `assignments/_own_work.html` shows: what there is to do of these, and what is new."""
    settle_for(user)
    visible = (
        assignments.filter(section__archived_at=None, section__is_self_study=False)
        .counting_items()
        .select_related("problem_set", "section__course")
    )
    rows = as_seen_by(user, visible)
    rows.sort(key=lambda assignment: (assignment.due_at, assignment.pk))
    progress = progress_of(user, rows)
    now = timezone.now()
    upcoming = (row for row in rows if min(row.due_at, row.stops_at) > now)
    due_next = next(upcoming, None)
    return {
        "assignments": [(row, progress.get(row.pk)) for row in rows],
        "news": news_of(user),
        "teacher_messages": unread_messages(user),
        "next_assignment": due_next,
        "next_progress": progress.get(due_next.pk) if due_next else None,
        "review": review_of_week(user),
    }


@login_required
@require_safe
def assignment(request: AuthedRequest, code: UUID) -> HttpResponse:
    settle_for(request.user)
    visible = Assignment.objects.visible_to(request.user)
    row = get_object_or_404(visible.select_related("problem_set", "section__course"), code=code)
    [assignment] = as_seen_by(request.user, [row])
    read_by_clock_of(assignment.section)
    progress = progress_of(request.user, [assignment]).get(assignment.pk)
    items = Item.objects.filter(problem_set=assignment.problem_set)
    items = items.select_related("problem__current")
    context = {
        "assignment": assignment,
        "progress": progress,
        "items": progress.items if progress else [(item, None) for item in items],
        "is_readable": Assignment.objects.readable_by(request.user).contains(assignment),
        "is_over": timezone.now() > assignment.stops_at,
    }
    return render(request, "assignments/assignment.html", context)
