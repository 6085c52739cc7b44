from itertools import pairwise
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.problems import checks
from tutor.problems.content import Content
from tutor.problems.differences import Piece, differences
from tutor.problems.editing.draft import look_at, show
from tutor.problems.editing.form import EditorForm, free_slug
from tutor.problems.labels import KIND_NAMES, field_name
from tutor.problems.models import Problem, ProblemQuerySet, Skill

PER_PAGE = 40


def require_teacher(user: User) -> None:
    """What is not theirs is not there: the catalogue holds stored answers."""
    if not user.is_teacher:
        raise Http404


def asked_for(request: AuthedRequest) -> dict[str, str]:
    names = ("text", "skill", "kind", "language")
    return {name: request.GET.get(name, "").replace("\0", "").strip()[:200] for name in names}


def chosen_problems(request: AuthedRequest) -> ProblemQuerySet:
    """What the address asks for, of the problems that they may read."""
    problems = Problem.objects.visible_to(request.user).found(**asked_for(request))
    is_mine = request.GET.get("mine") == "1"
    return problems.filter(owner=request.user) if is_mine else problems


@login_required
@require_safe
def catalogue(request: AuthedRequest) -> HttpResponse:
    require_teacher(request.user)
    problems = (
        chosen_problems(request)
        .select_related("current__answer_key", "owner")
        .prefetch_related("skills")
    )
    page = Paginator(problems.order_by("current__title", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "asked": asked_for(request),
        "mine": request.GET.get("mine") == "1",
        "query": query.urlencode(),
        "kinds": KIND_NAMES.items(),
        "languages": settings.LANGUAGES,
        "skills": Skill.objects.all(),
    }
    return render(request, "problems/catalogue.html", context)


@login_required
@require_safe
def problem(request: AuthedRequest, code: UUID) -> HttpResponse:
    found = visible_problem(request, code)
    version = found.current
    if version is None:
        raise Http404
    content = version.content()
    context = {
        "problem": found,
        "version": version,
        "content": content,
        "draft": show(content),
        "may_edit": Problem.objects.editable_by(request.user).contains(found),
        "kind": version.answer_key.kind_name,
    }
    return render(request, "problems/problem.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthedRequest) -> HttpResponse:
    require_teacher(request.user)
    return edited(request, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthedRequest, code: UUID) -> HttpResponse:
    found = get_object_or_404(Problem.objects.editable_by(request.user).with_content(), code=code)
    return edited(request, found)


def edited(request: AuthedRequest, found: Problem | None) -> HttpResponse:
    """The editor, its preview (a part of the page), or the saved problem."""
    if request.method != "POST":
        form = EditorForm(problem=found)
        return editor(request, form, found)
    form = EditorForm(request.POST, problem=found)
    action = request.POST.get("action")
    if action == "preview":
        return render(request, "problems/_looks.html", {"draft": look_at(form)})
    if action == "save" and form.is_valid():
        with transaction.atomic():
            saved = form.save(request.user)
        messages.success(request, _("“%(title)s” is saved.") % {"title": saved})
        return redirect(saved)
    return editor(request, form, found)


def editor(request: AuthedRequest, form: EditorForm, found: Problem | None) -> HttpResponse:
    if form.is_bound:
        draft = look_at(form)
    elif found and found.current:
        draft = show(found.current.content())
    else:
        draft = None
    context = {"form": form, "problem": found, "draft": draft}
    return render(request, "problems/editor.html", context)


@login_required
@require_POST
@transaction.atomic
def copy(request: AuthedRequest, code: UUID) -> HttpResponse:
    """One's own copy of a colleague's or the school's problem."""
    found = visible_problem(request, code)
    record = found.record()
    copied = Problem.objects.create(
        slug=free_slug(f"{record.slug}-copy"),
        owner=request.user,
        source=record.source,
        licence=record.licence,
    )
    copied.tag(record.skills)
    copied.revise(record.content)
    messages.success(request, _("This is your own copy. What you change here stays with you."))
    return redirect("problem-edit", copied.code)


@login_required
@require_safe
def variants(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Try a hundred variants, and say of which the key fails."""
    found = visible_problem(request, code)
    if found.current is None or not found.current.is_template:
        raise Http404
    content = found.current.content()
    context: dict[str, Any] = {"problem": found, "version": found.current}
    if (seed := seed_in(request)) is not None:
        context |= {"seed": seed, "draft": show(content, seed)}
        context |= {"previous_seed": seed - 1, "next_seed": seed + 1}
    else:
        context["sample"] = checks.sample(content)
    return render(request, "problems/variants.html", context)


def seed_in(request: AuthedRequest) -> int | None:
    text = request.GET.get("seed", "")
    seed = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    return seed or None


@login_required
@require_safe
def versions(request: AuthedRequest, code: UUID) -> HttpResponse:
    found = visible_problem(request, code)
    rows = list(
        found.versions.as_written()
        .select_related("answer_key", "reference_solution")
        .order_by("-number")
    )
    contents = [row.content() for row in rows]
    changes = [named_changes(old, new) for new, old in pairwise(contents)]
    context = {"problem": found, "versions": zip(rows, [*changes, None], strict=True)}
    return render(request, "problems/versions.html", context)


def named_changes(old: Content, new: Content) -> list[tuple[str, list[Piece]]]:
    return [(field_name(change.field), change.pieces) for change in differences(old, new)]


def visible_problem(request: AuthedRequest, code: UUID) -> Problem:
    return get_object_or_404(Problem.objects.visible_to(request.user).with_content(), code=code)
