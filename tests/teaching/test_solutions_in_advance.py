import pytest
from django.urls import reverse

from tutor.assignments.models import Assignment
from tutor.solutions.models import Preparation, Solution, State


@pytest.fixture
def address(assignment):
    return reverse("preparing", args=[assignment.code])


def test_a_teacher_asks_and_sees_how_far_it_is(client, carol, assignment, address, run_tasks):
    client.force_login(carol)
    page = client.get(address).content.decode()
    assert "0 of 1 solutions ready" in page
    assert '<td class="number">1</td><td class="number">0</td>' in page  # variants, ready
    assert "Work them out in advance" in page
    with run_tasks():
        client.post(address, {"do": "prepare"})
    assert Preparation.objects.get().assignment == assignment
    assert Solution.objects.get().state == State.QUEUED
    piece = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" in piece
    assert "<html" not in piece
    Solution.objects.update(state=State.ENDED, verdict="correct")
    page = client.get(address).content.decode()
    assert "1 of 1 solutions ready" in page
    assert "hx-get" not in page


def test_a_teacher_stops_it(client, carol, assignment, address):
    Preparation.objects.create(assignment=assignment)
    client.force_login(carol)
    assert client.post(address, {"do": "stop"}).status_code == 302
    assert not Preparation.objects.exists()


def test_asking_twice_is_asking_once(client, carol, address):
    client.force_login(carol)
    for _ in range(2):
        client.post(address, {"do": "prepare"})
    assert Preparation.objects.count() == 1


@pytest.mark.parametrize("name", ["alice", "dan"])
def test_it_is_nothing_for_students_and_other_teachers(client, request, name, address):
    client.force_login(request.getfixturevalue(name))
    assert client.get(address).status_code == client.post(address).status_code == 404
    assert not Preparation.objects.exists()


def test_where_no_solution_is_ever_offered_it_says_so(client, carol, assignment, address):
    never = Assignment.HelpPolicy.NEVER
    Assignment.objects.update(help_policy=never, step_policy=never)
    client.force_login(carol)
    page = client.get(address).content.decode()
    assert "never offers worked solutions" in page
    assert "Work them out in advance" not in page


def test_the_gradebook_leads_to_it(client, carol, assignment, address):
    client.force_login(carol)
    page = client.get(reverse("gradebook-assignment", args=[assignment.code])).content.decode()
    assert address in page
