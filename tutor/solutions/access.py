"""May this person watch a worked solution of this item now? The one place that decides."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from tutor.assignments.models import Assignment, Item


@dataclass(frozen=True)
class Help:
    allowed: bool
    reason: str = ""  # for the student, when it is not


def help_for(user: User, item: Item) -> Help:
    """What the assignments through which `user` sees `item` allow at this moment."""
    if Assignment.objects.offering_solutions_to(user).with_item(item).exists():
        return Help(allowed=True)
    later = (
        Assignment.objects.visible_to(user)
        .with_item(item)
        .filter(help_policy=Assignment.HelpPolicy.AFTER_DUE)
        .order_by("due_at")
        .first()
    )
    if later is None:
        return Help(allowed=False, reason=_("Your teacher has turned worked solutions off here."))
    due = date_format(localtime(later.due_at), "DATETIME_FORMAT")
    reason = _("A worked solution can be watched after the due date: %(due)s")
    return Help(allowed=False, reason=reason % {"due": due})
