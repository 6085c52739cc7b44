"""Pages about a student's lines of working before they are submitted: draft, reading, check."""

import secrets
from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.attempts.access import ItemAccess, requested_access
from tutor.attempts.drafts import DRAFTS_A_MINUTE, store_draft, stores_draft, typed
from tutor.attempts.models import Attempt, WorkingCheck
from tutor.attempts.running_tests import HELD
from tutor.attempts.sealing import seal
from tutor.attempts.views.answering import TOO_LATE, TOO_MUCH
from tutor.attempts.working.accepting import accept_working
from tutor.attempts.working.check_visibility import (
    NOTHING,
    CheckVisibility,
    visibility_for,
    visible_mark_count,
)
from tutor.attempts.working.checking import check_whole, ran_out_of_time, weigh_checks
from tutor.attempts.working.decimal_commas import has_decimal_comma
from tutor.attempts.working.shown_working import Working, working_seen_by
from tutor.courses.clock import read_by_clock_of
from tutor.courses.models import Section
from tutor.grading.check_process.client import UNCHECKED, warm_up_for_lines
from tutor.grading.check_process.line_reader import LineReader
from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.unfinished import of_unfinished
from tutor.limits import NoCpuLeft, is_allowed, limited_cpu_of, may_store, next_minute_in_s
from tutor.problems.models import ProblemVersion
from tutor.text_gate import UnacceptableText

CHECKS_A_MINUTE = 30
MAX_CHECK_WORK_S = 2.0  # for all lines
TOO_OFTEN = gettext_lazy("You checked too often. Wait a minute, then check again.")
TOO_OFTEN_NOW = gettext_lazy(
    "You checked too often. Lemma checks these lines by itself within a minute."
)
TOO_SLOW = gettext_lazy("The check did not finish in time. Try again in a moment.")
TOO_SLOW_NOW = gettext_lazy(
    "The check did not finish in time. Lemma tries again by itself in a moment."
)
TOO_SLOW_AGAIN_IN_S = 10
MAX_DELAY_S = 5  # by which those who wait for the same minute come one after another


@login_required
@require_POST
def working_draft(request: AuthedRequest, **codes: UUID) -> HttpResponse:
    """Store the lines that are typed, and show how each is read."""
    access = requested_access(request, **codes)
    if not is_allowed("draft", request.user.pk, per_minute=DRAFTS_A_MINUTE):
        return HttpResponse(status=429)
    problem = store_draft(request, access).get("working", "")
    response = show_readings(request, access.version, access.assignment.section, problem)
    response.status_code = HTTPStatus.OK if stores_draft(access) else TOO_LATE
    return response


def show_readings(
    request: AuthedRequest, version: ProblemVersion, section: Section, problem: str = ""
) -> HttpResponse:
    """How each line is read; nothing is stored. problem: why the lines are not kept."""
    warm_up_for_lines()  # a check will soon follow
    context: dict[str, object] = {}
    try:
        lines = accept_working(request.POST.get("working", ""))
        context["working"] = _read(request, lines, version, section)
    except NoCpuLeft:
        problem = problem or str(TOO_MUCH)
    except UnacceptableText as error:
        problem = str(error)
    context["problem"] = problem
    return render(request, "attempts/_readings.html", context)


@login_required
@require_POST
def check(request: AuthedRequest, **codes: UUID) -> HttpResponse:
    """Check the lines, which costs no attempt: a fragment for htmx, else a page."""
    access = requested_access(request, **codes)
    context: dict[str, object] = {
        "page": access.get_absolute_url(),
        "version": access.version,
        "sitting": access.assignment,
    }
    store_draft(request, access)
    return show_check(request, context, partial(_check_lines, request, access))


def show_check(
    request: AuthedRequest, context: dict[str, object], check_lines: Callable[[], Working]
) -> HttpResponse:
    """What came of a check, or why there is none. check_lines: may raise what is caught here."""
    try:
        context["working"] = check_lines()
    except CheckPostponed as error:
        context |= {"problem": str(error), "later": error.later, "again_in_s": error.again_in_s}
    except (UnacceptableText, CheckUnavailable) as error:
        context["problem"] = str(error)
    except NoCpuLeft:
        context |= {"problem": TOO_OFTEN, "later": TOO_OFTEN_NOW, "again_in_s": _next_minute_in_s()}
    is_piece = "HX-Request" in request.headers
    return render(request, "attempts/_check.html" if is_piece else "attempts/check.html", context)


@login_required
@require_safe
def attempt_working(request: AuthedRequest, code: UUID) -> HttpResponse:
    """The working of an attempt alone, which its page requests again until it is checked."""
    attempts = Attempt.with_practice.visible_to(request.user).select_related(
        "version",
        "item__problem__current",
        "practice__enrollment__user",
        "enrollment__user",
        "enrollment__section",
    )
    attempt = get_object_or_404(attempts, code=code)
    read_by_clock_of(attempt.enrollment.section)
    if attempt.enrollment.user_id == request.user.pk:
        seal(request.user.pk, [attempt])
    context = {
        "attempt": attempt,
        "working": working_seen_by(request.user, attempt),
        "exact_terms": request.user != attempt.enrollment.user,
    }
    return render(request, "attempts/_working.html", context)


def _read(
    request: AuthedRequest, lines: Sequence[str], version: ProblemVersion, section: Section
) -> Working:
    with limited_cpu_of(request.user.pk):
        reader = LineReader(decimal_comma=has_decimal_comma(version, section))
        return Working(lines, None, reader=reader, visibility=NOTHING)


class CheckedLines(NamedTuple):
    lines: Sequence[str]
    checks: list[StepCheck]
    working: Working


class CheckUnavailable(Exception):
    """Lines cannot be checked now; says why in a sentence for the student."""


class CheckPostponed(CheckUnavailable):
    """Lines can be checked a little later.

    later: what a page says that asks again by itself, after again_in_s.
    """

    def __init__(self, problem: Promise, later: Promise, again_in_s: int) -> None:
        super().__init__(problem)
        self.later, self.again_in_s = later, again_in_s


def _next_minute_in_s() -> int:
    return next_minute_in_s() + secrets.randbelow(MAX_DELAY_S)


def _why_withheld(when: str) -> str:
    if not when:
        return _("Working is not checked here. Your teacher sees it with your answer.")
    return _("Working is not checked here yet. It can be checked %(when)s.") % {"when": when}


def _require_check(
    request: AuthedRequest, visibility: CheckVisibility, lines: Sequence[str]
) -> None:
    """Raises CheckUnavailable."""
    if not visibility.marks:
        raise CheckUnavailable(_why_withheld(visibility.when))
    if not lines:
        raise CheckUnavailable(_("There are no lines to check yet."))
    if not is_allowed("check", request.user.pk, per_minute=CHECKS_A_MINUTE):
        raise CheckPostponed(TOO_OFTEN, TOO_OFTEN_NOW, _next_minute_in_s())


def _check_lines(request: AuthedRequest, access: ItemAccess) -> Working:
    """Check a student's lines, and record the check."""
    if access.is_held:
        raise CheckUnavailable(str(HELD))
    visibility = visibility_for(access, list(access.attempts))
    checked = checked_lines(request, access.version, access.assignment.section, visibility)
    record_check(access, checked.lines, checked.checks)
    return checked.working


def checked_lines(
    request: AuthedRequest, version: ProblemVersion, section: Section, visibility: CheckVisibility
) -> CheckedLines:
    """The lines that were sent, as far as they may be checked; nothing is recorded.

    Raises CheckUnavailable, UnacceptableText, NoCpuLeft.
    """
    decimal_comma = has_decimal_comma(version, section)
    lines = accept_working(request.POST.get("working", ""))
    _require_check(request, visibility, lines)
    with limited_cpu_of(request.user.pk):
        # Withheld lines are not even checked: the time that it takes could reveal something.
        count = visible_mark_count(lines, version, visibility, decimal_comma=decimal_comma)
        checks = check_whole(lines[:count], version, MAX_CHECK_WORK_S, decimal_comma=decimal_comma)
        if ran_out_of_time(lines[:count], checks):
            raise CheckPostponed(TOO_SLOW, TOO_SLOW_NOW, TOO_SLOW_AGAIN_IN_S)
        is_finished = bool(typed(request).strip())
        if visibility.bare_values:
            checks = weigh_checks(
                lines,
                checks,
                version,
                is_finished=is_finished,
                decimal_comma=decimal_comma,
            )
        checks = checks if is_finished else of_unfinished(checks)
        checks += [UNCHECKED for _ in lines[count:]]
        reader = LineReader(decimal_comma=decimal_comma)
        working = Working(
            lines, checks, reader=reader, visibility=visibility, visible_mark_count=count
        )
    return CheckedLines(lines, checks, working)


def record_check(access: ItemAccess, lines: Sequence[str], checks: Sequence[StepCheck]) -> None:
    """Record the check for the teacher: in the latest record, if only lines were added below."""
    refuted = (number for number, check in enumerate(checks, start=1) if check.refuted)
    keys = {"enrollment": access.enrollment, "item": access.item, "version": access.version}
    last = WorkingCheck.objects.filter(**keys).last()
    if last is not None and tuple(last.lines) == tuple(lines):
        return
    stored = list(lines) if may_store(access.enrollment.user_id, *lines) else []
    check = {"lines": stored, "failing": next(refuted, 0)}
    if last is not None and last.lines and stored[: len(last.lines)] == last.lines:
        WorkingCheck.objects.filter(pk=last.pk).update(**check, checked_at=timezone.now())
    else:
        WorkingCheck.objects.create(**keys, **check)
