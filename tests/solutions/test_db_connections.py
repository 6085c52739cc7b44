"""A process of many threads that needs few connections."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.db.backends.signals import connection_created

from tests.scripted_engine import ScriptedEngine
from tests.solutions.conftest import ANSWER
from tutor import logs
from tutor.solutions.db_connections import DatabaseThreads
from tutor.solutions.generation import heartbeat, lease_sweeper
from tutor.solutions.models import Solution
from tutor.solutions.requests.find_or_queue import request_solution

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def database():
    threads = DatabaseThreads(2)
    yield threads
    threads.stop()


def connected():
    connection.ensure_connection()
    return connection.connection


def test_many_threads_share_few_connections_which_stay(database):
    with ThreadPoolExecutor(16) as callers:
        used = list(callers.map(lambda _: database.call(connected), range(64)))
    assert 1 <= len(set(used)) <= 2
    assert connected() not in used


def test_a_call_raises_what_its_function_raises_and_carries_the_request(database):
    logs.begin("wish-7")
    try:
        assert database.call(logs.request_id) == "wish-7"
    finally:
        logs.end()
    with pytest.raises(Solution.DoesNotExist):
        database.call(Solution.objects.get, pk=0)


def test_stopped_threads_hold_no_connection():
    threads, wrappers = DatabaseThreads(3), []

    def note():
        connection.ensure_connection()
        wrappers.append(connections["default"])

    for _ in range(9):
        threads.call(note)
    threads.stop()
    assert all(wrapper.connection is None for wrapper in wrappers)


def test_working_out_a_right_solution_takes_no_connection_of_celerys_thread(problem, start_worker):
    solution = request_solution(problem.current, user=None)
    worker = start_worker(ScriptedEngine(ANSWER))

    def solve():
        worker.solve()
        return connection.connection

    with ThreadPoolExecutor(1) as celery:
        assert celery.submit(solve).result() is None
    solution.refresh_from_db()
    assert solution.is_right


def test_what_beats_and_sweeps_connects_once(
    problem, start_worker, in_thread, wait_until, monkeypatch
):
    monkeypatch.setattr(heartbeat, "HEARTBEAT_S", 0.02)
    monkeypatch.setattr(lease_sweeper, "SWEEP_S", 0.02)
    connects, queries = Counter(), Counter()

    def count(execute, *query):
        queries[threading.current_thread().name] += 1
        return execute(*query)

    def note(connection, **kwargs):
        connects[threading.current_thread().name] += 1
        connection.execute_wrappers.append(count)

    connection_created.connect(note)
    try:
        request_solution(problem.current, user=None)
        engine = ScriptedEngine(ANSWER, hold_at=3)
        solving = in_thread(start_worker(engine).solve)
        wait_until(lambda: min(queries["heartbeat"], queries["sweeper"]) > 20)
        engine.release()
        solving.result(timeout=20)
    finally:
        connection_created.disconnect(note)
    assert connects["heartbeat"] == connects["sweeper"] == 1
