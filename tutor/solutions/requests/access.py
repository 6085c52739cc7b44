"""Says whether a person may watch a worked solution of an item now, and if not, why.

`items_with_solutions_for` in `attempts.help` decides, here and in `Solution.objects.visible_to`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from tutor.assignments.models import Assignment, HelpLevel, HelpPolicy, Item
from tutor.attempts.access import ItemAccess
from tutor.attempts.help import has_solution, items_with_solutions_for, strictest_rule
from tutor.attempts.running_tests import HELD
from tutor.attempts.sealing import after_end


@dataclass(frozen=True)
class HelpDecision:
    is_allowed: bool
    reason: str = ""  # for the student, where it is not


def help_with(access: ItemAccess | None, user: User, item: Item) -> HelpDecision:
    """What the assignments through which `user` sees `item` allow at this moment.

    access: that of `user` to `item`.
    """
    is_offered = access and has_solution(user, access)
    if is_offered or (access is None and items_with_solutions_for(user).contains(item)):
        return HelpDecision(is_allowed=True)
    if access and access.is_held:
        return HelpDecision(is_allowed=False, reason=str(HELD))
    if not item.has_model_help:
        reason = _("Your teacher has turned the model’s help off for this problem.")
        return HelpDecision(is_allowed=False, reason=reason)
    assignments = (access.assignment, *access.assignment.parallels) if access else ()
    return HelpDecision(is_allowed=False, reason=_why_not_yet(assignments))


def _why_not_yet(assignments: Sequence[Assignment]) -> str:
    rule = strictest_rule(HelpLevel.SOLUTION, assignments)
    if rule is None or rule.policy == HelpPolicy.NEVER:
        return _("Your teacher has turned worked solutions off here.")
    if rule.policy == HelpPolicy.AFTER_ATTEMPTS:
        text = ngettext(
            "You can see a worked solution after %(n)s attempt.",
            "You can see a worked solution after %(n)s attempts.",
            rule.attempts,
        )
        return text % {"n": rule.attempts}
    if rule.last.waits_for_everybody:
        return _("You can see a worked solution %(when)s.") % {"when": after_end([rule.last])}
    text = _("You can see a worked solution after the assignment has closed: %(end)s")
    return text % {"end": rule.end}
