from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.forms import OverrideForm
from tutor.assignments.models import Assignment, Override, Sitting
from tutor.courses.models import Section, SectionEvent
from tutor.courses.views import may_manage, visible_section


@login_required
@require_safe
def section(request: AuthedRequest, code: UUID) -> HttpResponse:
    """What the section has to do, for those who look after it."""
    found = visible_section(request, code)
    assignments = (
        found.assignments.counting_items().select_related("problem_set").order_by("due_at", "pk")
    )
    context = {
        "section": found,
        "may_manage": may_manage(request.user, found),
        "assignments": assignments,
        "now": timezone.now(),
    }
    return render(request, "assignments/section.html", context)


@login_required
@require_POST
def begin(request: AuthedRequest, code: UUID) -> HttpResponse:
    """The student's time runs from now on. A second click begins nothing anew."""
    taken = Assignment.objects.taken_by(request.user)
    found = get_object_or_404(taken, code=code).as_taken()
    if found.waits_for_beginning and timezone.now() <= found.ends_at:
        Sitting.objects.get_or_create(assignment=found, enrollment_id=found.enrollment)
    return redirect(found)


def visible_assignment(request: AuthedRequest, code: UUID) -> Assignment:
    """One of a section that they look after."""
    assignments = Assignment.objects.filter(section__in=Section.objects.visible_to(request.user))
    return get_object_or_404(
        assignments.select_related("problem_set", "section__course"), code=code
    )


def managed_assignment(request: AuthedRequest, code: UUID) -> Assignment:
    assignments = Assignment.objects.filter(section__in=Section.objects.managed_by(request.user))
    return get_object_or_404(
        assignments.select_related("problem_set", "section__course"), code=code
    )


@login_required
@require_safe
def terms(request: AuthedRequest, code: UUID) -> HttpResponse:
    """What holds for each student: dates, attempts, time."""
    found = visible_assignment(request, code)
    places = found.section.enrollments.students()
    rows = Assignment.objects.filter(pk=found.pk).for_students(places)
    taken = {row.enrollment: row.as_taken() for row in rows}
    overridden = set(found.overrides.values_list("enrollment", flat=True))
    people = places.filter(pk__in=taken).in_order().select_related("user")
    context = {
        "assignment": found,
        "section": found.section,
        "may_manage": may_manage(request.user, found.section),
        "students": [(place, taken[place.pk], place.pk in overridden) for place in people],
    }
    return render(request, "assignments/terms.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def student_terms(request: AuthedRequest, code: UUID, username: str) -> HttpResponse:
    """What one student has in one assignment instead of what the others have."""
    found = managed_assignment(request, code)
    places = found.section.enrollments.students().filter(user__username=username)
    rows = Assignment.objects.filter(pk=found.pk).for_students(places)
    given = get_object_or_404(rows).as_taken()
    place = places.select_related("user").get()
    known = Override.objects.filter(assignment=found, enrollment=place).first()
    override = known or Override(assignment=found, enrollment=place)
    with timezone.override(found.section.zone):
        form = OverrideForm(request.POST or None, instance=override, given=given)
        if request.method == "POST" and form.is_valid():
            keep_override(request, form)
            return redirect("assignment-terms", found.code)
        context = {"assignment": found, "section": found.section, "member": place}
        return render(
            request, "assignments/student_terms.html", context | {"given": given, "form": form}
        )


@transaction.atomic
def keep_override(request: AuthedRequest, form: OverrideForm) -> None:
    """Empty fields leave no row behind."""
    override = form.instance
    if not override.is_empty:
        form.save()
    elif override.pk:
        override.delete()
    about = override.enrollment.user
    note = override.assignment.section.note
    note(SectionEvent.Act.OVERRIDE, request.user, about, detail=override.assignment.title)
    messages.success(request, _("The terms of %(name)s are saved.") % {"name": about.shown_name})
