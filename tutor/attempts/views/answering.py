"""A student's answer to an item or to a further variant: its draft, its submission."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.attempts.access import ItemAccess, requested_access
from tutor.attempts.answering import Answering
from tutor.attempts.drafts import (
    DRAFTS_A_MINUTE,
    FULL,
    store_draft,
    stores_draft,
    typed,
    typed_parts,
)
from tutor.attempts.models import Attempt
from tutor.attempts.refusals import REFUSALS
from tutor.attempts.responses import (
    Entry,
    Submission,
    accept_parts,
    accept_response,
    entries_of,
    entry_of,
    in_one,
)
from tutor.attempts.running_tests import HELD
from tutor.attempts.submitting import Refusal, settle_for, submit_response
from tutor.attempts.working.accepting import accept_working
from tutor.courses.models import Section
from tutor.grading import FeedbackCode, Unreadable
from tutor.grading.multipart import LETTERS
from tutor.limits import NoCpuLeft, is_allowed, limited_cpu_of, may_store
from tutor.problems.answer_figures import chosen_regions
from tutor.problems.drawing import FieldDrawing, RegionDrawing
from tutor.problems.labels import feedback_sentence
from tutor.problems.models import ProblemVersion
from tutor.text_gate import UnacceptableText, count_hidden

SUBMISSIONS_A_MINUTE = 30
TOO_LATE = HTTPStatus.CONFLICT  # then the page does not claim that the draft is saved
TOO_MUCH = gettext_lazy(
    "Your answer takes long to read. It is kept. In a minute you will see how Lemma reads it."
)


class SubmissionForm(forms.Form):
    """Fields beside the answer that say which attempt at which version this is."""

    action = forms.UUIDField()
    number = forms.IntegerField(min_value=1, max_value=1_000_000)
    version = forms.UUIDField()


class PendingForm(forms.Form):
    pending = forms.UUIDField()


class EarlierForm(forms.Form):
    """before: how many of the first attempts to look among."""

    before = forms.IntegerField(min_value=0)


@login_required
@require_POST
def submit(request: AuthedRequest, **codes: UUID) -> HttpResponse:
    access = requested_access(request, **codes)
    form = SubmissionForm(request.POST)
    if not form.is_valid():
        return show_answer(request, access, problem=str(REFUSALS[Refusal.REVISED]))
    if not is_allowed("submit", request.user.pk, per_minute=SUBMISSIONS_A_MINUTE):
        return show_answer(request, access, problem=_("That was too fast. Wait a minute."))
    try:
        submission = _submission(request, access, form)
    except UnacceptableText as error:
        return show_answer(request, access, problem=str(error))
    texts = (submission.response, *submission.working)
    # Whose drafts have filled the day may still answer, without working.
    if not may_store(request.user.pk, *texts, days=1 if submission.working else 2):
        return show_answer(request, access, problem=str(FULL))
    result = submit_response(access.enrollment, access.item, submission, access.practice)
    if isinstance(result, Attempt):
        return show_answer(request, access, sent=result)
    if result == Refusal.CLOSED and stores_draft(access):
        store_draft(request, access)  # just too late: it will be submitted with the other drafts
        return show_answer(request, access)
    return show_answer(request, access, problem=str(REFUSALS[result]))


def _submission(request: HttpRequest, access: ItemAccess, form: SubmissionForm) -> Submission:
    """Raises UnacceptableText."""
    parts = accepted_parts(request, access.version)
    working = accept_working(request.POST.get("working", ""))
    response = in_one(parts) if parts else accept_response(_response(request, access, working))
    hidden = sum(count_hidden(text) for _, texts in request.POST.lists() for text in texts)
    return Submission(
        response=response, working=working, parts=parts, hidden=hidden, **form.cleaned_data
    )


@login_required
@require_safe
def answer_now(request: AuthedRequest, **codes: UUID) -> HttpResponse:
    """Only the answering part, for a page that waits for a grade.

    While there is none, little is made: a class that waits would slow down what it waits for.
    """
    if (pending := _pending(request)) is not None:
        return _asks_again(request, pending)
    settle_for(request.user)
    return show_answer(request, requested_access(request, **codes))


@login_required
@require_safe
def earlier(request: AuthedRequest, **codes: UUID) -> HttpResponse:
    """Attempts before those on the page, a few at a time: a piece for htmx, else a page."""
    access = requested_access(request, **codes)
    form = EarlierForm(request.GET)
    if access.is_held or not form.is_valid():
        return redirect(access)
    answering = Answering(access)
    earlier = answering.earlier_than(min(form.cleaned_data["before"], answering.earlier_count))
    is_piece = "HX-Request" in request.headers
    template = "attempts/_earlier.html" if is_piece else "attempts/earlier.html"
    context = {"access": access, "answering": answering, "earlier": earlier}
    return render(request, template, context)


def _pending(request: AuthedRequest) -> Attempt | None:
    """The own attempt for which the page waits, if it has no grade yet."""
    form = PendingForm(request.GET)
    if not form.is_valid():
        return None
    own = Attempt.with_practice.pending().filter(enrollment__user=request.user)
    return own.filter(code=form.cleaned_data["pending"]).first()


def _asks_again(request: AuthedRequest, attempt: Attempt) -> HttpResponse:
    context = {"attempt": attempt, "url": request.path}
    response = render(request, "attempts/_asks_again.html", context)
    response["HX-Retarget"] = "#asks-again"
    return response


@login_required
@require_POST
def draft(request: AuthedRequest, **codes: UUID) -> HttpResponse:
    """Store what is typed, and show how it is read, which uses only the stored answer's kind."""
    access = requested_access(request, **codes)
    if not is_allowed("draft", request.user.pk, per_minute=DRAFTS_A_MINUTE):
        return HttpResponse(status=429)
    refused = store_draft(request, access)
    if not stores_draft(access):
        context: dict[str, object] = {"problem": refused.get("response")}
        return render(request, "attempts/_echo.html", context, status=TOO_LATE)
    if access.is_held:
        return render(request, "attempts/_echo.html", {"problem": HELD})
    return show_reading(request, access.version, access.assignment.section, refused)


def show_reading(
    request: AuthedRequest,
    version: ProblemVersion,
    section: Section,
    refused: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponse:
    """How what is typed is read; nothing is stored.

    refused: why a field is not accepted, by its name.
    """
    name, entry = typed_field(request, version, section)
    context: dict[str, object] = {"problem": refused.get(name)}
    response = typed(request, name)
    if response.strip() and not context["problem"]:
        context |= _read(request, entry, response)
    return render(request, "attempts/_echo.html", context)


def typed_field(
    request: HttpRequest, version: ProblemVersion, section: Section
) -> tuple[str, Entry]:
    """The field in which the student types; the page names it if there are parts."""
    part = request.GET.get("part", "")
    for letter, entry in zip(LETTERS, entries_of(version, section), strict=False):
        if part == f"part-{letter}":
            return part, entry
    return "response", entry_of(version, section)


def _read(request: AuthedRequest, entry: Entry, response: str) -> dict[str, object]:
    try:
        with limited_cpu_of(request.user.pk):
            return _reading(entry, response) | _choice(entry, response)
    except NoCpuLeft:
        return {"problem": TOO_MUCH}
    except Unreadable as error:
        is_unread = error.feedback.code == FeedbackCode.UNREAD
        sentence = _("Lemma cannot read this yet.") if is_unread else None
        return {
            "problem": sentence or feedback_sentence(error.feedback),
            "meant": error.feedback.meant,
        }


def _reading(entry: Entry, response: str) -> dict[str, object]:
    """Raises Unreadable for anything but an answer that breaks off."""
    try:
        reading = entry.read(response)
    except Unreadable as error:
        if error.feedback.code != FeedbackCode.BREAKS_OFF:
            raise
        problem = feedback_sentence(error.feedback)
        return {"problem": problem, "beginning": entry.read_beginning(response)}
    question, meant = entry.asks(response), entry.meant(response)
    return {
        "reading": reading,
        "shown": entry.with_or(reading),
        "question": question,
        "meant": meant,
    }


def _choice(entry: Entry, response: str) -> dict[str, object]:
    """The regions of a picture that the response chooses, if it has any to choose."""
    if not isinstance(entry.drawing, RegionDrawing | FieldDrawing):
        return {}
    return {"has_regions": True, "chosen": chosen_regions(entry.drawing, response)}


def _response(request: HttpRequest, access: ItemAccess, working: Sequence[str]) -> str:
    """What is typed, or the answer in the last line of working, if that is what was handed in."""
    if "last_line" not in request.POST or not working:
        return typed(request)
    return entry_of(access.version).in_line(working[-1])


def accepted_parts(request: HttpRequest, version: ProblemVersion) -> tuple[str, ...]:
    """Raises UnacceptableText."""
    return accept_parts(typed_parts(request, version)) if version.parts else ()


def show_answer(
    request: AuthedRequest, access: ItemAccess, *, problem: str = "", sent: Attempt | None = None
) -> HttpResponse:
    """The answering part for htmx; otherwise a redirect to the whole page."""
    if "HX-Request" not in request.headers:
        if problem:
            messages.error(request, problem)
            store_draft(request, access)
        return redirect(f"{access.get_absolute_url()}#answer")
    answering = Answering(access)
    if problem:
        answering.typed = request.POST.getlist("response") or [""]
        answering.typed_parts = typed_parts(request, answering.version)
        answering.working = request.POST.get("working", "")
    context = {"item": access.item, "answering": answering, "problem": problem, "sent": sent}
    response = render(request, "attempts/_answer.html", context)
    response["HX-Trigger"] = "answered"  # more help may be offered now
    return response
