"""The printed report of each student, for their parents."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.conftest import make_user
from tests.factories import make_assignment, make_problem
from tests.teaching.gradebooks import make_due_assignment, section_gradebook
from tutor.courses.models import Enrollment
from tutor.grading import Verdict
from tutor.teaching.reports import report

EARLY = timedelta(days=2)


@pytest.fixture
def address(section):
    return reverse("section-reports", args=[section.code])


@pytest.fixture
def worked(section, alice, bob, answered):
    """Alice has all of the first assignment, Bob half; Bob alone has begun the second."""
    first, second = make_due_assignment(section, "a"), make_due_assignment(section, "b")
    easy, hard = first.problem_set.items.all()
    for user, item in [(alice, easy), (alice, hard), (bob, easy)]:
        answered(user, "4", Verdict.CORRECT, item=item, ago=EARLY)
    answered(bob, "4", Verdict.CORRECT, item=second.problem_set.items.first(), ago=EARLY)
    return first, second


def test_a_sheet_says_how_a_student_stands_beside_the_class(
    as_user, carol, address, worked, settings, monkeypatch
):
    settings.SCHOOL = "Hill School"
    monkeypatch.setattr(report, "MIN_IN_MEAN", 1)
    page = as_user(carol).get(address)
    alice, bob = page.context["reports"]
    assert [(line.result.percent, line.class_mean) for line in alice.lines] == [(100, 75), (0, 50)]
    assert (alice.total, bob.total, alice.class_mean) == (50, 50, 50)
    assert [line.result.assignment for line in alice.missing] == [worked[1]]
    assert bob.missing == []
    text = page.content.decode()
    assert text.count("Hill School") == text.count('<article class="report"') == 2
    assert "nothing handed in" in text
    assert "data-print" in text


def test_no_mean_of_a_few_tells_anothers_result(as_user, carol, address, section, worked, answered):
    def means():
        [alice] = as_user(carol).get(address, {"student": "alice"}).context["reports"]
        return alice.class_mean, [line.class_mean for line in alice.lines]

    assert means() == (None, [None, None])
    for n in range(report.MIN_IN_MEAN - 2):
        student = make_user(f"student{n}")
        section.enrollments.create(user=student, role=Enrollment.Role.STUDENT)
        item = worked[0].problem_set.items.first()
        answered(student, "4", Verdict.CORRECT, item=item, ago=EARLY)
    assert means() == (35, [60, None])


def test_one_student_and_a_period_are_chosen(as_user, carol, address, section, worked):
    now = timezone.now()
    dates = {"opens_at": now - timedelta(days=70), "due_at": now - timedelta(days=60)}
    make_due_assignment(section, "old", **dates)
    client = as_user(carol)
    [alice] = client.get(address, {"student": "alice"}).context["reports"]
    assert len(alice.lines) == 3
    since = (now - timedelta(days=30)).date().isoformat()
    query = {"student": "alice", "first_day": since}
    [alice] = client.get(address, query).context["reports"]
    assert {line.result.assignment for line in alice.lines} == set(worked)
    assert alice.total == 50  # what was missed before does not count
    backwards = {"first_day": since, "last_day": (now - timedelta(days=40)).date().isoformat()}
    refused = client.get(address, backwards)
    assert refused.context["reports"] == []
    assert "The last day is before the first one." in refused.content.decode()


def test_what_is_not_due_or_excused_is_not_missing(as_user, carol, address, section, alice):
    soon = timezone.now() + timedelta(days=1)
    make_due_assignment(section, "soon", due_at=soon)
    excused = make_due_assignment(section, "excused")
    excused.exemptions.create(enrollment=section.enrollments.get(user=alice), reason="ill")
    [report] = as_user(carol).get(address, {"student": "alice"}).context["reports"]
    assert [line.result.assignment for line in report.lines] == [excused]
    assert report.missing == []
    assert report.total is None


def test_skills_are_told_in_words(as_user, carol, address, section, alice, answered):
    problems = [make_problem(f"sum-{n}") for n in range(4)]
    for problem in problems:
        problem.tag(["arithmetic.sums"])
    for item in make_assignment(section, problems).problem_set.items.all():
        answered(alice, "4", Verdict.CORRECT, item=item)
    page = as_user(carol).get(address)
    alice_report, bob_report = page.context["reports"]
    assert [skill.name for skill in alice_report.skills["secure"]] == ["arithmetic.sums"]
    assert not bob_report.has_skills
    text = page.content.decode()
    assert "Can do this" in text
    assert "No problem with a skill is answered yet." in text


def test_skills_with_too_few_answers_are_counted_only(
    as_user, carol, address, section, alice, answered
):
    names = ["arithmetic.sums", "arithmetic.order"]
    for name in names:
        problem = make_problem(name)
        problem.tag([name])
        [item] = make_assignment(section, [problem]).problem_set.items.all()
        answered(alice, "4", Verdict.CORRECT, item=item)
    page = as_user(carol).get(address, {"student": "alice"})
    [own] = page.context["reports"]
    assert len(own.skills["unknown"]) == 2
    text = page.content.decode()
    assert "2 skills have too few answers to tell." in text
    assert own.skills["unknown"][0].shown_name not in text


def test_a_report_is_two_clicks_from_its_class(as_user, carol, address, section, worked):
    client = as_user(carol)
    assert f'href="{address}"' in client.get(section_gradebook(section)).content.decode()
    student = reverse("student-page", args=[section.code, "alice"])
    assert f'href="{address}?student=alice"' in client.get(student).content.decode()


def test_only_those_who_look_after_the_class_read_reports(as_user, alice, dan, address):
    for user in (alice, dan):
        assert as_user(user).get(address).status_code == 404


def test_queries_do_not_grow_with_the_class(as_user, carol, address, section, worked, answered):
    client = as_user(carol)
    client.get(address)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    before = queries()
    for n in range(5):
        student = make_user(f"student{n}")
        section.enrollments.create(user=student, role=Enrollment.Role.STUDENT)
        answered(student, "4", item=worked[0].problem_set.items.first(), ago=EARLY)
        make_due_assignment(section, f"more{n}")
    assert queries() == before
