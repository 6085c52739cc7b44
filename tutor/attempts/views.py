from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.attempts.answering import (
    Answering,
    ItemAccess,
    access_for,
    access_from_practice,
    access_of_author,
    working_seen_by,
)
from tutor.attempts.forms import DecisionForm, ReviewForm
from tutor.attempts.models import Attempt, Draft, Practice, WorkingCheck
from tutor.attempts.responses import (
    Entry,
    Submission,
    accept_draft,
    accept_parts,
    accept_response,
    entries_of,
    entry_of,
    in_one,
)
from tutor.attempts.running_tests import HELD
from tutor.attempts.sittings import note_typing, settle_for, takes_drafts
from tutor.attempts.tasks import Refusal, submit_response
from tutor.attempts.wording import REFUSALS, sentence
from tutor.attempts.working import accept_lines, accept_working
from tutor.courses.clock import read_by_clock_of
from tutor.grading import Unreadable
from tutor.grading.multipart import LETTERS
from tutor.limits import at_the_cost_of, is_allowed, may_store, may_work
from tutor.problems.models import ProblemVersion
from tutor.text_gate import count_hidden

SUBMISSIONS_A_MINUTE = 30
DRAFTS_A_MINUTE = 240
TOO_LATE = HTTPStatus.CONFLICT  # a page that hears it does not say that the draft is saved
TOO_MUCH = gettext_lazy(
    "What you type takes very long to read. It is kept; in a minute you will see how it is read."
)
FULL = gettext_lazy(
    "You have reached today's limit of 20 MB of drafts and working. What you type now stays in "
    "this browser alone; answers without working are taken."
)


class SubmissionForm(forms.Form):
    """What a page says of itself beside the answer."""

    action = forms.UUIDField()
    number = forms.IntegerField(min_value=1, max_value=1_000_000)
    version = forms.UUIDField()


@login_required
@require_POST
def submit(request: AuthedRequest, **at: UUID) -> HttpResponse:
    item, place = answered_item(request, **at)
    address = SubmissionForm(request.POST)
    if not address.is_valid():
        return answer(request, item, place, problem=str(REFUSALS[Refusal.REVISED]))
    if not is_allowed("submit", request.user.pk, per_minute=SUBMISSIONS_A_MINUTE):
        return answer(request, item, place, problem=_("That was too fast. Wait a minute."))
    try:
        parts = accepted_parts(request, place.version_of(item))
        response = in_one(parts) if parts else accept_response(typed(request))
        working = accept_working(request.POST.get("working", ""))
    except Unreadable as error:
        return answer(request, item, place, problem=str(error))
    if working and not may_store(request.user.pk, response, *working):
        return answer(request, item, place, problem=str(FULL))
    said = address.cleaned_data
    hidden = sum(count_hidden(text) for _, texts in request.POST.lists() for text in texts)
    submission = Submission(response=response, working=working, parts=parts, hidden=hidden, **said)
    stored = submit_response(place.enrollment, item, submission, place.practice)
    if isinstance(stored, Refusal):
        if stored == Refusal.CLOSED and keeps_draft(place):
            keep_draft(request, item, place)  # it came a moment late, and is handed in all the same
            return answer(request, item, place)
        return answer(request, item, place, problem=str(REFUSALS[stored]))
    return answer(request, item, place, sent=stored)


@login_required
@require_safe
def answer_now(request: AuthedRequest, **at: UUID) -> HttpResponse:
    """The answering part alone: asked for again while an attempt is being graded."""
    settle_for(request.user)
    item, place = answered_item(request, **at)
    return answer(request, item, place)


@login_required
@require_POST
def draft(request: AuthedRequest, **at: UUID) -> HttpResponse:
    """Keep what is typed, and say how it is read: of the stored answer only its kind is used."""
    item, place = answered_item(request, **at)
    if not is_allowed("draft", request.user.pk, per_minute=DRAFTS_A_MINUTE):
        return HttpResponse(status=429)
    refused = keep_draft(request, item, place)
    if not keeps_draft(place):
        return render(
            request, "attempts/_echo.html", {"problem": refused.get("response")}, status=TOO_LATE
        )
    if place.is_held(item):
        return render(request, "attempts/_echo.html", {"problem": HELD})
    version = place.version_of(item)
    name, entry = "response", entry_of(version)
    entries = {
        f"part-{letter}": one for letter, one in zip(LETTERS, entries_of(version), strict=False)
    }
    if (part := request.GET.get("part", "")) in entries:
        name, entry = part, entries[part]
    context: dict[str, object] = {"problem": refused.get(name)}
    response = typed(request, name)
    if response.strip() and not context["problem"]:
        context |= _read(request, entry, response)
    return render(request, "attempts/_echo.html", context)


def _read(request: AuthedRequest, entry: Entry, response: str) -> dict[str, object]:
    if not may_work(request.user.pk):
        return {"problem": TOO_MUCH}
    try:
        with at_the_cost_of(request.user.pk):
            return {"reading": entry.read(response)}
    except Unreadable as error:
        return {"problem": sentence(str(error))}


@login_required
@require_safe
def attempt(request: AuthedRequest, code: UUID) -> HttpResponse:
    """One attempt as it was handed in, with all that was judged of it, and those beside it."""
    found = get_object_or_404(
        Attempt.with_practice.visible_to(request.user).select_related(
            *("grade__author", "version", "advice", "review__answered_by"),
            *("practice__enrollment__user", "practice__item"),
            *("item__problem_set", "item__problem__current"),
            *("enrollment__user", "enrollment__section"),
        ),
        code=code,
    )
    read_by_clock_of(found.enrollment.section)
    is_own = found.enrollment.user_id == request.user.pk
    place = access_of_author(found) if is_own else None
    if place and place.is_held(found.item):
        return redirect(place.page_of(found.item))
    if is_own and found.has_news:
        Attempt.with_practice.filter(pk=found.pk).update(has_news=False)
    context = {
        "attempt": found,
        "is_own": is_own,
        "sitting": place and place.assignment,
        "is_open": bool(place and place.terms.takes_answers_at(timezone.now())),
        "review": getattr(found, "review", None),
        "may_ask": found.may_be_reviewed_for(request.user),
        "changes": found.changes.select_related("author"),
        "others": Attempt.with_practice.of(
            found.enrollment, found.item, found.practice
        ).select_related("grade"),
        "assignment": Assignment.objects.filter(
            section=found.enrollment.section, problem_set=found.item.problem_set
        ).first(),
        # Practice earns nothing that a decision could change.
        "decision": None if is_own or found.practice else DecisionForm(attempt=found),
        "working": working_seen_by(request.user, found),
        "checks_count": 0 if is_own else checks_before(found),
    }
    return render(request, "attempts/attempt.html", context)


def checks_before(attempt: Attempt) -> int:
    checks = WorkingCheck.objects.filter(enrollment=attempt.enrollment, item=attempt.item)
    return checks.filter(version=attempt.version, checked_at__lte=attempt.submitted_at).count()


@login_required
@require_POST
def ask_for_review(request: AuthedRequest, code: UUID) -> HttpResponse:
    """A student's wish that a teacher looks at an attempt of theirs again."""
    mine = Attempt.objects.filter(enrollment__user=request.user)
    found = get_object_or_404(mine.visible_to(request.user).select_related("grade"), code=code)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say in a sentence what your teacher should look at."))
    elif found.may_be_reviewed_for(request.user):
        found.ask_for_review(form.cleaned_data["message"])
        messages.success(request, _("Your teacher will look at this attempt again."))
    return redirect(found)


@login_required
@require_POST
def decide(request: AuthedRequest, code: UUID) -> HttpResponse:
    """A teacher's word on an attempt of one of their students."""
    theirs = Attempt.objects.visible_to(request.user).exclude(enrollment__user=request.user)
    found = get_object_or_404(theirs.select_related("grade", "review"), code=code)
    form = DecisionForm(request.POST, attempt=found)
    if form.is_valid():
        form.save(request.user)
        messages.success(request, _("Decided. The student will be told."))
    else:
        messages.error(request, form.first_error)
    if "waiting" in request.POST:
        address = reverse("waiting", args=[found.enrollment.section.code])
        # From there the next press of Tab leads into the form of what comes next.
        again = "" if form.is_valid() else f"?attempt={found.code}"
        return redirect(f"{address}{again}#now")
    return redirect(found)


def typed(request: HttpRequest, name: str = "response") -> str:
    """The response; of several choices that are ticked, all."""
    return ", ".join(request.POST.getlist(name))


def typed_parts(request: HttpRequest, version: ProblemVersion) -> list[str]:
    """The responses to all parts; empty where the problem has none."""
    return [typed(request, f"part-{letter}") for letter in LETTERS[: len(version.parts)]]


def accepted_parts(request: HttpRequest, version: ProblemVersion) -> tuple[str, ...]:
    """Raises Unreadable."""
    return accept_parts(typed_parts(request, version)) if version.parts else ()


def keeps_draft(place: ItemAccess) -> bool:
    return place.practice is not None or takes_drafts(place.assignment)


def keep_draft(request: AuthedRequest, item: Item, place: ItemAccess) -> dict[str, str]:
    """Keep what is typed; says by field why something could not be kept."""
    if place.is_held(item):
        return dict.fromkeys(request.POST, str(HELD))
    if not keeps_draft(place):
        problem = _("Your time is over. What was saved by then is handed in.")
        return dict.fromkeys(request.POST, problem)
    if place.practice is None:
        note_typing(place.assignment)
    said: dict[str, tuple[Callable[[str], object], str]]
    said = {"response": (accept_draft, typed(request))}
    if "working" in request.POST:
        said["working"] = (accept_lines, request.POST["working"])
    kept: dict[str, object] = {}
    refused: dict[str, str] = {}
    for name, (accept, text) in said.items():
        try:
            kept[name] = accept(text)
        except Unreadable as error:
            refused[name] = str(error)
    parts = typed_parts(request, place.version_of(item))
    for n, text in enumerate(parts):
        try:
            accept_draft(text)
        except Unreadable as error:
            refused[f"part-{LETTERS[n]}"] = str(error)
            parts[n] = ""
    texts = [typed(request), request.POST.get("working", ""), *parts]
    if not may_store(request.user.pk, *texts):
        return dict.fromkeys(said, str(FULL)) | refused
    Draft.objects.update_or_create(
        enrollment=place.enrollment,
        item=item,
        practice=place.practice,
        defaults={**kept, "parts": parts},
    )
    return refused


def answered_item(
    request: AuthedRequest, code: UUID | None = None, practice: UUID | None = None
) -> tuple[Item, ItemAccess]:
    """The item and the student's place, by the code of the item or of practice at it.

    A 404 for everybody who does not work on it.
    """
    items = Item.objects.visible_to(request.user).filter(problem__current__isnull=False)
    items = items.select_related("problem__current", "problem_set")
    if practice is not None:
        mine = Practice.objects.filter(enrollment__user=request.user, item__in=items)
        mine = mine.select_related("enrollment__user", "version", "item__problem__current")
        begun = get_object_or_404(mine.select_related("item__problem_set"), code=practice)
        item, place = begun.item, access_from_practice(begun)
    else:
        item = get_object_or_404(items, code=code)
        place = access_for(request.user, item)
    if place is None:
        raise Http404
    read_by_clock_of(place.assignment.section)
    return item, place


def answer(
    request: AuthedRequest,
    item: Item,
    place: ItemAccess,
    *,
    problem: str = "",
    sent: Attempt | None = None,
) -> HttpResponse:
    """The answering part for a page with scripts; else the whole page is asked for again."""
    if "HX-Request" not in request.headers:
        if problem:
            messages.error(request, problem)
            keep_draft(request, item, place)
        return redirect(f"{place.page_of(item)}#answer")
    answering = Answering(place, item, place.version_of(item))
    if problem:
        answering.typed = request.POST.getlist("response") or [""]
        answering.typed_parts = typed_parts(request, answering.version)
        answering.working = request.POST.get("working", "")
    context = {"item": item, "answering": answering, "problem": problem, "sent": sent}
    response = render(request, "attempts/_answer.html", context)
    response["HX-Trigger"] = "answered"  # more help may be offered now
    return response
