"""A model's server that goes and comes back costs a pause, no crash, and no character."""

import signal
import time
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from tests.faults.model_server import MODEL
from tests.faults.steady_engine import tokens_of
from tests.solutions.conftest import assert_log_equals_row
from tutor.engine.completion import EngineAway, Outcome, ServerConfig
from tutor.engine.starting import start_engine
from tutor.grading import Verdict
from tutor.redis_client import connect
from tutor.solutions.db_connections import DatabaseThreads
from tutor.solutions.dispatch.lifecycle import SERVER_AWAY
from tutor.solutions.dispatch.model_choice import recipe_of
from tutor.solutions.dispatch.presence import present_workers
from tutor.solutions.dispatch.queue_status import waiting_for
from tutor.solutions.generation import engine_host, server_absence
from tutor.solutions.generation.current_worker import install
from tutor.solutions.generation.worker import Worker
from tutor.solutions.log.stored_log import read_transcript
from tutor.solutions.models import Solution, State
from tutor.solutions.requests.find_or_queue import request_solution

pytestmark = pytest.mark.django_db(transaction=True)

SILENCE_S = 1.0


@pytest.fixture
def worker(model_server, in_thread, wait_until):
    """Started beside the test, since it waits for its server."""
    config = ServerConfig(
        base_url=f"http://127.0.0.1:{model_server.port}/v1", model=MODEL, silence_s=SILENCE_S
    )
    worker = Worker(partial(start_engine, config), MODEL)
    starting = in_thread(worker.start)
    install(worker)
    yield worker
    install(None)
    if not worker.host.is_ready:
        model_server.start()
    starting.result(timeout=20)
    worker.drain()
    worker.stop()


@pytest.fixture
def solution(problem):
    return request_solution(problem.current, user=None)


def ended_well(solution) -> bool:
    solution.refresh_from_db()
    assert solution.crashes == 0
    return solution.state == State.ENDED


def assert_whole(solution) -> None:
    recipe, version = recipe_of(solution.recipe), solution.version
    prompt = recipe.prompt(version.statement, version.choices, version.language)
    assert solution.answer == "".join(tokens_of(prompt.user))
    assert (solution.outcome, solution.verdict) == (Outcome.FINISHED, Verdict.CORRECT)
    assert_log_equals_row(solution)


def test_a_worker_that_starts_before_its_server_waits_and_says_so(
    solution, model_server, worker, wait_until
):
    wait_until(lambda: waiting_for(solution) == "server")
    with connect() as client:
        [presence] = present_workers(client)
    assert (presence.is_ready, presence.waits_for) == (False, "server")
    worker.solve()  # a message that comes meanwhile takes nothing
    solution.refresh_from_db()
    assert (solution.state, solution.fence) == (State.QUEUED, 0)
    model_server.start(rate=400)
    wait_until(lambda: waiting_for(solution) == "turn")
    worker.solve()
    assert ended_well(solution)
    assert_whole(solution)


@pytest.mark.parametrize("how", ["killed", "silent"])
def test_a_server_that_goes_in_mid_text_costs_a_pause(
    solution, model_server, worker, in_thread, wait_until, queued_tasks, how
):
    model_server.start()
    wait_until(lambda: worker.host.is_ready)
    running = in_thread(worker.solve)
    wait_until(lambda: read_transcript(solution.pk).tokens > 5)
    if how == "killed":
        model_server.kill()
    else:
        model_server.process.send_signal(signal.SIGSTOP)
    running.result(timeout=20)
    shown = read_transcript(solution.pk).answer
    solution.refresh_from_db()
    assert (solution.state, solution.crashes) == (State.QUEUED, 0)
    wait_until(lambda: waiting_for(solution) == "server")
    sent = queued_tasks()
    if how == "killed":
        model_server.start(rate=400)
    else:
        model_server.process.send_signal(signal.SIGCONT)
    wait_until(lambda: queued_tasks() > sent)  # by itself, before any sweep
    worker.solve()
    assert ended_well(solution)
    assert solution.fence == 2
    assert solution.answer.startswith(shown)
    assert_whole(solution)


def test_restarts_are_never_counted_as_crashes(
    solution, model_server, worker, in_thread, wait_until
):
    for tokens in (5, 10, 15):
        model_server.start()
        wait_until(lambda: worker.host.is_ready)
        running = in_thread(worker.solve)
        wait_until(lambda least=tokens: read_transcript(solution.pk).tokens > least)
        model_server.kill()
        running.result(timeout=20)
    model_server.start(rate=400)
    wait_until(lambda: worker.host.is_ready)
    worker.solve()
    assert ended_well(solution)
    assert solution.fence == 4
    assert_whole(solution)


def test_what_waits_for_long_ends_with_a_sentence(
    solution, problem, model_server, worker, in_thread, wait_until, monkeypatch
):
    monkeypatch.setattr(engine_host, "MAX_ABSENCE_S", 1.0)
    monkeypatch.setattr(server_absence, "MAX_ABSENCE_S", 0.0)
    model_server.start()
    wait_until(lambda: worker.host.is_ready)
    running = in_thread(worker.solve)
    wait_until(lambda: read_transcript(solution.pk).tokens > 5)
    model_server.kill()
    running.result(timeout=20)
    not_begun = Solution.objects.create(
        version=problem.current, recipe=solution.recipe, number=solution.number + 1
    )
    wait_until(lambda: read_transcript(solution.pk).end is not None)  # after the row
    solution.refresh_from_db()
    assert solution.state == State.ENDED
    assert (solution.outcome, solution.feedback) == (Outcome.ENGINE_FAILED, SERVER_AWAY)
    assert solution.answer
    assert_log_equals_row(solution)
    not_begun.refresh_from_db()
    assert not_begun.state == State.QUEUED, "it is kept, as without any worker"


@pytest.mark.parametrize(("minutes", "state"), [(9, State.QUEUED), (11, State.ENDED)])
def test_what_had_begun_waits_for_ten_minutes(solution, minutes, state):
    begun_at = timezone.now() - timedelta(minutes=minutes)
    Solution.objects.update(fence=1, claimed_at=begun_at)
    database = DatabaseThreads(1)
    server_absence.ServerAbsence(MODEL, database).end_long_waiting()
    database.stop()
    solution.refresh_from_db()
    assert solution.state == state


class FallsOver:
    """A server that is there, and goes at the same place of each completion."""

    name, version, model, continues = "openai", "1", MODEL, True

    async def stream(self, *args, **kwargs):
        raise EngineAway("gone")
        yield

    async def close(self) -> None:
        """Nothing to end."""


def test_a_completion_that_its_server_falls_over_does_not_go_on_for_ever(
    solution, start_worker, monkeypatch
):
    engine = FallsOver()

    async def start():
        return engine

    engine.start = start
    worker = start_worker(engine)
    worker.solve()
    solution.refresh_from_db()
    assert (solution.state, solution.crashes) == (State.QUEUED, 0)
    monkeypatch.setattr(server_absence, "MAX_ABSENCE_S", 0.0)
    while worker.host.absence_reason:
        time.sleep(0.02)
    worker.solve()
    solution.refresh_from_db()
    assert (solution.state, solution.feedback) == (State.ENDED, SERVER_AWAY)
