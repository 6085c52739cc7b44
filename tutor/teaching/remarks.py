"""The pages of marking again: what would change, the order, how far it is."""

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
from tutor.teaching.forms import RemarkForm
from tutor.teaching.gradebook import name_of
from tutor.teaching.models import Remark
from tutor.teaching.remarking import DryRun, Effect, Judge, attempts_at, dry_run
from tutor.teaching.tasks import start_remark

DRY_RUNS_A_MINUTE = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mark_again(request: AuthedRequest, code: UUID) -> HttpResponse:
    """A dry run, always; its form orders the same in earnest."""
    problem = get_object_or_404(
        Problem.objects.visible_to(request.user).select_related("current"),
        code=code,
        current__isnull=False,
    )
    version = problem.current
    assert version is not None  # noqa: S101  # asked for above
    form = RemarkForm(request.POST if request.method == "POST" else request.GET or None)
    is_valid = form.is_valid()
    sections = Section.objects.managed_by(request.user)
    if request.POST.get("action") == "apply" and is_valid and form.has_reason():
        remark = start_remark(
            version,
            sections.filter(enrollments__attempts__item__problem=problem).distinct(),
            request.user,
            form.cleaned_data["reason"],
            never_lower=form.cleaned_data["never_lower"],
            other_wordings=form.cleaned_data["other_wordings"],
        )
        return redirect(remark)
    context = {
        "problem": problem,
        "form": form,
        "run": tried(request, version, form) if is_valid or not form.is_bound else None,
        "earlier": visible_remarks(request.user).filter(problem=problem)[:10],
    }
    return render(request, "teaching/mark_again.html", context)


def tried(
    request: AuthedRequest, version: ProblemVersion, form: RemarkForm
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
def remark(request: AuthedRequest, code: UUID) -> HttpResponse:
    """How far it is; the part of it that changes is asked for again until it is finished."""
    found = get_object_or_404(
        visible_remarks(request.user).select_related("problem__current", "author"), code=code
    )
    template = (
        "teaching/_remark.html" if "HX-Request" in request.headers else "teaching/remark.html"
    )
    return render(request, template, {"remark": found})


def visible_remarks(user: User) -> QuerySet[Remark]:
    """One's own orders; for an administrator all."""
    everything = Remark.objects.all()
    return everything if user.is_superuser else everything.filter(author=user)
