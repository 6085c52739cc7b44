"""A generation worker in this process, with a scripted engine."""

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection

from tests.attempts.conftest import form, hand_in  # noqa: F401  (fixtures of these tests too)
from tests.scripted_engine import ScriptedEngine
from tutor.assignments.models import Item
from tutor.grading.check_process.client import check_step
from tutor.problems.models import ProblemVersion, ReferenceSolution
from tutor.redis_client import connect
from tutor.solutions.dispatch.presence import Presence, announce
from tutor.solutions.generation.current_worker import install
from tutor.solutions.generation.step_checks import CheckStep
from tutor.solutions.generation.worker import Worker
from tutor.solutions.models import Solution

ANSWER = ["First", " step", ".\n", "\nThe an", "swer is ", "\\(\\boxed", "{4}\\)", "."]
REASONING = ["Let me", " think", ".\n\n", "2+2", " is 4"]

StartWorker = Callable[..., Worker]


@pytest.fixture
def start_worker() -> Iterator[StartWorker]:
    """Starts workers, and stops them after the test."""
    workers: list[Worker] = []

    def start(engine: ScriptedEngine, check: CheckStep | None = check_step) -> Worker:
        worker = Worker(engine.start, engine.model, check)
        worker.start()
        workers.append(worker)
        install(worker)
        return worker

    yield start
    install(None)
    for worker in workers:
        worker.drain()
        worker.stop()


@pytest.fixture
def in_thread() -> Iterator[Callable[..., "Future[None]"]]:
    """Runs a call in a thread of its own, as Celery's pool does."""
    pool = ThreadPoolExecutor(max_workers=32)

    def run(function: Callable[..., None], *args: object) -> "Future[None]":
        def call() -> None:
            try:
                function(*args)
            finally:
                connection.close()

        return pool.submit(call)

    yield run
    pool.shutdown()


@pytest.fixture
def wait_until() -> Callable[[Callable[[], bool]], None]:
    def wait(holds: Callable[[], bool], within_s: float = 60) -> None:
        for _ in range(int(within_s / 0.02)):
            if holds():
                return
            threading.Event().wait(0.02)
        pytest.fail("it never came true")

    return wait


class ModelServer:
    """The process that has the model."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, rate: float = 60, *model: str) -> None:
        command = [
            sys.executable,
            "-m",
            "tests.faults.model_server",
            str(self.port),
            str(rate),
            *model,
        ]
        self.process = subprocess.Popen(command)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    server = ModelServer()
    yield server
    server.kill()


def assert_log_equals_row(solution: Solution) -> None:
    """What viewers of the log were told is what the record says, to the character."""
    from tutor.solutions.log.stored_log import read_transcript

    transcript = read_transcript(solution.pk)
    assert transcript.reasoning == solution.reasoning
    assert transcript.steps == solution.steps
    assert transcript.checks == solution.checks
    assert transcript.corrections == solution.corrections
    assert transcript.end == solution.end()


@pytest.fixture
def model_present() -> None:
    """A worker that has the model, for as long as a test takes."""
    with connect() as client:
        announce(client, Presence("present", True, "scripted-model"))


@pytest.fixture
def without_next_best(item: Item) -> None:
    """No teacher has stored a solution, and Lemma's solver does not know what is asked."""
    ReferenceSolution.objects.update(text="")
    ProblemVersion.objects.update(statement="Guess the number.")
    item.problem.refresh_from_db()
