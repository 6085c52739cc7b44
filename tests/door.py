"""A real web server on loopback, and what to send it byte by byte."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import psutil
from django.db import connection, transaction
from websockets.asyncio.client import connect

from tests.faults.proxy import free_port
from tests.sockets import cookie_of

ROOT = Path(__file__).resolve().parent.parent
ORIGIN = "http://lemma.example:8080"


@dataclass
class Door:
    port: int
    process: "subprocess.Popen[bytes]"
    output: Path

    def connect(self, timeout: float = 30) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def answer_to(self, data: bytes) -> bytes:
        """All that the server answers before it closes the connection."""
        with self.connect() as client:
            with suppress(OSError):  # refused before all was sent
                client.sendall(data)
            return read_all(client)

    def status_of(self, data: bytes) -> int:
        return status_in(self.answer_to(data))

    def wait_for_clients(self, count: int) -> None:
        """Until it has accepted so many connections, which are still open."""

        def accepted() -> int:
            open_ones = psutil.Process(self.process.pid).net_connections("tcp")
            return sum(c.laddr.port == self.port and bool(c.raddr) for c in open_ones)

        self._wait_until(lambda: accepted() >= count)

    def wait_until_closed(self) -> None:
        """Until it takes no more connections."""

        def refuses() -> bool:
            try:
                self.connect().close()
            except ConnectionRefusedError:
                return True
            return False

        self._wait_until(refuses)

    def _wait_until(self, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 60
        while not holds():
            assert time.monotonic() < deadline, "\n".join(self.lines()[-20:])
            time.sleep(0.05)

    def healthz_s(self) -> float:
        """Seconds that it takes to say that it lives."""
        began = time.monotonic()
        assert self.status_of(request("GET", "/healthz")) == 200
        return time.monotonic() - began

    def lines(self) -> list[str]:
        return self.output.read_text("utf-8").splitlines()

    @property
    def cpu_s(self) -> float:
        times = psutil.Process(self.process.pid).cpu_times()
        return times.user + times.system

    @property
    def loop_cpu_s(self) -> float:
        """Of the thread whose event loop all connections share."""
        threads = psutil.Process(self.process.pid).threads()
        [loop] = [thread for thread in threads if thread.id == self.process.pid]
        return loop.user_time + loop.system_time

    @property
    def peak_mb(self) -> float:
        """The most memory that it has had."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


def open_socket(door: Door, session: str, uri: str = "", **options: Any) -> connect:
    return connect(
        uri or f"ws{ORIGIN.removeprefix('http')}/ws/solutions/",
        host="127.0.0.1",
        port=door.port,
        additional_headers={"Cookie": f"sessionid={session}"},
        proxy=None,
        **{"origin": ORIGIN, **options},
    )


def read_all(client: socket.socket) -> bytes:
    parts = []
    try:
        while part := client.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def answer_on(client: socket.socket) -> HTTPResponse:
    """The answer as soon as it is there: the server lets a refused client read for seconds."""
    answer = HTTPResponse(client)
    answer.begin()
    return answer


def status_in(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """A whole request; the connection ends with its answer."""
    lines = [f"{method} {path} HTTP/1.1", "Host: lemma.example:8080", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


@contextmanager
def running_door(folder: Path, **variables: str) -> "Iterator[Door]":
    """Its database is the one of the tests; of what they store it sees what is committed."""
    output = folder / "output"
    port = free_port()
    env = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "TUTOR_ORIGINS": ORIGIN,
        "TUTOR_TRUSTED_PROXIES": "127.0.0.9",
        **variables,
    }
    command = [sys.executable, "-m", "tutor.web", "--port", str(port)]
    with output.open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    door = Door(port, process, output)
    try:
        wait_for(door)
        yield door
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(door: Door) -> None:
    deadline = time.monotonic() + 60
    while door.process.poll() is None and time.monotonic() < deadline:
        try:
            door.healthz_s()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("\n".join(door.lines()[-20:]))


def database_url() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return re.sub(r"(://[^/]*/)[^?]*", rf"\g<1>{name}", os.environ["DATABASE_URL"])


@contextmanager
def writers_waiting() -> Iterator[None]:
    """Pages that write wait for this transaction."""
    with transaction.atomic():  # on SQLite that is enough
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE attempts_draft IN EXCLUSIVE MODE")
        yield


def draft_of(user: Any, item: Any) -> bytes:
    """A page that writes, as the browser of `user` asks for it."""
    cookie = f"sessionid={cookie_of(user)}; csrftoken={'x' * 32}"
    form = {"Content_Type": "application/x-www-form-urlencoded", "X_CSRFToken": "x" * 32}
    headers = {**form, "Cookie": cookie, "Origin": ORIGIN}
    return request("POST", f"/items/{item.code}/draft/", b"response=8", **headers)
