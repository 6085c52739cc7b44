"""Correcting a key where it is taught: what would change, then all of it in one step."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import AuthedRequest
from tutor.limits import is_allowed
from tutor.problems.access import visible_problem
from tutor.problems.checks import disagreement
from tutor.problems.editing.solution_warning import warn_of_solution
from tutor.teaching.key_corrections.correction import KeyCorrection
from tutor.teaching.key_corrections.form import KeyCorrectionForm
from tutor.teaching.views.regrades import DRY_RUNS_A_MINUTE, shown_run


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct_key(request: AuthedRequest, code: UUID) -> HttpResponse:
    problem = visible_problem(request, code)
    if problem.current is None:
        raise Http404
    record = problem.record()
    form = KeyCorrectionForm(request.POST or None, record=record, proposed=request.GET)
    correction = KeyCorrection(problem, request.user)
    context = {"problem": problem, "content": record.content, "form": form}
    context |= {"correction": correction, "is_back": "back" in request.GET}
    if form.is_valid():
        if request.POST.get("action") == "apply" and form.is_previewed:
            return corrected(request, correction, form)
        context |= preview(request, correction, form)
    return render(request, "teaching/correct_key.html", context)


def corrected(
    request: AuthedRequest, correction: KeyCorrection, form: KeyCorrectionForm
) -> HttpResponse:
    data = form.cleaned_data
    regrade = correction.apply(
        form.corrected.record, data["reason"], never_lower=data["never_lower"]
    )
    text = _("The answer of “%(title)s” is corrected.")
    messages.success(request, text % {"title": regrade.problem})
    warn_of_solution(request, regrade.problem)
    if not regrade.total:
        return redirect(regrade.problem)
    return redirect(f"{regrade.get_absolute_url()}?{urlencode(form.before)}")


def preview(
    request: AuthedRequest, correction: KeyCorrection, form: KeyCorrectionForm
) -> dict[str, object]:
    """What would change; nothing for somebody who asks too often."""
    if not is_allowed("dry-run", request.user.pk, per_minute=DRY_RUNS_A_MINUTE):
        messages.error(request, _("That was too fast. Wait a minute."))
        return {}
    record, before = form.corrected.record, form.record
    result = correction.preview(record, never_lower=form.cleaned_data["never_lower"])
    return {
        "run": shown_run(result),
        "dropped": form.corrected.dropped_answers,
        "is_solution_rewritten": record.content.solution != before.content.solution,
        "disagreement": disagreement(record.content.variant(1)),
    }
