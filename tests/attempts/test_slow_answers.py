"""What takes long to judge or to read costs its author time, and nobody else."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.attempts.views.test_answer_page import HTMX, url
from tests.factories import make_assignment, make_problem
from tutor import limits
from tutor.assignments.models import Assignment
from tutor.attempts import tasks
from tutor.attempts.drafts import FULL
from tutor.attempts.models import Attempt, Draft
from tutor.attempts.tasks import (
    LAST,
    grade_attempt,
    grade_next_slow,
    queue_next_slow,
    sweep_attempts,
)
from tutor.attempts.views.answering import TOO_MUCH
from tutor.attempts.working.accepting import MAX_LINE_CHARACTERS, MAX_LINES
from tutor.attempts.working.check_visibility import NOTHING
from tutor.attempts.working.shown_working import Working
from tutor.celery import app
from tutor.grading import Verdict
from tutor.grading.check_process.line_reader import MAX_TYPESET, LineReader
from tutor.limits import NoCpuLeft, charge_cpu_to, has_cpu_left, limited_cpu_of, run_alone
from tutor.redis_client import connect

BOMB = r"\sum_{k=1}^{200}\sin(kx)=0.3"
HEAVY = "-x" * (MAX_LINE_CHARACTERS // 2 - 4)


@pytest.fixture
def equation(section):
    """An item whose answer is an equation."""
    problem = make_problem(
        "an-equation", kind="equation", final_answer="x=2", statement="Solve.", hints=()
    )
    return make_assignment(section, [problem], attempts_allowed=None).problem_set.items.get()


@pytest.fixture(autouse=True)
def _short_of_patience(monkeypatch):
    monkeypatch.setattr(tasks, "THOROUGH_WORK_S", 0.4)


@pytest.fixture
def waiting():
    """How many messages wait in the queue of the grading workers, by their priority."""

    def waiting(priority):
        with connect() as client, app.connection_for_read() as connection:
            return client.llen(connection.default_channel._q_for_pri("grading", priority))

    with connect() as client:
        client.delete("grading", *(key for key in client.scan_iter("grading*")))
    return waiting


@pytest.fixture
def spend(settings):
    """Use up a person's CPU time."""
    settings.WORK_A_MINUTE_S = 1

    def spend(user):
        limits._count(limits._key("work", user.pk), 1_000, limits.WINDOW_S)

    return spend


def used_ms(user):
    with connect() as client:
        return int(client.get(limits._key("work", user.pk)) or 0)


def test_a_request_hands_a_long_answer_on_and_says_so(client, alice, equation):
    client.force_login(alice)
    page = client.get(url("answer", equation), headers=HTMX).context["answering"]
    fields = {"action": page.action, "number": 1, "version": equation.problem.current.code}
    before_s = time.thread_time()
    answer = client.post(url("attempt-submit", equation), fields | {"response": BOMB}, headers=HTMX)
    assert time.thread_time() - before_s < 0.4
    assert "Grading it takes a little longer" in answer.content.decode()
    assert Attempt.objects.get().is_pending


@pytest.mark.django_db(transaction=True)
def test_a_worker_tries_it_shortly_then_puts_it_last(alice, equation, hand_in, waiting):
    attempt = hand_in(alice, BOMB, item=equation)
    assert (waiting(0), waiting(LAST)) == (1, 0)
    before_s = time.thread_time()
    grade_attempt(attempt.pk)
    assert time.thread_time() - before_s < 0.6
    assert (waiting(0), waiting(LAST)) == (1, 1)
    grade_attempt(attempt.pk)  # delivered once more: not tried again
    assert (waiting(0), waiting(LAST)) == (1, 2)
    attempt.refresh_from_db()
    assert (attempt.gradings, attempt.is_pending) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_long_answers_are_judged_one_after_the_other(alice, bob, equation, hand_in, waiting):
    for user in (alice, bob):
        hand_in(user, BOMB, item=equation)
    Attempt.objects.update(gradings=1)
    with run_alone("grading", max_s=60):
        grade_next_slow()  # another worker is at one
    assert Attempt.objects.slow().count() == 2
    assert waiting(LAST) == 0
    grade_next_slow()
    assert Attempt.objects.filter(grade__verdict=Verdict.UNDECIDED).count() == 1
    assert Attempt.objects.slow().count() == 1
    assert waiting(LAST) == 1  # the second is sent by the first


@pytest.mark.django_db(transaction=True)
def test_the_next_is_of_somebody_who_has_cost_little(alice, bob, equation, hand_in, waiting, spend):
    first, _ = (hand_in(user, BOMB, item=equation) for user in (alice, bob))
    Attempt.objects.update(gradings=1)
    spend(alice)
    grade_next_slow()
    assert list(Attempt.objects.slow()) == [first]
    spend(bob)
    sweep_attempts()
    assert waiting(LAST) == 0  # until the minute is over


@pytest.mark.django_db(transaction=True)
def test_many_long_answers_of_one_let_others_go_first(alice, bob, equation, hand_in):
    for number in range(1, 4):
        hand_in(alice, f"{BOMB}{number}", item=equation, number=number)
    later = hand_in(bob, BOMB, item=equation)
    Attempt.objects.update(gradings=1)
    for _ in range(2):
        grade_next_slow()
    later.refresh_from_db()
    assert later.verdict == Verdict.UNDECIDED
    assert Attempt.objects.slow().count() == 2


def test_workers_judge_students_without_cpu_time_left(alice, bob, item, hand_in, run_tasks, spend):
    spend(alice)
    with run_tasks():
        attempt = hand_in(alice, "4")
        assert attempt.is_pending
        assert hand_in(bob, "4").verdict == Verdict.CORRECT
    attempt.refresh_from_db()
    assert attempt.verdict == Verdict.CORRECT


def test_grading_is_charged_to_its_author(alice, bob, equation, hand_in, run_tasks):
    with run_tasks():
        hand_in(alice, BOMB, item=equation)
    assert used_ms(alice) > 200
    assert used_ms(bob) == 0
    Attempt.objects.update(gradings=1)
    queue_next_slow()


def test_cpu_time_is_counted_for_each_person(settings):
    settings.WORK_A_MINUTE_S = 1
    with charge_cpu_to(1):
        until = time.thread_time() + 1.1
        while time.thread_time() < until:
            pass
    assert not has_cpu_left(1)
    assert has_cpu_left(2)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert has_cpu_left(1)


def test_the_costly_work_of_one_person_is_done_one_after_another():
    with ThreadPoolExecutor() as threads, charge_cpu_to(1):
        own = threads.submit(_charge, 1)
        threads.submit(_charge, 2).result(timeout=30)  # another's begins at once
        assert not own.done()
    own.result(timeout=30)


def test_one_person_s_costly_requests_hold_few_slots_for_pages(settings):
    settings.PAGES_AT_ONCE = 12
    with limited_cpu_of(1), limited_cpu_of(1):
        with pytest.raises(NoCpuLeft), limited_cpu_of(1):
            pass
        with limited_cpu_of(2):
            pass
    with limited_cpu_of(1):
        pass


def _charge(user_pk):
    with charge_cpu_to(user_pk):
        pass


def test_all_lines_of_a_page_are_read_within_its_budget():
    reader = LineReader(decimal_comma=False)
    lines = [f"{n}{HEAVY}" for n in range(10 * MAX_LINES)]
    before_s = time.thread_time()
    readings = [reader.read(line) for line in lines]
    assert time.thread_time() - before_s < 0.3
    assert readings[0]
    assert not readings[-1]
    assert reader.read(lines[0]) == readings[0]


def test_lines_that_a_browser_would_take_long_for_are_shown_as_text():
    lines = [f"x={n}{HEAVY}" for n in range(MAX_LINES)]
    shown = Working(lines, None, reader=LineReader(decimal_comma=False), visibility=NOTHING).lines
    assert [line.text for line in shown] == lines
    assert sum(len(line.reading) for line in shown) <= MAX_TYPESET <= 6_000
    assert (bool(shown[0].reading), shown[0].is_heavy) == (True, False)
    assert (shown[-1].reading, shown[-1].is_heavy) == ("", True)


def test_drafts_that_cost_too_much_are_kept_and_not_read(client, alice, item, spend):
    client.force_login(alice)
    typed = {"response": "3/4", "working": "x=1"}
    for name in ("draft", "working-draft"):
        assert "data-tex" in client.post(url(name, item), typed).content.decode()
    spend(alice)
    typed = {"response": "3/5", "working": "x=2"}
    for name in ("draft", "working-draft"):
        page = client.post(url(name, item), typed).content.decode()
        assert "data-tex" not in page
        assert str(TOO_MUCH) in page
    draft = Draft.objects.get()
    assert (draft.response, draft.working) == ("3/5", ["x=2"])
    page = client.post(url("working-check", item), typed, headers=HTMX).content.decode()
    assert "Wait a minute" in page


def test_drafts_and_working_of_a_day_have_a_limit(client, alice, bob, item, form, monkeypatch):
    monkeypatch.setattr(limits, "MAX_STORED_A_DAY", 3_000)
    Assignment.objects.update(attempts_allowed=None)
    client.force_login(alice)
    long = "\n".join(["x = 1 " * 60] * 4)
    for name in ("working-draft", "draft"):
        assert str(FULL) not in client.post(
            url(name, item), {"response": "1", "working": long}
        ).content.decode().replace("&#x27;", "'")
    refused = client.post(url("working-draft", item), {"response": "2", "working": long})
    assert str(FULL) in refused.content.decode().replace("&#x27;", "'")
    assert Draft.objects.get().response == "1"
    answer = form | {"response": "5"}
    page = client.post(url("attempt-submit", item), answer | {"working": long}, headers=HTMX)
    assert str(FULL) in page.content.decode().replace("&#x27;", "'")
    assert not Attempt.objects.exists()
    client.post(url("attempt-submit", item), answer, headers=HTMX)
    assert Attempt.objects.get().verdict == Verdict.INCORRECT
    monkeypatch.setattr(limits, "MAX_STORED_A_DAY", 1_500)
    answer = form | {"action": str(uuid4()), "number": "2", "response": "6"}
    page = client.post(url("attempt-submit", item), answer, headers=HTMX)
    assert str(FULL) in page.content.decode().replace("&#x27;", "'")
    assert Attempt.objects.count() == 1
    client.force_login(bob)
    typed = client.post(url("working-draft", item), {"response": "1", "working": long})
    assert str(FULL) not in typed.content.decode().replace("&#x27;", "'")
