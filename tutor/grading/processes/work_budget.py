"""Limits how much work a call may do.

Work is counted by the operations themselves, each weighted by the size of its numbers, and given in
the seconds that it takes on one core of an ordinary server. So a verdict depends neither on how
fast a machine is nor on what else it does. Processor time is only the second line of defence, for
operations that take much longer than their weight says.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

MACHINE_FACTOR = 4  # how many times as long as on an ordinary server the same work may take
SLACK_S = 0.1  # of processor time, for caches that are still empty
_LOOK_EVERY = 20_000.0  # microseconds of work, between two looks at the processor's clock


class WorkBudgetSpent(Exception):
    """A call would do more work than it may."""


class _Work:
    """What one thread has done: microseconds of work, and seconds of its children's processors.

    budget: the innermost one that is open; None without any.
    """

    __slots__ = ("budget", "child_cpu_s", "done")

    def __init__(self) -> None:
        self.done = 0.0
        self.child_cpu_s = 0.0
        self.budget: WorkBudget | None = None


class _Thread(threading.local):
    def __init__(self) -> None:
        self.work = _Work()


_thread = _Thread()


def cpu_time_s() -> float:
    """Seconds of processor time that this thread and its children have taken so far."""
    return time.thread_time() + _thread.work.child_cpu_s


def add_child_time(seconds: float) -> None:
    """Counts the processor time of a child as this thread's own."""
    _thread.work.child_cpu_s += seconds


def charge(microseconds: float) -> None:
    """Counts work. Raises WorkBudgetSpent at the end of the budget that is open, if any."""
    work = _thread.work
    if work.budget is None:
        work.done += microseconds
    else:
        work.budget.step(microseconds)


def note_work(microseconds: float) -> None:
    """Counts work that ends by itself. The next `charge` raises where it was too much."""
    _thread.work.done += microseconds


@contextmanager
def uncounted() -> Iterator[None]:
    """The block's work counts nothing, as what a cache may save must not."""
    work = _thread.work
    before = work.done, work.budget
    work.budget = None
    try:
        yield
    finally:
        work.done, work.budget = before


def has_work_left() -> bool:
    """Whether the budget that is open, if any, allows more work."""
    budget = _thread.work.budget
    return budget is None or budget.left_s > 0


class WorkBudget:
    """So many seconds of work, for the thread that made it.

    While it is open, as a context, all work of the thread counts against it, and the budgets made
    meanwhile are parts of it.
    """

    __slots__ = ("_around", "_cpu_end_s", "_end", "_next_look", "_work")

    def __init__(self, seconds: float) -> None:
        work = self._work = _thread.work
        self._end = work.done + 1e6 * seconds
        self._cpu_end_s = cpu_time_s() + MACHINE_FACTOR * seconds + SLACK_S
        self._around = work.budget
        if self._around is not None:
            self._end = min(self._end, self._around._end)
            self._cpu_end_s = min(self._cpu_end_s, self._around._cpu_end_s)
        self._next_look = min(self._end, work.done + _LOOK_EVERY)

    def __enter__(self) -> Self:
        self._around = self._work.budget
        self._work.budget = self
        return self

    def __exit__(self, *raised: object) -> None:
        self._work.budget = self._around

    @property
    def left_s(self) -> float:
        if cpu_time_s() > self._cpu_end_s:
            return 0.0
        return max(0.0, self._end - self._work.done) / 1e6

    def check(self) -> None:
        """Counts one turn of a loop."""
        self.step(2)

    def step(self, microseconds: float = 1) -> None:
        """Counts work. Raises WorkBudgetSpent."""
        work = self._work
        work.done += microseconds
        if work.done >= self._next_look:
            self._look()

    def _look(self) -> None:
        done = self._work.done
        if done >= self._end or cpu_time_s() > self._cpu_end_s:
            raise WorkBudgetSpent
        self._next_look = min(self._end, done + _LOOK_EVERY)
