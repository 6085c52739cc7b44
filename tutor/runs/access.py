"""Who may read runs: like the catalogue of problems, they contain stored answers."""

from django.http import Http404

from accounts.models import User
from tutor.problems.models import Problem
from tutor.runs.folders import RunFolder, find_run

_ALL_PROBLEMS = "problems.view_problemversion"


def may_read_runs(user: User) -> bool:
    """Teachers, and staff who may read the problems in the administration."""
    return user.is_teacher or (user.is_staff and user.has_perm(_ALL_PROBLEMS))


def run_or_404(user: User, name: str) -> RunFolder:
    folder = find_run(name) if may_read_runs(user) else None
    if folder is None:
        raise Http404
    return folder


def hidden_problems(user: User) -> set[str]:
    """Slugs of problems in the catalogue that a colleague has not shared. One query."""
    if user.has_perm(_ALL_PROBLEMS):
        return set()
    visible = Problem.objects.visible_to(user)
    return set(Problem.objects.exclude(pk__in=visible.values("pk")).values_list("slug", flat=True))
