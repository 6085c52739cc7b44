"""Notes who has watched a solution, and so has had help with the problem."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from tutor.assignments.models import HelpLevel, Item
from tutor.attempts.access import ItemAccess, access_for
from tutor.attempts.answering import Answering
from tutor.attempts.help import count_as_helped, give
from tutor.attempts.models import GivenHelp
from tutor.courses.models import Enrollment
from tutor.prepared import prepared
from tutor.problems.models import ProblemVersion
from tutor.solutions.models import Solution, SolutionView


def note_watched(solution: Solution, user: User) -> None:
    """Note that `user` sees it; to a student it counts as a whole solution once it gave help.

    While it is being written nobody knows whether it will: see `note_help_of`.
    """
    if not _views_of(solution.pk, user.pk):
        view = SolutionView(solution=solution, user=user)
        SolutionView.objects.bulk_create([view], ignore_conflicts=True)
    if solution.gave_help:
        note_whole(solution.version, user)


@prepared
def _views_of(solution_pk: int, user_pk: int) -> QuerySet[SolutionView, int]:
    return SolutionView.objects.filter(solution=solution_pk, user=user_pk).values_list(
        "pk", flat=True
    )


def note_help_of(ended: Solution) -> None:
    """Note that all who watched a solution live have had help, now that it has ended.

    Answers submitted since it was begun count as given with help.
    """
    if not ended.gave_help:
        return
    for view in ended.views.select_related("user"):
        begun_at = max(view.first_watched_at, ended.claimed_at or view.first_watched_at)
        note_whole(ended.version, view.user, since=begun_at)


def note_whole(version: ProblemVersion, user: User, since: datetime | None = None) -> None:
    """Note that `user` sees a whole solution, the model's or the teacher's.

    since: from when on answers count as given with help; None: from now on.
    """
    items = Item.objects.visible_to(user).filter(problem=version.problem_id)
    for item in items:
        if access := access_for(user, item):
            give(access.enrollment, item, version, HelpLevel.SOLUTION, 1, "")
            if since is not None:
                count_as_helped(access.enrollment, item, version, HelpLevel.SOLUTION, since)


def has_had_whole(version: ProblemVersion, access: ItemAccess | Answering) -> bool:
    """Whether this student has asked for a whole solution, and so is shown what there is."""
    enrollment = access.enrollment
    return bool(_whole_given(enrollment.user_id, enrollment.pk, version.pk))


@prepared
def _whole_given(user_pk: int, enrollment_pk: int, version_pk: int) -> QuerySet[GivenHelp, int]:
    own = Enrollment.objects.of_person(user_pk, enrollment_pk)
    given = GivenHelp.objects.filter(enrollment__in=own, version=version_pk)
    return given.filter(level=HelpLevel.SOLUTION).values_list("pk", flat=True)[:1]


@prepared
def help_given_at(
    user_pk: int, enrollment_pk: int, item_pk: int, version_pk: int
) -> QuerySet[GivenHelp]:
    """To a person, with an enrollment, at this version of an item, in the order of numbers."""
    own = Enrollment.objects.of_person(user_pk, enrollment_pk)
    given = GivenHelp.objects.filter(enrollment__in=own, item=item_pk, version=version_pk)
    return given.order_by("number")
