"""A teacher looks at a student's page: nothing can be done there, and it is noted."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_assignment, make_problem
from tutor.assignments.models import Assignment
from tutor.attempts.messages import send_to_class
from tutor.attempts.models import Attempt
from tutor.attempts.views.student_page import ATTEMPTS_A_PAGE
from tutor.courses.models import Enrollment, SectionEvent


@pytest.fixture
def pages(section, item):
    return [
        reverse("student-page", args=[section.code, "alice"]),
        reverse("student-item", args=[section.code, "alice", item.code]),
    ]


def test_a_teacher_sees_the_students_answers(client, alice, bob, carol, pages, hand_in):
    hand_in(alice, "123454321")
    hand_in(bob, "987656789")
    client.force_login(carol)
    page, item = [client.get(address).content.decode() for address in pages]
    assert "0 of 1 right" in page
    assert "123454321" in item
    assert "987656789" not in item
    assert "<form" not in item.partition("<main")[2]


def test_points_stand_there_as_the_student_sees_them(
    client, alice, carol, assignment, pages, hand_in
):
    def points(user, address):
        client.force_login(user)
        return re.findall(r"<span>(Points: [^<]*)</span>", client.get(address).content.decode())[-1]

    own = assignment.get_absolute_url()
    assert points(carol, pages[0]) == points(alice, own) == "Points: 1"
    hand_in(alice, "5")
    assert points(carol, pages[0]) == points(alice, own) == "Points: 0 of 1"


def test_every_look_is_noted(client, alice, carol, section, pages):
    client.force_login(carol)
    for address in pages:
        client.get(address)
    events = section.events.filter(act=SectionEvent.Act.VIEWED, author=carol, about=alice)
    assert [event.detail for event in events] == ["A sum", ""]


def test_a_viewed_page_accepts_no_answers(client, carol, pages):
    client.force_login(carol)
    for address in pages:
        assert client.post(address, {"response": "4"}).status_code == 405
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("who", ["alice", "bob", "dan"])
def test_others_get_404(client, request, section, pages, who):
    client.force_login(request.getfixturevalue(who))
    for address in pages:
        assert client.get(address).status_code == 404
    assert not section.events.exists()


def test_teachers_have_no_such_page(client, carol, section):
    client.force_login(carol)
    assert client.get(reverse("student-page", args=[section.code, "carol"])).status_code == 404


def test_a_problem_of_elsewhere_is_not_there(client, carol, section, pages):
    client.force_login(carol)
    nowhere = "00000000-0000-4000-8000-000000000000"
    address = reverse("student-item", args=[section.code, "alice", nowhere])
    assert client.get(address).status_code == 404


def test_queries_do_not_grow_with_the_assignments(client, carol, section, pages):
    client.force_login(carol)
    counts = []
    for first in (0, 8):
        for n in range(first, first + 4):
            make_assignment(section, [make_problem(f"p{n}"), make_problem(f"q{n}")])
        with CaptureQueriesContext(connection) as queries:
            assert client.get(pages[0]).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_many_attempts_come_in_pages(client, alice, carol, item, pages, hand_in):
    Assignment.objects.update(attempts_allowed=None)
    for number in range(1, ATTEMPTS_A_PAGE + 3):
        hand_in(alice, f"1000{number}", number=number)
    client.force_login(carol)
    first, second = [client.get(f"{pages[1]}{query}").content.decode() for query in ("", "?page=2")]
    assert first.count('<article class="attempt"') == ATTEMPTS_A_PAGE
    assert second.count('<article class="attempt"') == 2
    assert "10002" in second
    assert "Attempt 2" in second


def test_one_page_tells_the_work_the_skills_and_the_messages(
    client, alice, bob, carol, section, item, pages, hand_in
):
    item.problem.tag(["arithmetic.small_sums"])
    over = make_assignment(section, [make_problem("over")])
    Assignment.objects.filter(pk=over.pk).update(due_at=over.opens_at + timedelta(hours=1))
    hand_in(alice, "5")
    students = section.enrollments.students()
    send_to_class(uuid4(), section, carol, "Well done.", students.filter(user=alice), for_all=False)
    send_to_class(uuid4(), section, carol, "Not for her.", students.filter(user=bob), for_all=False)
    client.force_login(carol)
    response = client.get(pages[0])
    assert [len(response.context[name]) for name in ("open_work", "closed_work")] == [1, 1]
    page = response.content.decode()
    for words in ("1 closed assignment", "Small sums", "Well done.", "not read yet"):
        assert words in page
    assert "right at first, without help: 0 of 1" in page
    assert "Not for her." not in page
    settings = section.enrollments.get(user=alice).get_absolute_url()
    assert f'<a href="{settings}">Settings</a>' in page
    assert f'<a href="{pages[0]}">Work and skills</a>' in client.get(settings).content.decode()


def test_an_assistant_reads_no_messages(client, alice, carol, section, pages):
    alices = section.enrollments.students().filter(user=alice)
    send_to_class(uuid4(), section, carol, "Well done.", alices, for_all=False)
    section.enrollments.filter(user=carol).update(role=Enrollment.Role.ASSISTANT)
    client.force_login(carol)
    page = client.get(pages[0]).content.decode()
    assert "Well done." not in page
    assert "Write to this student" not in page
