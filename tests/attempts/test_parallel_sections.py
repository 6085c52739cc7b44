"""A student in two sections that have the same set has it once: the strictest rule holds."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.asking import help_for
from tests.attempts.test_variants import products
from tests.factories import make_problem, make_section
from tutor.assignments.models import Assignment, HelpLevel, Item, parallel_assignments
from tutor.attempts.access import access_for
from tutor.attempts.answering import Answering
from tutor.attempts.help import (
    highest_help,
    is_offered,
    items_with_solutions_for,
    when_offered,
)
from tutor.attempts.models import Attempt, GivenHelp
from tutor.attempts.results.item_progress import progress_on_item
from tutor.attempts.submitting import Refusal
from tutor.attempts.variants import variant_for
from tutor.attempts.working.check_visibility import nothing, shown_to_student
from tutor.courses.models import Enrollment

HOUR = timedelta(hours=1)
POLICY = Assignment.HelpPolicy


@pytest.fixture
def first(assignment):
    """Alice’s own section, which closes now and then."""
    change(assignment, attempts_allowed=2, help_policy=POLICY.AFTER_DUE)
    return assignment


@pytest.fixture
def second(first, alice, dan):
    """The same set in a parallel class, a day longer."""
    section = make_section(teacher=dan, students=[alice], name="10b")
    return Assignment.objects.create(
        problem_set=first.problem_set,
        section=section,
        opens_at=first.opens_at,
        due_at=first.due_at + timedelta(days=1),
        attempts_allowed=2,
        help_policy=POLICY.AFTER_DUE,
    )


def change(assignment, **fields):
    Assignment.objects.filter(pk=assignment.pk).update(**fields)


def close(assignment):
    now = timezone.now()
    change(assignment, opens_at=now - 9 * HOUR, due_at=now - HOUR)


def test_attempts_are_counted_over_both(alice, item, first, second, hand_in):
    hand_in(alice, "5")
    hand_in(alice, "6")
    close(first)
    assert access_for(alice, item).assignment == second
    assert hand_in(alice, "7") == Refusal.NONE_LEFT
    assert Attempt.objects.count() == 2


def test_the_page_says_how_many_are_left(client, alice, item, first, second, hand_in):
    hand_in(alice, "5")
    close(first)
    access = access_for(alice, item)
    assert Answering(access).left == 1
    assert Answering(access).next_number == 2


@pytest.mark.parametrize(
    ("here", "elsewhere", "left"), [(5, 2, 2), (2, 5, 2), (None, 3, 3), (3, None, 3)]
)
def test_the_smaller_number_of_attempts_holds(alice, item, first, second, here, elsewhere, left):
    change(first, attempts_allowed=here)
    change(second, attempts_allowed=elsewhere)
    assert [assignment.attempts_allowed for assignment in parallel_assignments(alice.pk, item)] == [
        left,
        left,
    ]


@pytest.mark.parametrize("opens", [-1, 1])
def test_no_solution_while_the_other_section_works_on_it(alice, item, first, second, opens):
    """Nor before it has begun to."""
    close(first)
    change(second, opens_at=timezone.now() + opens * HOUR)
    assert not items_with_solutions_for(alice).contains(item)
    help_now = help_for(alice, item)
    assert not help_now.is_allowed
    assert "after the assignment has closed" in help_now.reason
    close(second)
    assert items_with_solutions_for(alice).contains(item)


def test_the_page_and_its_help_name_the_same_end(alice, item, first, second):
    change(second, help_policy=POLICY.AFTER_ATTEMPTS)
    reason = help_for(alice, item).reason
    [end] = re.findall(
        r"\((.+)\)", when_offered(HelpLevel.SOLUTION, access_for(alice, item).assignment)
    )
    assert reason.endswith(f"has closed: {end}")


@pytest.mark.parametrize("policies", list(product(POLICY, POLICY)))
def test_the_strictest_rule_is_told_first(alice, item, first, second, policies):
    for assignment, policy in zip((first, second), policies, strict=True):
        change(assignment, help_policy=policy, help_after_attempts=3)
    expected = next(
        text
        for policy, text in (
            (POLICY.NEVER, "turned worked solutions off"),
            (POLICY.AFTER_DUE, "after the assignment has closed"),
            (POLICY.AFTER_ATTEMPTS, "after 3 attempts"),
            (POLICY.ALWAYS, ""),
        )
        if policy in policies
    )
    reason = help_for(alice, item).reason
    assert expected in reason
    assert bool(reason) == bool(expected)


def test_a_section_that_gives_everything_away_does_so_for_its_own(alice, bob, item, first, second):
    change(second, help_policy=POLICY.ALWAYS)
    change(first, help_policy=POLICY.NEVER)
    assert not items_with_solutions_for(alice).contains(item)
    Enrollment.objects.create(section=second.section, user=bob)
    Enrollment.objects.filter(section=first.section, user=bob).delete()
    assert items_with_solutions_for(bob).contains(item)


@pytest.mark.parametrize("level", HelpLevel)
def test_each_level_is_offered_by_both_or_not_at_all(alice, item, first, second, level):
    name = {HelpLevel.SOLUTION: "help_policy", HelpLevel.LINE: "step_policy"}.get(level)
    names = {name or f"{level.value}_policy": POLICY.ALWAYS}
    change(first, **names)
    change(second, **dict.fromkeys(names, POLICY.NEVER))
    assert not is_offered(level, access_for(alice, item).assignment, [])
    change(second, **names)
    assert is_offered(level, access_for(alice, item).assignment, [])


@pytest.mark.parametrize(("here", "elsewhere"), list(product(POLICY, POLICY)))
@pytest.mark.parametrize("responses", ["", "5", "5 6", "4"])
@pytest.mark.parametrize("ends", [(-1, 1), (1, 2), (-2, -1)])
def test_a_place_and_the_database_offer_solutions_alike(
    alice, item, first, second, hand_in, here, elsewhere, responses, ends
):
    for assignment, policy, count in ((first, here, 1), (second, elsewhere, 2)):
        change(assignment, attempts_allowed=None, help_policy=policy, help_after_attempts=count)
    for response in responses.split():
        hand_in(alice, response)
    now = timezone.now()
    for assignment, hours in zip((first, second), ends, strict=True):
        change(assignment, opens_at=now - 9 * HOUR, due_at=now + hours * HOUR)
    access = access_for(alice, item)
    attempts = list(access.attempts)
    is_one_offered = is_offered(HelpLevel.SOLUTION, access.assignment, attempts)
    assert is_one_offered == items_with_solutions_for(alice).contains(item)
    assert is_one_offered == help_for(alice, item).is_allowed


def test_help_in_one_is_help_in_the_other(client, alice, item, first, second):
    change(first, hint_policy=POLICY.ALWAYS)
    change(second, hint_policy=POLICY.ALWAYS)
    client.force_login(alice)
    client.post(reverse("help", args=[item.code]), {"level": "hint", "number": 1})
    assert GivenHelp.objects.get().enrollment.section == first.section
    elsewhere = Enrollment.objects.get(section=second.section, user=alice)
    assert highest_help(elsewhere, item, item.problem.current) == HelpLevel.HINT


def test_values_of_a_check_are_held_back_as_long_as_one_takes_answers(alice, item, first, second):
    close(first)
    change(second, opens_at=timezone.now() + HOUR)
    terms = access_for(alice, item).assignment
    assert shown_to_student(terms, [], item.problem.current) is nothing


def test_both_have_the_same_variant(alice, bob, first, second):
    template = make_problem("a-product")
    template.revise(products())
    template.refresh_from_db()
    item = Item.objects.create(problem_set=first.problem_set, problem=template, position=2)
    enrollments = Enrollment.objects.filter(user=alice).order_by("pk")
    variant_for(item, Enrollment.objects.get(user=bob))  # the next variant of the class is another
    assert len({variant_for(item, enrollment).pk for enrollment in enrollments}) == 1


def test_who_is_right_in_one_hands_in_the_same_in_the_other(alice, item, first, second, hand_in):
    """Each gradebook has its own marks; all attempts are used up by then."""
    hand_in(alice, "5")
    hand_in(alice, "4")
    assert access_for(alice, item).assignment == second
    assert hand_in(alice, "4").enrollment.section == second.section
    assert hand_in(alice, "4") == Refusal.RIGHT_ALREADY
    for assignment in (first, second):
        mine = Attempt.objects.filter(enrollment__section=assignment.section).select_related(
            "grade"
        )
        assert progress_on_item(mine, item, assignment).is_right


def test_who_changed_the_class_keeps_what_was_tried(alice, item, first, second, hand_in):
    hand_in(alice, "5")
    first.section.enrollments.filter(user=alice).update(role="former")
    assert hand_in(alice, "6").number == 2
    assert hand_in(alice, "7") == Refusal.NONE_LEFT


def test_last_year_does_not_count(alice, item, first, second, hand_in):
    """Whoever repeats a year begins anew: its section is archived."""
    hand_in(alice, "5")
    hand_in(alice, "6")
    first.section.archive()
    change(first, help_policy=POLICY.NEVER)
    change(second, help_policy=POLICY.ALWAYS)
    close(first)
    assert items_with_solutions_for(alice).contains(item)
    assert hand_in(alice, "7").number == 1
