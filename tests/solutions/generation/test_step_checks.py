"""Verdicts on steps in the stream: each once, after its step, and never in the way of a token."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from asgiref.sync import async_to_sync
from django.utils import timezone

from tests.grading import hostile
from tests.scripted_engine import ScriptedEngine
from tests.solutions.conftest import assert_log_equals_row
from tutor.grading.check_process import client
from tutor.grading.check_process.client import UNCHECKED, check_step
from tutor.grading.processes.pool import ChildPool
from tutor.grading.steps.checks import CHECKER_VERSION
from tutor.redis_client import open_redis
from tutor.solutions.generation import step_checks
from tutor.solutions.generation.step_checks import StepChecks
from tutor.solutions.log.protocol import StepChecked, StepDelta, StepSettled, WholeSolution
from tutor.solutions.log.token_log import TokenLog
from tutor.solutions.log.transcript import Transcript
from tutor.solutions.log.writer import FLUSH_S
from tutor.solutions.models import Solution, State
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.text_gate import storable

pytestmark = pytest.mark.django_db(transaction=True)

ANSWER = ["\\(1+", "1=2\\)\n", "\n\\(2+2", "=5\\)", "\n\nAs", " we\n1", ".", " said,\n", "2"]
ANSWER += [". it is\n\n", "\\(\\boxed{4}", "\\)."]
EACH_TOKEN_S = FLUSH_S + 0.005  # a pause before each token that makes it an entry of its own
VERDICTS = ["proved", "refuted", *["unchecked"] * 3, "proved"]


@pytest.fixture
def solution(problem):
    return request_solution(problem.current, user=None)


@pytest.fixture
def stuck():
    """A checker that comes to no end before the test does."""
    is_over = threading.Event()

    def check(statement, steps, within_s):
        is_over.wait(30)
        return UNCHECKED

    yield check
    is_over.set()


@pytest.fixture
def hanging(monkeypatch):
    """Children that hang at the step "hang" and end at the step "end"."""
    pool = ChildPool("from tests.grading.check_process.hanging_checker import serve; serve()", 1)
    monkeypatch.setattr(client, "_children", [pool] * client.CHILDREN)
    assert check_step("", ["1=1"], 30).verdict == "proved"
    yield pool
    pool.close()


@async_to_sync
async def entries(solution):
    async with open_redis() as client:
        return [record.entry for record in await TokenLog(client, solution.pk).records()]


def checked(solution):
    """The verdicts in the log, with the numbers of their steps."""
    checked = [entry for entry in entries(solution) if isinstance(entry, StepChecked)]
    return [(entry.step, entry.check["verdict"]) for entry in checked]


def test_each_step_has_one_verdict_after_it_and_before_the_end(solution, start_worker):
    start_worker(ScriptedEngine(ANSWER)).solve()
    log = entries(solution)
    assert checked(solution) == [*enumerate(VERDICTS)]
    for step in range(len(VERDICTS)):
        [checked_at] = [
            i for i, e in enumerate(log) if isinstance(e, StepChecked) and e.step == step
        ]
        assert log.index(StepSettled(step)) < checked_at < len(log) - 1
    solution.refresh_from_db()
    assert [check["verdict"] for check in solution.checks] == VERDICTS
    assert solution.checks[1]["claims"][0]["claim"]
    assert solution.checker == CHECKER_VERSION
    assert_log_equals_row(solution)


def test_the_checker_is_told_the_statement_and_the_steps_so_far(solution, start_worker):
    calls = []

    def check(statement, steps, within_s):
        calls.append((statement, list(steps)))
        return UNCHECKED

    start_worker(ScriptedEngine(ANSWER), check).solve()
    solution.refresh_from_db()
    assert calls == [
        (solution.version.statement, solution.steps[: n + 1]) for n in range(len(VERDICTS))
    ]


def test_a_checker_that_is_stuck_delays_no_token(
    solution, start_worker, in_thread, wait_until, stuck, monkeypatch
):
    monkeypatch.setattr(step_checks, "AT_THE_END_S", 0.5)
    engine = ScriptedEngine(["A.\n\n"] * 100)
    running = in_thread(start_worker(engine, stuck).solve)
    wait_until(lambda: sum(isinstance(e, StepDelta) for e in entries(solution)) == 100)
    assert checked(solution) == []
    running.result(timeout=10)
    assert checked(solution) == [(step, "unchecked") for step in range(100)]
    solution.refresh_from_db()
    assert solution.state == State.ENDED
    assert_log_equals_row(solution)


@async_to_sync
async def times(solution):
    """When each entry was written, in seconds."""
    async with open_redis() as client:
        written = await client.xrange(f"solution:{{{solution.pk}}}:entries")
    return [float(fields["at"]) for _, fields in written]


def test_while_a_child_hangs_the_tokens_go_on(solution, start_worker, hanging):
    before = [child.process for child in hanging.children]
    answer = ["hang", "\n\n", *["x"] * 400, "\n\n1+1=2"]
    worker, began_at = start_worker(ScriptedEngine(answer)), time.monotonic()
    worker.solve()
    hung_s = 0.9 * client.MAX_S  # whatever came before or after it
    assert time.monotonic() - began_at > hung_s
    assert checked(solution) == [(0, "unchecked"), (1, "unchecked"), (2, "proved")]
    log = entries(solution)
    hung = next(i for i, entry in enumerate(log) if isinstance(entry, StepChecked))
    at = times(solution)
    tokens = [t for t, entry in zip(at, log, strict=True) if isinstance(entry, StepDelta)]
    assert len([t for t in tokens if t < at[hung]]) > 10
    assert max(later - sooner for sooner, later in pairwise(tokens)) < hung_s
    assert before[0].poll() is not None


def test_a_step_that_ends_its_child_is_unchecked_and_the_next_is_checked(
    solution, start_worker, hanging
):
    steps = ["1+1=2\n\n", "end\n\n", "2+2=4\n\n", "fail\n\n", "3+3=7"]
    start_worker(ScriptedEngine(steps)).solve()
    verdicts = ["proved", "unchecked", "proved", "unchecked", "refuted"]
    assert checked(solution) == [*enumerate(verdicts)]


def test_hostile_steps_delay_no_end(solution, start_worker):
    answer = [f"{text}\n\n" for text in hostile.SHORT]
    start_worker(ScriptedEngine([*answer, "\n\nThe end."])).solve()
    solution.refresh_from_db()
    assert solution.answer == storable("".join(answer)) + "\n\nThe end."
    assert solution.state == State.ENDED
    assert len(checked(solution)) == len(solution.steps) > 100
    assert_log_equals_row(solution)


# Another worker goes on


@pytest.mark.parametrize("position", range(len(ANSWER)))
@pytest.mark.parametrize("first", ["checks", "is stuck"])
def test_after_a_takeover_at_any_place_each_step_has_one_verdict(
    solution, start_worker, stuck, position, first
):
    engine = ScriptedEngine(ANSWER, fail_at=position, pause_s=EACH_TOKEN_S)
    start_worker(engine, check_step if first == "checks" else stuck).solve()
    solution.refresh_from_db()
    assert solution.state == State.QUEUED
    found_before = checked(solution)
    start_worker(engine).solve()
    assert checked(solution)[: len(found_before)] == found_before
    assert checked(solution) == [*enumerate(VERDICTS)]
    solution.refresh_from_db()
    assert solution.answer == "".join(ANSWER)
    assert [check["verdict"] for check in solution.checks] == VERDICTS
    assert_log_equals_row(solution)


def test_where_only_the_record_was_missing_the_checks_are_made_up_for(
    solution, start_worker, in_thread, wait_until, stuck
):
    running = in_thread(start_worker(ScriptedEngine(ANSWER), stuck).solve)
    wait_until(lambda: StepSettled(len(VERDICTS) - 1) in entries(solution))
    # All is written but the verdicts and the end when its lease runs out.
    Solution.objects.update(worker=None, state=State.QUEUED, lease_expires_at=timezone.now())
    engine = ScriptedEngine(ANSWER)
    start_worker(engine).solve()
    running.result(timeout=20)
    assert engine.generated == 0
    assert checked(solution) == [*enumerate(VERDICTS)]
    solution.refresh_from_db()
    assert_log_equals_row(solution)


def test_a_verdict_that_comes_after_a_takeover_is_not_written(
    solution, start_worker, in_thread, wait_until
):
    may_answer = threading.Event()

    def late(statement, steps, within_s):
        may_answer.wait(30)
        return check_step(statement, steps, within_s)

    frozen = ScriptedEngine(ANSWER, hold_at=8, pause_s=EACH_TOKEN_S)
    running = in_thread(start_worker(frozen, late).solve)
    wait_until(lambda: StepSettled(0) in entries(solution))
    Solution.objects.update(worker=None, state=State.QUEUED, lease_expires_at=timezone.now())
    start_worker(ScriptedEngine(ANSWER)).solve()
    log = entries(solution)
    may_answer.set()
    running.result(timeout=20)
    assert entries(solution) == log
    assert checked(solution) == [*enumerate(VERDICTS)]


@pytest.mark.parametrize("position", [3, 6, 9])
def test_a_text_that_begins_anew_is_checked_anew(solution, start_worker, position):
    engine = ScriptedEngine(ANSWER, fail_at=position, continues=False, pause_s=EACH_TOKEN_S)
    worker = start_worker(engine)
    worker.solve()
    worker.solve()
    log = entries(solution)
    anew = log.index(WholeSolution())
    checked = [entry.step for entry in log[anew:] if isinstance(entry, StepChecked)]
    assert checked == [*range(len(VERDICTS))]
    solution.refresh_from_db()
    assert [check["verdict"] for check in solution.checks] == VERDICTS
    assert_log_equals_row(solution)


def test_what_is_set_aside_says_that_the_rest_was_not_checked(solution, start_worker, stuck):
    for _ in range(2):
        engine = ScriptedEngine(ANSWER, fail_at=8, pause_s=EACH_TOKEN_S)
        start_worker(engine, stuck).solve()
    assert checked(solution) == [(step, "unchecked") for step in range(4)]
    solution.refresh_from_db()
    assert solution.state == State.ENDED
    assert_log_equals_row(solution)


def test_without_a_checker_nothing_is_said(solution, start_worker):
    start_worker(ScriptedEngine(ANSWER), None).solve()
    solution.refresh_from_db()
    assert checked(solution) == []
    assert (solution.checks, solution.checker) == ([], "")
    assert solution.whole().checks == []


class NotingWriter:
    """A writer whose text is complete; notes which checks were to be written at once."""

    def __init__(self, steps):
        self.transcript = Transcript(steps=steps, settled=len(steps), checks=[None] * len(steps))
        self.has_settled = asyncio.Event()
        self.at_once = []

    async def write_check(self, step, check, *, at_once):
        self.at_once.append((step, at_once))
        self.transcript.checks[step] = check


async def test_only_a_check_that_no_other_follows_waits_for_text():
    writer = NotingWriter(["A.", "B.", "C."])
    with ThreadPoolExecutor(1) as threads:
        async with StepChecks(writer, "", lambda *arguments: UNCHECKED, threads) as checks:
            await checks.finish()
    assert writer.at_once == [(0, True), (1, True), (2, False)]
