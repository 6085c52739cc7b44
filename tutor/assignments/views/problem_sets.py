"""Pages of problem sets: put together from the catalogue, ordered, given points."""

from decimal import Decimal, InvalidOperation
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.register_order import RegisterOrder
from accounts.requests import AuthedRequest
from tutor.assignments.access import (
    as_code,
    assigning_classes,
    editable_set,
    items_of,
    visible_set,
)
from tutor.assignments.collecting import MAX_ITEMS
from tutor.assignments.forms import TitleForm
from tutor.assignments.models import Item, ProblemSet
from tutor.courses.models import Section
from tutor.problems.access import chosen_problems, in_own_language, ordered, search_terms
from tutor.problems.advising.key_doubts import doubted
from tutor.problems.models import Problem, Skill

PER_PAGE = 60
MAX_HITS = 10
MAX_POINTS = Decimal(1_000)
MAX_CLASSES = 100  # to which a page offers to assign


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sets(request: AuthedRequest) -> HttpResponse:
    """The person's own sets and those of their classes; posting a title makes a new one."""
    if not request.user.is_teacher:
        raise Http404
    form = TitleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.owner = request.user
        return redirect(form.save())
    rows = (
        ProblemSet.objects.visible_to(request.user)
        .select_related("owner")
        .annotate(
            items_count=Count("items", distinct=True),
            given_count=Count("assignments", distinct=True),
        )
        .order_by(RegisterOrder("title"), "pk")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "assignments/sets.html", {"page": page, "form": form, "query": ""})


@login_required
@require_safe
def problem_set(request: AuthedRequest, code: UUID) -> HttpResponse:
    return set_page(request, visible_set(request, code))


def set_page(
    request: AuthedRequest, problem_set: ProblemSet, title_form: TitleForm | None = None
) -> HttpResponse:
    sections = assigning_classes(request.user).exclude(assignments__problem_set=problem_set)
    items = items_of(problem_set)
    given = problem_set.assignments.filter(section__in=Section.objects.visible_to(request.user))
    context = {
        "problem_set": problem_set,
        "items": items,
        "points": sum(item.points for item in items),
        "doubted": doubted(item.problem for item in items),
        "may_edit": ProblemSet.objects.editable_by(request.user).contains(problem_set),
        "title_form": title_form or TitleForm(instance=problem_set),
        "given": given.select_related("section__course"),
        "sections": sections[:MAX_CLASSES],
    }
    if context["may_edit"]:
        context |= search(request, problem_set)
    return render(request, "assignments/set.html", context)


def search(request: AuthedRequest, problem_set: ProblemSet) -> dict[str, object]:
    """What the catalogue has for what was typed; problems of the set are left out."""
    request.GET = QueryDict(in_own_language(request))
    query = search_terms(request)
    order = request.GET.get("sort", "")
    has_query = "text" in request.GET or bool(query["skill"])
    problems = Problem.objects.none()
    present_count = 0
    if has_query:
        fitting = chosen_problems(request)
        present_count = fitting.filter(items__problem_set=problem_set).count()
        problems = fitting.exclude(items__problem_set=problem_set)
        contents = ("current__stored_key", "current__reference_solution")
        problems = ordered(problems.select_related(*contents), order, "level", query["text"])
    pages = request.GET.copy()
    pages.pop("page", None)
    return {
        "query": query,
        "sort": order,
        "search_query": request.GET.urlencode(),
        "languages": settings.LANGUAGES,
        "has_query": has_query,
        "present_count": present_count,
        "hits": Paginator(problems, MAX_HITS).get_page(request.GET.get("page")),
        "pages_query": pages.urlencode(),
        "skills": Skill.objects.all(),
    }


@login_required
@require_POST
def add(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Problems of the catalogue come to the end of the set; the search stays as it was."""
    problem_set = editable_set(request, code)
    back = f"{problem_set.get_absolute_url()}?{request.GET.urlencode()}#catalogue"
    sent = request.POST.getlist("shown" if "all" in request.POST else "problem")[:MAX_ITEMS]
    codes = [problem_code for problem_code in map(as_code, sent) if problem_code]
    problems = Problem.objects.visible_to(request.user).filter(
        code__in=codes, current__isnull=False
    )
    if problem_set.items.count() + len(codes) > MAX_ITEMS:
        messages.error(request, _("A set has at most %(n)d problems.") % {"n": MAX_ITEMS})
        return redirect(back)
    if section := problem_set.finished_by():
        text = _(
            "%(class)s has done this set, and its results would change. Make your own copy of the "
            "set, and add to that."
        )
        messages.error(request, text % {"class": section.name})
        return redirect(back)
    with transaction.atomic():
        added = problem_set.append(sorted(problems, key=lambda problem: codes.index(problem.code)))
    text = ngettext("%(n)d problem is added.", "%(n)d problems are added.", added)
    messages.success(request, text % {"n": added})
    return redirect(back)


@login_required
@require_POST
def arrange(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Order and points, as the page has them, and what one of its buttons does."""
    problem_set = editable_set(request, code)
    with transaction.atomic():
        ProblemSet.objects.select_for_update().get(pk=problem_set.pk)
        items, problem = arranged(request, items_of(problem_set))
        if not problem:
            problem = act_on(items, request.POST.get("do", ""))
            problem_set.arrange(items)
    if "HX-Request" not in request.headers:
        if problem:
            messages.error(request, problem)
        return redirect(problem_set)
    items = items_of(problem_set)
    context = {
        "problem_set": problem_set,
        "items": items,
        "points": sum(item.points for item in items),
        "doubted": doubted(item.problem for item in items),
        "may_edit": True,
        "problem": problem,
        "is_saved": not problem,
    }
    return render(request, "assignments/_items.html", context)


def arranged(request: HttpRequest, items: list[Item]) -> tuple[list[Item], str]:
    """The items in the order of the page, with its points; those it does not know come last."""
    positions = {code: n for n, code in enumerate(request.POST.getlist("item"))}
    items = sorted(items, key=lambda item: positions.get(str(item.code), len(positions)))
    for item in items:
        text = request.POST.get(f"points-{item.code}", str(item.points))
        try:
            item.points = read_points(text)
        except forms.ValidationError as error:
            return items, f"{item.problem}: {error.message}"
    return items, ""


def act_on(items: list[Item], action: str) -> str:
    """Move or remove one item; returns why it cannot be removed. action: such as `up:` its code."""
    act, _colon, code = action.partition(":")
    chosen = next((item for item in items if str(item.code) == code), None)
    if chosen and act == "remove":
        if problem := remove(chosen):
            return problem
        items.remove(chosen)
    elif chosen and act in {"up", "down"}:
        move(items, chosen, -1 if act == "up" else 1)
    return ""


def read_points(text: str) -> Decimal:
    """Raises ValidationError."""
    try:
        points = Decimal(text.strip().replace(",", ".")[:20])
    except InvalidOperation as error:
        raise forms.ValidationError(_("Enter a number of points, such as 2 or 0.5.")) from error
    if not points.is_finite() or not 0 <= points <= MAX_POINTS:
        raise forms.ValidationError(_("Enter points between 0 and %(n)s.") % {"n": MAX_POINTS})
    return points.quantize(Decimal("0.01"))


def move(items: list[Item], item: Item, by: int) -> None:
    position = items.index(item)
    items.remove(item)
    items.insert(max(0, position + by), item)


def remove(item: Item) -> str:
    """Why it cannot be; empty when it was removed."""
    problem_set = item.problem_set
    is_needed = problem_set.assignments.exists() and problem_set.items.count() == 1
    try:
        with transaction.atomic():
            Item.objects.filter(pk=item.pk).delete()
            transaction.set_rollback(is_needed)
    except ProtectedError:
        return _(
            "Students have worked on this problem, so it cannot be removed. "
            "Give it 0 points instead."
        )
    if is_needed:
        return _("The set is assigned to a class, so it keeps a problem. Add another one first.")
    return ""


@login_required
@require_POST
def change_set(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Rename it, delete it, or copy it."""
    action = request.POST.get("do")
    if action == "copy":
        if not request.user.is_teacher:
            raise Http404
        with transaction.atomic():
            copied = visible_set(request, code).copy_for(request.user)
        messages.success(request, _("This is your own copy. What you change here stays with you."))
        return redirect(copied)
    problem_set = editable_set(request, code)
    if action == "delete":
        return delete_set(request, problem_set)
    form = TitleForm(request.POST, instance=problem_set)
    if not form.is_valid():
        problem_set.refresh_from_db()
        return set_page(request, problem_set, title_form=form)
    form.save()
    return redirect(problem_set)


def delete_set(request: AuthedRequest, problem_set: ProblemSet) -> HttpResponse:
    if problem_set.assignments.exists():
        messages.error(request, _("The set is assigned to a class, so it cannot be deleted."))
        return redirect(problem_set)
    try:
        with transaction.atomic():
            problem_set.delete()
    except ProtectedError:
        messages.error(request, _("Students have worked on it, so it cannot be deleted."))
        return redirect(problem_set)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": problem_set})
    return redirect("sets")
