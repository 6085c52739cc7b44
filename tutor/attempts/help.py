"""How much help a person may have with an item now, and how much they have had."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from tutor.assignments.models import Assignment, HelpLevel, HelpPolicy, Item, ItemQuerySet
from tutor.attempts.access import ItemAccess
from tutor.attempts.models import Attempt, GivenHelp
from tutor.attempts.running_tests import held_items
from tutor.attempts.sealing import after_end, answered_sealed_sets
from tutor.courses.clock import on_clock_of
from tutor.courses.models import Enrollment, Section
from tutor.grading import Verdict
from tutor.per_page import once_per_page
from tutor.problems.models import ProblemVersion

HIGHEST_FIRST = tuple(reversed(HelpLevel.values))


def items_with_solutions_for(user: User) -> ItemQuerySet:
    """By the dates of their assignments, or because of what `user` has tried so far.

    This decides who may watch a worked solution: `help_with` in `solutions.requests.access` adds
    the reason, and `Solution.objects.visible_to` selects rows. Where a set is assigned to a student
    in several classes, each of them has to allow it, and a running test holds its problems back.
    One query, and one more where attempts decide.
    """
    items = Item.objects.with_model_help_for(user)
    if user.is_superuser:
        return items.filter(problem_set__in=Assignment.objects.values("problem_set"))
    taught = Assignment.objects.filter(section__in=Section.objects.taught_by(user))
    given = list(
        Assignment.objects.for_students(
            Enrollment.objects.filter(user=user),
            "effective_opens_at",
            "effective_ends_at",
            "everybody_ends_at",
            "sitting_ends_at",
        ).select_related("section")
    )
    offered, needed = _sets_with_solutions(given)
    earned = _earned_items(user, needed, {assignment.enrollment_pk for assignment in given})
    to_student = Q(problem_set__in=offered) | Q(pk__in=earned)
    if holding := _running_sets(given) | answered_sealed_sets(user):
        to_student &= ~held_items(holding)
    return items.filter(Q(problem_set__in=taught.values("problem_set")) | to_student)


def has_solution(user: User, access: ItemAccess) -> bool:
    """Whether the item is one of `items_with_solutions_for`, mostly without a query."""
    offered, needed = _sets_with_solutions(access.given)
    if needed or user.has_classes:
        return items_with_solutions_for(user).contains(access.item)
    return bool(offered) and access.item.has_model_help and not access.is_held


def _running_sets(given: Iterable[Assignment]) -> set[int]:
    """Those of tests in which the student's time runs."""
    now = timezone.now()
    return {
        row.problem_set_id
        for row in given
        if row.sitting_ends_at is not None
        and row.effective_opens_at <= now <= min(row.sitting_ends_at, row.effective_ends_at)
    }


def _sets_with_solutions(given: Iterable[Assignment]) -> tuple[set[int], dict[int, int]]:
    """Sets whose solutions are offered, and the attempts needed in those where attempts decide.

    The rules of an archived class hold only for a set that no other class has.
    """
    by_set: dict[int, list[Assignment]] = defaultdict(list)
    for row in given:
        by_set[row.problem_set_id].append(row)
    now = timezone.now()
    offered: set[int] = set()
    needed: dict[int, int] = {}
    for problem_set, rows in by_set.items():
        if not any(row.effective_opens_at <= now for row in rows):
            continue
        deciding = [row for row in rows if row.section.archived_at is None] or rows
        ends = [(row, row.help_begins_at) for row in deciding]
        attempts = _attempts_needed(HelpLevel.SOLUTION, ends, now)
        if attempts == 0:
            offered.add(problem_set)
        elif attempts is not None:
            needed[problem_set] = attempts
    return offered, needed


def _attempts_needed(
    level: str, ends: Iterable[tuple[Assignment, datetime]], now: datetime
) -> int | None:
    """Before all these assignments, each with its end, give this help.

    0 if they do now, None if attempts alone do not help.
    """
    most = 0
    for assignment, ends_at in ends:
        policy, needed = assignment.policy_on(level)
        has_ended = ends_at <= now and policy != HelpPolicy.NEVER
        if policy == HelpPolicy.ALWAYS or has_ended:
            continue
        if policy != HelpPolicy.AFTER_ATTEMPTS:
            return None
        most = max(most, needed)
    return most


def _earned_items(user: User, needed: dict[int, int], enrollments: set[int]) -> list[int]:
    """Items of these sets that the student has tried often enough, or has solved already.

    Attempts in a class that the student has left count until it is archived.
    """
    if not needed:
        return []
    own = Enrollment.objects.filter(user=user)
    own = own.filter(Q(section__archived_at=None) | Q(pk__in=enrollments))
    counts = (
        Attempt.objects.costing()
        .filter(enrollment__in=own, item__problem_set__in=needed)
        .values("item", "item__problem_set")
        .annotate(count=Count("pk"), right=Count("pk", filter=Q(grade__verdict=Verdict.CORRECT)))
        .order_by()
    )
    return [
        row["item"]
        for row in counts
        if row["right"] or row["count"] >= needed[row["item__problem_set"]]
    ]


def is_offered(level: str, assignment: Assignment, attempts: Iterable[Attempt]) -> bool:
    """By the terms and attempts of one student at one item, with their grades.

    level: as in `Assignment.policy_on`. `items_with_solutions_for` decides the same about whole
    solutions of many items; a test compares the two.
    """
    costing = [attempt for attempt in attempts if attempt.costs_attempt]
    ends = [(row, row.help_begins_at) for row in (assignment, *assignment.parallels)]
    needed = _attempts_needed(level, ends, timezone.now())
    if needed is None:
        return False
    return len(costing) >= needed or any(attempt.is_right for attempt in costing)


class HelpRule(NamedTuple):
    """When help is given. attempts: needed where they decide. last: what ends last for them."""

    policy: HelpPolicy
    attempts: int
    last: Assignment

    @property
    def end(self) -> str:
        """The end of `last`, by the clock of its class."""
        return on_clock_of(self.last.section, self.last.ends_at)


def strictest_rule(level: str, assignments: Sequence[Assignment]) -> HelpRule | None:
    """Of these, each of which has to give the help; None if it is given at any time."""
    for policy in (HelpPolicy.NEVER, HelpPolicy.AFTER_DUE, HelpPolicy.AFTER_ATTEMPTS):
        rows = [row for row in assignments if row.policy_on(level)[0] == policy]
        if rows:
            attempts = max(row.policy_on(level)[1] for row in rows)
            return HelpRule(policy, attempts, max(rows, key=lambda row: row.ends_at))
    return None


def when_offered(level: str, assignment: Assignment) -> str:
    """For the student, about help that is not offered yet; empty where it never is."""
    rule = strictest_rule(level, (assignment, *assignment.parallels))
    if rule is None or rule.policy == HelpPolicy.NEVER:
        return ""
    if rule.policy == HelpPolicy.AFTER_ATTEMPTS and not assignment.is_time_over:
        text = ngettext("after %(n)s attempt", "after %(n)s attempts", rule.attempts)
        return text % {"n": rule.attempts}
    if rule.last.waits_for_everybody:
        return after_end([rule.last])
    return _("after the assignment has closed (%(end)s)") % {"end": rule.end}


def give(
    enrollment: Enrollment,
    item: Item,
    version: ProblemVersion,
    level: HelpLevel,
    number: int,
    text: str,
) -> None:
    """Record that the student has this help from now on; once, however often it is given."""
    GivenHelp.objects.get_or_create(
        enrollment=enrollment,
        item=item,
        version=version,
        level=level,
        number=number,
        defaults={"text": text},
    )


def count_as_helped(
    enrollment: Enrollment, item: Item, version: ProblemVersion, level: HelpLevel, since: datetime
) -> None:
    """Mark the answers since then as given with help, which turned out to be help at its end."""
    lower = HIGHEST_FIRST[HIGHEST_FIRST.index(level) + 1 :]
    attempts = Attempt.objects.filter(enrollment=enrollment, item=item, version__seed=version.seed)
    attempts.filter(submitted_at__gte=since, helped_by__in=["", *lower]).update(helped_by=level)


def help_before(attempt: Attempt) -> list[str]:
    """The kinds of help with its variant that its student had by then, from the least."""
    level = attempt.helped_by
    if not level:
        return []
    at = (attempt.enrollment_id, attempt.item_id, attempt.version_id)
    given = [kind for kind, given_at in _given(*at) if given_at <= attempt.submitted_at]
    return [str(kind.label) for kind in HelpLevel if kind in (level, *given)]


@once_per_page
def _given(enrollment: int, item: int, version: int) -> list[tuple[str, datetime]]:
    """To the person with this enrollment, with this variant: kinds of help, and when."""
    own = Enrollment.objects.filter(user__enrollments=enrollment)
    seed = ProblemVersion.objects.filter(pk=version).values("seed")
    given = GivenHelp.objects.filter(enrollment__in=own, item=item, version__seed__in=seed)
    return list(given.order_by().values_list("level", "given_at"))


def highest_help(enrollment: Enrollment, item: Item, version: ProblemVersion) -> str:
    """The highest level of help that the student had with this variant; empty for none.

    A problem that is edited keeps its numbers: help with an earlier version counts.
    """
    given = GivenHelp.objects.filter(
        enrollment__in=enrollment.of_same_person(), item=item, version__seed=version.seed
    )
    levels = set(given.order_by().values_list("level", flat=True))
    return next((level for level in HIGHEST_FIRST if level in levels), "")
