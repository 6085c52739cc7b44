from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment
from tutor.courses.clock import date_in


@login_required
@require_safe
@never_cache
def clock(request: AuthedRequest, code: UUID) -> HttpResponse:
    """How much of the student's time is left, since clocks of browsers are wrong, and sleep.

    And when it ends, as the page shows it: that moves where a teacher grants more time.
    """
    taken = Assignment.objects.taken_by(request.user).select_related("section")
    assignment = get_object_or_404(taken, code=code).for_student()
    ends_at = timezone.localtime(assignment.stops_at, assignment.section.zone)
    return JsonResponse(
        {
            "left_s": assignment.left_s,
            "ends_at": ends_at.isoformat(),
            "ends_at_text": date_in(assignment.section, ends_at, "TIME_FORMAT"),
        }
    )
