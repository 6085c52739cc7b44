import subprocess
import sys

import psutil
import pytest

from tutor.engine.orphans import end_orphans, marked_as_ours

# Starts a marked process, prints its id and waits to be killed.
OWNER = """
import subprocess, sys
from tutor.engine.orphans import marked_as_ours
with marked_as_ours():
    child = subprocess.Popen(["sleep", "60"])
print(child.pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def owner():
    with subprocess.Popen(
        [sys.executable, "-c", OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def test_processes_of_a_living_owner_stay(owner):
    child = psutil.Process(int(owner.stdout.readline()))
    assert end_orphans() == 0
    assert child.status() == psutil.STATUS_SLEEPING
    child.kill()


def test_processes_end_when_their_owner_was_killed(owner):
    child = psutil.Process(int(owner.stdout.readline()))
    owner.kill()
    owner.wait()
    assert child.is_running()
    assert end_orphans() == 1
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
    assert end_orphans() == 0


def test_processes_of_another_container_stay(monkeypatch):
    monkeypatch.setenv("TUTOR_ENGINE_OWNER", "1 pid:[1]")
    with subprocess.Popen(["sleep", "60"]) as elsewhere:
        assert end_orphans() == 0
        assert elsewhere.poll() is None
        elsewhere.kill()


def test_only_what_starts_inside_is_marked():
    with marked_as_ours():
        marked = subprocess.Popen(["sleep", "60"])
    unmarked = subprocess.Popen(["sleep", "60"])
    with marked, unmarked:
        assert "TUTOR_ENGINE_OWNER" in psutil.Process(marked.pid).environ()
        assert "TUTOR_ENGINE_OWNER" not in psutil.Process(unmarked.pid).environ()
        marked.kill()
        unmarked.kill()
