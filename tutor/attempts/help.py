"""How much help may a person have with an item now, and how much have they had?"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from tutor.assignments.models import Assignment, HelpLevel, Item, ItemQuerySet
from tutor.attempts.models import Attempt, GivenHelp
from tutor.attempts.running_tests import held_items
from tutor.courses.clock import on_clock_of
from tutor.courses.models import Enrollment, Section
from tutor.grading import Verdict
from tutor.problems.models import ProblemVersion

HIGHEST_FIRST = tuple(reversed(HelpLevel.values))


def items_with_solutions_for(user: User) -> ItemQuerySet:
    """By the dates of their assignments, or because of what `user` has tried so far.

    Where a set is assigned to a student in several sections, each of them has to allow it, and a
    test of theirs that runs holds its problems back. One query, and one more where attempts decide.
    """
    items = Item.objects.with_model_help_for(user)
    if user.is_superuser:
        return items.filter(problem_set__in=Assignment.objects.values("problem_set"))
    taught = Assignment.objects.filter(section__in=Section.objects.taught_by(user))
    given = list(
        Assignment.objects.for_students(
            Enrollment.objects.filter(user=user),
            *("effective_opens_at", "effective_ends_at", "sitting_ends_at"),
        ).select_related("section")
    )
    offered, wanted = _sets_with_solutions(given)
    earned = _earned_items(user, wanted, {one.enrollment for one in given})
    to_student = Q(problem_set__in=offered) | Q(pk__in=earned)
    if running := _running_sets(given):
        to_student &= ~held_items(running)
    return items.filter(Q(problem_set__in=taught.values("problem_set")) | to_student)


def _running_sets(given: Iterable[Assignment]) -> set[int]:
    """Those of tests in which the student's time runs."""
    now = timezone.now()
    return {
        one.problem_set_id
        for one in given
        if one.sitting_ends_at is not None
        and one.effective_opens_at <= now <= min(one.sitting_ends_at, one.effective_ends_at)
    }


def _sets_with_solutions(given: Iterable[Assignment]) -> tuple[set[int], dict[int, int]]:
    """Sets whose solutions are offered to a student, and those that attempts earn: how many.

    Archived sections speak only of a set that no other section has.
    """
    now, policy = timezone.now(), Assignment.HelpPolicy
    by_set: dict[int, list[Assignment]] = defaultdict(list)
    for row in given:
        by_set[row.problem_set_id].append(row)
    offered: set[int] = set()
    wanted: dict[int, int] = {}
    for problem_set, rows in by_set.items():
        speaking = [one for one in rows if one.section.archived_at is None] or rows
        holding = [
            one
            for one in speaking
            if one.help_policy == policy.NEVER
            or (one.help_policy != policy.ALWAYS and one.effective_ends_at > now)
        ]
        if not any(one.effective_opens_at <= now for one in rows):
            continue
        if not holding:
            offered.add(problem_set)
        elif all(one.help_policy == policy.AFTER_ATTEMPTS for one in holding):
            wanted[problem_set] = max(one.help_after_attempts for one in holding)
    return offered, wanted


def _earned_items(user: User, wanted: dict[int, int], places: set[int]) -> list[int]:
    """Items of these sets that the student has tried often enough, or is right at already.

    What they did in a section that they have left counts too, until it is archived.
    """
    if not wanted:
        return []
    mine = Enrollment.objects.filter(user=user)
    mine = mine.filter(Q(section__archived_at=None) | Q(pk__in=places))
    tried = (
        Attempt.objects.costing()
        .filter(enrollment__in=mine, item__problem_set__in=wanted)
        .values("item", "item__problem_set")
        .annotate(count=Count("pk"), right=Count("pk", filter=Q(grade__verdict=Verdict.CORRECT)))
        .order_by()
    )
    return [
        row["item"]
        for row in tried
        if row["right"] or row["count"] >= wanted[row["item__problem_set"]]
    ]


def is_offered(
    level: str, assignment: Assignment, attempts: Iterable[Attempt], now: datetime | None = None
) -> bool:
    """By the terms and attempts of one student at one item, with their grades.

    level: as in `Assignment.policy_on`. Of whole solutions `items_with_solutions_for` says the same
    of many items; a test holds the two together.
    """
    counted, now = [one for one in attempts if one.costs_attempt], now or timezone.now()
    each = (assignment, *assignment.parallels)
    return all(_is_offered_by(one, level, counted, now) for one in each)


def _is_offered_by(
    assignment: Assignment, level: str, counted: list[Attempt], now: datetime
) -> bool:
    policy, wanted = assignment.policy_on(level)
    if policy in (Assignment.HelpPolicy.ALWAYS, Assignment.HelpPolicy.NEVER):
        return policy == Assignment.HelpPolicy.ALWAYS
    if now >= assignment.ends_at:
        return True
    is_earned = len(counted) >= wanted or any(attempt.is_right for attempt in counted)
    return policy == Assignment.HelpPolicy.AFTER_ATTEMPTS and is_earned


def when_offered(level: str, assignment: Assignment) -> str:
    """For the student, of help that is not offered yet; empty where it never is."""
    policies = Assignment.HelpPolicy
    each = (assignment, *assignment.parallels)
    by_policy = {
        name: [one for one in each if one.policy_on(level)[0] == name] for name in policies
    }
    if by_policy[policies.NEVER]:
        return ""
    if by_policy[policies.AFTER_DUE]:
        last = max(by_policy[policies.AFTER_DUE], key=lambda one: one.ends_at)
        end = on_clock_of(last.section, last.ends_at)
        if last.time_limit_min is not None:
            return _("after the test is over for everybody (%(end)s)") % {"end": end}
        return _("once no more answers are taken (%(end)s)") % {"end": end}
    if by_policy[policies.AFTER_ATTEMPTS]:
        wanted = max(one.policy_on(level)[1] for one in by_policy[policies.AFTER_ATTEMPTS])
        said = ngettext(
            "after %(n)s attempt of your own", "after %(n)s attempts of your own", wanted
        )
        return said % {"n": wanted}
    return ""


def give(
    place: Enrollment, item: Item, version: ProblemVersion, level: HelpLevel, number: int, text: str
) -> None:
    """Write down that the student has it from now on. Given twice is given once."""
    GivenHelp.objects.get_or_create(
        enrollment=place,
        item=item,
        version=version,
        level=level,
        number=number,
        defaults={"text": text},
    )


def count_as_helped(
    place: Enrollment, item: Item, version: ProblemVersion, level: HelpLevel, since: datetime
) -> None:
    """Of answers handed in while help was coming that only at its end is known to be some."""
    lower = HIGHEST_FIRST[HIGHEST_FIRST.index(level) + 1 :]
    attempts = Attempt.objects.filter(enrollment=place, item=item, version__seed=version.seed)
    attempts.filter(submitted_at__gte=since, helped_by__in=["", *lower]).update(helped_by=level)


def highest_help(place: Enrollment, item: Item, version: ProblemVersion) -> str:
    """The highest level on which the student has been with this variant; empty for none.

    A problem that is edited keeps its numbers: help with an earlier version counts.
    """
    mine = place.of_same_person()
    had = set(
        GivenHelp.objects.filter(enrollment__in=mine, item=item, version__seed=version.seed)
        .order_by()
        .values_list("level", flat=True)
    )
    return next((level for level in HIGHEST_FIRST if level in had), "")
