import os
import subprocess
import sys
import threading

import psutil
import pytest

from tutor.engine.cores import keep_to_cores, least_taken, model_threads
from tutor.engine.orphans import marked_as_ours

# Has a second thread, says so, and sleeps.
THREADED = """
import threading, time
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
print(flush=True)
time.sleep(60)
"""

several_cores = pytest.mark.skipif(
    len(os.sched_getaffinity(0)) < 2, reason="one core, of which none can be left out"
)


@pytest.fixture
def start():
    """Starts a process that is marked as an engine's."""
    started: list[subprocess.Popen] = []

    def start_one() -> psutil.Process:
        with marked_as_ours():
            command = [sys.executable, "-c", THREADED]
            started.append(process := subprocess.Popen(command, stdout=subprocess.PIPE))
        assert process.stdout.readline() == b"\n"
        return psutil.Process(process.pid)

    yield start_one
    for process in started:
        process.kill()
        process.communicate()


def cores_of(process: psutil.Process) -> set[frozenset[int]]:
    return {frozenset(os.sched_getaffinity(thread.id)) for thread in process.threads()}


@pytest.mark.parametrize(
    ("taken", "count", "expected"),
    [
        ([], 1, {3}),
        ([], 3, {1, 2, 3}),
        ([{3}], 1, {2}),
        ([{1, 2, 3}], 3, {0, 2, 3}),
        ([{3}, {2}, {1}, {0}], 1, {3}),
        ([{0, 1, 2, 3}], 2, {2, 3}),
        ([{3, 7, 8}], 1, {2}),  # another one may run on what we may not
    ],
)
def test_the_cores_that_the_fewest_engines_took(taken, count, expected):
    assert least_taken({0, 1, 2, 3}, count, taken) == expected


@several_cores
def test_all_threads_are_kept_to_as_many_cores_as_the_model_has_threads(start):
    process, ours = start(), os.sched_getaffinity(0)
    keep_to_cores([process], model_threads())
    [cores] = cores_of(process)
    assert len(process.threads()) == 2
    assert len(cores) == len(ours) - 1
    assert cores < ours
    assert os.sched_getaffinity(0) == ours
    assert all(os.sched_getaffinity(thread.native_id) == ours for thread in threading.enumerate())


@several_cores
def test_a_second_engine_takes_the_core_that_the_first_one_left(start):
    first, second = start(), start()
    keep_to_cores([first], 1)
    keep_to_cores([second], 1)
    assert cores_of(first) != cores_of(second)


def test_with_a_thread_for_each_core_it_stays_where_it_likes(start):
    process, ours = start(), os.sched_getaffinity(0)
    keep_to_cores([process], len(ours))
    assert cores_of(process) == {frozenset(ours)}


def test_a_process_that_has_ended_is_no_trouble(start):
    process = start()
    process.kill()
    process.wait()
    keep_to_cores([process], 1)


@several_cores
def test_where_it_is_forbidden_the_engine_runs_as_before(start, monkeypatch):
    def forbidden(tid: int, cores: set[int]) -> None:
        raise PermissionError

    process, ours = start(), os.sched_getaffinity(0)
    monkeypatch.setattr(os, "sched_setaffinity", forbidden)
    keep_to_cores([process], 1)
    assert cores_of(process) == {frozenset(ours)}


def test_a_model_leaves_one_core_unless_told_otherwise(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1, 2, 3})
    assert model_threads() == 3
    assert model_threads(2) == 2
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {5})
    assert model_threads() == 1
