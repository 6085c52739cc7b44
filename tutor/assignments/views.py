from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.copying import plan_copies, store_copies, usual_shift
from tutor.assignments.forms import AssignmentForm, CopyForm, OverrideForm
from tutor.assignments.models import Assignment, Override, ProblemSet, Sitting
from tutor.assignments.problem_sets import as_code
from tutor.courses.access import managed_section, may_manage, visible_section
from tutor.courses.clock import read_by_clock_of
from tutor.courses.models import Section, SectionEvent, SectionQuerySet


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
    found = get_object_or_404(taken, code=code).for_student()
    if found.waits_for_beginning and timezone.now() <= found.ends_at:
        Sitting.objects.get_or_create(assignment=found, enrollment_id=found.enrollment)
    return redirect(found)


def visible_assignment(request: AuthedRequest, code: UUID) -> Assignment:
    """One of a section that they look after."""
    return opened(Section.objects.visible_to(request.user), code)


def managed_assignment(request: AuthedRequest, code: UUID) -> Assignment:
    return opened(Section.objects.managed_by(request.user), code)


def opened(sections: SectionQuerySet, code: UUID) -> Assignment:
    assignments = Assignment.objects.filter(section__in=sections)
    found = get_object_or_404(
        assignments.select_related("problem_set", "section__course"), code=code
    )
    read_by_clock_of(found.section)
    return found


@login_required
@require_safe
def terms(request: AuthedRequest, code: UUID) -> HttpResponse:
    """What holds for each student: dates, attempts, time."""
    found = visible_assignment(request, code)
    places = found.section.enrollments.students()
    rows = Assignment.objects.filter(pk=found.pk).for_students(places)
    taken = {row.enrollment: row.for_student() for row in rows}
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
    given = get_object_or_404(rows).for_student()
    place = places.select_related("user").get()
    known = Override.objects.filter(assignment=found, enrollment=place).first()
    override = known or Override(assignment=found, enrollment=place)
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
    messages.success(request, _("The terms of %(name)s are saved.") % {"name": about.isolated_name})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Give a set to the section."""
    section = managed_section(request, code)
    return edited(request, Assignment(section=section, **usual_dates(section)))


def usual_dates(section: Section) -> dict[str, datetime]:
    """From tomorrow morning to the evening a week later, by the section's clock."""
    now = timezone.now().astimezone(section.zone).replace(minute=0, second=0, microsecond=0)
    opens_at = (now + timedelta(days=1)).replace(hour=8)
    return {"opens_at": opens_at, "due_at": (opens_at + timedelta(days=7)).replace(hour=20)}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthedRequest, code: UUID) -> HttpResponse:
    return edited(request, managed_assignment(request, code))


def edited(request: AuthedRequest, found: Assignment) -> HttpResponse:
    section = found.section
    initial: dict[str, Any] = {} if found.pk else {"problem_set": wanted_set(request)}
    form = AssignmentForm(request.POST or None, instance=found, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
        messages.success(request, _("“%(title)s” is saved.") % {"title": saved.title})
        return redirect(section)
    context = {
        "assignment": found,
        "section": section,
        "form": form,
        "may_delete": found.pk is not None and not found.has_answers(),
        "given_already": None if found.pk else given_already(section, initial["problem_set"]),
    }
    return render(request, "assignments/edit.html", context)


def wanted_set(request: AuthedRequest) -> ProblemSet | None:
    """The set from whose page somebody comes."""
    code = as_code(request.GET.get("set", ""))
    return ProblemSet.objects.visible_to(request.user).filter(code=code).first() if code else None


def given_already(section: Section, wanted: ProblemSet | None) -> Assignment | None:
    """The assignment of the section that has the wanted set; a section has each set once."""
    return section.assignments.filter(problem_set=wanted).select_related("problem_set").first()


@login_required
@require_POST
def delete(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Take it from the section, while nobody has worked on it."""
    found = managed_assignment(request, code)
    if found.has_answers():
        messages.error(request, _("Students have worked on it, so it stays."))
        return redirect("assignment-edit", found.code)
    found.delete()
    messages.success(request, _("“%(title)s” is not assigned any more.") % {"title": found.title})
    return redirect(found.section)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Assignments of another section, or of last year, come here on other days."""
    section = managed_section(request, code)
    sections = Section.objects.visible_to(request.user).exclude(pk=section.pk)
    sources = sections.filter(assignments__isnull=False).distinct().select_related("course")
    sources = sources.order_by("course__title", "name", "pk")
    context: dict[str, Any] = {"section": section, "sources": sources[:200], "may_manage": True}
    chosen = as_code(request.GET.get("from", ""))
    source = sources.filter(code=chosen).first() if chosen else None
    if source is not None:
        return copied(request, section, source, context | {"source": source})
    return render(request, "assignments/copy.html", context)


def copied(
    request: AuthedRequest, section: Section, source: Section, context: dict[str, Any]
) -> HttpResponse:
    rows = list(source.assignments.all())
    initial = {
        "assignments": [row.code for row in rows],
        "days": usual_shift(rows, timezone.now()),
    }
    form = CopyForm(request.POST or None, source=source, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["assignments"].select_related("section"))
        copies = plan_copies(chosen, section, form.cleaned_data["days"])
        if request.POST.get("do") == "copy":
            made = store_copies(copies)
            text = ngettext("%(n)d assignment is copied.", "%(n)d assignments are copied.", made)
            messages.success(request, text % {"n": made})
            return redirect(section)
        context["copies"] = copies
    return render(request, "assignments/copy.html", context | {"form": form})
