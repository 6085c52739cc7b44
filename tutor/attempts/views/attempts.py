"""The page of one attempt: its grades, a request for a review, a teacher's decision."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.access import as_code
from tutor.assignments.models import Assignment
from tutor.attempts.access import access_of_author
from tutor.attempts.forms import DecisionForm, ReviewForm
from tutor.attempts.models import Attempt, AttemptQuerySet, WorkingCheck, count_attempts
from tutor.attempts.news import note_news_read
from tutor.attempts.sealing import seal, sealed_sets, when_told
from tutor.attempts.working.check_visibility import sees_mistake
from tutor.attempts.working.shown_working import working_seen_by
from tutor.courses.access import may_manage
from tutor.courses.clock import read_by_clock_of

MAX_ALIKE = 100  # decided at once
ATTEMPTS_A_PAGE = 20
MAX_LINKS = 10  # to what was decided, in the message about it
SHOWN_WITH_ATTEMPT = (
    "grade__author",
    "version",
    "advice",
    "review__answered_by",
    "practice__enrollment__user",
    "practice__item",
    "item__problem_set",
    "item__problem__current",
    "enrollment__user",
    "enrollment__section",
)


@login_required
@require_safe
def attempt(request: AuthedRequest, code: UUID) -> HttpResponse:
    """One attempt as it was submitted, with its grades, and the other attempts beside it."""
    attempts = Attempt.with_practice.visible_to(request.user).select_related(*SHOWN_WITH_ATTEMPT)
    attempt = get_object_or_404(attempts, code=code)
    read_by_clock_of(attempt.enrollment.section)
    is_own = attempt.enrollment.user_id == request.user.pk
    access = access_of_author(attempt) if is_own else None
    if access and access.is_held:
        return redirect(access)
    if is_own:
        seal(request.user.pk, [attempt])
        if attempt.has_news:
            note_news_read(attempt)
    context = {
        **_surroundings(attempt, request.GET.get("page"), is_own=is_own),
        "attempt": attempt,
        "is_own": is_own,
        "sitting": access and access.assignment,
        "when_told": when_told(access.assignment) if access else "",
        "is_open": bool(access and access.terms.takes_answers_at(timezone.now())),
        "is_asking": "ask" in request.GET,
        "may_ask": attempt.may_be_reviewed_for(request.user),
        # Practice earns nothing that a decision could change.
        "decision": None if is_own or attempt.practice else DecisionForm(attempt=attempt),
        "working": working_seen_by(request.user, attempt),
        "shows_mistake": sees_mistake(request.user, attempt),
        "is_key_doubted": not is_own and _is_key_doubted(request.user, attempt),
        "checks_count": 0 if is_own else checks_before(attempt),
    }
    return render(request, "attempts/attempt.html", context)


def _is_key_doubted(user: User, attempt: Attempt) -> bool:
    return attempt.contradicts_key and may_manage(user, attempt.enrollment.section)


def _surroundings(attempt: Attempt, page: str | None, *, is_own: bool) -> dict[str, object]:
    """What the page shows beside an attempt, to its student or to a teacher."""
    count_attempts([attempt], earlier=_costing_before(attempt, is_own=is_own))
    assignments = Assignment.objects.filter(section=attempt.enrollment.section)
    return {
        "review": None if attempt.is_sealed else getattr(attempt, "review", None),
        "changes": () if attempt.is_sealed else attempt.changes.select_related("author"),
        "page": _others(attempt, page, is_own=is_own),
        "assignment": assignments.with_item(attempt.item).first(),
    }


def _beside(attempt: Attempt) -> AttemptQuerySet:
    return Attempt.with_practice.of(attempt.enrollment, attempt.item, attempt.practice)


def _costing_before(attempt: Attempt, *, is_own: bool) -> int:
    """How many of the attempts before it cost one, as the reader may know it."""
    earlier = _beside(attempt).before(attempt)
    if not is_own or attempt.item.problem_set_id not in sealed_sets(attempt.enrollment.user_id):
        return earlier.costing().count()
    rows = list(earlier.select_related("grade", "item").defer("working", "checks"))
    seal(attempt.enrollment.user_id, rows)
    return sum(row.costs_attempt for row in rows)


def _others(attempt: Attempt, page: str | None, *, is_own: bool) -> Page[Attempt]:
    """A page of all attempts at the same, the newest first; by default that of this one."""
    beside = _beside(attempt)
    newest = beside.select_related("grade", "item").defer("working", "checks", "reading")
    pages = Paginator(newest.order_by("-number"), ATTEMPTS_A_PAGE)
    newer = beside.filter(number__gt=attempt.number).count() if page is None else 0
    shown = pages.get_page(page or newer // ATTEMPTS_A_PAGE + 1)
    rows = shown.object_list = list(shown)
    if is_own:
        seal(attempt.enrollment.user_id, rows)
    count_attempts(rows, earlier=_costing_before(rows[-1], is_own=is_own))
    return shown


def checks_before(attempt: Attempt) -> int:
    """How often the student had their working checked before this attempt."""
    checks = WorkingCheck.objects.filter(enrollment=attempt.enrollment, item=attempt.item)
    return checks.filter(version=attempt.version, checked_at__lte=attempt.submitted_at).count()


@login_required
@require_POST
def ask_for_review(request: AuthedRequest, code: UUID) -> HttpResponse:
    """A student asks a teacher to look at one of their own attempts again."""
    own = Attempt.objects.filter(enrollment__user=request.user).visible_to(request.user)
    attempt = get_object_or_404(own.select_related("grade", "item"), code=code)
    seal(request.user.pk, [attempt])
    form = ReviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write in a sentence what your teacher should look at."))
    elif attempt.may_be_reviewed_for(request.user):
        attempt.ask_for_review(form.cleaned_data["message"])
        messages.success(request, _("Your teacher will look at this attempt again."))
    return redirect(attempt)


def tell_decided(request: AuthedRequest, attempts: Sequence[Attempt]) -> None:
    """That they are graded, with links to look at them again."""
    count = len(attempts)
    users = [(row, row.enrollment.user) for row in attempts[:MAX_LINKS]]
    named = [(row.get_absolute_url(), user.get_full_name() or user.username) for row, user in users]
    links = format_html_join(", ", '<a href="{}"><bdi>{}</bdi></a>', named)
    if count == 1:
        text = format_html(_("Saved. {name} will see it."), name=links)
    else:
        saved = _("Saved. %(n)d students will see it.") % {"n": count}
        text = format_html("{} {}", saved, links)
    messages.success(request, text)


def decide_alike(request: AuthedRequest, waiting: AttemptQuerySet) -> list[Attempt]:
    """The same grade for the answers that are ticked beside an attempt; which they were."""
    codes = [code for code in map(as_code, request.POST.getlist("also")[:MAX_ALIKE]) if code]
    related = ("grade", "review", "version", "enrollment__user")
    attempts = waiting.filter(code__in=codes).select_related(*related)
    forms = [DecisionForm(request.POST, attempt=attempt) for attempt in attempts]
    valid = [form for form in forms if form.is_valid()]
    for form in valid:
        form.save(request.user)
    return [form.attempt for form in valid]


@login_required
@require_POST
def decide(request: AuthedRequest, code: UUID) -> HttpResponse:
    """A teacher grades an attempt of one of their students."""
    of_students = Attempt.objects.visible_to(request.user).exclude(enrollment__user=request.user)
    attempt = get_object_or_404(of_students.select_related("grade", "review"), code=code)
    form = DecisionForm(request.POST, attempt=attempt)
    if form.is_valid():
        form.save(request.user)
        others = decide_alike(request, of_students.waiting().filter(item=attempt.item_id))
        tell_decided(request, [attempt, *others])
    else:
        messages.error(request, form.first_error)
    if "waiting" in request.POST:
        address = reverse("waiting", args=[attempt.enrollment.section.code])
        # From there the next press of Tab leads into the form of what comes next.
        again = "" if form.is_valid() else f"?attempt={attempt.code}"
        return redirect(f"{address}{again}#now")
    return redirect(attempt)
