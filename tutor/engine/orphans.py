"""Finds the processes of engines, and ends those that have outlived their owner.

vLLM runs the model in child processes. When the process that owns them is killed outright, they
stay and hold the model's memory, and the next engine finds no room.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

logger = logging.getLogger(__name__)

_MARK = "TUTOR_ENGINE_OWNER"


@contextmanager
def marked_as_own() -> Iterator[None]:
    """Processes that are started inside carry the mark of this process in their environment."""
    marks = {
        _MARK: f"{os.getpid()} {_pid_namespace()}",
        # vLLM gives its processes a title, which would otherwise overwrite their environment.
        "SPT_NOENV": "1",
    }
    os.environ.update(marks)
    try:
        yield
    finally:
        for name in marks:
            del os.environ[name]


def end_orphans() -> None:
    """End the marked processes whose owner is gone."""
    orphans = [process for process in psutil.process_iter() if _is_orphan(process)]
    for process in orphans:
        logger.warning("ending orphaned engine process pid=%d", process.pid)
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(orphans, timeout=10)


def own_processes() -> list[psutil.Process]:
    """Engine processes that this process has started, directly or not."""
    children = psutil.Process().children(recursive=True)
    return [process for process in children if _owner(process) == os.getpid()]


def marked_processes() -> list[psutil.Process]:
    """The processes of every engine that is visible from here."""
    return [process for process in psutil.process_iter() if _owner(process) is not None]


def memory_mib() -> int | None:
    """Memory of this process and its engine's; shared pages count once. None without an engine."""
    processes = own_processes()
    if not processes:
        return None
    taken = 0
    for process in (psutil.Process(), *processes):
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            taken += process.memory_full_info().pss
    return round(taken / 2**20)


def _is_orphan(process: psutil.Process) -> bool:
    owner = _owner(process)
    try:
        # A process with the owner's number is its parent, or another one that reuses the number.
        return owner is not None and owner not in {parent.pid for parent in process.parents()}
    except psutil.NoSuchProcess:
        return False


def _owner(process: psutil.Process) -> int | None:
    """The owner's process id by the mark; None without a mark that means anything here."""
    try:
        owner, _, namespace = process.environ().get(_MARK, "").partition(" ")
        # Process ids in another container mean nothing here.
        if not owner or namespace != _pid_namespace():
            return None
        # The tracker ends by itself after the others, and frees their shared memory.
        if "resource_tracker" in " ".join(process.cmdline()):
            return None
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None
    return int(owner)


def _pid_namespace() -> str:
    return os.readlink("/proc/self/ns/pid")
