"""Who may read runs: they hold stored answers, as the catalogue of problems does."""

from django.http import Http404

from accounts.models import User
from tutor.problems.models import Problem
from tutor.runs.folders import Found, found_run

_ALL_PROBLEMS = "problems.view_problemversion"


def may_read_runs(user: User) -> bool:
    """Who may read the catalogue, and those of the administration who may read its problems."""
    return user.is_teacher or (user.is_staff and user.has_perm(_ALL_PROBLEMS))


def run_or_404(user: User, name: str) -> Found:
    found = found_run(name) if may_read_runs(user) else None
    if found is None:
        raise Http404
    return found


def hidden_problems(user: User) -> set[str]:
    """Names, in a run, of problems in the catalogue that a colleague has not shared. One query."""
    if user.has_perm(_ALL_PROBLEMS):
        return set()
    visible = Problem.objects.visible_to(user)
    return set(Problem.objects.exclude(pk__in=visible.values("pk")).values_list("slug", flat=True))
