"""The demonstration as a person starts it: real processes, and what is left of them afterwards."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.test_processes import wait_until
from tests.faults.proxy import free_port
from tutor.demo import run
from tutor.demo.install import ROOT, SetupFailed, Stage
from tutor.demo.processes import ProcessRecord, end_sessions, members, running_process
from tutor.demo.run import NOT_INHERITED, Demo


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder with a short path, as sockets need it; nothing runs in it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="lemma-demo-"))
    yield folder
    end_sessions(ProcessRecord(folder / "processes.json").left_over(), grace_s=0)
    shutil.rmtree(folder)


@pytest.fixture
def port() -> int:
    return free_port()


class Demonstration:
    def __init__(self, data: Path, port: int, **overrides: str) -> None:
        self.data = data
        # Variables of the tests' own servers are left out.
        env = {
            name: value
            for name, value in os.environ.items()
            if name[:6] != "TUTOR_" and name not in NOT_INHERITED
        }
        self.env = {**env, "TUTOR_DATA_DIR": str(data), **overrides}
        self.output = data / "terminal.txt"
        command = [sys.executable, "-m", "tutor.demo.run", "--port", str(port)]
        with self.output.open("wb") as file:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=file, stderr=subprocess.STDOUT
            )

    @property
    def terminal(self) -> str:
        return self.output.read_text()

    def wait_for(self, text: str, within_s: float = 180) -> None:
        deadline = time.monotonic() + within_s
        while text not in self.terminal:
            assert self.process.poll() is None, self.terminal
            assert time.monotonic() < deadline, self.terminal
            time.sleep(0.1)

    def processes(self) -> set[int]:
        running = json.loads((self.data / "processes.json").read_text())["running"]
        sessions = {session for _, _, session in running}
        return {process.pid for process in members(sessions)}

    def manage(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True)

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=60)


@pytest.fixture
def start(data: Path, port: int):
    started: list[Demonstration] = []

    def start(**env: str) -> Demonstration:
        # A folder without a model ends the generation worker at once, and nothing else.
        started.append(Demonstration(data, port, **({"TUTOR_MODEL": "/no-model"} | env)))
        return started[-1]

    yield start
    for demonstration in started:
        if demonstration.process.poll() is None:
            demonstration.stop(signal.SIGTERM)


def assert_doctor_sees(demonstration: Demonstration) -> None:
    """From another terminal."""
    log = demonstration.data / "log" / "grading.log"
    wait_until(lambda: "ready" in log.read_text(), 180)
    ended = demonstration.manage("doctor", "--json")
    results = {finding["name"]: finding for finding in json.loads(ended.stdout)["checks"]}
    well = {name for name, finding in results.items() if finding["is_well"]}
    assert ended.returncode == 1
    assert well >= {"database", "migrations", "Redis", "broker", "grading workers", "disk", "clock"}
    assert not results["generation workers"]["is_well"]
    assert "/no-model does not exist" in results["model"]["detail"]


def still_running(pids: set[int]) -> set[int]:
    return {pid for pid in pids if running_process(pid)}


def fetch(port: int, path: str) -> str:
    """Raises HTTPError where it is not there."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as page:
        return page.read().decode("utf-8", "replace")


@pytest.mark.slow
@pytest.mark.alone
def test_it_comes_up_leaves_nothing_when_killed_starts_again_and_stops_whole(start, data, port):
    began_at = time.monotonic()
    demonstration = start(REDIS_URL="redis://127.0.0.1:1/0")
    demonstration.wait_for(f"Lemma is ready at http://127.0.0.1:{port}/")
    first_s = time.monotonic() - began_at
    assert_a_person_sees_it(demonstration, data, port)
    second = start()
    assert second.process.wait(timeout=60) == 1
    assert second.terminal.startswith("Lemma: a demonstration runs in")
    assert second.terminal.count("\n") == 1

    del demonstration.env["REDIS_URL"]
    assert_doctor_sees(demonstration)
    pids = demonstration.processes()
    assert len(pids) >= 4
    demonstration.process.kill()
    demonstration.process.wait()
    wait_until(lambda: not still_running(pids), within_s=60)

    written = "TUTOR_MODEL=/somebody's\n"
    (data / "lemma.env").write_text(written)
    again = start()
    began_at = time.monotonic()
    again.wait_for("Lemma is ready")
    assert time.monotonic() - began_at < 15 + first_s  # it waits for nothing
    pids = again.processes()
    assert again.stop() == 0
    assert still_running(pids) == set()
    assert "is yours and is used as it is" in again.terminal
    assert "Database: ok" in again.terminal
    assert (data / "lemma.env").read_text() == written


def assert_a_person_sees_it(demonstration: Demonstration, data: Path, port: int) -> None:
    assert "REDIS_URL is set here; the demonstration has its own" in demonstration.terminal
    assert re.search(r"alice +lemma-alice +student", demonstration.terminal)
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', fetch(port, "/"))
    assert any("/site" in file for file in files)
    for file in files:
        assert fetch(port, file)
    assert (data / "redis.sock").stat().st_mode & 0o077 == 0
    demonstration.wait_for("generation ended")
    assert "/no-model does not exist" in demonstration.terminal
    demonstration.wait_for("Starting it again in 2 s.")


def test_a_port_in_use_is_said_in_one_sentence(start, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        demonstration = start()
        assert demonstration.process.wait(timeout=60) == 1
    expected = f"Lemma: port {port} is in use by another program"
    assert demonstration.terminal.startswith(expected)
    assert f"PORT={port + 1}" in demonstration.terminal
    assert demonstration.terminal.count("\n") == 1


def test_a_path_too_long_for_a_socket_is_said_in_one_sentence(data, port):
    folder = data / ("x" * 100)
    folder.mkdir()
    demonstration = Demonstration(folder, port)
    assert demonstration.process.wait(timeout=60) == 1
    assert "is too long for a socket" in demonstration.terminal
    assert "Traceback" not in demonstration.terminal


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(None, "the first page has not come within"), (503, "the first page answers with status 503")],
)
def test_a_web_server_without_a_page_is_said_in_one_sentence(
    data, port, monkeypatch, status, sentence
):
    monkeypatch.setattr(run, "page_status", lambda _address: status)
    monkeypatch.setattr(run, "MAX_FIRST_PAGE_S", 0)
    with pytest.raises(SetupFailed, match=sentence):
        Demo(data, port).wait_for_first_page(Stage("Web server"))
