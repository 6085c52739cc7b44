"""In a test the check of working says nothing: it would tell which value is right."""

import json
import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.attempts.views.test_answer_page import HTMX, url
from tests.factories import make_assignment, make_problem
from tutor.assignments.models import Assignment, Sitting
from tutor.attempts.models import Attempt, Draft
from tutor.attempts.tasks import sweep_attempts
from tutor.courses.models import Enrollment
from tutor.privacy.exporting import personal_data

EQUATION, GUESSES = "2x + 3 = 9", ("x = 3", "x = 6")
STATEMENT = r"Solve \(2x + 3 = 9\)."
JUDGED = (
    *('data-mark="proved">', 'data-mark="refuted">'),
    *("Line 2 doesn’t follow.", "Line 3 doesn’t follow.", "Each line follows"),
)


@pytest.fixture
def begin(section, alice, client):
    """Alice at the only problem of an assignment; a sitting where there is a time limit."""
    client.force_login(alice)

    def begin(slug="a-test", **terms):
        problem = make_problem(slug, statement=STATEMENT, final_answer="3")
        assignment = make_assignment(section, [problem], **terms)
        if assignment.time_limit_min:
            enrollment = section.enrollments.get(user=alice)
            Sitting.objects.create(assignment=assignment, enrollment=enrollment)
        return assignment.problem_set.items.get()

    return begin


@pytest.fixture
def says(client):
    """Whether anything on a page judges a line of the student's."""

    def says(answer):
        assert answer.status_code == 200
        # The marks of a worked solution, where it is shown by now, are of its own steps.
        before, _, rest = answer.content.decode().partition('<section id="solution"')
        text = before + rest.partition("</section>")[2]
        return [word for word in JUDGED if word in text]

    return says


WHEN = "after the test is over for everybody ("


def check(client, item, *lines, **headers):
    typed = {"response": "", "working": "\n".join(lines)}
    return client.post(url("working-check", item), typed, headers=headers or HTMX)


def hand_in(client, item, response, *lines):
    number = Attempt.objects.filter(item=item).count() + 1
    version = item.problem.current.code
    fields = {"action": f"12345678-1234-5678-1234-56781234567{number}", "number": number}
    typed = {"response": response, "working": "\n".join(lines), "version": version}
    return client.post(url("attempt-submit", item), typed | fields, headers=HTMX)


@pytest.mark.parametrize("terms", [{"time_limit_min": 30}, {"attempts_allowed": 1}])
def test_it_does_not_tell_the_answer(client, begin, says, terms):
    item = begin(**terms)
    for guess in GUESSES:
        for headers in ({}, HTMX):
            answer = check(client, item, EQUATION, guess, **headers)
            assert not says(answer)
            assert "not checked here yet" in answer.content.decode()
    assert Draft.objects.get().working == [EQUATION, GUESSES[-1]]  # nothing is lost
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Check my working" not in page
    assert WHEN in page


@pytest.mark.parametrize(
    "terms", [{"time_limit_min": 30, "attempts_allowed": 3}, {"attempts_allowed": 1}]
)
def test_no_page_of_a_test_tells_whether_a_guess_is_right(client, begin, says, terms, carol):
    item = begin(**terms)
    for name in ("draft", "working-draft"):
        echoes = []
        for guess in GUESSES:
            typed = {"response": guess, "working": f"{EQUATION}\n{guess}"}
            answer = client.post(url(name, item), typed)
            assert not says(answer)
            echoes.append(re.sub("[36]", "?", answer.content.decode()))
        assert echoes[0] == echoes[1]
    assert not says(hand_in(client, item, "0", EQUATION, *GUESSES))
    attempt = Attempt.objects.get()
    assert attempt.checks  # for the teacher, and for later
    for address in (
        item.get_absolute_url(),
        url("answer", item),
        attempt.get_absolute_url(),
        reverse("attempt-working", args=[attempt.code]),
    ):
        answer = client.get(address, headers=HTMX)
        assert not says(answer), address
        assert f"is shown {WHEN}" in answer.content.decode()
        assert ".." not in answer.content.decode().partition("is shown")[2][:120]
    client.force_login(carol)
    assert says(client.get(attempt.get_absolute_url()))


def exported(user, name):
    with ZipFile(BytesIO(personal_data(user))) as archive:
        return [json.loads(row) for row in archive.read(f"{name}.jsonl").decode().splitlines()]


@pytest.mark.parametrize("terms", [{"time_limit_min": 30}, {"attempts_allowed": 1}])
def test_exported_data_has_no_checks_during_a_test(client, begin, alice, terms):
    item = begin(**terms)
    hand_in(client, item, "0", EQUATION, *GUESSES)
    assert Attempt.objects.get().checks
    assert exported(alice, "attempts.attempt")[0]["checks"] == []
    Sitting.objects.update(begun_at=timezone.now() - timedelta(minutes=31))
    Assignment.objects.update(due_at=timezone.now())
    verdicts = [check["verdict"] for check in exported(alice, "attempts.attempt")[0]["checks"]]
    assert verdicts[-1] == "refuted"


@pytest.mark.parametrize("terms", [{"time_limit_min": 30}, {"attempts_allowed": 1}])
def test_what_came_with_an_unreadable_answer_is_checked_at_the_end(client, begin, terms, run_tasks):
    item = begin(**terms)
    with run_tasks():
        hand_in(client, item, "@@", EQUATION, *GUESSES)
        sweep_attempts()
    attempt = Attempt.objects.get()
    assert (attempt.verdict, attempt.checks) == ("unreadable", [])
    Assignment.objects.update(due_at=timezone.now())
    with run_tasks():
        sweep_attempts()
    attempt.refresh_from_db()
    assert len(attempt.checks) == 3


def test_exported_data_has_no_results_of_earlier_checks(client, begin, alice):
    item = begin(attempts_allowed=3)
    for guess in ("2x = 6", "2x = 12"):
        check(client, item, EQUATION, guess)
    assert [row["failing"] for row in exported(alice, "attempts.workingcheck")] == [None, None]
    hand_in(client, item, "0", EQUATION, *GUESSES)
    assert len(exported(alice, "attempts.attempt")[0]["checks"]) == 1  # as on the page
    Assignment.objects.update(attempts_allowed=None)
    assert [row["failing"] for row in exported(alice, "attempts.workingcheck")] == [0, 2]


def test_a_check_of_homework_is_no_check_of_the_test(client, begin, says):
    homework = begin("b", attempts_allowed=None)
    assert says(check(client, homework, "2x = 4", "x = 2", "2x = 6"))
    test = begin(time_limit_min=30)
    assert not says(check(client, homework, EQUATION, GUESSES[0]))
    assert not says(hand_in(client, homework, "2", EQUATION, *GUESSES))
    assert not says(client.get(homework.get_absolute_url()))
    Sitting.objects.update(begun_at=timezone.now() - timedelta(minutes=31))
    assert says(check(client, homework, "2x = 4", "x = 2", "2x = 6"))
    assert says(client.get(homework.get_absolute_url()))
    assert not says(check(client, test, EQUATION, GUESSES[0]))


def test_after_the_end_what_was_handed_in_is_checked(client, begin, says):
    item = begin(time_limit_min=30, attempts_allowed=1)
    hand_in(client, item, "6", EQUATION, "2x = 12", "x = 6")
    assert not says(client.get(item.get_absolute_url()))
    Sitting.objects.update(begun_at=timezone.now() - timedelta(minutes=31))
    assert not says(client.get(item.get_absolute_url()))  # others still sit
    Assignment.objects.update(due_at=timezone.now())
    assert says(client.get(item.get_absolute_url()))


def test_more_attempts_for_one_make_no_homework_of_it(client, begin, says, section, alice):
    item = begin(attempts_allowed=1)
    Enrollment.objects.filter(user=alice).update(extra_attempts=2)
    assert not says(check(client, item, EQUATION, "2x = 6", "2x = 12"))


@pytest.mark.parametrize(
    ("policy", "attempts", "is_checked"),
    [("always", 0, True), ("never", 0, False), ("attempts", 0, False), ("attempts", 1, True)],
)
def test_the_teacher_says_otherwise(client, begin, says, policy, attempts, is_checked):
    terms = {"check_policy": policy, "check_after_attempts": 1, "attempts_allowed": 2}
    item = begin(time_limit_min=30, **terms)
    for _ in range(attempts):
        hand_in(client, item, "7")
    assert bool(says(check(client, item, EQUATION, "2x = 12", "2x = 13"))) == is_checked
    page = client.get(item.get_absolute_url()).content.decode()
    assert ("Check my working" in page) == is_checked


def test_where_it_never_comes_it_says_so(client, begin, says):
    item = begin(check_policy="never", attempts_allowed=None)
    assert "Your working" not in client.get(item.get_absolute_url()).content.decode()
    assert "Working is not checked here." in check(client, item, EQUATION).content.decode()
    hand_in(client, item, "7", EQUATION, "2x = 12")
    answer = client.get(item.get_absolute_url())
    assert not says(answer)
    assert "They are not checked here." in answer.content.decode()


def test_the_teachers_form_says_it_plainly(client, carol, section, begin):
    item = begin(time_limit_min=30)
    client.force_login(carol)
    assignment = Assignment.objects.get(problem_set=item.problem_set)
    address = reverse("assignment-edit", args=[assignment.code])
    page = client.get(address)
    assert "at any time; in a test after its end" in page.content.decode()
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent |= {"check_policy": "always", "step_policy": "always"}
    sent |= {name: f"{sent[name]:%Y-%m-%dT%H:%M}" for name in ("opens_at", "due_at")}
    assert client.post(address, sent).status_code == 302
    assignment.refresh_from_db()
    assert assignment.check_policy == "always"
