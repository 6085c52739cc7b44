"""The list of sections, a new one, and the settings of one."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.courses.access import managed_section, require_staff
from tutor.courses.conventions import usual_convention
from tutor.courses.forms import (
    NewSectionForm,
    SectionForm,
)
from tutor.courses.models import Enrollment, Section, SectionEvent

PER_PAGE = 100


@login_required
@require_safe
def section_list(request: AuthedRequest) -> HttpResponse:
    require_staff(request.user)
    shows_archive = request.GET.get("archive") == "1"
    students = Count("enrollments", filter=Q(enrollments__role=Enrollment.Role.STUDENT))
    sections = (
        Section.objects.visible_to(request.user)
        .filter(archived_at__isnull=not shows_archive)
        .select_related("course")
        .annotate(students=students)
        .in_order()
    )
    archived = Section.objects.visible_to(request.user).exclude(archived_at=None)
    context = {
        "page": Paginator(sections, PER_PAGE).get_page(request.GET.get("page")),
        "shows_archive": shows_archive,
        "has_archive": shows_archive or archived.exists(),
        "query": "archive=1" if shows_archive else "",
    }
    return render(request, "courses/sections.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_section(request: AuthedRequest) -> HttpResponse:
    if not request.user.is_teacher:
        raise Http404
    usual = {"convention": usual_convention(request, request.user.time_zone)}
    form = NewSectionForm(request.POST or None, user=request.user, initial=usual)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            section = form.save()
            section.renew_join_code()
            section.note(SectionEvent.Act.CREATED, author=request.user)
        messages.success(
            request, _("“%(section)s” is created. Now add people.") % {"section": section}
        )
        return redirect("people", section.code)
    return render(request, "courses/new.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_section(request: AuthedRequest, code: UUID) -> HttpResponse:
    section = managed_section(request, code)
    zone_before = section.time_zone
    form = SectionForm(request.POST or None, instance=section)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            note_zone(request, section, zone_before)
        messages.success(request, _("The class is saved."))
        return redirect("section-edit", section.code)
    context = {
        "section": section,
        "form": form,
        "may_manage": True,
        "events": section.events.select_related("author", "about")[:50],
    }
    return render(request, "courses/edit.html", context)


def note_zone(request: AuthedRequest, section: Section, before: str) -> None:
    """In the history, and to the teacher: dates stay the same moment, by another clock."""
    if section.time_zone == before:
        return
    zones = {"before": before, "zone": section.time_zone}
    section.note(SectionEvent.Act.ZONE, request.user, detail=f"{before} → {section.time_zone}")
    sentence = _(
        "The time zone was %(before)s and is now %(zone)s, so all dates of the class have another "
        "time of day. Please check when its assignments are due."
    )
    messages.warning(request, sentence % zones)


@dataclass(frozen=True)
class _Change:
    """What a button does to a section, what is told afterwards, and the page that comes next."""

    apply: Callable[[Section], object]
    act: SectionEvent.Act
    told: Promise | None = None
    page: str = "people"


_CHANGES = {
    "renew-code": _Change(Section.renew_join_code, SectionEvent.Act.CODE_RENEWED),
    "stop-code": _Change(Section.stop_joining, SectionEvent.Act.CODE_STOPPED),
    "archive": _Change(
        Section.archive,
        SectionEvent.Act.ARCHIVED,
        gettext_lazy("“%(section)s” is archived. All its work is kept."),
        "sections",
    ),
    "restore": _Change(
        Section.restore,
        SectionEvent.Act.RESTORED,
        gettext_lazy("“%(section)s” is no longer archived."),
        "section-edit",
    ),
}


@login_required
@require_POST
def change_section(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Renew or stop the join code; archive the section or restore it."""
    section = managed_section(request, code)
    change = _CHANGES.get(request.POST.get("do", ""))
    if change is None:
        return redirect("people", section.code)
    with transaction.atomic():
        change.apply(section)
        section.note(change.act, author=request.user)
    if change.told:
        messages.success(request, str(change.told) % {"section": section})
    return redirect(change.page, *([] if change.page == "sections" else [section.code]))
