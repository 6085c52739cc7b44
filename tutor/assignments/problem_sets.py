"""Pages of problem sets: put together from the catalogue, ordered, given points."""

from decimal import Decimal, InvalidOperation
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.forms import TitleForm
from tutor.assignments.models import Item, ProblemSet
from tutor.courses.models import Section
from tutor.problems.models import Problem, Skill

PER_PAGE = 60
FOUND_AT_MOST = 30
MAX_ITEMS = 200
MAX_POINTS = Decimal(1_000)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sets(request: AuthedRequest) -> HttpResponse:
    """One's own and those of one's sections; a title makes a new one."""
    if not request.user.is_teacher:
        raise Http404
    form = TitleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.owner = request.user
        return redirect(form.save())
    found = (
        ProblemSet.objects.visible_to(request.user)
        .select_related("owner")
        .annotate(
            items_count=Count("items", distinct=True),
            given_count=Count("assignments", distinct=True),
        )
        .order_by("title", "pk")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "assignments/sets.html", {"page": page, "form": form, "query": ""})


@login_required
@require_safe
def problem_set(request: AuthedRequest, code: UUID) -> HttpResponse:
    return set_page(request, visible_set(request, code))


def visible_set(request: AuthedRequest, code: UUID) -> ProblemSet:
    return get_object_or_404(ProblemSet.objects.visible_to(request.user), code=code)


def editable_set(request: AuthedRequest, code: UUID) -> ProblemSet:
    return get_object_or_404(ProblemSet.objects.editable_by(request.user), code=code)


def set_page(
    request: AuthedRequest, found: ProblemSet, title_form: TitleForm | None = None
) -> HttpResponse:
    sections = Section.objects.managed_by(request.user).current().select_related("course")
    given = found.assignments.filter(section__in=Section.objects.visible_to(request.user))
    context = {
        "problem_set": found,
        "items": items_of(found),
        "may_edit": ProblemSet.objects.editable_by(request.user).contains(found),
        "title_form": title_form or TitleForm(instance=found),
        "given": given.select_related("section__course"),
        "sections": sections.exclude(assignments__problem_set=found)[:100],
    }
    if context["may_edit"]:
        context |= search(request, found)
    return render(request, "assignments/set.html", context)


def items_of(found: ProblemSet) -> list[Item]:
    items = Item.objects.filter(problem_set=found).numbered()
    return list(items.select_related("problem__current__answer_key"))


def search(request: AuthedRequest, found: ProblemSet) -> dict[str, object]:
    """What the catalogue has for what was typed; problems of the set are left out."""
    asked = {
        name: request.GET.get(name, "").replace("\0", "").strip()[:200]
        for name in ("text", "skill")
    }
    problems = Problem.objects.none()
    if any(asked.values()):
        problems = (
            Problem.objects.visible_to(request.user)
            .matching(**asked)
            .exclude(items__problem_set=found)
            .select_related("current__answer_key")
            .order_by("current__level", "current__title", "pk")
        )
    hits = list(problems[: FOUND_AT_MOST + 1])
    return {
        "asked": asked,
        "has_asked": any(asked.values()),
        "found": hits[:FOUND_AT_MOST],
        "has_more": len(hits) > FOUND_AT_MOST,
        "skills": Skill.objects.all(),
    }


@login_required
@require_POST
def add(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Problems of the catalogue come to the end of the set."""
    found = editable_set(request, code)
    codes = [one for one in map(as_code, request.POST.getlist("problem")[:MAX_ITEMS]) if one]
    problems = Problem.objects.visible_to(request.user).filter(
        code__in=codes, current__isnull=False
    )
    if found.items.count() + len(codes) > MAX_ITEMS:
        messages.error(request, _("A set has at most %(n)d problems.") % {"n": MAX_ITEMS})
        return redirect(found)
    with transaction.atomic():
        added = found.append(sorted(problems, key=lambda one: codes.index(one.code)))
    text = ngettext("%(n)d problem is added.", "%(n)d problems are added.", added)
    messages.success(request, text % {"n": added})
    return redirect(found)


def as_code(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@login_required
@require_POST
def arrange(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Order and points, as the page has them, and what one of its buttons does."""
    found = editable_set(request, code)
    with transaction.atomic():
        ProblemSet.objects.select_for_update().get(pk=found.pk)
        items, problem = arranged(request, items_of(found))
        if not problem:
            act, _colon, name = request.POST.get("do", "").partition(":")
            chosen = next((item for item in items if str(item.code) == name), None)
            if chosen and act == "remove":
                problem = remove(chosen)
                items = [item for item in items if problem or item != chosen]
            elif chosen and act in {"up", "down"}:
                move(items, chosen, -1 if act == "up" else 1)
            found.arrange(items)
    if "HX-Request" not in request.headers:
        if problem:
            messages.error(request, problem)
        return redirect(found)
    context = {"problem_set": found, "items": items_of(found), "may_edit": True}
    said = {"problem": problem, "is_saved": not problem}
    return render(request, "assignments/_items.html", context | said)


def arranged(request: HttpRequest, items: list[Item]) -> tuple[list[Item], str]:
    """The items in the order of the page, with its points; those it does not know come last."""
    places = {code: place for place, code in enumerate(request.POST.getlist("item"))}
    items = sorted(items, key=lambda item: places.get(str(item.code), len(places)))
    for item in items:
        text = request.POST.get(f"points-{item.code}", str(item.points))
        try:
            item.points = read_points(text)
        except forms.ValidationError as error:
            return items, f"{item.problem}: {error.message}"
    return items, ""


def read_points(text: str) -> Decimal:
    """Raises ValidationError."""
    try:
        points = Decimal(text.strip().replace(",", ".")[:20])
    except InvalidOperation as error:
        raise forms.ValidationError(_("Points are a number, such as 2 or 0.5.")) from error
    if not points.is_finite() or not 0 <= points <= MAX_POINTS:
        raise forms.ValidationError(_("Points lie between 0 and %(n)s.") % {"n": MAX_POINTS})
    return points.quantize(Decimal("0.01"))


def move(items: list[Item], item: Item, by: int) -> None:
    place = items.index(item)
    items.remove(item)
    items.insert(max(0, place + by), item)


def remove(item: Item) -> str:
    """Why it cannot be; empty when it was removed."""
    try:
        with transaction.atomic():
            item.delete()
    except ProtectedError:
        return _("Students have worked on this problem, so it stays. Give it 0 points instead.")
    return ""


@login_required
@require_POST
def act(request: AuthedRequest, code: UUID) -> HttpResponse:
    """Rename it, delete it, or make one's own copy."""
    done = request.POST.get("do")
    if done == "copy":
        if not request.user.is_teacher:
            raise Http404
        with transaction.atomic():
            copied = visible_set(request, code).copy_for(request.user)
        messages.success(request, _("This is your own copy. What you change here stays with you."))
        return redirect(copied)
    found = editable_set(request, code)
    if done == "delete":
        return delete(request, found)
    form = TitleForm(request.POST, instance=found)
    if not form.is_valid():
        found.refresh_from_db()
        return set_page(request, found, title_form=form)
    form.save()
    return redirect(found)


def delete(request: AuthedRequest, found: ProblemSet) -> HttpResponse:
    if found.assignments.exists():
        messages.error(request, _("The set is assigned to a section, so it stays."))
        return redirect(found)
    try:
        with transaction.atomic():
            found.delete()
    except ProtectedError:
        messages.error(request, _("Students have worked on it, so it stays."))
        return redirect(found)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": found})
    return redirect("sets")
