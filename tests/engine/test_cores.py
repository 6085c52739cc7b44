import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import nullcontext, suppress

import psutil
import pytest

from tutor.engine import cores
from tutor.engine.completion import EngineConfig
from tutor.engine.cores import (
    keep_off_engines,
    keep_to_cores,
    least_used_cores,
    model_threads,
    run_on,
)
from tutor.engine.orphans import marked_as_own, own_processes
from tutor.solutions.generation import celery_worker

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


@pytest.fixture(autouse=True)
def no_others(monkeypatch):
    """Engines of others that this machine may be running are none to these tests."""
    monkeypatch.setattr(cores, "marked_processes", own_processes)


@pytest.fixture
def start():
    """Starts a process, by default one that is marked as an engine's."""
    started: list[subprocess.Popen] = []

    def start_one(marked: Callable = marked_as_own) -> psutil.Process:
        with marked():
            command = [sys.executable, "-c", THREADED]
            started.append(process := subprocess.Popen(command, stdout=subprocess.PIPE))
        assert process.stdout.readline() == b"\n"
        return psutil.Process(process.pid)

    yield start_one
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def second_thread():
    """Of this process, for the length of a test that may move it."""
    available, over = os.sched_getaffinity(0), threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    yield
    over.set()
    thread.join()
    for thread in psutil.Process().threads():
        with suppress(ProcessLookupError):  # another thread has just ended
            os.sched_setaffinity(thread.id, available)


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
    assert least_used_cores({0, 1, 2, 3}, count, taken) == expected


@several_cores
def test_all_threads_are_kept_to_as_many_cores_as_the_model_has_threads(start):
    process, available = start(), os.sched_getaffinity(0)
    keep_to_cores([process], model_threads())
    [pinned] = cores_of(process)
    assert len(process.threads()) == 2
    assert len(pinned) == model_threads()
    assert pinned < available
    assert os.sched_getaffinity(0) == available
    assert all(
        os.sched_getaffinity(thread.native_id) == available for thread in threading.enumerate()
    )


@several_cores
def test_a_second_engine_takes_the_core_that_the_first_one_left(start):
    first, second = start(), start()
    keep_to_cores([first], 1)
    keep_to_cores([second], 1)
    assert cores_of(first) != cores_of(second)


@several_cores
def test_who_has_an_engine_keeps_off_its_cores_with_all_its_threads_and_children(
    start, second_thread
):
    engine, before, available = start(), start(nullcontext), os.sched_getaffinity(0)
    keep_to_cores([engine], 1)
    [pinned] = cores_of(engine)
    keep_off_engines(available)
    after = start(nullcontext)
    assert len(psutil.Process().threads()) > 1
    for process in (psutil.Process(), before, after):
        assert cores_of(process) == {frozenset(available - pinned)}
    assert cores_of(engine) == {pinned}


@several_cores
def test_the_next_engine_has_all_cores_to_choose_from(start, second_thread):
    first, available = start(), os.sched_getaffinity(0)
    keep_to_cores([first], model_threads())
    keep_off_engines(available)
    first.kill()
    first.wait()
    run_on(available)
    assert cores_of(start()) == {frozenset(available)}
    keep_off_engines(available)
    assert cores_of(psutil.Process()) == {frozenset(available)}, "nobody has any"


@several_cores
def test_where_engines_have_all_cores_others_run_anywhere(start, second_thread):
    available = os.sched_getaffinity(0)
    for _ in available:
        run_on(available)
        keep_to_cores([start()], 1)
        keep_off_engines(available)
    assert cores_of(psutil.Process()) == {frozenset(available)}


@several_cores
def test_an_engine_that_is_kept_to_no_cores_takes_none(start, second_thread):
    available, engine, _ = os.sched_getaffinity(0), start(), start()
    keep_to_cores([engine], 1)
    [pinned] = cores_of(engine)
    keep_off_engines(available)
    assert cores_of(psutil.Process()) == {frozenset(available - pinned)}


@several_cores
async def test_a_worker_keeps_off_each_engine_that_it_starts(start, second_thread, monkeypatch):
    available = os.sched_getaffinity(0)
    started: list[psutil.Process] = []

    async def start_engine(config: object) -> None:
        assert os.sched_getaffinity(0) == available
        started.append(start())
        keep_to_cores(started[-1:], model_threads())

    monkeypatch.setattr(celery_worker, "start_engine", start_engine)
    for _ in range(2):
        await celery_worker.start_apart(EngineConfig(model=""), cores=available)
        [pinned] = cores_of(started[-1])
        assert len(pinned) == model_threads()
        assert cores_of(psutil.Process()) == {frozenset(available - pinned)}
        started[-1].kill()
        started[-1].wait()


def test_celery_s_other_workers_need_nothing_that_is_installed_with_an_engine():
    missing = "sys.modules |= dict.fromkeys(('psutil', 'torch', 'vllm'))"
    command = f"import sys; {missing}; import django; django.setup(); import tutor.celery as one;"
    command += " one.app.loader.import_default_modules()"
    subprocess.run([sys.executable, "-c", command], check=True, timeout=120)


def test_with_a_thread_for_each_core_it_stays_where_it_likes(start):
    process, available = start(), os.sched_getaffinity(0)
    keep_to_cores([process], len(available))
    assert cores_of(process) == {frozenset(available)}


def test_a_process_that_has_ended_is_no_trouble(start):
    process = start()
    process.kill()
    process.wait()
    keep_to_cores([process], 1)


@several_cores
def test_where_it_is_forbidden_the_engine_runs_as_before(start, monkeypatch):
    def forbidden(tid: int, cores: set[int]) -> None:
        raise PermissionError

    process, available = start(), os.sched_getaffinity(0)
    monkeypatch.setattr(os, "sched_setaffinity", forbidden)
    keep_to_cores([process], 1)
    run_on(available)
    keep_off_engines(available)
    assert cores_of(process) == {frozenset(available)}


@pytest.mark.parametrize(
    ("cores_there", "threads"), [(1, 1), (2, 1), (4, 3), (7, 6), (8, 6), (16, 12), (64, 60)]
)
def test_a_model_leaves_some_cores_unless_told_otherwise(monkeypatch, cores_there, threads):
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(cores_there)))
    assert model_threads() == threads
    assert model_threads(2) == 2


def test_threads_that_start_meanwhile_are_pinned_too(start, monkeypatch):
    """A thread that is not pinned yet starts another one: the first look does not show it."""
    process, looks = start(), []
    real = cores._threads_of

    def with_a_late_one(process: psutil.Process) -> list[int]:
        threads = list(real(process))
        looks.append(threads)
        return threads[:1] if len(looks) == 1 else threads

    monkeypatch.setattr(cores, "_threads_of", with_a_late_one)
    cores._pin(process, {min(os.sched_getaffinity(0))})
    masks = {frozenset(os.sched_getaffinity(thread.id)) for thread in process.threads()}
    assert masks == {frozenset([min(os.sched_getaffinity(0))])}
