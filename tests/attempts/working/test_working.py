"""Lines of working: taken, kept, checked with the answer, and shown to who may see them."""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unicodedata import normalize
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from tests.attempts.views.test_answer_page import HTMX, url
from tests.grading.hostile import SHORT
from tutor.assignments.models import Assignment
from tutor.attempts import submitting, tasks
from tutor.attempts.access import access_for
from tutor.attempts.creating import MAX_CHECKINGS
from tutor.attempts.models import Attempt, Draft
from tutor.attempts.responses import Entry, Submission
from tutor.attempts.submitting import Refusal, submit_response
from tutor.attempts.tasks import check_next_working, sweep_attempts
from tutor.attempts.working.accepting import (
    MAX_LINE_CHARACTERS,
    MAX_LINES,
    accept_lines,
    accept_working,
)
from tutor.grading import Kind, Verdict
from tutor.grading.check_process import client
from tutor.grading.processes.pool import ChildPool
from tutor.grading.steps.checks import CHECKER_VERSION, StepCheck, StepVerdict
from tutor.text_gate import UnacceptableText

WRONG = ["2x + 3 = 7", "2x = 10", "so it is five"]
CHECKED, MARKS = ["unchecked", "refuted", "unchecked"], ["unchecked", "refuted", "unchecked"]
UNCHECKED = StepCheck(StepVerdict.UNCHECKED).to_dict()


def verdicts(attempt):
    return [check["verdict"] for check in attempt.checks]


def marks(page):
    """What stands beside the lines that a page shows, in their order."""
    lines = page.split("data-text=")[1:]
    shown = [
        [word for word in ("proved", "refuted", "given", "unchecked", "resting")
         if f'data-mark="{word}">' in line]
        for line in lines
    ]  # fmt: skip
    return ["".join(words) for words in shown]


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch):
    """A busy machine may need seconds to start what checks lines."""
    monkeypatch.setattr(submitting, "CHECK_AT_ONCE_WORK_S", 30.0)
    monkeypatch.setattr(tasks, "THOROUGH_WORK_S", 30.0)


@pytest.fixture
def _no_time_at_once(monkeypatch, _time_enough):
    """The process that checks lines has yet to start when the request has to be answered."""
    unstarted = ChildPool(client._START, 1)
    monkeypatch.setattr(client, "_line_children", unstarted)
    monkeypatch.setattr(submitting, "CHECK_AT_ONCE_WORK_S", 0.001)
    yield
    unstarted.close()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("\n \n", ()),
        ("a\r\nb\rc\nd", ("a", "b", "c", "d")),
        (" a \n\n b", (" a ", " b")),
        ("a\u2028b", ("a\u2028b",)),
        ("x" * MAX_LINE_CHARACTERS, ("x" * MAX_LINE_CHARACTERS,)),
    ],
)
def test_lines_are_taken_as_they_were_typed(text, lines):
    assert accept_working(text) == lines


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x\n" * (MAX_LINES + 3), "43 lines"),
        ("a\n\n" + "x" * (MAX_LINE_CHARACTERS + 1), "Line 3"),
        ("a\x00", "not text"),
        ("x\n" * 30_000, "at most 40,000 characters"),
    ],
)
def test_what_is_too_much_is_said_with_its_number(text, message):
    with pytest.raises(UnacceptableText, match=message):
        accept_working(text)


def test_a_draft_has_room_for_what_has_to_be_shortened():
    text = "\n".join(["x" * MAX_LINE_CHARACTERS] * (MAX_LINES + 20))
    assert "\n".join(accept_lines(text)) == text


def test_it_is_kept_and_checked_with_the_answer(client, alice, item, form):
    Assignment.objects.update(attempts_allowed=None)
    client.force_login(alice)
    form |= {"response": "5", "working": "\r\n".join(["", *WRONG, " "])}
    page = client.post(url("attempt-submit", item), form, headers=HTMX).content.decode()
    attempt = Attempt.objects.get()
    assert attempt.working == WRONG
    assert attempt.verdict == Verdict.INCORRECT
    assert (attempt.checker, attempt.checkings_left) == (CHECKER_VERSION, 0)
    assert len(attempt.checks) == 3
    assert marks(page) == MARKS
    assert page.count('class="failing"') == 1
    assert "Line 2 doesn’t follow." in page
    # They are there again to be mended, and the draft is gone.
    assert "\n".join(["", *WRONG, ""]) in page.replace("</textarea>", "\n</textarea>")
    assert not Draft.objects.exists()


def test_without_lines_nothing_is_to_be_checked(alice, hand_in, run_tasks):
    with run_tasks():
        attempt = hand_in(alice, "5")
        attempt.refresh_from_db()
    assert (attempt.working, attempt.checks, attempt.checkings_left) == ([], [], 0)


@pytest.mark.parametrize("text", ["x\n" * 41, "x" * 501, "\x00", "x" * 50_000])
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_too_much_working_costs_no_attempt_and_loses_nothing(
    client, alice, item, form, text, headers
):
    client.force_login(alice)
    form |= {"response": "4", "working": text}
    answer = client.post(url("attempt-submit", item), form, headers=headers, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not Attempt.objects.exists()
    assert "working" in page[page.index('class="refusal"' if headers else 'class="messages"') :]
    if headers or text not in ("\x00", "x" * 50_000):  # what a server can keep
        assert text in page
    assert 'value="4"' in page


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_attempt_with_one_working(alice, item):
    access, action, at_once = access_for(alice, item), uuid4(), threading.Barrier(20)

    def hand_in_once(n: int):
        version = item.problem.current.code
        at_once.wait()
        try:
            submission = Submission(action, 1, version, "5", tuple(WRONG))
            return submit_response(access.enrollment, item, submission).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        made = list(pool.map(hand_in_once, range(20)))
    attempt = Attempt.objects.get()
    assert made == [attempt.pk] * 20
    assert attempt.working == WRONG
    assert len(attempt.checks) == 3


def test_another_working_in_a_second_window_is_another_answer(alice, hand_in):
    hand_in(alice, "5", number=1, working=("a",))
    assert hand_in(alice, "5", number=1, working=("b",)) == Refusal.OVERTAKEN
    assert Attempt.objects.get().working == ["a"]


def test_no_line_delays_or_breaks_an_answer(client, alice, item, form, monkeypatch, settings):
    settings.WORK_A_MINUTE_S = 1_000
    monkeypatch.setattr(submitting, "CHECK_AT_ONCE_WORK_S", 0.3)
    monkeypatch.setattr(tasks, "THOROUGH_WORK_S", 4.0)
    Assignment.objects.update(attempts_allowed=None)
    client.force_login(alice)
    texts = [text[:MAX_LINE_CHARACTERS] for text in SHORT if text.isprintable() and text.strip()]
    for number, start in enumerate(range(0, len(texts), MAX_LINES), start=1):
        lines = texts[start : start + MAX_LINES]
        form |= {"number": number, "action": str(uuid4()), "response": "5"}
        began_at = time.monotonic()
        client.post(url("attempt-submit", item), form | {"working": "\n".join(lines)})
        assert time.monotonic() - began_at < 5
        attempt = Attempt.objects.get(number=number)
        assert attempt.working == [normalize("NFC", line) for line in lines]
        assert attempt.verdict == Verdict.INCORRECT
        while attempt.is_check_due:  # more than once where the machine is busy
            check_next_working()
            attempt.refresh_from_db()
        assert len(attempt.checks) == len(lines)
    assert client.get(item.get_absolute_url()).status_code == 200


@pytest.mark.usefixtures("_no_time_at_once")
def test_what_takes_long_is_checked_by_a_worker(client, alice, item, hand_in, run_tasks):
    Assignment.objects.update(attempts_allowed=None)
    attempt = hand_in(alice, "5", working=WRONG)
    assert attempt.is_check_due
    client.force_login(alice)
    page = client.get(url("answer", item), headers=HTMX).content.decode()
    assert "being checked" in page
    address = reverse("attempt-working", args=[attempt.code])
    assert f'hx-get="{address}"' in page
    Attempt.objects.update(submitted_at=timezone.now() - timedelta(minutes=1))
    with run_tasks():
        sweep_attempts()
    attempt.refresh_from_db()
    assert verdicts(attempt) == CHECKED
    page = client.get(address, headers=HTMX).content.decode()
    assert "hx-get" not in page
    assert marks(page) == MARKS


@pytest.mark.usefixtures("_no_time_at_once")
def test_working_that_ends_its_worker_each_time_is_left_alone(client, alice, item, hand_in):
    attempt = hand_in(alice, "5", working=WRONG)
    Attempt.objects.update(checkings_left=0)  # it was tried as often as it may be
    check_next_working()
    attempt.refresh_from_db()
    assert (attempt.checks, attempt.checker) == ([], "")
    client.force_login(alice)
    assert "were not checked" in client.get(item.get_absolute_url()).content.decode()


@pytest.mark.usefixtures("_no_time_at_once")
def test_each_try_is_counted_before_it_is_made(alice, hand_in, monkeypatch):
    hand_in(alice, "5", working=WRONG)

    def end(*args, **fields):
        raise SystemExit

    monkeypatch.setattr(tasks, "check_in_part", end)
    for _ in range(MAX_CHECKINGS):
        with pytest.raises(SystemExit):
            check_next_working()
    assert not Attempt.objects.with_check_due().exists()


@pytest.mark.usefixtures("_no_time_at_once")
def test_a_check_that_comes_twice_is_written_once(alice, hand_in):
    attempt = hand_in(alice, "5", working=WRONG)
    check_next_working()
    attempt.record_checks([])
    check_next_working()
    attempt.refresh_from_db()
    assert verdicts(attempt) == CHECKED


@pytest.mark.usefixtures("_no_time_at_once")
def test_a_broker_that_is_down_loses_no_working(alice, hand_in, run_tasks, monkeypatch):
    def broken(*_args, **_options):
        raise OperationalError("no broker")

    with monkeypatch.context() as patched, run_tasks():
        patched.setattr(check_next_working, "apply_async", broken)
        attempt = hand_in(alice, "5", working=WRONG)
    attempt.refresh_from_db()
    assert attempt.is_check_due
    assert attempt.working == WRONG


def test_a_teacher_sees_the_lines_as_they_were_typed(client, alice, bob, carol, dan, hand_in):
    attempt = hand_in(alice, "5", working=[*WRONG, "  y = 3/4"])
    for user, status in ((alice, 200), (bob, 404), (carol, 200), (dan, 404)):
        client.force_login(user)
        assert client.get(attempt.get_absolute_url()).status_code == status
        assert client.get(reverse("attempt-working", args=[attempt.code])).status_code == status
    client.force_login(carol)
    page = client.get(attempt.get_absolute_url()).content.decode()
    assert "<code>  y = 3/4</code>" in page
    assert r"\(2x = 10\)" in page
    assert "Line 2 doesn’t follow." in page
    piece = client.get(reverse("attempt-working", args=[attempt.code])).content.decode()
    for text in (page, piece):
        assert "This line doesn’t follow" in text  # the words of students


@pytest.mark.parametrize(("response", "is_open"), [("4", False), ("5", True)])
def test_after_the_right_answer_lines_are_folded(client, alice, carol, hand_in, response, is_open):
    attempt = hand_in(alice, response, working=WRONG)
    for user, shows_lines in ((alice, is_open), (carol, True)):
        client.force_login(user)
        page = client.get(attempt.get_absolute_url()).content.decode()
        [folded] = re.findall(r'<details class="worked"([^>]*)>', page)
        assert ("open" in folded) is shows_lines


def test_lines_are_text_and_never_html(client, alice, item, hand_in):
    hand_in(alice, "5", working=["<script>alert(1)</script>", '" onload="x'])
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert '" onload="' not in page


@pytest.mark.parametrize("stored", [[{}], [1], [{"verdict": "proved"}], [UNCHECKED], "no list"])
def test_what_another_checker_stored_is_no_check(client, alice, item, hand_in, stored):
    hand_in(alice, "5", working=WRONG)
    Attempt.objects.update(checks=stored)
    client.force_login(alice)
    page = client.get(item.get_absolute_url())
    assert page.status_code == 200
    assert "were not checked" in page.content.decode()


def test_queries_do_not_grow_with_the_workings(client, alice, item, hand_in):
    Assignment.objects.update(attempts_allowed=None)
    client.force_login(alice)
    counts = []
    for texts in ("56", "789"):
        for text in texts:
            hand_in(alice, text, working=WRONG)
        client.get(item.get_absolute_url())  # it makes what later visits find
        with CaptureQueriesContext(connection) as queries:
            client.get(item.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Drafts


def test_a_draft_is_as_typed_and_on_every_device(client, alice, bob, item):
    client.force_login(alice)
    text = " a \r\n\r\nx = 1"
    answer = client.post(url("working-draft", item), {"response": "7", "working": text})
    assert r"\(x = 1\)" in answer.content.decode()
    assert "Not read as mathematics" not in answer.content.decode().split(r"\(a\)")[0]
    assert Draft.objects.get().working == [" a ", "", "x = 1"]
    client.logout()
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "\n a \n\nx = 1</textarea>" in page
    assert 'value="7"' in page
    client.force_login(bob)
    assert "x = 1</textarea>" not in client.get(item.get_absolute_url()).content.decode()


def test_the_answers_draft_keeps_the_lines_too(client, alice, item):
    client.force_login(alice)
    client.post(url("draft", item), {"response": "7", "working": "x = 1"})
    client.post(url("draft", item), {"response": "8"})
    draft = Draft.objects.get()
    assert (draft.response, draft.working) == ("8", ["x = 1"])


@pytest.mark.parametrize(
    ("text", "message", "stored"),
    [("x\n" * 41, "41 lines", True), ("y" * 501, "Line 1", True), ("\x00", "not text", False)],
)
def test_a_draft_that_is_too_much_is_kept_and_says_so(client, alice, item, text, message, stored):
    client.force_login(alice)
    answer = client.post(url("working-draft", item), {"response": "7", "working": text})
    assert message in answer.content.decode()
    draft = Draft.objects.get()
    assert draft.response == "7"
    assert ("\n".join(draft.working) == text) is stored


def test_the_last_line_is_handed_in_as_the_answer(client, alice, item, form):
    client.force_login(alice)
    sent = form | {"response": "1", "working": "2x = 8\n\n⇒ x = 4\n", "last_line": "yes"}
    client.post(url("attempt-submit", item), sent, headers=HTMX)
    attempt = Attempt.objects.get()
    assert (attempt.response, attempt.working) == ("x = 4", ["2x = 8", "⇒ x = 4"])


def test_of_a_chain_between_terms_the_end_is_the_answer():
    entries = {kind: Entry(kind).in_line("(x + 1)^2 = x^2 + 2x + 1") for kind in Kind}
    assert entries[Kind.EXPRESSION] == "x^2 + 2x + 1"
    assert entries[Kind.EQUATION] == "(x + 1)^2 = x^2 + 2x + 1"
