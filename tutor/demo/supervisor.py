"""Keeps the demonstration's services running until it is asked to stop, then ends them all."""

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tutor.demo.install import last_lines, say
from tutor.demo.processes import ProcessRecord, end_sessions, members, start

MAX_RESTARTS = 5
RESET_AFTER_S = 300.0  # a service that ran for so long counts its restarts from 0 again
MAX_STOP_S = 10.0


class StopRequested(Exception):
    """Somebody asked the demonstration to end."""


class ServiceLost(Exception):
    """A vital service ended again and again."""


@dataclass
class Service:
    """is_vital: the demonstration ends with it. ready_mark: the text that it logs once it is up."""

    name: str
    command: Sequence[str]
    is_vital: bool = False
    ready_mark: str = ""
    when_ready: str = ""
    process: "subprocess.Popen[bytes] | None" = None
    log: Path = field(default_factory=Path)
    log_begins_at: int = 0  # bytes that earlier starts wrote to the log
    read_to: int = 0  # bytes of the log that were searched for the mark
    restarts: int = 0
    started_at: float = 0.0
    start_again_at: float | None = None

    def has_come_up(self) -> bool:
        """Whether the mark came into the log; true once per start."""
        if not self.ready_mark or self.read_to < 0:
            return False
        with self.log.open("rb") as file:
            file.seek(self.read_to)
            new = file.read()
        # A line may be half written: it is read again with the rest.
        whole = new[: new.rfind(b"\n") + 1]
        if self.ready_mark.encode() in whole:
            self.read_to = -1
            return True
        self.read_to += len(whole)
        return False


class Supervisor:
    def __init__(self, root: Path, data: Path, env: Mapping[str, str]) -> None:
        self.root = root
        self.env = env
        self.logs = data / "log"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.record = ProcessRecord(data / "processes.json")
        self.services: list[Service] = []
        self.sessions: set[int] = set()
        self.requests_to_stop = 0

    def handle_signals(self) -> None:
        """Handle Ctrl-C, SIGTERM and a closed terminal from now on."""
        signal.signal(signal.SIGINT, self._ask_to_stop)
        signal.signal(signal.SIGTERM, self._ask_to_stop)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup wants it ignored
            signal.signal(signal.SIGHUP, self._ask_to_stop)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.requests_to_stop += 1

    def end_leftovers(self) -> bool:
        """End what an earlier demonstration left running; returns whether there was anything."""
        sessions = self.record.left_over()
        end_sessions(sessions, grace_s=5)
        return bool(sessions)

    def pause(self, seconds: float = 0.2) -> None:
        """Wait for a moment. Raises StopRequested if somebody asked to stop."""
        if self.requests_to_stop:
            raise StopRequested
        time.sleep(seconds)

    def run(self, name: str, command: Sequence[str], note: Callable[[str], None]) -> int:
        """Run `command` to its end with its output in the log `name`; returns its status."""
        log = self._new_log(name)
        process = start(command, log, folder=self.root, env=self.env)
        self._record(process)
        while process.poll() is None:
            note("".join(last_lines(log)))
            self.pause()
        self.sessions.discard(process.pid)
        return process.returncode

    def add(self, service: Service) -> None:
        service.log = self._new_log(service.name)
        self.services.append(service)
        self._start(service)

    def log_of(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def _new_log(self, name: str) -> Path:
        log = self.log_of(name)
        log.write_bytes(b"")
        return log

    def _start(self, service: Service) -> None:
        service.read_to = service.log_begins_at = service.log.stat().st_size
        service.process = start(service.command, service.log, folder=self.root, env=self.env)
        service.started_at, service.start_again_at = time.monotonic(), None
        self._record(service.process)

    def _record(self, process: "subprocess.Popen[bytes]") -> None:
        self.sessions.add(process.pid)
        self.record.write(self.sessions)

    def watch(self) -> None:
        """Look after the services until somebody asks to stop.

        Raises StopRequested, or ServiceLost when a vital service cannot be kept.
        """
        written_at = 0.0
        while True:
            self.look_after()
            if time.monotonic() - written_at > 2:
                self.record.write(self.sessions)  # with what the services started meanwhile
                written_at = time.monotonic()
            self.pause()

    def look_after(self) -> None:
        now = time.monotonic()
        for service in self.services:
            if service.start_again_at is not None and now >= service.start_again_at:
                self._start(service)
            elif service.process and service.process.poll() is not None:
                self._handle_exit(service)
            elif service.has_come_up():
                say(service.when_ready)

    def _handle_exit(self, service: Service) -> None:
        """Report a service that ended, and plan its next start, after a longer pause each time."""
        process, service.process = service.process, None
        if process is None:
            return
        end_sessions([process.pid], grace_s=2)  # its children must not keep its port or files
        self.sessions.discard(process.pid)
        if time.monotonic() - service.started_at > RESET_AFTER_S:
            service.restarts = 0
        say(f"\n{service.name} ended (status {process.returncode}). Its last lines:")
        for line in last_lines(service.log, 12, service.log_begins_at):
            say(f"    {line}")
        if service.restarts == MAX_RESTARTS:
            say(f"It ended {MAX_RESTARTS + 1} times and is given up; see {service.log}")
            if service.is_vital:
                raise ServiceLost(f"{service.name} cannot be kept running")
            return
        delay_s = 2**service.restarts
        service.restarts += 1
        service.start_again_at = time.monotonic() + delay_s
        say(f"Starting it again in {delay_s} s.")

    def stop(self) -> None:
        """End all services; a second request to stop ends them at once."""
        deadline = time.monotonic() + MAX_STOP_S
        requests_at_first = max(self.requests_to_stop, 1)
        # Redis, which all others write to, ends last.
        store, rest = self.services[:1], self.services[1:]
        for group in (rest, store):
            running = [service.process for service in group if service.process]
            for process in running:
                process.terminate()
            while any(process.poll() is None for process in running):
                if self.requests_to_stop > requests_at_first or time.monotonic() > deadline:
                    break
                time.sleep(0.05)
            deadline += 1
        end_sessions(self.sessions, grace_s=1)
        for service in self.services:
            if service.process:
                service.process.wait()
        if not members(self.sessions):
            self.record.clear()
