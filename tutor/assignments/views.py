from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item


@login_required
@require_safe
def home(request: AuthedRequest) -> HttpResponse:
    assignments = (
        Assignment.objects.visible_to(request.user)
        .select_related("problem_set", "section__course")
        .annotate(items_count=Count("problem_set__items", distinct=True))
        .order_by("due_at", "pk")
    )
    now = timezone.now()
    due_next = next((found for found in assignments if found.due_at > now), None)
    context = {"assignments": assignments, "next_assignment": due_next}
    return render(request, "assignments/home.html", context)


@login_required
@require_safe
def assignment(request: AuthedRequest, code: UUID) -> HttpResponse:
    found = get_object_or_404(
        Assignment.objects.visible_to(request.user).select_related(
            "problem_set", "section__course"
        ),
        code=code,
    )
    items = Item.objects.filter(problem_set=found.problem_set).numbered()
    context = {"assignment": found, "items": items.select_related("problem__current")}
    return render(request, "assignments/assignment.html", context)
