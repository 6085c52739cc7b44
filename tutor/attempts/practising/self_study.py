"""Practice with public problems, for everybody who is signed in, with a class or without one.

Work belongs to a class here. So there is one class for self-study, which has no teacher: whoever
practises on their own becomes a student of it, and no page lists its assignment. Everybody has
the same problems in it, so one worked-out step serves all.
"""

from datetime import UTC, datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from tutor.assignments.models import Assignment, Item, ProblemSet
from tutor.attempts.access import ItemAccess, access_for
from tutor.courses.models import Course, Enrollment, Section
from tutor.problems.models import Problem

TITLE = "Self-study"
OPENS_AT, DUE_AT = datetime(2020, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
DAILY_TOKENS = 500_000  # of the model for all of them together; an administrator may change it


def self_study_access(user: User, problem: Problem) -> ItemAccess | None:
    """Makes `user` a student of the class for self-study, and the problem one of its items."""
    with transaction.atomic():
        section = _section()
        Enrollment.objects.get_or_create(section=section, user=user)
        item = _item_of(problem) or _appended(problem)
    return access_for(user, item)


def _section() -> Section:
    """The class for self-study, which is made when somebody needs it first."""
    stored = Section.objects.filter(is_self_study=True)
    try:
        return stored.first() or _made()
    except IntegrityError:  # somebody else made it in this moment
        return stored.get()


@transaction.atomic
def _made() -> Section:
    course = Course.objects.create(title=TITLE)
    section = Section.objects.create(
        course=course, name=TITLE, is_self_study=True, daily_tokens=DAILY_TOKENS
    )
    policy = Assignment.HelpPolicy
    Assignment.objects.create(
        problem_set=ProblemSet.objects.create(title=TITLE),
        section=section,
        opens_at=OPENS_AT,
        due_at=DUE_AT,
        weight=0,
        attempts_allowed=None,
        hint_policy=policy.ALWAYS,  # whoever is stuck at once has nobody to ask
        help_policy=policy.AFTER_ATTEMPTS,
    )
    return section


def _item_of(problem: Problem) -> Item | None:
    items = Item.objects.filter(problem_set__assignments__section__is_self_study=True)
    return items.filter(problem=problem).select_related("problem__current", "problem_set").first()


def _appended(problem: Problem) -> Item:
    ProblemSet.objects.get(assignments__section__is_self_study=True).append([problem])
    item = _item_of(problem)
    assert item is not None  # noqa: S101  # it was appended just now
    return item
