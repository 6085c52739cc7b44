"""A time limit: a clock on each page of the sitting; at its end nothing that was typed is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests.attempts.views.test_answer_page import HTMX, url
from tests.factories import make_assignment, make_problem_with_parts
from tutor.assignments.models import Assignment, HelpLevel, Override, Sitting
from tutor.attempts.access import access_for
from tutor.attempts.help import when_offered
from tutor.attempts.models import Attempt, Draft
from tutor.attempts.tasks import sweep_sittings
from tutor.courses.models import Enrollment
from tutor.grading import Verdict

MINUTE = timedelta(minutes=1)
LIMIT = 30


@pytest.fixture
def enrollment(section, alice):
    return section.enrollments.get(user=alice)


@pytest.fixture
def sitting(enrollment, assignment, client, alice):
    """Alice has just begun."""
    Assignment.objects.update(time_limit_min=LIMIT, attempts_allowed=1)
    client.force_login(alice)
    return Sitting.objects.create(assignment=assignment, enrollment=enrollment)


@pytest.fixture
def type_in(client, item):
    def type_in(response="", item=item, **fields):
        return client.post(reverse("draft", args=[item.code]), {"response": response} | fields)

    return type_in


def let_pass(**time):
    """All that has happened lies so much further back."""
    back = timedelta(**time)
    for sitting in Sitting.objects.all():
        Sitting.objects.filter(pk=sitting.pk).update(begun_at=sitting.begun_at - back)
    for draft in Draft.objects.all():
        Draft.objects.filter(pk=draft.pk).update(saved_at=draft.saved_at - back)


def sweep(run_tasks):
    with run_tasks():
        sweep_sittings()


def test_what_was_typed_is_handed_in_when_the_time_is_over(sitting, type_in, item, run_tasks):
    type_in("8/2", working="2 + 2\n= 4")
    let_pass(minutes=LIMIT, seconds=8)
    sweep(run_tasks)
    attempt = Attempt.objects.get()
    assert (attempt.response, attempt.working) == ("8/2", ["2 + 2", "= 4"])
    assert (attempt.verdict, attempt.is_left_over) == (Verdict.CORRECT, True)
    assert not attempt.is_check_due
    access = access_for(attempt.enrollment.user, item)
    assert attempt.submitted_at <= access.assignment.stops_at
    assert not Draft.objects.exists()
    sweep(run_tasks)
    assert Attempt.objects.count() == 1


def test_no_help_is_promised_after_attempts_that_cannot_follow(sitting, alice, item):
    Assignment.objects.update(step_policy="attempts", step_after_attempts=2)

    def says():
        return when_offered(HelpLevel.STEP, access_for(alice, item).assignment)

    assert says() == "after 2 attempts"
    let_pass(minutes=LIMIT + 1)
    assert says().startswith("after the test is over for everybody")


HELP = ("hint_policy", "reply_policy", "step_policy", "help_policy")


def test_a_test_says_which_help_is_open_and_what_comes_after_it(sitting, client, item):
    Assignment.objects.update(**dict.fromkeys(HELP, "after_due"))
    assert "open-test" not in client.get(item.get_absolute_url()).content.decode()
    Assignment.objects.update(hint_policy="always", step_policy="never")
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Your teacher lets you use this during the test: hints of the problem." in page
    after = "a hint about a wrong answer; the whole worked solution; check of the working"
    assert f"This comes after the test: {after}." in page


def test_offline_in_a_test_only_what_arrives_in_time_counts(sitting, client, item):
    words = "counts only if you are online again before your time is over"
    assert words in client.get(item.get_absolute_url()).content.decode()
    Assignment.objects.update(time_limit_min=None)
    sitting.delete()
    page = client.get(item.get_absolute_url()).content.decode()
    assert words not in page
    assert "is kept on this device and sent when you are online again" in page


def test_before_the_end_nothing_is_handed_in(sitting, type_in, client, run_tasks):
    type_in("4")
    let_pass(minutes=LIMIT - 1)
    sweep(run_tasks)
    with run_tasks():
        client.get(reverse("home"))
    assert not Attempt.objects.exists()


def test_where_no_beat_runs_the_next_look_hands_it_in(sitting, type_in, client, item, run_tasks):
    for address in ("home", "assignment", "item", "answer"):
        Attempt.objects.all().delete()
        Sitting.objects.update(begun_at=timezone.now(), settled_at=None)
        type_in("4")
        let_pass(minutes=LIMIT, seconds=8)
        codes = {"home": [], "assignment": [Assignment.objects.get().code]}
        with run_tasks():
            client.get(reverse(address, args=codes.get(address, [item.code])))
        assert Attempt.objects.get().verdict == Verdict.CORRECT, address


def test_what_is_typed_after_the_end_does_not_count(sitting, type_in, run_tasks):
    type_in("5")
    let_pass(minutes=LIMIT, seconds=6)
    refused = type_in("4")
    assert "Your time is over" in refused.content.decode()
    assert refused.status_code == 409  # so that no page says that it is saved
    assert Draft.objects.get().response == "5"
    let_pass(seconds=2)
    sweep(run_tasks)
    assert Attempt.objects.get().response == "5"


def test_an_answer_that_comes_a_moment_late_is_handed_in_all_the_same(
    sitting, client, item, form, run_tasks
):
    let_pass(minutes=LIMIT, seconds=1)
    page = client.post(url("attempt-submit", item), form | {"response": "4"}, headers=HTMX)
    assert "Your answers are being submitted" in page.content.decode()
    assert not Attempt.objects.exists()
    let_pass(seconds=8)
    with run_tasks():
        client.get(reverse("answer", args=[item.code]))
    assert Attempt.objects.get().verdict == Verdict.CORRECT


def test_an_answer_that_comes_long_after_the_end_is_refused(sitting, client, item, form):
    let_pass(minutes=LIMIT + 1)
    page = client.post(url("attempt-submit", item), form | {"response": "4"}, headers=HTMX)
    assert "closed" in page.content.decode()
    assert not Draft.objects.exists()


def test_what_cannot_be_read_costs_nothing_and_waits_for_a_teacher(
    sitting, type_in, client, item, carol, section, run_tasks
):
    type_in("3/")
    let_pass(minutes=LIMIT, seconds=8)
    sweep(run_tasks)
    attempt = Attempt.objects.get()
    assert (attempt.verdict, attempt.is_counted) == (Verdict.UNREADABLE, False)
    assert "Your teacher will look at it" in client.get(item.get_absolute_url()).content.decode()
    client.force_login(carol)
    page = client.get(reverse("waiting", args=[section.code])).content.decode()
    assert "could not be read when the time was up" in page
    assert "<code>3/</code>" in page
    client.post(
        reverse("attempt-decision", args=[attempt.code]), {"decision": "right", "reason": "3"}
    )
    attempt.refresh_from_db()
    assert attempt.verdict == Verdict.CORRECT
    page = client.get(reverse("waiting", args=[section.code])).content.decode()
    assert "Nothing needs grading." in page


def test_working_without_an_answer_is_kept_for_the_teacher(
    sitting, type_in, carol, client, run_tasks, section
):
    type_in("", working="2 + 2\n= 4")
    let_pass(minutes=LIMIT, seconds=8)
    sweep(run_tasks)
    attempt = Attempt.objects.get()
    assert (attempt.verdict, attempt.working) == (Verdict.UNREADABLE, ["2 + 2", "= 4"])
    page = client.get(attempt.get_absolute_url()).content.decode()
    assert "No answer, only working" in page
    assert "<dt>Typed</dt>" in page
    assert "submitted automatically when the time was over" in page
    client.force_login(carol)
    page = client.get(reverse("waiting", args=[section.code])).content.decode()
    assert "No answer was typed." in page
    assert "= 4" in page


def test_after_the_time_a_page_promises_nothing_that_is_over(
    sitting, client, alice, item, assignment, hand_in
):
    Assignment.objects.update(attempts_allowed=3, help_policy="after_due")
    attempt = hand_in(alice, "5")
    assert "Continue" in client.get(assignment.get_absolute_url()).content.decode()
    graded = attempt.changes.get()
    graded.verdict = Verdict.UNDECIDED
    graded.save()
    let_pass(minutes=LIMIT, seconds=8)
    for address in (item.get_absolute_url(), attempt.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "Your teacher will look at it." in page
        assert "Until that is decided" not in page
    page = client.get(item.get_absolute_url()).content.decode()
    assert "after the test is over for everybody" in page
    assert "after the assignment has closed" not in page
    graded.verdict = Verdict.INCORRECT
    graded.save()
    assert "Continue" not in client.get(assignment.get_absolute_url()).content.decode()


def test_working_that_is_too_long_to_be_checked_is_kept_whole(sitting, type_in, run_tasks):
    type_in("4", working="\n".join(["1 = 1"] * 50))
    let_pass(minutes=LIMIT, seconds=8)
    sweep(run_tasks)
    attempt = Attempt.objects.get()
    assert (len(attempt.working), attempt.checks, attempt.is_check_due) == (50, [], False)


def test_parts_are_judged_though_one_cannot_be_read(client, alice, section, run_tasks):
    problem = make_problem_with_parts("b")
    assignment = make_assignment(section, [problem], time_limit_min=LIMIT)
    enrollment = section.enrollments.get(user=alice)
    Sitting.objects.create(assignment=assignment, enrollment=enrollment)
    item = assignment.problem_set.items.get()
    client.force_login(alice)
    fields = {"part-a": "7", "part-b": "49/", "part-c": ""}
    client.post(reverse("draft", args=[item.code]), fields)
    let_pass(minutes=LIMIT, seconds=8)
    sweep(run_tasks)
    attempt = Attempt.objects.get()
    assert attempt.part_responses == ["7", "49/", ""]
    assert (attempt.verdict, attempt.score) == (Verdict.UNDECIDED, 0.25)
    verdicts = [row["verdict"] for row in attempt.grade.parts]
    assert verdicts == [Verdict.CORRECT, Verdict.UNDECIDED, Verdict.INCORRECT]
    assert Attempt.objects.waiting().get() == attempt


@pytest.mark.parametrize("typed", [{}, {"response": "5"}, {"response": " "}])
def test_what_says_nothing_new_makes_no_attempt(sitting, type_in, alice, hand_in, run_tasks, typed):
    Assignment.objects.update(attempts_allowed=3)
    hand_in(alice, "5", working=("2 + 2", "= 5"))
    type_in(**({"working": "2 + 2\n= 5"} | typed))  # with which the form begins
    let_pass(minutes=LIMIT, seconds=8)
    sweep(run_tasks)
    assert Attempt.objects.get().response == "5"
    assert Sitting.objects.get().settled_at is not None


def test_after_the_last_attempt_a_draft_stays_a_draft(sitting, type_in, alice, hand_in, run_tasks):
    hand_in(alice, "5")
    type_in("4")
    let_pass(minutes=LIMIT, seconds=8)
    sweep(run_tasks)
    assert Attempt.objects.get().response == "5"
    assert Draft.objects.get().response == "4"


def test_without_a_time_limit_a_draft_is_never_handed_in(
    enrollment, client, alice, type_in, run_tasks
):
    client.force_login(alice)
    type_in("4")
    Assignment.objects.update(due_at=timezone.now() - MINUTE)
    sweep(run_tasks)
    assert not Attempt.objects.exists()


def test_the_end_of_the_assignment_ends_the_sitting(sitting, type_in, run_tasks):
    type_in("4")
    Assignment.objects.update(due_at=timezone.now() - timedelta(seconds=8))
    sweep(run_tasks)
    assert Attempt.objects.get().verdict == Verdict.CORRECT


def test_time_that_was_granted_moves_the_end(sitting, enrollment, type_in, run_tasks):
    type_in("5")
    let_pass(minutes=LIMIT, seconds=8)
    Enrollment.objects.filter(pk=enrollment.pk).update(extra_time=50)
    sweep(run_tasks)
    assert not Attempt.objects.exists()
    let_pass(minutes=LIMIT / 2)
    sweep(run_tasks)
    assert Attempt.objects.get().response == "5"


def test_time_that_is_granted_after_the_end_is_a_sitting_again(
    sitting, enrollment, assignment, type_in, run_tasks
):
    type_in("5")
    let_pass(minutes=LIMIT, seconds=8)
    sweep(run_tasks)
    terms = {"time_limit_min": 2 * LIMIT, "attempts_allowed": 2}
    Override.objects.create(assignment=assignment, enrollment=enrollment, **terms)
    type_in("4")
    let_pass(minutes=LIMIT)
    sweep(run_tasks)
    assert [attempt.response for attempt in Attempt.objects.all()] == ["5", "4"]
    assert Attempt.objects.last().verdict == Verdict.CORRECT


def test_it_waits_for_a_verdict_that_may_give_an_attempt_back(sitting, alice, type_in, hand_in):
    attempt = hand_in(alice, "3/")
    Attempt.objects.update(grade=None)  # still with the worker
    type_in("4")
    let_pass(minutes=LIMIT, seconds=8)
    sweep_sittings()
    assert Attempt.objects.count() == 1
    Attempt.objects.update(grade=attempt.changes.get())
    sweep_sittings()
    assert [attempt.response for attempt in Attempt.objects.all()] == ["3/", "4"]


def test_who_left_the_class_stops_no_sweep(sitting, enrollment, type_in, run_tasks, section, bob):
    type_in("4")
    other = section.enrollments.get(user=bob)
    his = Sitting.objects.create(assignment=sitting.assignment, enrollment=other)
    Draft.objects.create(enrollment=other, item=Draft.objects.get().item, response="4")
    Enrollment.objects.filter(pk=enrollment.pk).update(role=Enrollment.Role.ASSISTANT)
    let_pass(minutes=LIMIT, seconds=8)
    sweep(run_tasks)
    assert Attempt.objects.get().enrollment == other
    his.refresh_from_db()
    assert his.settled_at is not None


@pytest.mark.django_db(transaction=True)
def test_twenty_sweeps_at_once_hand_in_once(sitting, type_in):
    type_in("5")
    let_pass(minutes=LIMIT, seconds=8)
    at_once = threading.Barrier(20)

    def sweep_once(_n):
        at_once.wait()
        try:
            sweep_sittings()
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(sweep_once, range(20)))
    assert Attempt.objects.get().response == "5"


def test_each_page_of_the_sitting_has_the_clock(sitting, client, item, assignment, alice, hand_in):
    attempt = hand_in(alice, "3/")
    pages = [reverse("home"), assignment.get_absolute_url(), item.get_absolute_url()]
    pages.append(attempt.get_absolute_url())
    for address in pages:
        page = client.get(address).content.decode()
        assert page.count('data-part="clock"') == 1, address
        assert "Your time ends at" in page
    fields = {"response": "", "working": "1 = 1"}
    assert 'data-part="clock"' in client.post(url("working-check", item), fields).content.decode()
    let_pass(minutes=LIMIT)
    for address in pages:
        assert 'data-part="clock"' not in client.get(address).content.decode(), address


def test_nothing_begins_in_a_test_that_is_over(sitting, client, assignment):
    let_pass(minutes=61)
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert "Your time is over" in page
    assert "Begin with the first problem" not in page


def test_home_shows_what_is_over_as_over(sitting, client, item, assignment, section):
    page = client.get(reverse("home"))
    assert page.context["due_next"].assignment == assignment
    let_pass(minutes=LIMIT, seconds=1)
    page = client.get(reverse("home"))
    assert "your time is over" in page.content.decode()
    assert page.context["due_next"] is None
    assert "Your time is over." in client.get(assignment.get_absolute_url()).content.decode()


def test_the_page_asks_how_much_time_is_left(sitting, client, assignment, bob, dan, enrollment):
    address = reverse("assignment-clock", args=[assignment.code])
    answer = client.get(address)
    assert 0 < LIMIT * 60 - answer.json()["left_s"] < 60
    assert "no-store" in answer["Cache-Control"]
    Enrollment.objects.filter(pk=enrollment.pk).update(extra_time=100)
    assert client.get(address).json()["left_s"] > LIMIT * 60
    let_pass(minutes=2 * LIMIT)
    assert client.get(address).json()["left_s"] == 0
    client.force_login(dan)
    assert client.get(address).status_code == 404


def test_the_sentence_beside_the_clock_moves_with_it(sitting, client, assignment, item, enrollment):
    address = reverse("assignment-clock", args=[assignment.code])
    for extra in (0, 50):
        Enrollment.objects.filter(pk=enrollment.pk).update(extra_time=extra)
        clock = client.get(address).json()
        ends_at = datetime.fromisoformat(clock["ends_at"])
        left_s = (ends_at - timezone.now()).total_seconds()
        assert abs(left_s - clock["left_s"]) < 5
        assert abs(left_s - LIMIT * (100 + extra) / 100 * 60) < 60
        page = client.get(item.get_absolute_url()).content.decode()
        assert f">{clock['ends_at_text']}</time>" in page


def test_without_a_time_limit_there_is_no_clock(client, alice, item):
    client.force_login(alice)
    for address in (reverse("home"), item.get_absolute_url()):
        assert 'data-part="clock"' not in client.get(address).content.decode()
