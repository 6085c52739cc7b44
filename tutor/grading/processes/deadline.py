"""Limits how much work a call may do, and how long it may wait for another process.

Work is counted in seconds of processor time, including that of child processes for this thread.
Wall-clock time would make verdicts depend on how busy the machine is.
"""

from __future__ import annotations

import threading
import time

CHECK_EVERY_S = 0.001
_MAX_STEPS = 256  # between two looks at the clock


class DeadlinePassed(Exception):
    """The work was not done in time."""


class _ChildTime(threading.local):
    seconds = 0.0


_child_time = _ChildTime()


def cpu_time_s() -> float:
    """Seconds of processor time that this thread and its children have taken so far."""
    return time.thread_time() + _child_time.seconds


def add_child_time(seconds: float) -> None:
    """Counts the processor time of a child as this thread's own."""
    _child_time.seconds += seconds


class Deadline:
    """The end of a budget of processor time, for the thread that made it."""

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
        """Counts one operation, and checks the clock from time to time."""
        self._steps_left -= 1
        if self._steps_left <= 0:
            self._look()

    def _look(self) -> None:
        now = cpu_time_s()
        if now > self.at:
            raise DeadlinePassed
        # An operation with thousands of digits takes as long as a thousand plain ones.
        taken_s = max(now - self._looked_at, 1e-9)
        steps = int(self._steps * CHECK_EVERY_S / taken_s)
        self._steps = self._steps_left = max(1, min(_MAX_STEPS, 2 * self._steps, steps))
        self._looked_at = now


class Timeout:
    """The end of a wait for another process, in wall-clock time."""

    __slots__ = ("at",)

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    @property
    def left_s(self) -> float:
        return max(0.0, self.at - time.monotonic())

    def check(self) -> None:
        if time.monotonic() > self.at:
            raise DeadlinePassed
