"""The pages of the gradebook: access, contents and order."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.conftest import make_user
from tests.factories import make_assignment
from tests.teaching.gradebooks import assignment_gradebook, section_gradebook
from tutor.assignments.models import Assignment
from tutor.courses.models import Enrollment, Section
from tutor.grading import Verdict


@pytest.mark.parametrize("who", ["carol", "admin"])
def test_teachers_of_the_section_see_it(as_user, request, section, assignment, who):
    teacher = as_user(request.getfixturevalue(who))
    for address in (assignment_gradebook(assignment), section_gradebook(section)):
        assert teacher.get(address).status_code == 200


def test_it_has_one_name_wherever_it_is_named(as_user, carol, section, assignment):
    client = as_user(carol)
    heading = f"Gradebook: {assignment.title}"
    page = client.get(assignment_gradebook(assignment)).content.decode()
    assert f"<h1>{heading}</h1>" in page
    assert f"<title>{heading}" in page
    link = rf'<a [^>]*href="{assignment_gradebook(assignment)}"[^>]*>(\w+)'
    for address in (section.get_absolute_url(), assignment.get_absolute_url()):
        names = re.findall(link, client.get(address).content.decode())
        assert set(names) == {"Gradebook"}


def test_it_is_printed_with_a_button(as_user, carol, section, assignment):
    for address in (assignment_gradebook(assignment), section_gradebook(section)):
        page = as_user(carol).get(address).content.decode()
        assert "data-print" in page
        assert re.search(r"/print[-.][^\"]*js\"", page)


@pytest.mark.parametrize("who", ["alice", "bob", "dan"])
def test_others_get_404(as_user, request, section, assignment, who):
    other = as_user(request.getfixturevalue(who))
    for name, thing in (("assignment", assignment), ("section", section)):
        assert other.get(reverse(f"gradebook-{name}", args=[thing.code])).status_code == 404
        for kind in ("csv", "xlsx"):
            address = reverse(f"gradebook-{name}-file", args=[thing.code, kind])
            assert other.get(address).status_code == 404
    for name in ("gradebook-counting", "exempt"):
        assert other.post(reverse(name, args=[section.code])).status_code == 404


def test_an_assistant_reads_the_gradebook_and_decides_nothing(as_user, section, assignment):
    assistant = make_user("erin")
    Enrollment.objects.create(section=section, user=assistant, role="assistant")
    client = as_user(assistant)
    assert client.get(assignment_gradebook(assignment)).status_code == 200
    assert reverse("gradebook-counting", args=[section.code]) not in (
        client.get(section_gradebook(section)).content.decode()
    )
    assert client.get(reverse("gradebook-counting", args=[section.code])).status_code == 404


def test_every_mark_leads_to_the_attempt_that_counts(as_user, carol, alice, two_items, answered):
    assignment, first, _ = two_items
    answered(alice, "5", item=first)
    right = answered(alice, "4", Verdict.CORRECT, item=first)
    page = as_user(carol).get(assignment_gradebook(assignment))
    [(row, cells), (other, _)] = page.context["rows"]
    assert (row.name, row.points, row.percent) == ("alice", 1, Decimal("25.0"))
    link = (
        f'<a class="mark-of correct" href="{right.get_absolute_url()}">'
        '<span class="visually-hidden">Correct: </span>1</a>'
    )
    assert cells == [link, "–"]
    assert (other.name, other.is_untouched) == ("bob", True)
    assert f'<td class="number">{link}</td><td class="number">–</td>' in page.content.decode()


def test_marks_have_the_decimals_of_the_class(as_user, carol, alice, section, two_items, answered):
    assignment, first, second = two_items
    Section.objects.update(convention="DE")
    assignment.problem_set.items.update(points=Decimal("2.5"))
    answered(alice, "4", Verdict.CORRECT, item=first)
    answered(alice, "4", Verdict.INCORRECT, 0.5, item=second)
    client = as_user(carol)
    page = client.get(assignment_gradebook(assignment)).content.decode()
    for text in ("of 2,5<", "</span>2,5</a>", "</span>1,25</a>", ">3,75<", "75%"):
        assert text in page, text
    page = client.get(section_gradebook(section)).content.decode()
    assert "3,75" in page
    assert "3.75" not in page


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["alice", "bob"]),
        ("-name", ["bob", "alice"]),
        ("points", ["alice", "bob"]),
        ("-points", ["bob", "alice"]),
        ("1", ["bob", "alice"]),
        ("-1", ["alice", "bob"]),
        ("-2", ["bob", "alice"]),
        ("password", ["alice", "bob"]),
        ("99", ["alice", "bob"]),
        ("--1", ["alice", "bob"]),
    ],
)
def test_rows_are_sorted_by_what_may_be_asked_for(
    as_user, carol, alice, bob, two_items, answered, sort, names
):
    assignment, first, second = two_items
    answered(alice, "4", Verdict.CORRECT, item=first)
    answered(bob, "4", Verdict.CORRECT, item=second)
    page = as_user(carol).get(assignment_gradebook(assignment, sort=sort))
    assert [row.name for row, _ in page.context["rows"]] == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"show": "untouched"}, ["bob"]),
        ({"show": "unfinished"}, ["alice", "bob"]),
        ({"show": "waiting"}, ["alice"]),
        ({"name": "LIC"}, ["alice"]),
        ({"name": "nobody"}, []),
        ({"show": "'; DROP TABLE", "page": "-7", "sort": "\x00"}, ["alice", "bob"]),
        ({"name": "\x00" * 300, "page": "x"}, ["alice", "bob"]),
    ],
)
def test_rows_are_filtered(as_user, carol, alice, two_items, answered, query, names):
    assignment, first, second = two_items
    answered(alice, "4", Verdict.CORRECT, item=first)
    answered(alice, "hm", Verdict.UNDECIDED, item=second)
    page = as_user(carol).get(assignment_gradebook(assignment, **query))
    assert page.status_code == 200
    assert [row.name for row, _ in page.context["rows"]] == names


def test_queries_do_not_grow_with_the_class(as_user, carol, section, two_items, answered):
    assignment, *items = two_items
    client = as_user(carol)
    counts = []
    for count in (2, 40):
        for number in range(count):
            pupil = make_user(f"pupil-{count}-{number}")
            Enrollment.objects.create(section=section, user=pupil)
            for item in items:
                answered(pupil, "5", item=item)
        for address in (
            assignment_gradebook(assignment),
            assignment_gradebook(assignment, sort="-points"),
            section_gradebook(section),
            section_gradebook(section, sort="total", show="missing"),
        ):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[:4] == counts[4:]


def test_the_gradebook_shows_no_stored_answer(
    as_user, carol, alice, section, make_secret_problem, answered
):
    assignment = make_assignment(section, [make_secret_problem("31415")])
    answered(alice, "5", item=assignment.problem_set.items.get())
    for address in (assignment_gradebook(assignment), section_gradebook(section)):
        assert "31415" not in as_user(carol).get(address).content.decode()


def test_an_empty_gradebook_says_what_is_missing(as_user, carol, section):
    assert (
        "Nothing has been assigned"
        in as_user(carol).get(section_gradebook(section)).content.decode()
    )
    empty = make_assignment(section, [])
    assert "no problems yet" in as_user(carol).get(assignment_gradebook(empty)).content.decode()
    section.enrollments.filter(role="student").delete()
    for address in (section_gradebook(section), assignment_gradebook(empty)):
        assert "Nobody is in this class" in as_user(carol).get(address).content.decode()


def test_who_has_not_begun_what_is_not_due_has_no_result(as_user, carol, assignment):
    teacher, address = as_user(carol), assignment_gradebook(assignment)
    assert ">0%" not in teacher.get(address).content.decode()
    Assignment.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert ">0%" in teacher.get(address).content.decode()
