from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.utils import timezone

from tests.factories import make_assignment, make_problem
from tutor.assignments.models import Assignment, Item
from tutor.attempts.help import items_with_solutions_for


def test_an_item_is_seen_through_its_assignments_alone(alice, dan, admin, item):
    assert Item.objects.visible_to(alice).contains(item)
    assert Item.objects.visible_to(admin).contains(item)
    assert not Item.objects.visible_to(dan).exists()


def test_numbers_have_no_gaps(section, problem):
    assignment = make_assignment(section, [problem, make_problem("b"), make_problem("c")])
    assignment.problem_set.items.filter(position=2).delete()
    assert [item.number for item in assignment.problem_set.items.numbered()] == [1, 2]


def test_the_database_refuses_a_due_date_before_the_opening(assignment):
    with pytest.raises(IntegrityError):
        Assignment.objects.update(due_at=timezone.now() - timedelta(days=30))


def test_the_database_refuses_a_closing_before_the_due_date(assignment):
    with pytest.raises(IntegrityError):
        Assignment.objects.update(closes_at=timezone.now())


def test_what_comes_late_is_worth_less_and_then_nothing_is_taken(assignment):
    due = assignment.due_at
    second, day = timedelta(seconds=1), timedelta(days=1)
    assert assignment.takes_answers_at(due)
    assert not assignment.takes_answers_at(due + second)
    assert not assignment.takes_answers_at(assignment.opens_at - second)
    assignment.closes_at, assignment.late_credit = due + day, 40
    assert assignment.takes_answers_at(due + second)
    assert not assignment.takes_answers_at(due + day + second)
    assert assignment.credit_at(due) == 1
    assert assignment.credit_at(due + second) == Decimal("0.4")


def test_solutions_wait_for_who_may_still_hand_in_late(alice, assignment):
    now, hour = timezone.now(), timedelta(hours=1)
    Assignment.objects.update(
        help_policy=Assignment.HelpPolicy.AFTER_DUE, due_at=now - hour, closes_at=now + hour
    )
    assert not items_with_solutions_for(alice).exists()
    Assignment.objects.update(closes_at=now)
    assert items_with_solutions_for(alice).exists()
