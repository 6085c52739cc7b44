"""The model's results at the problems of a set, and the form that asks for samples."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import AuthedRequest
from tutor.assignments.access import items_of, visible_set
from tutor.assignments.models import Item, ProblemSet
from tutor.limits import is_allowed
from tutor.problems.content import InvalidRecord
from tutor.problems.models import ProblemVersion
from tutor.solutions.dispatch.model_choice import recipe_code
from tutor.solutions.dispatch.queue_status import missing_now
from tutor.solutions.models import ReadinessSample
from tutor.solutions.requests.samples import request_samples
from tutor.teaching.readiness import readiness_of

COUNTS = [4, 8, 16]
STARTS_A_MINUTE = 6


class StartForm(forms.Form):
    count = forms.TypedChoiceField(coerce=int, choices=[(n, n) for n in COUNTS])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def readiness(request: AuthedRequest, code: UUID) -> HttpResponse:
    problem_set = visible_set(request, code)
    may_edit = ProblemSet.objects.editable_by(request.user).contains(problem_set)
    may_start = request.user.is_teacher or request.user.is_superuser
    if request.method == "POST":
        _act(request, problem_set, may_edit=may_edit, may_start=may_start)
        return redirect("readiness", problem_set.code)
    rows = readiness_of(items_of(problem_set))
    total = sum(len(row.samples) for row in rows)
    waiting = sum(row.waiting for row in rows)
    context = {
        "problem_set": problem_set,
        "rows": rows,
        "may_edit": may_edit,
        "may_start": may_start,
        "counts": COUNTS,
        "recipe": recipe_code(),
        "total": total,
        "waiting": waiting,
        "ended": total - waiting,
        "missing": missing_now() if waiting else "",
    }
    if "HX-Request" not in request.headers:
        return render(request, "teaching/readiness.html", context)
    response = render(request, "teaching/_readiness.html", context)
    if not waiting:
        response["HX-Refresh"] = "true"  # shows the complete table
    return response


def _act(
    request: AuthedRequest, problem_set: ProblemSet, *, may_edit: bool, may_start: bool
) -> None:
    act, _colon, name = request.POST.get("do", "").partition(":")
    if act in {"help_on", "help_off"} and may_edit:
        item = get_object_or_404(problem_set.items.filter(code__in=_codes(name)))
        item.has_model_help = act == "help_on"
        item.save(update_fields=["has_model_help"])
    elif act == "stop" and may_start:
        _stop(problem_set)
        messages.success(request, _("Stopped. Finished tries are kept."))
    elif act == "start" and may_start:
        _start(request, problem_set)
    else:
        raise Http404


def _codes(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []


def _start(request: AuthedRequest, problem_set: ProblemSet) -> None:
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how often the model tries each problem."))
        return
    if not is_allowed("readiness", request.user.pk, per_minute=STARTS_A_MINUTE):
        messages.error(request, _("That was too fast. Wait a minute."))
        return
    versions = [version for item in items_of(problem_set) if (version := _sampled(item))]
    with transaction.atomic():
        new = request_samples(versions, form.cleaned_data["count"])
    text = ngettext("%(n)s try is in progress.", "%(n)s tries are in progress.", new)
    nothing = _("There are enough tries already. The model tries a problem again after a change.")
    messages.success(request, text % {"n": new} if new else nothing)


def _sampled(item: Item) -> ProblemVersion | None:
    try:
        return item.version.variant(1) if item.version else None
    except InvalidRecord:
        return None  # its parameters have no values now


def _stop(problem_set: ProblemSet) -> None:
    problems = problem_set.items.values("problem")
    ReadinessSample.objects.queued().filter(version__problem__in=problems).delete()
