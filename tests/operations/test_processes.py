"""What each process says of itself, and the command that a supervisor asks about it."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.door import running_door
from tests.scripted_engine import ScriptedEngine
from tutor.operations import celery_announcing
from tutor.operations.announcing import Announcer
from tutor.operations.celery_announcing import EngineWatch, Scheduler, kind_of
from tutor.operations.healthy import redis_url
from tutor.operations.processes import ProcessKind, announced_processes
from tutor.redis_client import connect
from tutor.solutions.dispatch.presence import Presence, announce
from tutor.web.__main__ import local_address

HERE = socket.gethostname()


def healthy(*arguments: str, **env: str) -> tuple[int, str]:
    """The command in a process of its own: its status and its sentence."""
    ended = subprocess.run(
        [sys.executable, "manage.py", "healthy", *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in ended.stderr
    return ended.returncode, ended.stdout.strip()


def change(name: str, **fields: object) -> None:
    """What a process has said, otherwise."""
    with connect() as client:
        entry = json.loads(client.hget("operations:processes", name))
        client.hset("operations:processes", name, json.dumps({**entry, **fields}))


@pytest.fixture
def grading():
    announcer = Announcer(ProcessKind.GRADING, f"grading@{HERE}", ["grading"])
    announcer.announce()
    return announcer


def test_a_process_that_reports_is_healthy(grading):
    assert healthy("grading") == (0, f"grading@{HERE} works")
    grading.withdraw()
    assert healthy("grading") == (1, f"no grading on {HERE} has said that it works")


def test_a_worker_of_other_queues_does_no_grading(grading):
    change(grading.name, queues=["gradng"])
    assert healthy("grading")[0] == 1
    change(grading.name, queues=["grading", "reading"])
    assert healthy("grading")[0] == healthy("reading")[0] == 0


@pytest.fixture
def web_servers():
    """Two that answer, as the web servers of this machine say."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Alive) for _ in range(2)]
    for number, server in enumerate(servers):
        address = f"http://127.0.0.1:{server.server_port}"
        Announcer(ProcessKind.WEB, f"web@{HERE}:{number}", address=address).announce()
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield servers
    for server in servers:
        server.shutdown()
        server.server_close()


class Alive(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *arguments):
        pass


def test_the_web_servers_are_asked_where_they_listen(web_servers):
    first, second = (f"http://127.0.0.1:{server.server_port}" for server in web_servers)
    assert healthy("web") == (
        0, f"the web server at {first} answers, the web server at {second} answers"
    )  # fmt: skip
    web_servers[1].shutdown()
    web_servers[1].server_close()
    status, output = healthy("web")
    assert status == 1
    assert output.startswith(f"the web server at {second} does not answer")
    assert healthy("web", "--address", first) == (0, f"the web server at {first} answers")


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_a_real_web_server_is_found(tmp_path, wait_until):
    with running_door(tmp_path) as door:
        sentence = f"the web server at http://127.0.0.1:{door.port} answers"
        wait_until(lambda: healthy("web") == (0, sentence), within_s=30)


def test_of_two_web_servers_at_one_address_the_newer_one_counts(web_servers):
    port = web_servers[0].server_port
    change(f"web@{HERE}:1", address=f"http://127.0.0.1:{port}", told_at=time.time() - 45)
    assert healthy("web") == (0, f"the web server at http://127.0.0.1:{port} answers")


def test_without_a_web_server_none_is_asked():
    assert healthy("web") == (1, f"no web server on {HERE} has said that it works")


@pytest.mark.parametrize(
    ("bind", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8001"),
        ("0.0.0.0", "http://127.0.0.1:8001"),  # noqa: S104
        ("::", "http://[::1]:8001"),
    ],
)
def test_a_web_server_says_where_this_machine_reaches_it(bind, address):
    assert local_address(bind, 8001) == address


def test_a_silent_or_troubled_process_is_not_healthy(grading):
    change(grading.name, told_at=time.time() - 45)
    status, output = healthy("grading")
    assert (status, output[:-4]) == (1, f"grading@{HERE}: silent for ")
    change(grading.name, told_at=time.time(), trouble="it has no hands")
    assert healthy("grading") == (1, f"grading@{HERE}: it has no hands")


def test_another_machines_is_not_ours(grading):
    change(grading.name, host="elsewhere")
    assert healthy("grading")[0] == 1


def test_health_of_a_single_process_by_its_name(grading):
    other = Announcer(ProcessKind.GRADING, f"more@{HERE}", ["grading"])
    other.announce()
    change(other.name, trouble="it has no hands")
    assert healthy("grading", "--node", grading.name)[0] == 0
    assert healthy("grading", "--node", other.name)[0] == 1
    assert healthy("grading")[0] == 1


def test_without_redis_nothing_is_claimed():
    status, output = healthy("beat", REDIS_URL="redis://:canary@127.0.0.1:1/0")
    assert status == 1
    assert output.startswith("nothing is known of beat, Redis does not answer")
    assert "canary" not in output


def test_a_generation_worker_that_waits_says_for_what():
    with connect() as client:
        announce(client, Presence("w", False, "m", node=f"generation@{HERE}", waits_for="server"))
    assert healthy("generation") == (1, f"generation@{HERE} waits for the model's server")


def test_healthy_finds_redis_without_loading_django():
    assert redis_url() == settings.REDIS_URL
    program = (
        "import sys; from tutor.operations import healthy; healthy.main(['beat']);"
        " print({'celery', 'django.apps.registry', 'tutor.settings'} & {*sys.modules})"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert shown.stdout.splitlines()[-1] == "set()"


def test_healthy_is_also_a_management_command(grading, capsys):
    call_command("healthy", "grading")
    assert capsys.readouterr().out == f"grading@{HERE} works\n"


def test_a_silent_process_is_forgotten_after_a_while(grading):
    change(grading.name, told_at=time.time() - 700)
    with connect() as client:
        assert announced_processes(client) == []
        assert client.hlen("operations:processes") == 0


@pytest.mark.parametrize(
    ("queues", "kind"),
    [
        (["grading"], ProcessKind.GRADING),
        (["reading"], ProcessKind.READING),
        (["grading", "reading"], ProcessKind.GRADING),
        (["generation", "generation.a-model"], ProcessKind.GENERATION),
    ],
)
def test_a_worker_is_known_by_its_queues(queues, kind):
    """So `healthy reading` is about the worker that reads files."""
    assert kind_of(queues) == kind


def test_beat_says_so_when_it_ticks():
    from tutor.celery import app

    scheduler = Scheduler(app, lazy=True)
    scheduler.schedule = {}
    assert healthy("beat")[0] == 1
    scheduler.tick()
    assert healthy("beat")[0] == 0
    scheduler.close()
    assert healthy("beat")[0] == 1


@pytest.mark.django_db(transaction=True)
def test_an_engine_that_does_not_answer_is_trouble(start_worker, wait_until):
    engine = ScriptedEngine(["x"])
    worker = start_worker(engine)
    watch = EngineWatch()

    def last_trouble() -> str:
        trouble = watch.trouble()
        wait_until(watch.last_check.done)
        return trouble

    assert [last_trouble(), last_trouble()] == ["", ""]
    engine.is_dead = True
    last_trouble()
    assert last_trouble() == "the scripted engine is dead"
    engine.is_dead = False
    last_trouble()
    assert last_trouble() == ""
    worker.host.call(lambda: time.sleep(1))  # the loop hangs
    watch.trouble()
    assert watch.trouble() == f"the engine has not answered for {celery_announcing.EVERY_S:.0f} s"


@pytest.fixture
def installation(tmp_path):
    """Beat, a worker and a web server of their own database, on this run's Redis."""
    folder = tmp_path
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/lemma.sqlite3"}
    subprocess.run(
        [sys.executable, "manage.py", "migrate"], cwd=settings.BASE_DIR, env=env, check=True,
        capture_output=True,
    )  # fmt: skip
    commands = {
        "grading": ["celery", "-A", "tutor.celery", "worker", "-Q", "grading", "-c", "1",
                    "-n", f"grading@{HERE}"],
        "beat": ["celery", "-A", "tutor.celery", "beat"],
        "web": ["tutor.web", "--unix-socket", f"{folder}/web.sock"],
    }  # fmt: skip
    started = {
        kind: subprocess.Popen(
            [sys.executable, "-m", *command], cwd=settings.BASE_DIR, env=env,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )
        for kind, command in commands.items()
    }  # fmt: skip
    yield started
    for process in started.values():
        process.kill()
        process.wait()


@pytest.mark.slow
@pytest.mark.alone
def test_real_processes_say_that_they_live_and_that_they_end(installation, wait_until):
    nodes = {
        "grading": f"grading@{HERE}",
        "beat": f"beat@{HERE}",
        "web": f"web@{HERE}:{installation['web'].pid}",
    }

    def announced_names() -> set[str]:  # of these: a web server of other tests may live beside them
        with connect() as client:
            names = {
                process.name for process in announced_processes(client) if not process.is_silent
            }
            return names & {*nodes.values()}

    wait_until(lambda: announced_names() == {*nodes.values()}, within_s=180)
    for kind, node in nodes.items():
        assert healthy(kind, "--node", node) == (0, f"{node} works")
    for process in installation.values():
        process.send_signal(signal.SIGTERM)
    wait_until(lambda: announced_names() == set(), within_s=120)
