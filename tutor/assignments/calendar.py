"""One person's dates as an iCalendar feed (RFC 5545), under an address that nobody guesses."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from tutor.assignments.models import Assignment
from tutor.courses.clock import date_in
from tutor.courses.models import Section

LINE_BYTES = 75
SHORT = "SHORT_DATETIME_FORMAT"


def dates_of(user: User) -> list[Assignment]:
    """What they take, with their own dates, and what the sections have that they look after."""
    related = ("problem_set", "section__course")
    taken = Assignment.objects.taken_by(user).filter(
        section__archived_at=None, section__is_self_study=False
    )
    taught = Assignment.objects.filter(section__in=Section.objects.taught_by(user).current())
    return [
        *(row.for_student() for row in taken.select_related(*related)),
        *taught.select_related(*related),
    ]


def coming_dates_of(user: User) -> list[Assignment]:
    """Those that are still due, the next one first."""
    coming = (row for row in dates_of(user) if row.due_at > timezone.now())
    return sorted(coming, key=lambda row: (row.due_at, row.pk))


def as_calendar(assignments: Iterable[Assignment], request: HttpRequest) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lemma//Assignments//EN"]
    for assignment in assignments:
        lines += event(assignment, request.build_absolute_uri(assignment.get_absolute_url()))
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def event(assignment: Assignment, address: str) -> list[str]:
    summary = _("%(title)s is due") % {"title": assignment.title}
    due = date_in(assignment.section, assignment.due_at, SHORT)
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
