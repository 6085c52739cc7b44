"""How much help may a person have with an item now, and how much have they had?"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from tutor.assignments.models import Assignment, Item, ItemQuerySet, Rung
from tutor.attempts.models import Attempt, GivenHelp
from tutor.courses.models import Enrollment
from tutor.problems.models import ProblemVersion

HIGHEST_FIRST = tuple(reversed(Rung.values))


def items_with_solutions_for(user: User) -> ItemQuerySet:
    """By the dates of their assignments, or because of what `user` has tried so far."""
    offered = Assignment.objects.offering_solutions_to(user).values("problem_set")
    earned = Attempt.objects.earning_help(user)
    items = Item.objects.with_model_help_for(user)
    return items.filter(Q(problem_set__in=offered) | Q(pk__in=earned))


def is_offered(
    rung: Rung, assignment: Assignment, attempts: Iterable[Attempt], now: datetime | None = None
) -> bool:
    """By the terms and attempts of one student at one item, with their grades.

    Of whole solutions `items_with_solutions_for` says the same of many items; a test holds the
    two together.
    """
    policy, wanted = assignment.policy_on(rung)
    if policy in (Assignment.HelpPolicy.ALWAYS, Assignment.HelpPolicy.NEVER):
        return policy == Assignment.HelpPolicy.ALWAYS
    if (now or timezone.now()) >= assignment.ends_at:
        return True
    counted = [attempt for attempt in attempts if attempt.is_counted]
    is_earned = len(counted) >= wanted or any(attempt.is_right for attempt in counted)
    return policy == Assignment.HelpPolicy.AFTER_ATTEMPTS and is_earned


def when_offered(rung: Rung, assignment: Assignment) -> str:
    """For the student, of help that is not offered yet; empty where it never is."""
    policy, wanted = assignment.policy_on(rung)
    if policy == Assignment.HelpPolicy.AFTER_ATTEMPTS:
        said = ngettext(
            "after %(n)s attempt of your own", "after %(n)s attempts of your own", wanted
        )
        return said % {"n": wanted}
    if policy == Assignment.HelpPolicy.AFTER_DUE:
        end = date_format(localtime(assignment.ends_at), "DATETIME_FORMAT")
        return _("once no more answers are taken: %(end)s") % {"end": end}
    return ""


def give(
    place: Enrollment, item: Item, version: ProblemVersion, rung: Rung, number: int, text: str
) -> None:
    """Write down that the student has it from now on. Given twice is given once."""
    GivenHelp.objects.get_or_create(
        enrollment=place,
        item=item,
        version=version,
        rung=rung,
        number=number,
        defaults={"text": text},
    )


def most_help(place: Enrollment, item: Item, version: ProblemVersion) -> str:
    """The highest rung on which the student has been with this variant; empty for none.

    A problem that is edited keeps its numbers: help with an earlier version counts.
    """
    had = set(
        GivenHelp.objects.filter(enrollment=place, item=item, version__seed=version.seed)
        .order_by()
        .values_list("rung", flat=True)
    )
    return next((rung for rung in HIGHEST_FIRST if rung in had), "")
