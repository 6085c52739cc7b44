"""The pages of a problem and of the editor."""

from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import ProtectedError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.problems.access import may_delete, require_teacher, visible_problem
from tutor.problems.checks import sample_variants
from tutor.problems.content import Content
from tutor.problems.differences import TextSegment, field_changes
from tutor.problems.editing.copying import store_copy
from tutor.problems.editing.form import EditorForm
from tutor.problems.editing.preview import preview_content, preview_form
from tutor.problems.editing.solution_warning import warn_of_solution
from tutor.problems.labels import field_name
from tutor.problems.models import Problem


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthedRequest) -> HttpResponse:
    require_teacher(request.user)
    return edit_or_save(request, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthedRequest, code: UUID) -> HttpResponse:
    problem = get_object_or_404(Problem.objects.editable_by(request.user).with_content(), code=code)
    return edit_or_save(request, problem)


def edit_or_save(request: AuthedRequest, problem: Problem | None) -> HttpResponse:
    """Show the editor or its preview (a part of the page), or save the problem."""
    if request.method != "POST":
        form = EditorForm(problem=problem)
        return editor(request, form, problem)
    form = EditorForm(request.POST, problem=problem)
    action = request.POST.get("action")
    if action == "preview":
        return render(request, "problems/_previews.html", {"preview": preview_form(form)})
    if action == "save" and form.is_valid():
        before = problem and problem.current and problem.current.content().keys()
        with transaction.atomic():
            saved = form.save(request.user)
        messages.success(request, _("“%(title)s” is saved.") % {"title": saved})
        warn_of_solution(request, saved)
        is_corrected = before and saved.current and saved.current.content().keys() != before
        if is_corrected and saved.versions.filter(attempts__isnull=False).exists():
            return redirect("regrade-problem", saved.code)
        return redirect(saved)
    return editor(request, form, problem)


def editor(request: AuthedRequest, form: EditorForm, problem: Problem | None) -> HttpResponse:
    if form.is_bound:
        preview = preview_form(form)
    elif problem and problem.current:
        preview = preview_content(problem.current.content())
    else:
        preview = None
    context = {"form": form, "problem": problem, "preview": preview}
    return render(request, "problems/editor.html", context)


@login_required
@require_POST
@transaction.atomic
def copy(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Copy a colleague's or the school's problem; the copy belongs to the teacher."""
    problem = visible_problem(request, code)
    copied = store_copy(problem.record(), request.user)
    messages.success(request, _("This is your own copy. What you change here stays with you."))
    return redirect("problem-edit", copied.code)


@login_required
@require_POST
def change(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Delete it, put it into the archive, or take it out."""
    problem = visible_problem(request, code)
    if not may_delete(request.user, problem):
        raise Http404
    action = request.POST.get("do")
    if action == "delete":
        return delete(request, problem)
    if action == "archive":
        problem.archive()
        text = _("“%(title)s” is in the archive. Sets that have it keep it.")
        messages.success(request, text % {"title": problem})
    elif action == "restore":
        problem.restore()
    return redirect(problem)


def delete(request: AuthedRequest, problem: Problem) -> HttpResponse:
    title = str(problem)
    try:
        with transaction.atomic():
            problem.delete()
    except ProtectedError:
        text = _("It is in a set, or students have worked on it. Put it into the archive instead.")
        messages.error(request, text)
        return redirect(problem)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": title})
    return redirect("problems")


@login_required
@require_safe
def variants(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Check a hundred variants, and name those that fail."""
    problem = visible_problem(request, code)
    if problem.current is None or not problem.current.is_template:
        raise Http404
    content = problem.current.content()
    context: dict[str, Any] = {"problem": problem, "version": problem.current}
    if (seed := seed_in(request)) is not None:
        context |= {"seed": seed, "preview": preview_content(content, seed)}
        context |= {"previous_seed": seed - 1, "next_seed": seed + 1}
    else:
        context["sample"] = sample_variants(content)
    return render(request, "problems/variants.html", context)


def seed_in(request: AuthedRequest) -> int | None:
    text = request.GET.get("seed", "")
    seed = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    return seed or None


@login_required
@require_safe
def versions(request: AuthedRequest, code: UUID) -> HttpResponse:
    problem = visible_problem(request, code)
    rows = list(
        problem.versions.as_written()
        .select_related("stored_key", "reference_solution")
        .order_by("-number")
    )
    contents = [row.content() for row in rows]
    changes = [named_changes(old, new) for new, old in pairwise(contents)]
    context = {"problem": problem, "versions": zip(rows, [*changes, None], strict=True)}
    return render(request, "problems/versions.html", context)


def named_changes(old: Content, new: Content) -> list[tuple[str, list[TextSegment]]]:
    return [(field_name(change.field), change.segments) for change in field_changes(old, new)]
