from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_assignment
from tutor.assignments.models import Assignment, Item


def test_home_lists_what_is_assigned(client, alice, assignment):
    client.force_login(alice)
    page = client.get(reverse("home")).content.decode()
    assert "Warming up" in page
    assert assignment.get_absolute_url() in page


def test_what_is_due_first_comes_first(client, alice, section, assignment):
    sooner = make_assignment(section, [], due_at=timezone.now() + timedelta(days=1))
    past = make_assignment(section, [], due_at=timezone.now() - timedelta(hours=1))
    client.force_login(alice)
    context = client.get(reverse("home")).context
    assert list(context["assignments"]) == [past, sooner, assignment]
    assert context["next_assignment"] == sooner


def test_home_says_so_when_there_is_nothing(client, dan, assignment):
    client.force_login(dan)
    response = client.get(reverse("home"))
    assert response.status_code == 200
    assert "Warming up" not in response.content.decode()


def test_an_assignment_lists_its_items_in_order(client, alice, assignment):
    client.force_login(alice)
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert "A sum" in page
    assert assignment.problem_set.items.get().get_absolute_url() in page


@pytest.mark.parametrize("code", ["00000000-0000-4000-8000-000000000000", None])
def test_what_is_not_theirs_is_not_there(client, dan, assignment, code):
    client.force_login(dan)
    assert client.get(reverse("assignment", args=[code or assignment.code])).status_code == 404


def test_an_item_is_seen_through_its_assignments_alone(alice, dan, admin, item):
    assert Item.objects.visible_to(alice).contains(item)
    assert Item.objects.visible_to(admin).contains(item)
    assert not Item.objects.visible_to(dan).exists()


def test_numbers_have_no_gaps(section, problem):
    from tests.factories import make_problem

    assignment = make_assignment(section, [problem, make_problem("b"), make_problem("c")])
    assignment.problem_set.items.filter(position=2).delete()
    assert [item.number for item in assignment.problem_set.items.numbered()] == [1, 2]


def test_the_database_refuses_a_due_date_before_the_opening(assignment):
    with pytest.raises(IntegrityError):
        Assignment.objects.update(due_at=timezone.now() - timedelta(days=30))
