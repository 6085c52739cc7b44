import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from tutor.engine.orphans import end_orphans, marked_as_own, memory_mib

# Says its id and sleeps. A process that has spoken has its own environment: the kernel shows none
# for a moment after it was started, longer on a busy machine.
SLEEPER = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
# Starts a marked sleeper and waits to be killed.
OWNER = f"""
import subprocess, sys
from tutor.engine.orphans import marked_as_own
with marked_as_own():
    subprocess.Popen([sys.executable, "-c", {SLEEPER!r}])
sys.stdin.read()
"""


@contextmanager
def running(source: str) -> Iterator[tuple[subprocess.Popen, psutil.Process]]:
    """A process that runs `source`, and the one that has said its id on their common output."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", source], text=True, **pipes) as started:
        speaker = psutil.Process(int(started.stdout.readline()))
        try:
            yield started, speaker
        finally:
            started.kill()
            if speaker.is_running():
                speaker.kill()


def is_alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


@pytest.fixture
def owner_and_child():
    with running(OWNER) as owner_and_child:
        yield owner_and_child


def test_processes_of_a_living_owner_stay(owner_and_child):
    _, child = owner_and_child
    end_orphans()
    assert is_alive(child)


def test_processes_end_when_their_owner_was_killed(owner_and_child):
    owner, child = owner_and_child
    owner.kill()
    owner.wait()
    assert is_alive(child)
    end_orphans()
    assert not is_alive(child)


def test_processes_of_another_container_stay(monkeypatch):
    monkeypatch.setenv("TUTOR_ENGINE_OWNER", "1 pid:[1]")
    with running(SLEEPER) as (elsewhere, _):
        end_orphans()
        assert elsewhere.poll() is None


def test_only_what_starts_inside_is_marked():
    with marked_as_own(), running(SLEEPER) as (_, marked):
        assert "TUTOR_ENGINE_OWNER" in marked.environ()
    with running(SLEEPER) as (_, unmarked):
        assert "TUTOR_ENGINE_OWNER" not in unmarked.environ()


# Holds 100 MB more than a bare interpreter.
HOLDER = "import time; held = b'x' * 10**8; print(flush=True); time.sleep(60)"


def test_the_engines_memory_is_that_of_its_processes_and_ours():
    assert memory_mib() is None
    with (
        marked_as_own(),
        subprocess.Popen([sys.executable, "-c", HOLDER], stdout=subprocess.PIPE) as holder,
    ):
        try:
            holder.stdout.readline()
            own_mib = psutil.Process().memory_full_info().pss / 2**20
            assert own_mib + 95 < memory_mib() < own_mib + 200
        finally:
            holder.kill()
