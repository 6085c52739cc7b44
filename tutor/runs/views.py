"""Runs of `python -m tutor.evaluation`: all of them, one, two side by side, and a problem."""

from functools import lru_cache

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.evaluation import report
from tutor.evaluation.comparing import Comparison, Incomparable, compare
from tutor.evaluation.summary import Row, Summary
from tutor.runs.access import hidden_problems, may_read_runs, run_or_404
from tutor.runs.folders import MOST_RUNS, Found, found_runs, problem_of, samples_of
from tutor.runs.shown import (
    FILTERS,
    ORDERS,
    PROBLEM_ORDERS,
    Figures,
    ShownComparison,
    ShownRow,
    ShownRun,
    ShownSample,
    Sorting,
    named_conditions,
)
from tutor.teaching.exports import BOM, CSV

PROBLEMS_A_PAGE = 100
SAMPLES_A_PAGE = 8
_COMPARED = 16  # comparisons that a process remembers
MOST_CHANGES = 500  # of a comparison, that are listed
INCOMPARABLE = {
    "data": gettext_lazy(
        "These runs were asked other problems, so their scores say nothing about each other."
    ),
    "grader": gettext_lazy(
        "These runs were judged by other versions of the grader. Repeat the older one."
    ),
    "nothing": gettext_lazy("These runs have no problem in common yet."),
}


@login_required
@require_safe
def runs(request: AuthedRequest) -> HttpResponse:
    _require_reader(request.user)
    sorting = Sorting.read(request.GET, ORDERS, "-when")
    shown = [ShownRun(found) for found in found_runs()]
    shown.sort(key=ORDERS[sorting.name], reverse=sorting.backwards)
    context = {
        "runs": [(one, Figures(one.summary) if one.summary else None) for one in shown],
        "columns": sorting.columns(ORDERS),
        "comparable": [one for one in shown if one.summary],
        "most": MOST_RUNS if len(shown) == MOST_RUNS else None,
    }
    return render(request, "runs/runs.html", context)


@login_required
@require_safe
def runs_file(request: AuthedRequest) -> HttpResponse:
    _require_reader(request.user)
    summaries = [found.summary for found in found_runs() if found.summary]
    return _csv(report.table_csv(summaries) if summaries else "", "runs.csv")


@login_required
@require_safe
def run(request: AuthedRequest, name: str) -> HttpResponse:
    found = run_or_404(request.user, name)
    context: dict[str, object] = {"run": ShownRun(found)}
    if found.summary:
        context |= {"figures": Figures(found.summary), **_problems(request, found.summary)}
    elif found.described:
        context["conditions"] = named_conditions(found.described.conditions)
    return render(request, "runs/run.html", context)


def _problems(request: AuthedRequest, summary: Summary) -> dict[str, object]:
    """A page of the table of problems."""
    sorting = Sorting.read(request.GET, PROBLEM_ORDERS, "line")
    readable = rows = _readable(request.user, summary)
    show = request.GET.get("show", "")
    if show in FILTERS:
        rows = [row for row in rows if FILTERS[show][1](row)]
    rows = sorted(rows, key=PROBLEM_ORDERS[sorting.name], reverse=sorting.backwards)
    page = Paginator(rows, PROBLEMS_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "page": page,
        "rows": [ShownRow(row) for row in page.object_list],
        "columns": sorting.columns(PROBLEM_ORDERS),
        "show": show,
        "filters": [(key, label) for key, (label, _) in FILTERS.items()],
        "query": query.urlencode(),
        "are_hidden": len(readable) < len(summary.problems),
    }


@login_required
@require_safe
def run_file(request: AuthedRequest, name: str) -> HttpResponse:
    summary = _summary_or_404(run_or_404(request.user, name))
    return _csv(report.table_csv([summary]), f"{name}.csv")


@login_required
@require_safe
def problems_file(request: AuthedRequest, name: str) -> HttpResponse:
    summary = _summary_or_404(run_or_404(request.user, name))
    rows = _readable(request.user, summary)
    return _csv(report.problems_csv(rows) if rows else "", f"{name}-problems.csv")


@login_required
@require_safe
def compared(request: AuthedRequest) -> HttpResponse:
    """Two runs that the address names, on the problems of both."""
    names = [request.GET.get(which, "") for which in ("first", "second")]
    first, second = (run_or_404(request.user, name) for name in names)
    context: dict[str, object] = {"first": ShownRun(first), "second": ShownRun(second)}
    try:
        comparison = _compared(first, second)
    except Incomparable as error:
        context["refusal"] = INCOMPARABLE[error.reason]
    else:
        shown = ShownComparison(comparison)
        changes = shown.changes(hidden_problems(request.user))
        context |= {
            "shown": shown,
            "pairs": len(comparison.pairs),
            "changes": changes[:MOST_CHANGES],
            "more": max(0, len(changes) - MOST_CHANGES),
            "both": [(ShownRun(one), Figures(_summary_or_404(one))) for one in (first, second)],
        }
    return render(request, "runs/compared.html", context)


@login_required
@require_safe
def problem(request: AuthedRequest, name: str, line: int) -> HttpResponse:
    """What was asked, and a page of what came."""
    found = run_or_404(request.user, name)
    asked = problem_of(found, line)
    if asked is None or asked.code in hidden_problems(request.user):
        raise Http404
    samples = samples_of(found, asked)
    page = Paginator(samples, SAMPLES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": ShownRun(found),
        "problem": asked,
        "right": sum(sample.is_right for sample in samples),
        "count": len(samples),
        "page": page,
        "samples": [ShownSample(sample, asked.statement) for sample in page.object_list],
    }
    return render(request, "runs/problem.html", context)


def _require_reader(user: User) -> None:
    if not may_read_runs(user):
        raise Http404


def _readable(user: User, summary: Summary) -> list[Row]:
    hidden = hidden_problems(user)
    return [row for row in summary.problems if row.code not in hidden]


def _summary_or_404(found: Found) -> Summary:
    if found.summary is None:
        raise Http404
    return found.summary


@lru_cache(_COMPARED)
def _compared(first: Found, second: Found) -> Comparison:
    """Takes seconds for many problems. Raises Incomparable, and Http404."""
    return compare(_summary_or_404(first), _summary_or_404(second))


def _csv(text: str, name: str) -> HttpResponse:
    """As `python -m tutor.evaluation` writes it: no cell runs in a spreadsheet."""
    response = HttpResponse(f"{BOM}{text}", content_type=CSV)
    response.headers["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=name)
    )
    return response
