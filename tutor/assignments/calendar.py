"""One person's dates as an iCalendar feed (RFC 5545), under an address that nobody guesses."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, CalendarFeed
from tutor.courses.models import Section

LINE_BYTES = 75
SHORT = "SHORT_DATETIME_FORMAT"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: AuthedRequest) -> HttpResponse:
    """The address of one's feed; a new one closes the old."""
    mine, _is_new = CalendarFeed.objects.get_or_create(user=request.user)
    if request.method == "POST":
        mine.renew()
        messages.success(request, _("This is your new address. The old one shows nothing more."))
        return redirect("calendar")
    context = {"address": request.build_absolute_uri(mine.get_absolute_url())}
    return render(request, "assignments/calendar.html", context)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    found = get_object_or_404(
        CalendarFeed.objects.select_related("user"), token=token, user__is_active=True
    )
    with override(found.user.language):
        text = as_calendar(dates_of(found.user), request)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def dates_of(user: User) -> list[Assignment]:
    """What they take, with their own dates, and what the sections have that they look after."""
    related = ("problem_set", "section__course")
    taken = Assignment.objects.taken_by(user).filter(section__archived_at=None)
    taught = Assignment.objects.filter(section__in=Section.objects.taught_by(user).current())
    return [
        *(row.for_student() for row in taken.select_related(*related)),
        *taught.select_related(*related),
    ]


def as_calendar(assignments: Iterable[Assignment], request: HttpRequest) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lemma//Assignments//EN"]
    for assignment in assignments:
        lines += event(assignment, request.build_absolute_uri(assignment.get_absolute_url()))
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def event(assignment: Assignment, address: str) -> list[str]:
    summary = _("%(title)s is due") % {"title": assignment.title}
    due = date_format(timezone.localtime(assignment.due_at, assignment.section.zone), SHORT)
    return [
        "BEGIN:VEVENT",
        f"UID:{assignment.code}@lemma",
        f"DTSTAMP:{as_utc(timezone.now())}",
        f"DTSTART:{as_utc(assignment.due_at)}",
        f"DTEND:{as_utc(assignment.due_at)}",
        f"SUMMARY:{escaped(summary)}",
        f"DESCRIPTION:{escaped(f'{assignment.section}, {due} ({assignment.section.time_zone})')}",
        f"URL:{address}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def as_utc(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(text.split())


def folded(line: str) -> Iterator[str]:
    """Parts of at most 75 bytes, none of which ends within a character."""
    part, limit = "", LINE_BYTES
    for character in line:
        if len((part + character).encode()) > limit:
            yield part
            part = " "
        part += character
    yield part
