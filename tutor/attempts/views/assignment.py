"""The page of an assignment, as a student has it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.assignments.taken_back import absent_assignment
from tutor.attempts.results.assignment_progress import as_seen_by, progress_in
from tutor.attempts.sealing import sealed_sets, when_told
from tutor.attempts.submitting import settle_for
from tutor.courses.clock import read_by_clock_of


@login_required
@require_safe
def assignment(request: AuthedRequest, code: UUID) -> HttpResponse:
    settle_for(request.user)
    visible = Assignment.objects.visible_to(request.user)
    row = visible.select_related("problem_set", "section__course").filter(code=code).first()
    if row is None:
        raise absent_assignment(request.user, code)
    [assignment] = as_seen_by(request.user, [row])
    read_by_clock_of(assignment.section)
    progress = progress_in([assignment], sealed_sets(request.user.pk)).get(assignment.pk)
    items = Item.objects.filter(problem_set=assignment.problem_set)
    items = items.select_related("problem__current")
    context = {
        "assignment": assignment,
        "progress": progress,
        "when_told": when_told(assignment),
        "is_teacher": progress is None and request.user.has_classes,
        "items": progress.items if progress else [(item, None) for item in items],
        "is_readable": Assignment.objects.readable_by(request.user).contains(assignment),
        "is_over": timezone.now() > assignment.stops_at,
    }
    return render(request, "assignments/assignment.html", context)
