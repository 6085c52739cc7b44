"""Workers and beat that start before what they need wait for it, or end where it cannot be."""

import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.model_server import MODEL
from tests.services import RedisServer
from tutor.celery import unknown_queues
from tutor.demo.processes import end_sessions, start
from tutor.engine.completion import EngineKind
from tutor.solutions.dispatch.model_choice import recipe_to_load
from tutor.solutions.generation import celery_worker

ROOT = Path(__file__).resolve().parents[3]
DEMO_MODEL = ROOT / "tutor" / "demo" / "lemma-demo-3m"
CELERY = [sys.executable, "-m", "celery", "-A", "tests.faults.celery_app"]
GENERATION = ["worker", "-Q", "generation", "-n", "generation@%h", "--pool", "threads", "-c", "2"]
WITHIN_S = 180


class Process:
    """One that writes a log."""

    def __init__(self, folder: Path, name: str, options: list[str], env: dict[str, str]) -> None:
        self.log = folder / f"{name}.log"
        self.process = start([*CELERY, *options], self.log, folder=ROOT, env=env)

    def output(self) -> str:
        return self.log.read_text("utf-8")

    def wait_until_told(self, words: str) -> None:
        deadline = time.monotonic() + WITHIN_S
        while words not in self.output():
            assert self.process.poll() is None, self.output()
            assert time.monotonic() < deadline, f"not told: {words}\n{self.output()}"
            time.sleep(0.05)


def environment(folder: Path, **other: str) -> dict[str, str]:
    return os.environ | {
        "TUTOR_DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/later/lemma.sqlite3",
        "REDIS_URL": f"unix://{folder}/redis.sock",
        "LEMMA_FAULTS_RATE": "400",
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
        **other,
    }


@pytest.fixture
def folder(tmp_path_factory):
    """With a short name, since it holds a Unix socket."""
    return tmp_path_factory.mktemp("s")


@pytest.fixture
def start_redis(folder):
    servers: list[RedisServer] = []
    yield lambda: servers.append(RedisServer(folder))
    for server in servers:
        server.kill()


@pytest.fixture
def processes(folder, start_redis):
    beat = ["beat", "-s", str(folder / "beat"), "--pidfile="]
    grading = ["worker", "-Q", "grading", "-n", "grading@%h", "-c", "1"]
    options = {"generation": GENERATION, "grading": grading, "beat": beat}
    env = environment(folder)
    started = {name: Process(folder, name, given, env) for name, given in options.items()}
    yield started
    end_sessions([process.process.pid for process in started.values()], grace_s=10)
    for process in started.values():
        process.process.wait()


@pytest.mark.slow
@pytest.mark.alone
def test_all_wait_for_database_migrations_and_redis(folder, processes, start_redis):
    def wait_until_told(words):
        for process in processes.values():
            process.wait_until_told(words)

    wait_until_told("waiting for the database: ")
    (folder / "later").mkdir()
    wait_until_told("waiting for the database's migrations: run `python manage.py migrate`")
    migrate(folder)
    wait_until_told("waiting for Redis: ")
    time.sleep(2)
    start_redis()
    wait_until_told("database and Redis are there")
    for name in ("generation", "grading"):
        processes[name].wait_until_told("ready.")
    processes["generation"].wait_until_told("engine ready worker=")
    for process in processes.values():
        reasons = re.findall("waiting for .*", process.output())
        assert len(reasons) == len(set(reasons)) == 3, "each is told once"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("queues", "unknown"),
    [("gradng", "gradng"), ("grading,red", "red"), ("generation.a-model", "generation.a-model")],
)
def test_a_worker_of_a_queue_that_there_is_not_ends_at_once(folder, queues, unknown):
    ended = subprocess.run(  # neither database nor Redis is there: it does not wait for them
        [*CELERY, "worker", "-Q", queues, "-n", "misspelt@%h", "-c", "1"],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
    )
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1] == (
        f"There is no queue {unknown}. The queues are grading, reading, generation;"
        " a worker of generation takes from generation.MODEL too."
    )


def test_queues_of_models_are_known_beside_the_one_that_brings_an_engine():
    assert unknown_queues(["grading", "reading", "generation", "generation.a-model"]) == []
    assert unknown_queues(["grading", "generation.a-model"]) == ["generation.a-model"]


def test_without_vllm_it_is_what_is_missing(db, monkeypatch):
    def start(*arguments, **options):
        raise ModuleNotFoundError("No module named 'psutil'")  # which comes with vLLM

    monkeypatch.setattr(celery_worker, "find_spec", lambda name: None)
    monkeypatch.setattr(celery_worker, "Worker", start)
    recipe = replace(recipe_to_load(), model=str(DEMO_MODEL), engine=EngineKind.VLLM)
    with pytest.raises(SystemExit, match=r"^vLLM is not installed here\. .* has the model\.$"):
        celery_worker.start_worker(recipe, "generation@here")


def migrate(folder: Path) -> None:
    command = [sys.executable, "manage.py", "migrate", "-v", "0"]
    subprocess.run(command, cwd=ROOT, env=environment(folder), check=True)


def broken_vllm(folder: Path) -> str:
    """A path on which it is installed, and fails to be imported."""
    package = folder / "vllm"
    package.mkdir()
    message = "No module named 'vllm'"
    (package / "__init__.py").write_text(f"raise ModuleNotFoundError({message!r})", "utf-8")
    return str(folder)


@pytest.mark.slow
@pytest.mark.alone
def test_what_may_not_come_ends_the_worker_with_a_sentence(folder, start_redis, model_server):
    (folder / "later").mkdir()
    migrate(folder)
    start_redis()
    model_server.start()
    server = f"http://127.0.0.1:{model_server.port}/v1"
    without_model = {"TUTOR_ENGINE": "openai", "TUTOR_OPENAI_URL": server}
    without_model["TUTOR_MODEL"] = "another-model"
    threads = ["--pool", "threads", "-c", "2"]
    prefork = ["-c", "1"]
    table = [
        (prefork, {}, "needs `--pool threads`"),
        (threads, {"TUTOR_MODEL": "/no/such/folder"}, "cannot be used: .* does not exist"),
        (threads, without_model, "has no model another-model; it offers scripted-model"),
        (
            threads,
            {"TUTOR_MODEL": str(DEMO_MODEL), "PYTHONPATH": broken_vllm(folder)},
            "vLLM cannot be loaded here .No module named 'vllm'.. Install",
        ),
    ]
    for options, env, sentence in table:
        ended = subprocess.run(
            [sys.executable, "-m", "celery", "-A", "tutor.celery", *GENERATION[:5], *options],
            cwd=ROOT,
            env=environment(folder, **env),
            capture_output=True,
            text=True,
            timeout=WITHIN_S,
            check=False,
        )
        assert ended.returncode == 1, ended.stderr
        assert re.search(sentence, ended.stderr.splitlines()[-1]), ended.stderr
        assert "Traceback" not in ended.stderr


@pytest.mark.slow
@pytest.mark.alone
def test_a_server_that_comes_back_without_the_model_ends_the_worker(
    folder, start_redis, model_server, request
):
    (folder / "later").mkdir()
    migrate(folder)
    start_redis()
    url = f"http://127.0.0.1:{model_server.port}/v1"
    served = {"TUTOR_ENGINE": "openai", "TUTOR_OPENAI_URL": url, "TUTOR_MODEL": MODEL}
    worker = Process(folder, "served", GENERATION, environment(folder, **served))
    request.addfinalizer(lambda: end_sessions([worker.process.pid], grace_s=10))
    worker.wait_until_told("waiting for the model's server: ")
    model_server.start(5)  # tokens a second, so that it is in mid-text for long
    worker.wait_until_told("ready.")
    ask = "from tests.faults.two_models import begin; begin(1, 'scripted-model')"
    shell = [sys.executable, "manage.py", "shell", "-c", ask]
    subprocess.run(shell, cwd=ROOT, env=environment(folder, **served), check=True)
    worker.wait_until_told("solution claimed")
    time.sleep(1)
    model_server.kill()
    model_server.start(60, "another-model")
    assert worker.process.wait(timeout=WITHIN_S) == 1, worker.output()
    assert "has no model scripted-model; it offers another-model" in worker.output()
