"""The gradebook of a section and of an assignment, as pages and as files."""

from collections.abc import Callable, Iterator
from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.requests import AuthedRequest
from tutor.courses.access import may_manage, visible_section
from tutor.courses.conventions import has_class_comma
from tutor.teaching.access import assignment_or_404
from tutor.teaching.gradebook.assignment_table import AssignmentRow, AssignmentTable
from tutor.teaching.gradebook.files import assignment_rows, section_rows
from tutor.teaching.gradebook.mark_links import MarkLinks
from tutor.teaching.gradebook.points import plain
from tutor.teaching.gradebook.section_table import SectionRow, SectionTable
from tutor.teaching.spreadsheets import CSV, XLSX, Cell, csv_chunks, download, xlsx_chunks
from tutor.teaching.students import students_of
from tutor.teaching.table_query import Order, TableQuery, without_page

ASSIGNMENT_FILTERS: dict[str, Callable[[AssignmentRow], bool]] = {
    "untouched": lambda row: row.is_untouched,
    "unfinished": lambda row: row.is_unfinished,
    "waiting": lambda row: row.is_waiting,
}
ASSIGNMENT_FILTER_LABELS = {
    "untouched": gettext_lazy("who have submitted nothing"),
    "unfinished": gettext_lazy("who have not solved everything"),
    "waiting": gettext_lazy("whose answers need grading"),
}
SECTION_FILTERS: dict[str, Callable[[SectionRow], bool]] = {
    "missing": lambda row: row.is_missing_one,
    "below": lambda row: row.is_below_half,
}
SECTION_FILTER_LABELS = {
    "missing": gettext_lazy("who missed an assignment"),
    "below": gettext_lazy("below 50%"),
}


@login_required
@require_safe
def assignment_gradebook(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Students by items."""
    assignment = assignment_or_404(request.user, code)
    table = AssignmentTable(assignment)
    query = TableQuery.read(request.GET, _item_orders(table), ASSIGNMENT_FILTERS)
    enrollments = table.assigned(students_of(assignment.section))
    page = query.page_of(query.named(enrollments), table.rows)
    links = MarkLinks(list(page.object_list))
    context = {
        "assignment": assignment,
        "section": assignment.section,
        "may_manage": may_manage(request.user, assignment.section),
        "table": table,
        "page": page,
        "rows": [(row, links.of(row)) for row in page.object_list],
        "table_query": query,
        "filters": ASSIGNMENT_FILTER_LABELS.items(),
        "query": without_page(request.GET),
        "students_count": len(enrollments),
        "max_points": plain(table.max_points),
        "by_name": query.column("name", best_first=False),
        "by_total": query.column("points"),
        "columns": [
            (number, item, plain(item.points), query.column(str(number)))
            for number, item in enumerate(table.items, start=1)
        ],
    }
    return render(request, "teaching/assignment.html", context)


@login_required
@require_safe
def section_gradebook(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Students by assignments."""
    section = visible_section(request, code)
    table = SectionTable(section)
    query = TableQuery.read(request.GET, _assignment_orders(table), SECTION_FILTERS)
    enrollments = list(students_of(section))
    context = {
        "section": section,
        "table": table,
        "page": query.page_of(query.named(enrollments), table.rows),
        "table_query": query,
        "filters": SECTION_FILTER_LABELS.items(),
        "query": without_page(request.GET),
        "students_count": len(enrollments),
        "by_name": query.column("name", best_first=False),
        "by_total": query.column("total"),
        "columns": [
            (assignment, plain(table.max_points(assignment)), query.column(str(number)))
            for number, assignment in enumerate(table.assignments, start=1)
        ],
        "may_manage": may_manage(request.user, section),
        "kept_marks": section.kept_marks.all(),
    }
    return render(request, "teaching/section.html", context)


@login_required
@require_safe
def assignment_file(request: AuthedRequest, code: UUID, kind: str) -> HttpResponseBase:
    assignment = assignment_or_404(request.user, code)
    return _file(assignment_rows(assignment), assignment.title, kind)


@login_required
@require_safe
def section_file(request: AuthedRequest, code: UUID, kind: str) -> HttpResponseBase:
    section = visible_section(request, code)
    return _file(section_rows(section), str(section), kind)


def _file(rows: Iterator[list[Cell]], title: str, kind: str) -> HttpResponseBase:
    name = f"{slugify(title, allow_unicode=True) or 'lemma'}.{kind}"
    if kind == "csv":
        return download(csv_chunks(rows, decimal_comma=has_class_comma()), name, CSV)
    return download(xlsx_chunks(rows, title), name, XLSX)


def _item_orders(table: AssignmentTable) -> dict[str, Order]:
    numbered = enumerate(table.items, start=1)
    orders: dict[str, Order] = {
        str(number): partial(table.points_for, item) for number, item in numbered
    }
    return {**orders, "points": table.points}


def _assignment_orders(table: SectionTable) -> dict[str, Order]:
    orders: dict[str, Order] = {
        str(column + 1): partial(table.percents, column) for column in range(len(table.assignments))
    }
    return {**orders, "total": table.percent_totals}
