import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tutor.demo.processes import ProcessRecord, end_sessions, members, running_process, start

# Starts another process, as the engine does, and neither ends when it is asked to.
STUBBORN = (
    "import signal, subprocess, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "subprocess.Popen(['sleep', '600'])\n"
    "print('up', flush=True)\n"
    "time.sleep(600)"
)


@pytest.fixture
def stubborn(tmp_path):
    """A leader and its child in one session; ended afterwards whatever the test did."""
    log = tmp_path / "log"
    process = start([sys.executable, "-c", STUBBORN], log, folder=tmp_path, env=os.environ)
    wait_until(lambda: "up" in log.read_text())
    yield process
    end_sessions([process.pid], grace_s=0)
    process.wait()


def wait_until(condition, within_s=10.0):
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def test_it_ends_what_a_child_has_started(stubborn):
    wait_until(lambda: len(members([stubborn.pid])) == 2)
    end_sessions([stubborn.pid], grace_s=0.2)
    assert members([stubborn.pid]) == []
    assert stubborn.wait() == -signal.SIGKILL


def test_it_finds_what_an_earlier_start_left(stubborn, tmp_path):
    record = ProcessRecord(tmp_path / "processes.json")
    wait_until(lambda: len(members([stubborn.pid])) == 2)
    record.write([stubborn.pid])
    stubborn.kill()
    stubborn.wait()
    assert record.left_over() == {stubborn.pid}  # through its child, which still runs
    end_sessions(record.left_over(), grace_s=0)
    assert record.left_over() == set()


def test_it_leaves_alone_who_has_only_the_same_number(stubborn, tmp_path):
    record = ProcessRecord(tmp_path / "processes.json")
    record.write([stubborn.pid])
    text = record.path.read_text()
    started = str(running_process(stubborn.pid).started)
    for process in members([stubborn.pid]):
        text = text.replace(str(process.started), "1")
    assert started not in text
    record.path.write_text(text)
    assert record.left_over() == set()


def test_it_leaves_alone_what_was_recorded_before_the_machine_started(stubborn, tmp_path):
    record = ProcessRecord(tmp_path / "processes.json")
    record.write([stubborn.pid])
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    record.path.write_text(record.path.read_text().replace(boot, "an-earlier-one"))
    assert record.left_over() == set()


def test_a_child_ends_when_its_parent_is_killed(tmp_path):
    program = (
        "import os, pathlib, time\n"
        "from tutor.demo.processes import start\n"
        "child = start(['sleep', '600'], pathlib.Path('log'), folder='.', env=os.environ)\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(600)"
    )
    env = {**os.environ, "PYTHONPATH": os.getcwd()}
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=tmp_path, env=env, stdout=subprocess.PIPE
    ) as parent:
        child = int(parent.stdout.readline())
        assert running_process(child)
        parent.kill()
    wait_until(lambda: running_process(child) is None)
