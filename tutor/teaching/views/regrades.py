"""Regrading a problem: what would change, and how far an ordered regrade is."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.assignments.models import Assignment, Item
from tutor.courses.models import Section
from tutor.limits import is_allowed
from tutor.problems.models import Problem, ProblemVersion
from tutor.teaching.forms import RegradeForm
from tutor.teaching.models import Regrade
from tutor.teaching.regrading import DryRun, Effect, Regrader, attempts_at, dry_run
from tutor.teaching.students import name_of
from tutor.teaching.tasks import start_regrade

DRY_RUNS_A_MINUTE = 20
MAX_WAYS_BACK = 5


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def regrade_problem(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Show a dry run; the form can then order the regrade."""
    problem = get_object_or_404(
        Problem.objects.visible_to(request.user).select_related("current"),
        code=code,
        current__isnull=False,
    )
    version = problem.current
    assert version is not None  # noqa: S101  # required above
    form = RegradeForm(request.POST if request.method == "POST" else request.GET or None)
    is_valid = form.is_valid()
    if request.POST.get("action") == "apply" and is_valid and form.has_reason():
        return redirect(ordered_regrade(version, form, request.user))
    context = {
        "problem": problem,
        "form": form,
        "run": dry_run_context(request, version, form) if is_valid or not form.is_bound else None,
        "earlier": visible_regrades(request.user).filter(problem=problem)[:10],
    }
    return render(request, "teaching/regrade_problem.html", context)


def ordered_regrade(version: ProblemVersion, form: RegradeForm, teacher: User) -> Regrade:
    """Of the attempts in the teacher's own sections."""
    sections = Section.objects.managed_by(teacher)
    return start_regrade(
        version,
        sections.filter(enrollments__attempts__item__problem=version.problem).distinct(),
        teacher,
        form.cleaned_data["reason"],
        never_lower=form.cleaned_data["never_lower"],
        other_wordings=form.cleaned_data["other_wordings"],
    )


def dry_run_context(
    request: AuthedRequest, version: ProblemVersion, form: RegradeForm
) -> dict[str, object] | None:
    """The dry run as the page shows it; None if somebody asks for it too often."""
    if not is_allowed("dry-run", request.user.pk, per_minute=DRY_RUNS_A_MINUTE):
        messages.error(request, _("That was too fast. Wait a minute."))
        return None
    attempts = attempts_at(version.problem, Section.objects.managed_by(request.user))
    result = dry_run(
        attempts,
        Regrader(version, form.chosen("other_wordings")),
        never_lower=form.chosen("never_lower"),
    )
    return shown_run(result)


def shown_run(result: DryRun) -> dict[str, object]:
    return {
        "result": result,
        "changed": [(outcome, name_of(outcome.attempt.enrollment)) for outcome in result.changed],
        "unlowered": [
            (outcome, name_of(outcome.attempt.enrollment)) for outcome in result.unlowered
        ],
        "unchanged": unchanged_reasons(result),
    }


def unchanged_reasons(result: DryRun) -> list[tuple[str, int]]:
    """Why attempts stay as they are, with the number for each reason."""
    reasons = {
        Effect.SAME: _("keep the same grade"),
        Effect.BY_HAND: _("were decided by a teacher and do not change"),
        Effect.LOWER: _("would lose points, so their grade stays"),
        Effect.REWORDED: _("answer an earlier wording of the question"),
        Effect.PENDING: _("are still being graded"),
        Effect.UNTRIED: _("did not fit into this preview, but will be graded"),
    }
    return [
        (reason, result.counts[effect])
        for effect, reason in reasons.items()
        if result.counts[effect]
    ]


@login_required
@require_safe
def regrade_progress(request: AuthedRequest, code: UUID) -> HttpResponse:
    """How far a regrade is; the page polls until it is finished."""
    regrade = get_object_or_404(
        visible_regrades(request.user).select_related("problem__current", "author"), code=code
    )
    template = (
        "teaching/_regrade.html" if "HX-Request" in request.headers else "teaching/regrade.html"
    )
    context = {"regrade": regrade, "back": back_to(request), "answered": answered_in(regrade)}
    return render(request, template, context)


def back_to(request: AuthedRequest) -> str:
    """The query of the page on which to change the right answer back; empty if it is not known."""
    values = {name: text for name, text in request.GET.items() if name.startswith("answer")}
    return urlencode(values | {"back": "1"}) if values else ""


def answered_in(regrade: Regrade) -> list[tuple[Assignment, Item]]:
    """The problem in the assignments of the classes that were regraded."""
    given = Assignment.objects.filter(section__in=regrade.sections.all())
    rows = given.filter(problem_set__items__problem=regrade.problem).distinct()
    items = {item.problem_set_id: item for item in Item.objects.filter(problem=regrade.problem)}
    rows = rows.select_related("problem_set", "section__course").order_by("-due_at", "pk")
    return [(row, items[row.problem_set_id]) for row in rows[:MAX_WAYS_BACK]]


def visible_regrades(user: User) -> QuerySet[Regrade]:
    """A person's own regrades; all of them for an administrator."""
    regrades = Regrade.objects.all()
    return regrades if user.is_superuser else regrades.filter(author=user)
