"""Who may see the catalogue, and which problems a request selects from it."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.problems.models import Problem, ProblemQuerySet


def require_teacher(user: User) -> None:
    """Students get a 404: the catalogue holds stored answers."""
    if not user.is_teacher:
        raise Http404


def visible_problem(request: AuthedRequest, code: UUID) -> Problem:
    return get_object_or_404(Problem.objects.visible_to(request.user).with_content(), code=code)


def search_terms(request: AuthedRequest) -> dict[str, str]:
    names = ("text", "skill", "kind", "language")
    return {name: request.GET.get(name, "").replace("\0", "").strip()[:200] for name in names}


def chosen_problems(request: AuthedRequest) -> ProblemQuerySet:
    """The problems that the address asks for, of those that the user may read."""
    problems = Problem.objects.visible_to(request.user).matching(**search_terms(request))
    only_own = request.GET.get("mine") == "1"
    return problems.filter(owner=request.user) if only_own else problems
