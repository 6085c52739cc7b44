"""Who may see the catalogue, and which problems a request selects from it."""

from collections.abc import Iterable
from functools import reduce
from operator import and_
from uuid import UUID

from django.db.models import Case, OuterRef, Subquery, When
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.register_order import RegisterOrder
from accounts.requests import AuthedRequest
from tutor.problems.models import Problem, ProblemQuerySet, Skill
from tutor.problems.models.problem import words_in
from tutor.problems.models.skill import has_word


def require_teacher(user: User) -> None:
    """Students get a 404: the catalogue holds stored answers."""
    if not user.is_teacher:
        raise Http404


def may_delete(user: User, problem: Problem) -> bool:
    """Its author alone: a colleague of the class may only edit it."""
    return user.is_superuser or problem.owner_id == user.pk


def visible_problem(request: AuthedRequest, code: UUID) -> Problem:
    return get_object_or_404(Problem.objects.visible_to(request.user).with_content(), code=code)


ANY_LANGUAGE = "any"
LEVELS = ("1", "2", "3", "4", "5")  # in the address
_FIRST_SKILL = Subquery(
    Skill.objects.filter(problems=OuterRef("pk")).order_by("name").values("name")[:1]
)
ORDERS = {
    "title": (RegisterOrder("current__title"), "pk"),
    "level": ("current__level", RegisterOrder("current__title"), "pk"),
    # By the path of the first skill, so that a topic stays together.
    "skill": (
        _FIRST_SKILL.asc(nulls_last=True),
        "current__level",
        RegisterOrder("current__title"),
        "pk",
    ),
    "newest": ("-created_at", "-pk"),
    "imported": ("current", "pk"),  # an import stores its versions in the order of its file
}


LAST_IMPORT = "imported"  # in the address, and in the session
_IMPORT_NAME = "imported_name"  # in the session


def note_import(request: AuthedRequest, slugs: Iterable[str], name: str) -> None:
    """Remember which problems came with the last import. name: of the file."""
    pks = Problem.objects.filter(slug__in=slugs).values_list("pk", flat=True)
    request.session[LAST_IMPORT] = list(pks)
    request.session[_IMPORT_NAME] = name


def import_name(request: AuthedRequest) -> str:
    """Of the file of the last import; empty where none is known."""
    return str(request.session.get(_IMPORT_NAME, ""))


def imported_problems(request: AuthedRequest) -> ProblemQuerySet:
    """Those of the last import, of those that the user may read."""
    pks = request.session.get(LAST_IMPORT, [])
    return Problem.objects.visible_to(request.user).filter(pk__in=pks, current__isnull=False)


def search_terms(request: AuthedRequest) -> dict[str, str]:
    names = ("text", "skill", "kind", "language", "level")
    return {name: request.GET.get(name, "").replace("\0", "").strip()[:200] for name in names}


def chosen_problems(request: AuthedRequest) -> ProblemQuerySet:
    """The problems that the address asks for, of those that the user may read."""
    terms = search_terms(request)
    if terms["language"] == ANY_LANGUAGE:
        terms["language"] = ""
    level = terms.pop("level")
    problems = Problem.objects.visible_to(request.user).matching(**terms)
    if level in LEVELS:
        problems = problems.filter(current__level=level)
    whose = request.GET.get("mine", "")
    if whose == "archived":
        return problems.filter(owner=request.user, archived_at__isnull=False)
    problems = problems.in_use()
    if whose == LAST_IMPORT:
        return problems.filter(pk__in=imported_problems(request).values("pk"))
    return problems.filter(owner=request.user) if whose == "1" else problems


def in_own_language(request: AuthedRequest) -> str:
    """The query string of the address, with the reader's language unless it names one."""
    query = request.GET.copy()
    if not query.get("language") and not query.get("mine"):
        query["language"] = request.LANGUAGE_CODE
    return query.urlencode()


def ordered(problems: ProblemQuerySet, order: str, usual: str, text: str = "") -> ProblemQuerySet:
    """Titles that are exactly `text` come first, then those that hold all of its words."""
    names = ORDERS.get(order, ORDERS[usual])
    if not text:
        return problems.order_by(*names)
    exact = When(current__title__iexact=text, then=0)
    words = [has_word("current__title", word) for word in words_in(text)]
    within = When(reduce(and_, words), then=1)
    return problems.alias(title_rank=Case(exact, within, default=2)).order_by("title_rank", *names)
