"""The gradebook's pages and files."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.attempts.models import Attempt
from tutor.courses.access import managed_section, may_manage, visible_section
from tutor.courses.models import Section
from tutor.teaching.access import assignment_or_404, students_of
from tutor.teaching.choosing import Choice, Order
from tutor.teaching.exports import CSV, XLSX, Cell, csv_chunks, download, xlsx_chunks
from tutor.teaching.forms import CountingForm, ExemptionForm
from tutor.teaching.gradebook import (
    AssignmentTable,
    Row,
    SectionTable,
    Student,
    in_batches,
    name_of,
    plain,
)
from tutor.teaching.marks import Mark
from tutor.teaching.models import Exemption

STATES = {
    "correct": gettext_lazy("Correct"),
    "partly": gettext_lazy("Partly right"),
    "incorrect": gettext_lazy("Not right"),
    "undecided": gettext_lazy("Not decided"),
    "pending": gettext_lazy("Being checked"),
}
UNFINISHED = {
    "untouched": gettext_lazy("who have handed in nothing"),
    "unfinished": gettext_lazy("who have not solved everything"),
    "waiting": gettext_lazy("whose answers wait for a decision"),
}
BELOW = {
    "missing": gettext_lazy("who missed an assignment"),
    "below": gettext_lazy("below 50 %"),
}


@login_required
@require_safe
def assignment(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Students by items."""
    found = assignment_or_404(request.user, code)
    table = AssignmentTable(found)
    choice = Choice.read(request.GET, _item_orders(table), _ROW_FILTERS)
    places = table.given(students_of(found.section))
    page = choice.page_of(choice.named(places), table.rows)
    cells = Cells(list(page.object_list))
    context = {
        "assignment": found,
        "section": found.section,
        "may_manage": may_manage(request.user, found.section),
        "table": table,
        "page": page,
        "rows": [(row, cells.of(row)) for row in page.object_list],
        "choice": choice,
        "shown": UNFINISHED.items(),
        "query": _query(request),
        "students_count": len(places),
        "most": plain(table.most_points),
        "by_name": choice.column("name", best_first=False),
        "by_total": choice.column("points"),
        "columns": [
            (number, item, plain(item.points), choice.column(str(number)))
            for number, item in enumerate(table.items, start=1)
        ],
    }
    return render(request, "teaching/assignment.html", context)


@login_required
@require_safe
def section(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Students by assignments."""
    found = visible_section(request, code)
    table = SectionTable(found)
    choice = Choice.read(request.GET, _assignment_orders(table), _STUDENT_FILTERS)
    places = list(students_of(found))
    context = {
        "section": found,
        "table": table,
        "page": choice.page_of(choice.named(places), table.students),
        "choice": choice,
        "shown": BELOW.items(),
        "query": _query(request),
        "students_count": len(places),
        "by_name": choice.column("name", best_first=False),
        "by_total": choice.column("total"),
        "columns": [
            (number, one, plain(table.most_of(one)), choice.column(str(number)))
            for number, one in enumerate(table.assignments, start=1)
        ],
        "may_manage": may_manage(request.user, found),
    }
    return render(request, "teaching/section.html", context)


@login_required
@require_safe
def assignment_file(request: AuthedRequest, code: UUID, kind: str) -> HttpResponseBase:
    found = assignment_or_404(request.user, code)
    return _file(assignment_rows(found), found.title, kind)


@login_required
@require_safe
def section_file(request: AuthedRequest, code: UUID, kind: str) -> HttpResponseBase:
    found = visible_section(request, code)
    return _file(section_rows(found), str(found), kind)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def counting(request: AuthedRequest, code: UUID) -> HttpResponse:
    """How the assignments of a section count together: weights, and how many are left out."""
    found = managed_section(request, code)
    table = SectionTable(found)
    form = CountingForm(request.POST or None, section=found, assignments=table.assignments)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
        messages.success(request, _("The gradebook counts this way from now on."))
        return redirect("gradebook-section", found.code)
    exemptions = Exemption.objects.filter(assignment__section=found).select_related(
        "enrollment__user", "assignment__problem_set", "author"
    )
    context = {
        "section": found,
        "may_manage": True,
        "form": form,
        "exemptions": [(one, name_of(one.enrollment)) for one in exemptions],
        "exemption_form": ExemptionForm(section=found, assignments=table.assignments),
    }
    return render(request, "teaching/counting.html", context)


@login_required
@require_POST
def exempt(request: AuthedRequest, code: UUID) -> HttpResponse:
    found = managed_section(request, code)
    form = ExemptionForm(request.POST, section=found, assignments=SectionTable(found).assignments)
    if form.is_valid():
        form.save(request.user)
        messages.success(request, _("The assignment does not count for this student."))
    else:
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
    return redirect("gradebook-counting", found.code)


@login_required
@require_POST
def lift(request: AuthedRequest, code: UUID, pk: int) -> HttpResponse:
    """End an exemption."""
    found = managed_section(request, code)
    get_object_or_404(Exemption, pk=pk, assignment__section=found).delete()
    messages.success(request, _("The assignment counts for this student again."))
    return redirect("gradebook-counting", found.code)


def assignment_rows(assignment: Assignment) -> Iterator[list[Cell]]:
    """The file of an assignment, a head first. Words are in the language of the request."""
    table = AssignmentTable(assignment)
    numbered = enumerate(table.items, start=1)
    head: list[Cell] = [_("name"), _("username")]
    head += [f"{number}. {_title(item)} ({plain(item.points)})" for number, item in numbered]
    head += [f"{_('points')} ({plain(table.most_points)})", _("percent")]

    def rows() -> Iterator[list[Cell]]:
        yield head
        for places in in_batches(table.given(students_of(assignment.section))):
            for row in table.rows(places):
                points = [mark.points if mark else None for mark in row.marks]
                yield [row.name, row.place.user.username, *points, row.points, row.percent]

    return rows()


def section_rows(section: Section) -> Iterator[list[Cell]]:
    table = SectionTable(section)
    exempt = _("exempt")
    head: list[Cell] = [_("name"), _("username")]
    head += [f"{one.title} ({plain(table.most_of(one))})" for one in table.assignments]
    head.append(_("percent"))

    def points(student: Student) -> Iterator[Cell]:
        for one in student.results:
            yield exempt if one.exemption else one.points if one.is_begun else None

    def rows() -> Iterator[list[Cell]]:
        yield head
        for places in in_batches(list(students_of(section))):
            for student in table.students(places):
                user = student.place.user
                yield [student.name, user.username, *points(student), student.total]

    return rows()


def _title(item: Item) -> str:
    return item.version.title if item.version else ""


_ROW_FILTERS: dict[str, Callable[[Row], bool]] = {
    "untouched": lambda row: row.is_untouched,
    "unfinished": lambda row: row.is_unfinished,
    "waiting": lambda row: row.is_waiting,
}
_STUDENT_FILTERS: dict[str, Callable[[Student], bool]] = {
    "missing": lambda student: student.is_missing_one,
    "below": lambda student: student.is_below_half,
}


def _item_orders(table: AssignmentTable) -> dict[str, Order]:
    numbered = enumerate(table.items, start=1)
    orders: dict[str, Order] = {
        str(number): partial(table.points_for, item) for number, item in numbered
    }
    return {**orders, "points": table.points}


def _assignment_orders(table: SectionTable) -> dict[str, Order]:
    orders: dict[str, Order] = {
        str(number + 1): partial(table.percents, number) for number in range(len(table.assignments))
    }
    return {**orders, "total": table.percent_totals}


class Cells:
    """The marks of a page of rows, as links to the attempts that count.

    A page has 2,000 of them, which differ in little but their address: the template is rendered
    once for each state and number of points, with help or without.
    """

    _ANY = UUID(int=0)

    def __init__(self, rows: list[Row]) -> None:
        pks = [mark.attempt for row in rows for mark in row.marks if mark]
        columns = ("pk", "code", "helped_by")
        found = Attempt.objects.filter(pk__in=pks).order_by().values_list(*columns)
        self._attempts = {pk: (str(code), bool(helped_by)) for pk, code, helped_by in found}
        self._address = Attempt(code=self._ANY).get_absolute_url()
        self._looks: dict[tuple[str, Decimal, bool], list[str]] = {}

    def of(self, row: Row) -> list[str]:
        return [self._link(mark) if mark else "–" for mark in row.marks]

    def _link(self, mark: Mark) -> SafeString:
        code, is_helped = self._attempts[mark.attempt]
        known = self._looks.get((mark.state, mark.points, is_helped))
        look = known or self._look(mark, is_helped)
        return mark_safe(code.join(look))  # noqa: S308  # a UUID in our template

    def _look(self, mark: Mark, is_helped: bool) -> list[str]:
        """What stands before and after the code of the attempt."""
        context = {
            "state": mark.state,
            "word": STATES[mark.state],
            "points": plain(mark.points),
            "is_helped": is_helped,
            "address": self._address,
        }
        link = render_to_string("teaching/_mark.html", context).strip()
        self._looks[mark.state, mark.points, is_helped] = look = link.split(str(self._ANY))
        return look


def _query(request: AuthedRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def _file(rows: Iterator[list[Cell]], title: str, kind: str) -> HttpResponseBase:
    name = f"{slugify(title, allow_unicode=True) or 'lemma'}.{kind}"
    if kind == "csv":
        return download(csv_chunks(rows), name, CSV)
    return download(xlsx_chunks(rows, title), name, XLSX)
