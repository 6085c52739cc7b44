"""The gradebook's two tables: who sees them, what they say, in what order."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.conftest import make_user
from tests.factories import make_assignment, make_problem
from tutor.assignments.models import Override
from tutor.attempts.gradebook import progress_on_item
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment
from tutor.grading import Verdict
from tutor.teaching.gradebook.assignment_table import AssignmentTable
from tutor.teaching.gradebook.marks import Marks
from tutor.teaching.gradebook.section_table import SectionTable
from tutor.teaching.gradebook.terms import own_terms
from tutor.teaching.gradebook.totals import totals
from tutor.teaching.models import Exemption


def of_assignment(assignment, **query):
    return reverse("gradebook-assignment", args=[assignment.code], query=query)


def of_section(section, **query):
    return reverse("gradebook-section", args=[section.code], query=query)


@pytest.fixture
def two_items(section):
    """An assignment of two items of 1 and 3 points."""
    assignment = make_assignment(section, [make_problem("one"), make_problem("two")])
    first, second = assignment.problem_set.items.all()
    second.points = 3
    second.save()
    return assignment, first, second


@pytest.mark.parametrize("who", ["carol", "admin"])
def test_teachers_of_the_section_see_it(as_user, request, section, assignment, who):
    teacher = as_user(request.getfixturevalue(who))
    for address in (of_assignment(assignment), of_section(section)):
        assert teacher.get(address).status_code == 200


@pytest.mark.parametrize("who", ["alice", "bob", "dan"])
def test_for_everybody_else_it_is_not_there(as_user, request, section, assignment, who):
    other = as_user(request.getfixturevalue(who))
    for name, thing in (("assignment", assignment), ("section", section)):
        assert other.get(reverse(f"gradebook-{name}", args=[thing.code])).status_code == 404
        for kind in ("csv", "xlsx"):
            address = reverse(f"gradebook-{name}-file", args=[thing.code, kind])
            assert other.get(address).status_code == 404
    for name in ("gradebook-counting", "exempt"):
        assert other.post(reverse(name, args=[section.code])).status_code == 404


def test_an_assistant_reads_it_and_settles_nothing(as_user, section, assignment):
    assistant = make_user("erin")
    Enrollment.objects.create(section=section, user=assistant, role="assistant")
    client = as_user(assistant)
    assert client.get(of_assignment(assignment)).status_code == 200
    assert reverse("gradebook-counting", args=[section.code]) not in (
        client.get(of_section(section)).content.decode()
    )
    assert client.get(reverse("gradebook-counting", args=[section.code])).status_code == 404


def test_every_mark_leads_to_the_attempt_that_counts(as_user, carol, alice, two_items, answered):
    assignment, first, _ = two_items
    answered(alice, "5", item=first)
    right = answered(alice, "4", Verdict.CORRECT, item=first)
    page = as_user(carol).get(of_assignment(assignment))
    [(row, cells), (other, _)] = page.context["rows"]
    assert (row.name, row.points, row.percent) == ("alice", 1, Decimal("25.0"))
    link = (
        f'<a class="mark-of correct" href="{right.get_absolute_url()}">'
        '<span class="visually-hidden">Correct: </span>1</a>'
    )
    assert cells == [link, "–"]
    assert (other.name, other.is_untouched) == ("bob", True)
    assert f'<td class="number">{link}</td><td class="number">–</td>' in page.content.decode()


def test_it_agrees_with_what_a_student_is_told(alice, bob, section, two_items, answered):
    """The database's answer beside `item_progress`, over every mixture of verdicts and dates."""
    assignment, first, second = two_items
    assignment.due_at = timezone.now() - timedelta(days=1)
    assignment.opens_at = assignment.due_at - timedelta(days=9)
    assignment.late_credit = 40
    assignment.save()
    cases = ["", *Verdict]
    late, early = timedelta(hours=1), timedelta(days=2)
    for user in (alice, bob):
        for item in (first, second):
            for number in range(1 + (item == second) + 2 * (user == bob)):
                verdict = cases[(number + item.pk + user.pk) % len(cases)]
                score = (number % 3) / 2 if verdict == Verdict.INCORRECT else None
                ago = early if number % 2 else late
                answered(user, "5", verdict, score, item=item, ago=ago)
    enrollments = list(Enrollment.objects.filter(role="student"))
    terms = own_terms(section)
    marks = Marks([assignment], [first, second], enrollments, terms)
    sums = totals([assignment], [first, second], enrollments, terms)
    for enrollment in enrollments:
        reached = 0
        for item in (first, second):
            attempts = Attempt.objects.of(enrollment, item).select_related("grade")
            standing = progress_on_item(attempts, item, assignment)
            reached += standing.points
            mark = marks.get(enrollment.pk, item.pk)
            shown = (
                ("new", 0, 0, False)
                if mark is None
                else (mark.state, mark.points, mark.tried, bool(mark.is_late))
            )
            assert shown == (standing.state, standing.points, standing.tried, standing.is_late)
            assert mark is None or mark.attempt == standing.best.pk
        assert sums[enrollment.pk, assignment.pk] == reached


def test_cents_are_rounded_as_in_each_mark(section, alice, two_items, answered):
    """0.125 is half a cent, which a database rounds up; late it is a third of two thirds."""
    assignment, first, second = two_items
    assignment.late_credit = 33
    assignment.save()
    first.points = Decimal("0.5")
    first.save()
    answered(alice, "5", Verdict.INCORRECT, 0.25, item=first)
    answered(alice, "5", Verdict.INCORRECT, 2 / 3, item=second)
    enrollment = section.enrollments.get(user=alice)
    for due_in_days, points in ((1, "2.12"), (-1, "0.70")):
        assignment.due_at = timezone.now() + timedelta(days=due_in_days)
        assignment.save()
        [row] = AssignmentTable(assignment).rows([enrollment])
        assert AssignmentTable(assignment).points([enrollment]) == {enrollment.pk: row.points}
        assert row.points == Decimal(points)


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
    page = as_user(carol).get(of_assignment(assignment, sort=sort))
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
    page = as_user(carol).get(of_assignment(assignment, **query))
    assert page.status_code == 200
    assert [row.name for row, _ in page.context["rows"]] == names


def due(section, slug, weight=1, **fields):
    now = timezone.now()
    dates = {"opens_at": now - timedelta(days=9), "due_at": now - timedelta(days=1)}
    problems = [make_problem(f"{slug}-{n}") for n in range(2)]
    return make_assignment(section, problems, weight=weight, **(dates | fields))


def results(section, user):
    [enrollment] = section.enrollments.filter(user=user).select_related("user")
    [student] = SectionTable(section).rows([enrollment])
    return student


def test_the_total_weighs_what_is_due(section, alice, answered):
    heavy, light = due(section, "a", weight=3), due(section, "b")
    soon = due(section, "c", due_at=timezone.now() + timedelta(days=1))
    early = timedelta(days=2)
    for item in heavy.problem_set.items.all():
        answered(alice, "4", Verdict.CORRECT, item=item, ago=early)
    answered(alice, "4", Verdict.CORRECT, item=light.problem_set.items.first(), ago=early)
    student = results(section, alice)
    by_assignment = {result.assignment: result for result in student.results}
    assert by_assignment[soon].is_counted is False
    assert by_assignment[light].percent == 50
    assert student.total == Decimal("87.5")  # (3 · 100 + 1 · 50) / 4
    light.weight = 0
    light.save()
    assert results(section, alice).total == 100


def test_the_lowest_are_left_out_but_never_all(section, alice, answered):
    best, worst = due(section, "a"), due(section, "b")
    answered(alice, "4", Verdict.CORRECT, item=best.problem_set.items.first(), ago=timedelta(2))
    assert results(section, alice).total == 25
    for dropped in (1, 7):
        section.lowest_dropped = dropped
        student = results(section, alice)
        assert student.total == 50
        assert {result.assignment for result in student.results if result.is_dropped} == {worst}


def test_an_exemption_counts_for_one_student_alone(as_user, carol, section, alice, bob):
    assignment = due(section, "a")
    enrollment = section.enrollments.get(user=alice)
    sent = {"student": enrollment.pk, "assignment": assignment.pk, "reason": "Ill for two weeks"}
    client = as_user(carol)
    client.post(reverse("exempt", args=[section.code]), sent)
    exemption = Exemption.objects.get()
    assert (exemption.author, exemption.reason) == (carol, "Ill for two weeks")
    assert results(section, alice).total is None
    assert results(section, bob).total == 0
    assert "exempt" in client.get(of_section(section)).content.decode()
    client.post(reverse("exemption-lift", args=[section.code, exemption.pk]))
    assert results(section, alice).total == 0


@pytest.mark.parametrize("student", ["", "x", "999999", None])
def test_nobody_elses_student_can_be_exempted(as_user, carol, dan, section, student):
    stranger = Enrollment.objects.get(user=dan)
    sent = {"student": student or stranger.pk, "assignment": due(section, "a").pk, "reason": "x"}
    as_user(carol).post(reverse("exempt", args=[section.code]), sent)
    assert not Exemption.objects.exists()


def test_who_has_days_of_their_own_is_late_by_them(section, alice, bob, answered):
    """Alice is granted two days always, Bob four in this assignment alone."""
    assignment = due(section, "a", late_credit=0)
    first, _ = assignment.problem_set.items.all()
    enrollments = {
        enrollment.user: enrollment for enrollment in section.enrollments.filter(role="student")
    }
    enrollments[alice].extra_days = 2
    enrollments[alice].save()
    Override.objects.create(
        assignment=assignment,
        enrollment=enrollments[bob],
        due_at=assignment.due_at + timedelta(days=4),
    )
    for user in (alice, bob):
        answered(user, "4", Verdict.CORRECT, item=first, ago=timedelta(hours=1))
    assert [results(section, user).results[0].points for user in (alice, bob)] == [1, 1]
    assert [results(section, user).total for user in (alice, bob)] == [None, None]  # not due yet
    Override.objects.all().delete()
    enrollments[alice].extra_days = 0
    enrollments[alice].save()
    assert [results(section, user).total for user in (alice, bob)] == [0, 0]


def test_what_is_given_to_some_counts_for_them_alone(as_user, carol, section, alice, bob):
    assignment = due(section, "a", for_all=False)
    assignment.students.add(section.enrollments.get(user=alice))
    assert results(section, alice).total == 0
    assert results(section, bob).total is None
    page = as_user(carol).get(of_assignment(assignment))
    assert [row.name for row, _ in page.context["rows"]] == ["alice"]


def test_weights_are_set_on_one_page(as_user, carol, section):
    assignment = due(section, "a")
    address = reverse("gradebook-counting", args=[section.code])
    client = as_user(carol)
    client.post(address, {"lowest_dropped": "1", f"weight-{assignment.pk}": "2.5"})
    assignment.refresh_from_db()
    section.refresh_from_db()
    assert (assignment.weight, section.lowest_dropped) == (Decimal("2.50"), 1)
    for weight in ("-1", "NaN", "1e9", "", "\x00"):
        page = client.post(address, {"lowest_dropped": "1", f"weight-{assignment.pk}": weight})
        assert page.status_code == 200
    assignment.refresh_from_db()
    assert assignment.weight == Decimal("2.50")


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
            of_assignment(assignment),
            of_assignment(assignment, sort="-points"),
            of_section(section),
            of_section(section, sort="total", show="missing"),
        ):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[:4] == counts[4:]


def test_no_stored_answer_is_on_it(as_user, carol, alice, section, make_secret_problem, answered):
    assignment = make_assignment(section, [make_secret_problem("31415")])
    answered(alice, "5", item=assignment.problem_set.items.get())
    for address in (of_assignment(assignment), of_section(section)):
        assert "31415" not in as_user(carol).get(address).content.decode()


def test_it_says_what_is_missing_where_there_is_nothing(as_user, carol, section):
    assert "Nothing has been assigned" in as_user(carol).get(of_section(section)).content.decode()
    empty = make_assignment(section, [])
    assert "no problems yet" in as_user(carol).get(of_assignment(empty)).content.decode()
    section.enrollments.filter(role="student").delete()
    for address in (of_section(section), of_assignment(empty)):
        assert "Nobody is in this class" in as_user(carol).get(address).content.decode()
