"""May this person watch a worked solution of this item now? The one place that decides.

And the one that notes who does.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from tutor.assignments.models import Assignment, HelpLevel, Item
from tutor.attempts.access import ItemAccess, access_for
from tutor.attempts.answering import Answering
from tutor.attempts.help import count_as_helped, give, items_with_solutions_for
from tutor.attempts.models import GivenHelp
from tutor.attempts.running_tests import HELD
from tutor.courses.clock import on_clock_of
from tutor.problems.models import ProblemVersion
from tutor.solutions.models import Solution, SolutionView


@dataclass(frozen=True)
class Help:
    allowed: bool
    reason: str = ""  # for the student, when it is not


def help_for(user: User, item: Item) -> Help:
    """What the assignments through which `user` sees `item` allow at this moment."""
    if items_with_solutions_for(user).contains(item):
        return Help(allowed=True)
    access = access_for(user, item)
    if access and access.is_held:
        return Help(allowed=False, reason=str(HELD))
    if not item.has_model_help:
        reason = _("Your teacher has turned the model’s help off for this problem.")
        return Help(allowed=False, reason=reason)
    policies = Assignment.HelpPolicy
    each = (access.assignment, *access.assignment.parallels) if access else ()
    said = {one.policy_on(HelpLevel.SOLUTION) for one in each}
    if not said or any(policy == policies.NEVER for policy, _wanted in said):
        return Help(allowed=False, reason=_("Your teacher has turned worked solutions off here."))
    if all(policy != policies.AFTER_DUE for policy, _wanted in said):
        wanted = max(wanted for policy, wanted in said if policy == policies.AFTER_ATTEMPTS)
        reason = ngettext(
            "A worked solution can be watched after %(n)s attempt of your own.",
            "A worked solution can be watched after %(n)s attempts of your own.",
            wanted,
        )
        return Help(allowed=False, reason=reason % {"n": wanted})
    last = max(each, key=lambda one: one.ends_at)
    end = on_clock_of(last.section, last.ends_at)
    if last.time_limit_min is not None:
        reason = _("A worked solution can be watched after the test is over for everybody: %(end)s")
    else:
        reason = _("A worked solution can be watched once no more answers are taken: %(end)s")
    return Help(allowed=False, reason=reason % {"end": end})


def note_watched(solution: Solution, user: User) -> None:
    """That `user` sees it: for a student the most help that there is, once it is help at all.

    While it is being written nobody knows that: see `note_help_of`.
    """
    SolutionView.objects.get_or_create(solution=solution, user=user)
    if solution.gave_help:
        note_whole(solution.version, user)


def note_help_of(ended: Solution) -> None:
    """Write down who has had help by a solution that has ended: all who watched it live.

    What they have handed in since it was begun counts as answered with help.
    """
    if not ended.gave_help:
        return
    for view in ended.views.select_related("user"):
        begun_at = max(view.first_watched_at, ended.claimed_at or view.first_watched_at)
        note_whole(ended.version, view.user, since=begun_at)


def note_whole(version: ProblemVersion, user: User, since: datetime | None = None) -> None:
    """That `user` sees a whole solution, by whomever. since: from when on, if not from now on."""
    items = Item.objects.visible_to(user).filter(problem=version.problem_id)
    for item in items:
        if access := access_for(user, item):
            give(access.enrollment, item, version, HelpLevel.SOLUTION, 1, "")
            if since is not None:
                count_as_helped(access.enrollment, item, version, HelpLevel.SOLUTION, since)


def has_had_whole(version: ProblemVersion, access: ItemAccess | Answering) -> bool:
    """Whether this student has asked for one, and so is shown what there is."""
    mine = access.enrollment.of_same_person()
    given = GivenHelp.objects.filter(enrollment__in=mine, version=version)
    return given.filter(level=HelpLevel.SOLUTION).exists()
