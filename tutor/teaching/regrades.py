"""The pages of regrading: what would change, the order, how far it is."""

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
from tutor.courses.models import Section
from tutor.limits import is_allowed
from tutor.problems.models import Problem, ProblemVersion
from tutor.teaching.forms import RegradeForm
from tutor.teaching.gradebook import name_of
from tutor.teaching.models import Regrade
from tutor.teaching.regrading import DryRun, Effect, Judge, attempts_at, dry_run
from tutor.teaching.tasks import start_regrade

DRY_RUNS_A_MINUTE = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def regrade_problem(request: AuthedRequest, code: UUID) -> HttpResponse:
    """A dry run, always; its form orders the same in earnest."""
    problem = get_object_or_404(
        Problem.objects.visible_to(request.user).select_related("current"),
        code=code,
        current__isnull=False,
    )
    version = problem.current
    assert version is not None  # noqa: S101  # asked for above
    form = RegradeForm(request.POST if request.method == "POST" else request.GET or None)
    is_valid = form.is_valid()
    sections = Section.objects.managed_by(request.user)
    if request.POST.get("action") == "apply" and is_valid and form.has_reason():
        regrade = start_regrade(
            version,
            sections.filter(enrollments__attempts__item__problem=problem).distinct(),
            request.user,
            form.cleaned_data["reason"],
            never_lower=form.cleaned_data["never_lower"],
            other_wordings=form.cleaned_data["other_wordings"],
        )
        return redirect(regrade)
    context = {
        "problem": problem,
        "form": form,
        "run": tried(request, version, form) if is_valid or not form.is_bound else None,
        "earlier": visible_regrades(request.user).filter(problem=problem)[:10],
    }
    return render(request, "teaching/regrade_problem.html", context)


def tried(
    request: AuthedRequest, version: ProblemVersion, form: RegradeForm
) -> dict[str, object] | None:
    """The dry run as the page shows it; None where somebody asks for it too often."""
    if not is_allowed("dry-run", request.user.pk, per_minute=DRY_RUNS_A_MINUTE):
        messages.error(request, _("That was too fast. Wait a minute."))
        return None
    attempts = attempts_at(version.problem, Section.objects.managed_by(request.user))
    found = dry_run(
        attempts,
        Judge(version, form.chosen("other_wordings")),
        never_lower=form.chosen("never_lower"),
    )
    return {
        "found": found,
        "changed": [(one, name_of(one.attempt.enrollment)) for one in found.changed],
        "kept": kept_in(found),
    }


def kept_in(found: DryRun) -> list[tuple[str, int]]:
    """Why the others stay as they are, and how many of each."""
    reasons = {
        Effect.SAME: _("are judged as before"),
        Effect.BY_HAND: _("were decided by a teacher, and stay so"),
        Effect.LOWER: _("would lose points, and keep them"),
        Effect.REWORDED: _("answer a question that was put differently"),
        Effect.PENDING: _("are still being checked"),
        Effect.UNTRIED: _("were not reached in time here, and will be when it is done in earnest"),
    }
    return [
        (reason, found.counts[effect]) for effect, reason in reasons.items() if found.counts[effect]
    ]


@login_required
@require_safe
def regrade(request: AuthedRequest, code: UUID) -> HttpResponse:
    """How far it is; the part of it that changes is asked for again until it is finished."""
    found = get_object_or_404(
        visible_regrades(request.user).select_related("problem__current", "author"), code=code
    )
    template = (
        "teaching/_regrade.html" if "HX-Request" in request.headers else "teaching/regrade.html"
    )
    return render(request, template, {"regrade": found})


def visible_regrades(user: User) -> QuerySet[Regrade]:
    """One's own orders; for an administrator all."""
    everything = Regrade.objects.all()
    return everything if user.is_superuser else everything.filter(author=user)
