import os
import subprocess
import sys

import psutil
import pytest

from tutor.engine.cores import keep_apart, least_taken, model_threads, take_back
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


@pytest.fixture(autouse=True)
def back_again():
    """All of its cores for the tests that follow, whatever a test gave up."""
    ours = os.sched_getaffinity(0)
    yield
    take_back(ours)


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
def test_all_threads_are_kept_to_as_many_cores_as_the_model_has_and_ours_to_the_others(start):
    process, ours = start(), os.sched_getaffinity(0)
    given_up = keep_apart([process], model_threads())
    assert len(process.threads()) == 2
    assert cores_of(process) == {frozenset(given_up)}
    assert len(given_up) == len(ours) - 1
    assert given_up < ours
    assert cores_of(psutil.Process()) == {frozenset(ours - given_up)}
    assert cores_of(start()) == {frozenset(ours - given_up)}, "what is started later"


@several_cores
def test_cores_are_taken_back(start):
    ours = os.sched_getaffinity(0)
    take_back(keep_apart([start()], 1))
    assert cores_of(psutil.Process()) == {frozenset(ours)}


@several_cores
def test_a_second_engine_takes_the_core_that_the_first_one_left(start):
    first, second = start(), start()
    take_back(keep_apart([first], 1))  # as another worker has them
    keep_apart([second], 1)
    assert cores_of(first) != cores_of(second)


def test_with_a_thread_for_each_core_it_stays_where_it_likes(start):
    process, ours = start(), os.sched_getaffinity(0)
    take_back(keep_apart([process], len(ours)))
    assert cores_of(process) == cores_of(psutil.Process()) == {frozenset(ours)}


def test_a_process_that_has_ended_is_no_trouble(start):
    process = start()
    process.kill()
    process.wait()
    keep_apart([process], 1)


@several_cores
def test_where_it_is_forbidden_the_engine_runs_as_before(start, monkeypatch):
    def forbidden(tid: int, cores: set[int]) -> None:
        raise PermissionError

    process, ours = start(), os.sched_getaffinity(0)
    monkeypatch.setattr(os, "sched_setaffinity", forbidden)
    keep_apart([process], 1)
    assert cores_of(process) == cores_of(psutil.Process()) == {frozenset(ours)}


def test_a_model_leaves_one_core_unless_told_otherwise(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1, 2, 3})
    assert model_threads() == 3
    assert model_threads(2) == 2
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {5})
    assert model_threads() == 1
