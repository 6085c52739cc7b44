"""How much work a call may do, and how long it may wait for another process.

Work is counted in seconds of the processor, and what a child process did for a thread counts as
the thread's own. The clock on the wall would give another verdict on a busy machine.
"""

from __future__ import annotations

import threading
import time

CHECK_EVERY_S = 0.001
_MAX_STEPS = 256  # between two looks at the clock


class DeadlinePassed(Exception):
    """Not decided in time."""


class _Help(threading.local):
    seconds = 0.0


_help = _Help()


def cpu_time_s() -> float:
    """Seconds of work that were done for this thread so far, by itself and by children."""
    return time.thread_time() + _help.seconds


def add_child_time(seconds: float) -> None:
    """Count what a child did for this thread."""
    _help.seconds += seconds


class Deadline:
    """The end of a budget of work, which belongs to the thread that made it."""

    __slots__ = ("_looked_at", "_steps", "_steps_left", "at")

    def __init__(self, at: float) -> None:
        """at: seconds, on the clock of `cpu_time_s`."""
        self.at = at
        self._looked_at = cpu_time_s()
        self._steps = self._steps_left = 16

    @classmethod
    def within(cls, seconds: float) -> Deadline:
        return cls(cpu_time_s() + seconds)

    @property
    def left_s(self) -> float:
        return max(0.0, self.at - cpu_time_s())

    def check(self) -> None:
        if cpu_time_s() > self.at:
            raise DeadlinePassed

    def step(self) -> None:
        """Count one operation. All that shares the deadline looks at the clock in turn."""
        self._steps_left -= 1
        if self._steps_left <= 0:
            self._look()

    def _look(self) -> None:
        now = cpu_time_s()
        if now > self.at:
            raise DeadlinePassed
        # A step with thousands of digits takes as long as a thousand plain ones.
        taken_s = max(now - self._looked_at, 1e-9)
        steps = int(self._steps * CHECK_EVERY_S / taken_s)
        self._steps = self._steps_left = max(1, min(_MAX_STEPS, 2 * self._steps, steps))
        self._looked_at = now


class Timeout:
    """The end of a wait for another process, by the clock on the wall."""

    __slots__ = ("at",)

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    @property
    def left_s(self) -> float:
        return max(0.0, self.at - time.monotonic())

    def check(self) -> None:
        if time.monotonic() > self.at:
            raise DeadlinePassed
