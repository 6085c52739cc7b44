"""The quick ways to decide about one item agree with the queries that select many."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_assignment, make_problem, make_section
from tutor.assignments.models import Assignment, Item, Sitting
from tutor.attempts.access import access_for, read_item
from tutor.attempts.help import has_solution, items_with_solutions_for
from tutor.attempts.running_tests import LONGEST, running_tests
from tutor.courses.models import Enrollment

HOUR = timedelta(hours=1)
POLICIES = Assignment.HelpPolicy.values
OPENINGS = {"soon": HOUR, "now": -HOUR, "over": -3 * HOUR}


def may_read(user, item):
    try:
        read_item(user, item.code)
    except Http404:
        return False
    return True


def sees(user, item):
    return Item.objects.visible_to(user).contains(item)


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("begun", [None, 0, 2])
@pytest.mark.parametrize("limit", [None, 30])
def test_whoever_sees_an_item_may_read_it(
    opening, begun, limit, alice, bob, carol, dan, admin, item
):
    now = timezone.now()
    opens_at = now + OPENINGS[opening]
    Assignment.objects.update(opens_at=opens_at, due_at=opens_at + 2 * HOUR, time_limit_min=limit)
    if begun is not None:
        own = Enrollment.objects.get(user=alice)
        Sitting.objects.create(
            assignment=Assignment.objects.get(), enrollment=own, begun_at=now - begun * HOUR
        )
    people = (alice, bob, carol, dan, admin)
    assert [may_read(user, item) for user in people] == [sees(user, item) for user in people]


@pytest.mark.parametrize("policy", POLICIES)
def test_one_solution_is_offered_as_those_of_many_items_are(
    policy, alice, bob, carol, dan, item, assignment, section, hand_in
):
    test = make_assignment(section, [item.problem], time_limit_min=30)
    own = Enrollment.objects.get(user=alice)
    sittings = Sitting.objects.create(assignment=test, enrollment=own)
    hand_in(bob, "5")
    for is_over, has_help, runs in product([False, True], repeat=3):
        opens_at = timezone.now() - (3 if is_over else 1) * HOUR
        Assignment.objects.filter(pk=assignment.pk).update(
            help_policy=policy, help_after_attempts=1, opens_at=opens_at, due_at=opens_at + 2 * HOUR
        )
        Item.objects.filter(pk=item.pk).update(has_model_help=has_help)
        sittings.begun_at = timezone.now() - (0 if runs else 5) * HOUR
        sittings.save()
        for user in (alice, bob, carol, dan):
            access = access_for(user, Item.objects.get(pk=item.pk))
            if access is not None:
                offered = items_with_solutions_for(user).contains(item)
                assert has_solution(user, access) == offered


def test_the_longest_test_is_held_to_its_last_minute(alice, item, section):
    test = make_assignment(section, [make_problem("other")], time_limit_min=10_000)
    Assignment.objects.filter(pk=test.pk).update(due_at=timezone.now() + timedelta(days=60))
    own = Enrollment.objects.get(user=alice)
    Enrollment.objects.filter(pk=own.pk).update(extra_time=400)
    begun_at = timezone.now() - LONGEST + timedelta(minutes=1)
    Assignment.objects.filter(pk=test.pk).update(opens_at=begun_at - HOUR)
    Sitting.objects.create(assignment=test, enrollment=own, begun_at=begun_at)
    assert running_tests(alice) == [test]
    Sitting.objects.update(begun_at=begun_at - timedelta(minutes=2))
    assert running_tests(alice) == []


def test_a_student_of_many_classes_reads_an_item_with_five_queries(alice, item, django_user_model):
    for n in range(3):
        make_section(teacher=django_user_model.objects.create(username=f"t{n}"), students=[alice])
    with CaptureQueriesContext(connection) as queries:
        _item, access = read_item(alice, item.code)
        assert access.is_held is False
    assert len(queries) == 5
