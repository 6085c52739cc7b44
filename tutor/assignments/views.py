from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.courses.views import may_manage, visible_section


@login_required
@require_safe
def section(request: AuthedRequest, code: UUID) -> HttpResponse:
    """What the section has to do, for those who look after it."""
    found = visible_section(request, code)
    assignments = (
        found.assignments.select_related("problem_set")
        .annotate(items_count=Count("problem_set__items"))
        .order_by("due_at", "pk")
    )
    context = {
        "section": found,
        "may_manage": may_manage(request.user, found),
        "assignments": assignments,
        "now": timezone.now(),
    }
    return render(request, "assignments/section.html", context)
