"""Ending engine processes that outlived their owner.

vLLM runs the model in child processes. When the process that owns them is killed outright
they stay, holding the model's memory, and the next engine finds no room.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

logger = logging.getLogger(__name__)

_MARK = "TUTOR_ENGINE_OWNER"


@contextmanager
def marked_as_ours() -> Iterator[None]:
    """Processes that are started inside carry the mark of this process in their environment."""
    marks = {
        _MARK: f"{os.getpid()} {_pid_namespace()}",
        # vLLM gives its processes a title, which else is written over their environment.
        "SPT_NOENV": "1",
    }
    os.environ.update(marks)
    try:
        yield
    finally:
        for name in marks:
            del os.environ[name]


def end_orphans() -> int:
    """End the marked processes whose owner is gone, and return how many there were."""
    orphans = [process for process in psutil.process_iter() if _is_orphan(process)]
    for process in orphans:
        logger.warning("ending orphaned engine process pid=%d", process.pid)
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(orphans, timeout=10)
    return len(orphans)


def _is_orphan(process: psutil.Process) -> bool:
    try:
        owner, _, namespace = process.environ().get(_MARK, "").partition(" ")
        # A process in a container counts its owner by other numbers than ours.
        if not owner or namespace != _pid_namespace():
            return False
        # This one ends by itself after the others, and gives back their shared memory.
        if "resource_tracker" in " ".join(process.cmdline()):
            return False
        # Whoever has the owner's number now is its parent, or another process altogether.
        return int(owner) not in {parent.pid for parent in process.parents()}
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def _pid_namespace() -> str:
    return os.readlink("/proc/self/ns/pid")
