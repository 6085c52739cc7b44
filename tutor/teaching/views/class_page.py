"""The first page of a class: its assignments, and how far it is with each."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.courses.access import may_manage, visible_section
from tutor.courses.clock import date_in
from tutor.courses.models import Section
from tutor.teaching.progress.charts import ResultChart, bar_chart
from tutor.teaching.progress.class_progress import ClassProgress, progress_in


@login_required
@require_safe
def class_page(request: AuthedRequest, code: UUID) -> HttpResponse:
    section = visible_section(request, code)
    rows = progress_in(section)
    context = {
        "section": section,
        "may_manage": may_manage(request.user, section),
        "rows": sorted(rows, key=partial(place_of, now=timezone.now())),
        "has_closing": any(row.assignment.closes_at for row in rows),
        "chart": progress_chart(rows, section),
        "now": timezone.now(),
    }
    return render(request, "teaching/class.html", context)


def place_of(row: ClassProgress, now: datetime) -> tuple[int, float]:
    """What is open comes first, the soonest due at the top; then what opens, then what is over."""
    assignment = row.assignment
    if assignment.ends_at < now:
        return 2, -assignment.ends_at.timestamp()
    return int(assignment.opens_at > now), assignment.due_at.timestamp()


def progress_chart(rows: list[ClassProgress], section: Section) -> ResultChart | None:
    """The mean results in the order of the dates, of what was due; None for fewer than two."""
    means = [
        (date_in(section, row.assignment.due_at, "MONTH_DAY_FORMAT"), row.mean)
        for row in rows
        if row.mean is not None and row.assignment.due_at < timezone.now()
    ]
    return bar_chart(means, highest=100, unit="%") if len(means) > 1 else None
