"""A student's page as that student has it, for those who look after the section.

Nothing can be done on it: it has no form, and no request of it writes anything but the note that
somebody looked.
"""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.attempts.answering import working_seen_by
from tutor.attempts.models import Attempt, Handout
from tutor.attempts.overview import progress_of
from tutor.attempts.variants import variant_for
from tutor.courses.access import visible_section
from tutor.courses.models import Enrollment, SectionEvent


def viewed_student(request: AuthedRequest, code: UUID, username: str) -> Enrollment:
    section = visible_section(request, code)
    places = section.enrollments.students().select_related("user")
    place = get_object_or_404(places, user__username=username)
    place.section = section
    return place


@login_required
@require_safe
def student_page(request: AuthedRequest, code: UUID, username: str) -> HttpResponse:
    """What the student has to do in the section, and how far they are."""
    place = viewed_student(request, code, username)
    rows = (
        Assignment.objects.taken_by(place.user)
        .filter(section=place.section)
        .select_related("problem_set", "section__course")
    )
    assignments = sorted((row.for_student() for row in rows), key=lambda one: (one.due_at, one.pk))
    progress = progress_of(place.user, assignments)
    place.section.note(SectionEvent.Act.VIEWED, request.user, place.user)
    context = {
        "member": place,
        "section": place.section,
        "assignments": [(one, progress[one.pk]) for one in assignments],
        "now": timezone.now(),
    }
    return render(request, "attempts/student_page.html", context)


@login_required
@require_safe
def student_item(request: AuthedRequest, code: UUID, username: str, item: UUID) -> HttpResponse:
    """A problem with what the student handed in."""
    place = viewed_student(request, code, username)
    sets = Assignment.objects.taken_by(place.user).filter(section=place.section)
    items = Item.objects.filter(
        problem_set__in=sets.values("problem_set"), problem__current__isnull=False
    )
    found = get_object_or_404(items.select_related("problem__current"), code=item)
    attempts = Attempt.with_practice.filter(enrollment=place, item=found).select_related(
        *("grade__author", "version__answer_key", "enrollment__user", "item__problem__current"),
        *("practice__enrollment__user", "practice__item"),
    )
    is_opened = Handout.objects.filter(item=found, enrollment=place).exists()
    version = variant_for(found, place if is_opened else None)  # looking draws nothing for them
    place.section.note(SectionEvent.Act.VIEWED, request.user, place.user, detail=version.title)
    context = {
        "member": place,
        "section": place.section,
        "item": found,
        "version": version,
        "is_example": bool(version.seed) and not is_opened,
        "attempts": [
            (attempt, working_seen_by(request.user, attempt))
            for attempt in attempts.order_by(F("practice__number").asc(nulls_first=True), "-number")
        ],
    }
    return render(request, "attempts/student_item.html", context)
