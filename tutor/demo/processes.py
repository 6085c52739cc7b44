"""Starts child processes that never outlive the demonstration, and ends those of an earlier one.

Each child leads a session of its own: a terminal's Ctrl-C reaches only the supervisor, and the
session identifies everything that a child starts, such as the engine's processes.
"""

import ctypes
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


class RunningProcess(NamedTuple):
    """A process of the machine. A pid is used again; pid and start time together are unique."""

    pid: int
    started: int  # clock ticks since the machine started
    session: int


def running_processes() -> Iterator[RunningProcess]:
    """Every process of the machine, without zombies."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (process := running_process(int(folder.name))):
            yield process


def running_process(pid: int) -> RunningProcess | None:
    try:
        line = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The second field, the program's name in brackets, may contain spaces and brackets.
    fields = line.rpartition(")")[2].split()
    if fields[0] in "ZX":
        return None
    return RunningProcess(pid=pid, started=int(fields[19]), session=int(fields[3]))


def members(sessions: Iterable[int]) -> list[RunningProcess]:
    ids = set(sessions)
    return [process for process in running_processes() if process.session in ids]


def start(
    command: Sequence[str], log: Path, *, folder: Path, env: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    """Start `command` as the leader of a new session, with its output added to `log`."""
    parent = os.getpid()

    def end_with_parent() -> None:
        # A supervisor that is killed has no time to end its children.
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent,  # safe here: the supervisor has no threads
        )


def end_sessions(sessions: Iterable[int], *, grace_s: float) -> None:
    """Ask everything in `sessions` to end, then kill what is left."""
    ids = set(sessions)
    for number, within_s in ((signal.SIGTERM, grace_s), (signal.SIGKILL, 5.0)):
        deadline = time.monotonic() + within_s
        _signal_all(members(ids), number)
        while members(ids) and time.monotonic() < deadline:
            time.sleep(0.05)


def _signal_all(processes: Iterable[RunningProcess], number: signal.Signals) -> None:
    for process in processes:
        try:
            os.kill(process.pid, number)
        except ProcessLookupError:
            continue


@dataclass(frozen=True)
class ProcessRecord:
    """The file that lists the running processes for the next start."""

    path: Path

    def write(self, sessions: Iterable[int]) -> None:
        content = {"boot": _boot(), "running": [list(process) for process in members(sessions)]}
        own = self.path.with_suffix(".new")
        own.write_text(json.dumps(content), "utf-8")
        own.replace(self.path)

    def left_over(self) -> set[int]:
        """Sessions that an earlier demonstration started and did not end.

        A process of the session identifies it, by pid and start time: the session's number may
        belong to another program by now.
        """
        try:
            content = json.loads(self.path.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return set()
        if content["boot"] != _boot():
            return set()
        recorded = {RunningProcess(*values) for values in content["running"]}
        return {process.session for process in running_processes() if process in recorded}

    def clear(self) -> None:
        self.path.unlink(missing_ok=True)


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
