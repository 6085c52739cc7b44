"""The catalogue and its problems, and collecting them into a set."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import AuthedRequest
from tutor.assignments.access import as_code
from tutor.assignments.collecting import (
    MAX_ITEMS,
    SetIsFull,
    choose,
    collect,
    collection_of,
    draft_of,
)
from tutor.assignments.views.problem_sets import remove
from tutor.problems.access import (
    LAST_IMPORT,
    chosen_problems,
    import_name,
    imported_problems,
    in_own_language,
    may_delete,
    ordered,
    require_teacher,
    search_terms,
    visible_problem,
)
from tutor.problems.advising.key_doubts import doubted
from tutor.problems.editing.preview import preview_content
from tutor.problems.labels import KIND_NAMES
from tutor.problems.models import Problem, Skill

PER_PAGE = 40
MAX_TITLE = 100  # characters
USUAL_COUNT = 10  # of problems that are added at once


@login_required
@require_safe
def catalogue(request: AuthedRequest) -> HttpResponse:
    require_teacher(request.user)
    request.GET = QueryDict(in_own_language(request))
    search = search_terms(request)
    problems = (
        chosen_problems(request)
        .select_related("current__stored_key", "current__reference_solution", "owner")
        .prefetch_related("skills")
    )
    order = request.GET.get("sort", "")
    usual = "imported" if request.GET.get("mine") == LAST_IMPORT else "title"
    rows = ordered(problems, order, usual, search["text"])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "search": search,
        "mine": request.GET.get("mine", ""),
        "sort": order,
        "query": query.urlencode(),
        "kinds": KIND_NAMES.items(),
        "languages": settings.LANGUAGES,
        "skills": Skill.objects.all(),
        "collection": collection_of(request),
        "has_authors": any(row.owner_id for row in page),
        "doubted": doubted(row for row in page if row.owner_id == request.user.pk),
        "import_name": import_name(request),
        "usual_count": min(USUAL_COUNT, len(page)),
    }
    return render(request, "problems/catalogue.html", context)


@login_required
@require_safe
def problem(request: AuthedRequest, code: UUID) -> HttpResponse:
    shown = visible_problem(request, code)
    version = shown.current
    if version is None:
        raise Http404
    content = version.content()
    context = {
        "problem": shown,
        "version": version,
        "content": content,
        "preview": preview_content(content),
        "may_edit": Problem.objects.editable_by(request.user).contains(shown),
        "may_delete": may_delete(request.user, shown),
        "is_used": shown.items.exists(),
        "kind": version.stored_key.kind_name,
        "collection": collection_of(request),
    }
    return render(request, "problems/problem.html", context)


@login_required
@require_POST
@transaction.atomic
def collect_problem(request: AuthedRequest) -> HttpResponse:
    """Add one problem to the chosen set, or take it out; without one, only the choice is kept."""
    require_teacher(request.user)
    into, removed = request.POST.get("into", ""), request.POST.get("remove", "")
    code = as_code(removed or request.POST.get("problem", ""))
    if code is None:
        choose(request, as_code(into))
        return redirect(page_before(request))
    problems = Problem.objects.visible_to(request.user).filter(current__isnull=False)
    problem = get_object_or_404(problems, code=code)
    trouble = ""
    try:
        if removed:
            trouble = take_out(request, into, problem)
        else:
            collect(request, into, [problem])
    except SetIsFull:
        trouble = too_many()
    if "HX-Request" not in request.headers:
        if trouble:
            messages.error(request, trouble)
        return redirect(f"{page_before(request)}#collect-{problem.code}")
    context = {"problem": problem, "collection": collection_of(request), "trouble": trouble}
    return render(request, "assignments/_collected.html", context)


def take_out(request: AuthedRequest, into: str, problem: Problem) -> str:
    """Take the problem out of the draft of that code; why it cannot be, or an empty text."""
    draft = draft_of(request.user, into)
    if draft is None:
        return ""
    choose(request, draft.code)
    item = draft.items.filter(problem=problem).first()
    return remove(item) if item else ""


@login_required
@require_POST
@transaction.atomic
def collect_first(request: AuthedRequest) -> HttpResponse:
    """Add the first problems of a page to the chosen set, as many as were asked for."""
    require_teacher(request.user)
    shown = request.POST.getlist("shown")[:PER_PAGE]
    text = request.POST.get("count", "").strip()
    count = int(text) if text.isdecimal() and len(text) < 4 else 0
    if not 1 <= count <= len(shown):
        messages.error(request, _("Enter a number between 1 and %(n)d.") % {"n": len(shown)})
        return redirect(page_before(request))
    codes = [code for code in map(as_code, shown[:count]) if code]
    problems = Problem.objects.visible_to(request.user).filter(
        code__in=codes, current__isnull=False
    )
    in_order = sorted(problems, key=lambda problem: codes.index(problem.code))
    try:
        problem_set = collect(request, request.POST.get("into", ""), in_order)
    except SetIsFull:
        messages.error(request, too_many())
        return redirect(page_before(request))
    count = problem_set.items.count()
    text = ngettext(
        "“%(title)s” has %(n)d problem now.", "“%(title)s” has %(n)d problems now.", count
    )
    messages.success(request, text % {"title": problem_set, "n": count})
    return redirect(f"{page_before(request)}#found")


@login_required
@require_POST
@transaction.atomic
def collect_imported(request: AuthedRequest) -> HttpResponse:
    """Add all problems of the last import to the chosen set, and open it."""
    require_teacher(request.user)
    problems = list(ordered(imported_problems(request), "", "imported"))
    title = request.POST.get("title", "").replace("\0", "").strip()[:MAX_TITLE]
    try:
        problem_set = collect(request, request.POST.get("into", ""), problems, title)
    except SetIsFull:
        messages.error(request, too_many())
        return redirect(page_before(request))
    return redirect(problem_set)


def too_many() -> str:
    return _("A set has at most %(n)d problems.") % {"n": MAX_ITEMS}


def page_before(request: AuthedRequest) -> str:
    address = request.POST.get("back", "")
    is_own = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_own and address.startswith("/") else "/problems/"
