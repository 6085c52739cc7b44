"""Slots for hashing passwords, shared by all processes of a machine through locks on files.

A lock ends with its process, however that ends.
"""

import fcntl
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

logger = logging.getLogger(__name__)

ASKED_EVERY_S = 0.01
PATIENCE_S = 3.0  # of an expensive hash at the head of its line, while cheap ones go first
MAX_WAIT_S = 30.0  # at the head of a line; only a process that has stopped holds a slot so long


class Rank(IntEnum):
    """The smallest goes first."""

    OVERDUE = 0  # an expensive one whose patience has ended
    CHEAP = 1
    EXPENSIVE = 2


class HashSlots:
    """At most `count` hashes at a time on this machine, cheap ones before expensive ones.

    The processes share them through the folder. Without it, or where its disk has no locks, each
    process has as many of its own.
    """

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.count = folder, count
        self.lines = {Rank.CHEAP: WaitingLine(), Rank.EXPENSIVE: WaitingLine()}
        self.own_slots = threading.BoundedSemaphore(count)
        self.is_shared = True

    @contextmanager
    def slot(self, *, is_cheap: bool) -> Iterator[None]:
        """Wait for a slot. Whoever has waited very long, or cannot share, takes an own one."""
        lock = self._shared_slot(is_cheap)
        try:
            with self.own_slots:
                yield
        finally:
            if lock is not None:
                lock.release()

    def check(self) -> None:
        """Raise OSError where processes cannot share the slots."""
        for name in self._names():
            if lock := FileLock.taken(self.folder / name):
                lock.release()

    def _names(self) -> list[str]:
        return [f"slot-{number}" for number in range(1, self.count + 1)]

    def _shared_slot(self, is_cheap: bool) -> "FileLock | None":
        rank = Rank.CHEAP if is_cheap else Rank.EXPENSIVE
        try:
            with self._shown(rank), self.lines[rank].turn():
                if is_cheap:
                    return self._waited_for(rank, MAX_WAIT_S)
                return self._waited_for(rank, PATIENCE_S) or self._overdue_slot()
        except OSError as error:
            if self.is_shared:
                logger.warning("slots for passwords are not shared: %s", error)
            self.is_shared = False
            return None

    def _overdue_slot(self) -> "FileLock | None":
        with self._shown(Rank.OVERDUE):
            return self._waited_for(Rank.OVERDUE, MAX_WAIT_S)

    def _waited_for(self, rank: Rank, timeout_s: float) -> "FileLock | None":
        """The first slot that is free; None after so long."""
        ends_at = time.monotonic() + timeout_s
        while time.monotonic() < ends_at:
            if not self._is_preceded(rank) and (slot := self._free_slot()):
                return slot
            time.sleep(ASKED_EVERY_S)
        return None

    @contextmanager
    def _shown(self, rank: Rank) -> Iterator[None]:
        """Shows every process that somebody of this rank waits."""
        lock = FileLock(self.folder / rank.name.lower())
        try:
            lock.share()
            yield
        finally:
            lock.release()

    def _is_preceded(self, rank: Rank) -> bool:
        """Whether somebody of a smaller rank waits, in whichever process."""
        for other in Rank:
            if other < rank:
                lock = FileLock.taken(self.folder / other.name.lower())
                if lock is None:
                    return True
                lock.release()
        return False

    def _free_slot(self) -> "FileLock | None":
        taken = (FileLock.taken(self.folder / name) for name in self._names())
        return next(filter(None, taken), None)


class FileLock:
    """A lock on a file; each object is one holder, also within a process."""

    def __init__(self, path: Path) -> None:
        try:
            self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    @classmethod
    def taken(cls, path: Path) -> "FileLock | None":
        """The lock, unless somebody has it."""
        lock = cls(path)
        try:
            fcntl.flock(lock.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.release()
            return None
        except OSError:
            lock.release()
            raise
        return lock

    def share(self) -> None:
        fcntl.flock(self.descriptor, fcntl.LOCK_SH)

    def release(self) -> None:
        os.close(self.descriptor)


class WaitingLine:
    """Lets threads through one after the other, in the order in which they came."""

    def __init__(self) -> None:
        self.mutex = threading.Lock()
        self.waiting: deque[threading.Event] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        own = threading.Event()
        with self.mutex:
            self.waiting.append(own)
            self.waiting[0].set()
        own.wait()
        try:
            yield
        finally:
            with self.mutex:
                self.waiting.popleft()
                if self.waiting:
                    self.waiting[0].set()
