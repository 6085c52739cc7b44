"""The reports of a class, to be printed for a parents' evening."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.courses.access import visible_section
from tutor.teaching.gradebook.section_table import SectionTable
from tutor.teaching.reports.form import ReportForm
from tutor.teaching.reports.report import reports
from tutor.teaching.students import students_of


@login_required
@require_safe
def section_reports(request: AuthedRequest, code: UUID) -> HttpResponse:
    """One sheet for each student, or for the one that is asked for."""
    section = visible_section(request, code)
    enrollments = list(students_of(section))
    form = ReportForm(request.GET, section=section, enrollments=enrollments)
    shown = form.shown
    table = SectionTable(section, period=form.period)
    context = {
        "section": section,
        "school": settings.SCHOOL,
        "form": form,
        "first_day": form.cleaned_data.get("first_day"),
        "last_day": form.cleaned_data.get("last_day"),
        "today": table.now,
        "reports": reports(table, enrollments, shown) if shown else [],
    }
    return render(request, "teaching/reports.html", context)
