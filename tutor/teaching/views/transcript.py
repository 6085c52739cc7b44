"""A student's help and answers at one item."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Item
from tutor.courses.access import may_manage, visible_section
from tutor.teaching.transcript import events_of


@login_required
@require_safe
def transcript(request: AuthedRequest, code: UUID, username: str, item_code: UUID) -> HttpResponse:
    section = visible_section(request, code)
    enrollments = section.enrollments.select_related("user")
    enrollment = get_object_or_404(enrollments, user__username=username)
    items = Item.objects.filter(problem_set__assignments__section=section)
    item = get_object_or_404(items.select_related("problem__current").distinct(), code=item_code)
    context = {
        "section": section,
        "may_manage": may_manage(request.user, section),
        "member": enrollment,
        "item": item,
        "assignment": section.assignments.filter(problem_set=item.problem_set_id)
        .select_related("problem_set")
        .get(),
        "events": events_of(enrollment, item),
    }
    return render(request, "teaching/transcript.html", context)
