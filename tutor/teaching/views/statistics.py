"""How the items of an assignment went, and which students are stuck."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.courses.access import may_manage, visible_section
from tutor.teaching.access import assignment_or_404
from tutor.teaching.gradebook.assignment_table import AssignmentTable
from tutor.teaching.mistakes import mistakes_in
from tutor.teaching.progress.charts import bar_chart, distribution
from tutor.teaching.progress.frequent_answers import frequent_answers
from tutor.teaching.statistics import statistics_of
from tutor.teaching.stuck_students import STUCK_AFTER, STUCK_WITHIN, stuck_in, students_count
from tutor.teaching.students import students_of

WINDOWS = {
    "hour": (timedelta(hours=1), gettext_lazy("in the last hour")),
    "day": (STUCK_WITHIN, gettext_lazy("in the last 24 hours")),
    "week": (timedelta(weeks=1), gettext_lazy("in the last week")),
}


@login_required
@require_safe
def statistics(request: AuthedRequest, code: UUID) -> HttpResponse:
    """All items of an assignment, each with a link to its wrong answers."""
    assignment = assignment_or_404(request.user, code)
    items = Item.objects.filter(problem_set=assignment.problem_set_id)
    items = items.select_related("problem__current")
    rows = statistics_of(assignment, items)
    bins = results_of(assignment)
    context = {
        "assignment": assignment,
        "section": assignment.section,
        "may_manage": may_manage(request.user, assignment.section),
        "statistics": rows,
        "has_partly": any(row.partly for row in rows),
        "has_unreadable": any(row.unreadable for row in rows),
        "has_undecided": any(row.undecided for row in rows),
        "has_withheld": any(row.withheld for row in rows),
        "bins": bins,
        "chart": bar_chart(bins),
        "frequent": frequent_answers(assignment, items),
        "mistakes": mistakes_in(assignment),
        "practised": [row for row in rows if row.practised.attempted],
    }
    return render(request, "teaching/statistics.html", context)


def results_of(assignment: Assignment) -> list[tuple[str, int]]:
    """How the results of the students who have begun are spread."""
    table = AssignmentTable(assignment)
    students = table.assigned(students_of(assignment.section))
    begun = [row for row in table.rows(students) if not row.is_untouched]
    return distribution(row.percent for row in begun if row.percent is not None)


@login_required
@require_safe
def stuck(request: AuthedRequest, code: UUID) -> HttpResponse:
    section = visible_section(request, code)
    window = request.GET.get("within", "")
    if window not in WINDOWS:
        window = "day"
    length, _ = WINDOWS[window]
    stuck = stuck_in(section, timezone.now() - length)
    context = {
        "section": section,
        "may_manage": may_manage(request.user, section),
        "stuck": stuck,
        "students_count": students_count(stuck),
        "window": window,
        "windows": [(name, label) for name, (_, label) in WINDOWS.items()],
        "min_wrong": STUCK_AFTER,
    }
    return render(request, "teaching/stuck.html", context)
