"""A teacher goes through an assignment on the pages that students have; nothing is stored."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.attempts.drafts import typed, typed_parts
from tutor.attempts.variants import variant_for
from tutor.attempts.views.answering import show_reading
from tutor.attempts.views.working import checked_lines, show_check, show_readings
from tutor.attempts.working.shown_working import Working
from tutor.problems.editing.preview import ProblemPreview
from tutor.problems.models import ProblemVersion
from tutor.teaching.access import assignment_or_404
from tutor.teaching.trying import TrialAnswering, TrialItem, TrialPanel, visibility_of_trial


@login_required
@require_safe
def begin(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Its first problem."""
    items = items_of(assignment_or_404(request.user, code))
    if not items:
        raise Http404
    return redirect(items[0])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def try_item(request: AuthedRequest, code: UUID, item_code: UUID) -> HttpResponse:
    """The page with its answer, which htmx asks for alone."""
    items, index, version = tried(request, code, item_code)
    item = items[index]
    answers = typed_parts(request, version) or [typed(request)]
    answering = TrialAnswering(item, version, answers, request.POST.get("working", ""))
    if "last_line" in request.POST:
        answering.take_last_line()
    panel = TrialPanel(item, version, shown=0)
    context = {
        "assignment": item.assignment,
        "version": version,
        "item": item,
        "items_count": len(items),
        "previous_item": items[index - 1] if index else None,
        "next_item": items[index + 1] if index + 1 < len(items) else None,
        "answering": answering,
        "panel": panel,
        "solution_when": panel.solution_when,
        "preview": ProblemPreview(language=version.language, trial=answering.trial()),
    }
    is_piece = "HX-Request" in request.headers
    return render(
        request, "teaching/_try_answer.html" if is_piece else "teaching/try.html", context
    )


@login_required
@require_POST
def draft(request: AuthedRequest, code: UUID, item_code: UUID) -> HttpResponse:
    """How an answer is read."""
    items, index, version = tried(request, code, item_code)
    return show_reading(request, version, items[index].assignment.section)


@login_required
@require_POST
def working(request: AuthedRequest, code: UUID, item_code: UUID) -> HttpResponse:
    """How the lines of a working are read."""
    items, index, version = tried(request, code, item_code)
    return show_readings(request, version, items[index].assignment.section)


@login_required
@require_POST
def check(request: AuthedRequest, code: UUID, item_code: UUID) -> HttpResponse:
    items, index, version = tried(request, code, item_code)
    assignment = items[index].assignment
    visibility = visibility_of_trial(assignment, version)
    context = {"page": items[index].get_absolute_url(), "version": version}

    def check_lines() -> Working:
        return checked_lines(request, version, assignment.section, visibility).working

    return show_check(request, context, check_lines)


@login_required
@require_POST
def help_panel(request: AuthedRequest, code: UUID, item_code: UUID) -> HttpResponse:
    """The hints up to the one that is asked for."""
    items, index, version = tried(request, code, item_code)
    number = request.POST.get("number", "")
    shown = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    context = {"panel": TrialPanel(items[index], version, shown), "taken": "hint"}
    if "HX-Request" in request.headers:
        return render(request, "solutions/_help_panel.html", context)
    return redirect(items[index])


def tried(
    request: AuthedRequest, code: UUID, item_code: UUID
) -> tuple[list[TrialItem], int, ProblemVersion]:
    """All items of the assignment, the place of the one that is tried, and what it shows."""
    items = items_of(assignment_or_404(request.user, code))
    index = next((n for n, item in enumerate(items) if item.code == item_code), None)
    if index is None:
        raise Http404
    return items, index, variant_for(items[index].item, None)


def items_of(assignment: Assignment) -> list[TrialItem]:
    items = Item.objects.filter(
        problem_set=assignment.problem_set_id, problem__current__isnull=False
    )
    rows = items.select_related("problem__current", "problem_set")
    return [TrialItem(item, assignment, number) for number, item in enumerate(rows, start=1)]
