"""The wrong answers to one item, and what the teacher writes to them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.attempts.judging.advice import (
    spread,
    wrong_answers,
    wrong_at_part,
)
from tutor.attempts.models import Advice
from tutor.courses.access import may_manage
from tutor.grading.multipart import LETTERS
from tutor.problems.models import ProblemVersion
from tutor.teaching.access import item_or_404
from tutor.teaching.answer_groups import answer_groups
from tutor.teaching.forms import AdviceForm
from tutor.teaching.statistics import part_statistics, statistics_of
from tutor.teaching.tasks import send_advice

SPREADING_WORK_S = 1.0  # a worker does what this time does not suffice for


@login_required
@require_safe
def answers(request: AuthedRequest, code: UUID, item_code: UUID) -> HttpResponse:
    assignment, item = item_or_404(request.user, code, item_code)
    context = {
        "assignment": assignment,
        "section": assignment.section,
        "may_manage": may_manage(request.user, assignment.section),
        "item": item,
        "statistics": statistics_of(assignment, [item])[0],
        "answers": answer_groups(assignment, item),
        "parts": part_statistics(assignment, item),
    }
    return render(request, "teaching/answers.html", context)


@login_required
@require_POST
def advise(request: AuthedRequest, code: UUID, item_code: UUID) -> HttpResponse:
    """Write to all students who give an answer with this meaning, now and later."""
    assignment, item = item_or_404(request.user, code, item_code)
    form = AdviceForm(request.POST)
    address = redirect("answers", assignment.code, item.code)
    if not form.is_valid():
        messages.error(request, form.first_error)
        return address
    advice = _advice_in(form, assignment=assignment, item=item, author=request.user)
    _advice_given(advice).delete()  # its attempts lose it, and may get the new one
    if advice.text:
        advice.save()
        if not spread(advice, SPREADING_WORK_S):
            send_advice(advice.pk)
        messages.success(
            request, _("Your comment is saved. Everybody who gives this answer sees it.")
        )
    else:
        messages.success(request, _("Your comment is removed."))
    return address


def _advice_in(form: AdviceForm, **fields: Any) -> Advice:
    """Not stored yet. fields: further columns. Raises Http404 if the problem has no such part."""
    version = get_object_or_404(ProblemVersion, code=form.cleaned_data["version"])
    part = form.cleaned_data["part"]
    if part not in (LETTERS[: len(version.parts)] if version.parts else [""]):
        raise Http404
    answer, text = form.cleaned_data["answer"], form.cleaned_data["text"]
    return Advice(version=version, part=part, answer=answer, text=text, **fields)


def _advice_given(advice: Advice) -> QuerySet[Advice]:
    """The present advice to this very answer. Raises Http404 if nobody gave the answer."""
    if not advice.part:
        given = wrong_answers(advice).filter(response=advice.answer)
        return Advice.objects.filter(attempts=get_object_or_404(given[:1]))
    rows = [attempt.parts[LETTERS.index(advice.part)] for attempt in wrong_at_part(advice)]
    keys = [row.get("advice") for row in rows if row["response"] == advice.answer]
    if not keys:
        raise Http404
    return Advice.objects.filter(pk=keys[0])
