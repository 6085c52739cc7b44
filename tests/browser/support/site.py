"""The web server with the demonstration, and the workers that a test wants."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.support.waiting import wait_until
from tests.faults.proxy import free_port
from tests.services import RedisServer
from tutor.demo.run import page_status

ROOT = Path(__file__).resolve().parents[3]
PYTHON = [sys.executable, "-W", "ignore", "-m"]


@dataclass
class Site:
    address: str
    env: dict[str, str]
    model: "subprocess.Popen[str] | None" = None

    def shell(self, code: str) -> str:
        """What `code` prints, with Django's models at hand."""
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        return subprocess.run(
            command, cwd=ROOT, env=self.env, check=True, capture_output=True, text=True, timeout=300
        ).stdout

    def write_on(self) -> None:
        """Let the scripted model write the rest of what it holds back."""
        assert self.model is not None
        assert self.model.stdin is not None
        self.model.stdin.write("\n")
        self.model.stdin.flush()


@contextmanager
def running_site(
    *, grading: bool = False, model: bool = False, folder: Callable[[], Path] | None = None
) -> Iterator[Site]:
    """A site in a folder and on a Redis of its own.

    folder: what is copied into it; the demonstration by default. grading: with a worker that
    grades and reads files. model: with one that writes a scripted solution.
    """
    with tempfile.TemporaryDirectory(prefix="lemma-", ignore_cleanup_errors=True) as data:
        address = f"http://127.0.0.1:{free_port()}"
        env = {k: v for k, v in os.environ.items() if not k.startswith(("TUTOR_", "DATABASE_"))}
        env |= {
            "DJANGO_SETTINGS_MODULE": "tutor.settings",
            "REDIS_URL": RedisServer(Path(data)).url,
            "TUTOR_CORRECTIONS": "0",  # tests of refuted steps would see them corrected
            "TUTOR_DATA_DIR": data,
            "TUTOR_MODEL": "scripted-model",
            "TUTOR_ORIGINS": address,
        }
        shutil.copytree((folder or loaded_folder)(), data, dirs_exist_ok=True)
        port = address.rpartition(":")[2]
        web = [*PYTHON, "tutor.web", "--port", port]
        queues = ["-Q", "grading,reading", "-c", "1"]
        celery = [*PYTHON, "celery", "-A", "tutor.celery", "worker", *queues]
        scripted = [*PYTHON, "tests.browser.support.scripted_worker"]
        with Path(data, "output").open("w") as output, ExitStack() as services:

            def start(command: list[str]) -> "subprocess.Popen[str]":
                service = subprocess.Popen(
                    command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=output,
                    stderr=output, text=True,
                )  # fmt: skip
                services.enter_context(service)
                services.callback(service.terminate)
                return service

            started = start(web)
            if grading:
                start(celery)
            writing = start(scripted) if model else None
            wait_until_it_answers(address, started)
            yield Site(address, env, writing)


@cache
def loaded_folder() -> Path:
    """A data folder with the demonstration in it, to be copied."""
    folder = _new_folder()
    shutil.copytree(migrated_folder(), folder, dirs_exist_ok=True)
    _manage(folder, "load_demo")
    return folder


@cache
def migrated_folder() -> Path:
    """A data folder with nobody in it, to be copied."""
    folder = _new_folder()
    _manage(folder, "migrate", "-v0")
    return folder


def _new_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="lemma-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _manage(folder: Path, *command: str) -> None:
    env = {**os.environ, "TUTOR_DATA_DIR": str(folder)}
    env.pop("DATABASE_URL", None)
    run = [sys.executable, "manage.py", *command]
    subprocess.run(run, cwd=ROOT, env=env, check=True, capture_output=True, timeout=300)


def sign_in(page: Page, address: str, name: str) -> None:
    """As one of the demonstration's people."""
    page.goto(address)
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(f"lemma-{name}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")


def wait_until_it_answers(address: str, server: "subprocess.Popen[str]") -> None:
    def has_answered() -> bool:
        assert server.poll() is None, "the web server has ended"
        return page_status(address) is not None

    wait_until(has_answered, "the web server did not answer")
