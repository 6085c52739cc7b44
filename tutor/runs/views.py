"""The pages about runs: the list, one run, two runs compared, and a problem of a run."""

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
from tutor.evaluation.comparing import Incomparable, RunComparison, compare
from tutor.evaluation.summary import ProblemSummary, Summary
from tutor.runs.access import hidden_problems, may_read_runs, run_or_404
from tutor.runs.display import (
    ComparisonDisplay,
    MetricsDisplay,
    ProblemDisplay,
    RunDisplay,
    SampleDisplay,
    named_conditions,
)
from tutor.runs.folders import MAX_RUNS, RunFolder, find_runs, problem_on_line, samples_of
from tutor.runs.sorting import PROBLEM_FILTERS, PROBLEM_ORDERS, RUN_ORDERS, Sorting
from tutor.teaching.spreadsheets import BOM, CSV

PROBLEMS_A_PAGE = 100
SAMPLES_A_PAGE = 8
_CACHED = 16  # comparisons per process
MAX_CHANGES = 500  # in the table of a comparison
INCOMPARABLE = {
    "data": gettext_lazy("These runs have different problems, so their scores cannot be compared."),
    "grader": gettext_lazy(
        "These runs were judged by different versions of the grader. Repeat the older one."
    ),
    "nothing": gettext_lazy("These runs have no problem in common yet."),
}


@login_required
@require_safe
def runs(request: AuthedRequest) -> HttpResponse:
    _require_reader(request.user)
    sorting = Sorting.read(request.GET, RUN_ORDERS, "-when")
    displays = [RunDisplay(folder) for folder in find_runs()]
    displays.sort(key=RUN_ORDERS[sorting.name], reverse=sorting.backwards)
    context = {
        "runs": [(run, MetricsDisplay(run.summary) if run.summary else None) for run in displays],
        "columns": sorting.columns(RUN_ORDERS),
        "comparable": [run for run in displays if run.summary],
        "limit": MAX_RUNS if len(displays) == MAX_RUNS else None,
    }
    return render(request, "runs/runs.html", context)


@login_required
@require_safe
def runs_file(request: AuthedRequest) -> HttpResponse:
    _require_reader(request.user)
    summaries = [folder.summary for folder in find_runs() if folder.summary]
    return _csv(report.table_csv(summaries) if summaries else "", "runs.csv")


@login_required
@require_safe
def run(request: AuthedRequest, name: str) -> HttpResponse:
    folder = run_or_404(request.user, name)
    context: dict[str, object] = {"run": RunDisplay(folder)}
    if folder.summary:
        context |= {"metrics": MetricsDisplay(folder.summary), **_problems(request, folder.summary)}
    elif folder.description:
        context["conditions"] = named_conditions(folder.description.conditions)
    return render(request, "runs/run.html", context)


def _problems(request: AuthedRequest, summary: Summary) -> dict[str, object]:
    """The context of the table of problems."""
    sorting = Sorting.read(request.GET, PROBLEM_ORDERS, "line")
    readable = rows = _readable(request.user, summary)
    show = request.GET.get("show", "")
    if show in PROBLEM_FILTERS:
        rows = [row for row in rows if PROBLEM_FILTERS[show][1](row)]
    rows = sorted(rows, key=PROBLEM_ORDERS[sorting.name], reverse=sorting.backwards)
    page = Paginator(rows, PROBLEMS_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "page": page,
        "rows": [ProblemDisplay(row) for row in page.object_list],
        "columns": sorting.columns(PROBLEM_ORDERS),
        "show": show,
        "filters": [(key, label) for key, (label, _) in PROBLEM_FILTERS.items()],
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
def comparison(request: AuthedRequest) -> HttpResponse:
    """Compare the two runs that the address names, on their common problems."""
    names = [request.GET.get(which, "") for which in ("first", "second")]
    first, second = (run_or_404(request.user, name) for name in names)
    context: dict[str, object] = {"first": RunDisplay(first), "second": RunDisplay(second)}
    try:
        compared_runs = _compared(first, second)
    except Incomparable as error:
        context["refusal"] = INCOMPARABLE[error.reason]
    else:
        comparison_display = ComparisonDisplay(compared_runs)
        changes = comparison_display.changes(hidden_problems(request.user))
        context |= {
            "comparison": comparison_display,
            "pairs": len(compared_runs.pairs),
            "changes": changes[:MAX_CHANGES],
            "more": max(0, len(changes) - MAX_CHANGES),
            "both": [
                (RunDisplay(folder), MetricsDisplay(_summary_or_404(folder)))
                for folder in (first, second)
            ],
        }
    return render(request, "runs/compared.html", context)


@login_required
@require_safe
def problem(request: AuthedRequest, name: str, line: int) -> HttpResponse:
    """A problem of a run, and a page of its samples."""
    folder = run_or_404(request.user, name)
    asked_problem = problem_on_line(folder, line)
    if asked_problem is None or asked_problem.code in hidden_problems(request.user):
        raise Http404
    samples = samples_of(folder, asked_problem)
    page = Paginator(samples, SAMPLES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": RunDisplay(folder),
        "problem": asked_problem,
        "right": sum(sample.is_right for sample in samples),
        "count": len(samples),
        "page": page,
        "samples": [SampleDisplay(sample, asked_problem.statement) for sample in page.object_list],
    }
    return render(request, "runs/problem.html", context)


def _require_reader(user: User) -> None:
    if not may_read_runs(user):
        raise Http404


def _readable(user: User, summary: Summary) -> list[ProblemSummary]:
    hidden = hidden_problems(user)
    return [row for row in summary.problems if row.code not in hidden]


def _summary_or_404(folder: RunFolder) -> Summary:
    if folder.summary is None:
        raise Http404
    return folder.summary


@lru_cache(_CACHED)
def _compared(first: RunFolder, second: RunFolder) -> RunComparison:
    """Takes seconds for many problems. Raises Incomparable and Http404."""
    return compare(_summary_or_404(first), _summary_or_404(second))


def _csv(text: str, name: str) -> HttpResponse:
    """As `python -m tutor.evaluation` writes it: no cell runs in a spreadsheet."""
    response = HttpResponse(f"{BOM}{text}", content_type=CSV)
    response.headers["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=name)
    )
    return response
