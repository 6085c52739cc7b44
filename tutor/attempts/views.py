from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Item
from tutor.attempts.answering import Answering, Place, place_of
from tutor.attempts.models import Attempt, Draft
from tutor.attempts.responses import Submission, accept_draft, accept_response, entry_of
from tutor.attempts.tasks import Refusal, submit_response
from tutor.attempts.wording import REFUSALS, sentence
from tutor.grading import Unreadable
from tutor.limits import is_allowed
from tutor.problems.models import ProblemVersion

SUBMISSIONS_A_MINUTE = 30
DRAFTS_A_MINUTE = 240


class AddressForm(forms.Form):
    """What a page says of itself beside the answer."""

    action = forms.UUIDField()
    number = forms.IntegerField(min_value=1, max_value=1_000_000)
    version = forms.UUIDField()


@login_required
@require_POST
def submit(request: AuthedRequest, code: UUID) -> HttpResponse:
    item, place = answered_item(request, code)
    address = AddressForm(request.POST)
    if not address.is_valid():
        return answer(request, item, place, problem=str(REFUSALS[Refusal.REVISED]))
    if not is_allowed("submit", request.user.pk, per_minute=SUBMISSIONS_A_MINUTE):
        return answer(request, item, place, problem=_("That was too fast. Wait a minute."))
    try:
        response = accept_response(typed(request))
    except Unreadable as error:
        return answer(request, item, place, problem=str(error))
    stored = submit_response(
        place.enrollment, item, Submission(response=response, **address.cleaned_data)
    )
    if isinstance(stored, Refusal):
        return answer(request, item, place, problem=str(REFUSALS[stored]))
    return answer(request, item, place, sent=stored)


@login_required
@require_safe
def answer_now(request: AuthedRequest, code: UUID) -> HttpResponse:
    """The answering part alone: asked for again while an attempt is being graded."""
    item, place = answered_item(request, code)
    return answer(request, item, place)


@login_required
@require_POST
def draft(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Keep what is typed, and say how it is read: of the stored answer only its kind is used."""
    item, place = answered_item(request, code)
    if not is_allowed("draft", request.user.pk, per_minute=DRAFTS_A_MINUTE):
        return HttpResponse(status=429)
    context: dict[str, object] = {}
    try:
        response = accept_draft(typed(request))
        Draft.objects.update_or_create(
            enrollment=place.enrollment, item=item, defaults={"response": response}
        )
        if response.strip():
            context["reading"] = entry_of(current_version(item)).read(response)
    except Unreadable as error:
        context["problem"] = sentence(str(error))
    return render(request, "attempts/_echo.html", context)


@login_required
@require_safe
def attempt(request: AuthedRequest, code: UUID) -> HttpResponse:
    """One attempt as it was handed in, with all that was judged of it."""
    found = get_object_or_404(
        Attempt.objects.visible_to(request.user).select_related(
            "grade__author", "version", "item__problem_set", "enrollment__user"
        ),
        code=code,
    )
    context = {"attempt": found, "changes": found.changes.select_related("author")}
    return render(request, "attempts/attempt.html", context)


def typed(request: HttpRequest) -> str:
    """The response; of several choices that are ticked, all."""
    return ", ".join(request.POST.getlist("response"))


def answered_item(request: AuthedRequest, code: UUID) -> tuple[Item, Place]:
    """The item and the student's place; a 404 for everybody who does not work on it."""
    items = Item.objects.visible_to(request.user).select_related("problem__current", "problem_set")
    item = get_object_or_404(items, code=code, problem__current__isnull=False)
    place = place_of(request.user, item)
    if place is None:
        raise Http404
    return item, place


def current_version(item: Item) -> ProblemVersion:
    version = item.problem.current
    assert version is not None  # noqa: S101  # `answered_item` asked for it
    return version


def answer(
    request: AuthedRequest,
    item: Item,
    place: Place,
    *,
    problem: str = "",
    sent: Attempt | None = None,
) -> HttpResponse:
    """The answering part for a page with scripts; else the whole page is asked for again."""
    if "HX-Request" not in request.headers:
        if problem:
            messages.error(request, problem)
        return redirect(f"{item.get_absolute_url()}#answer")
    answering = Answering(place, item, current_version(item))
    if problem:
        answering.typed = request.POST.getlist("response")
    context = {"item": item, "answering": answering, "problem": problem, "sent": sent}
    return render(request, "attempts/_answer.html", context)
