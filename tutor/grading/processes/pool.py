"""Child processes with limits, for computations that may hang or grow without end.

A child answers one line of JSON at a time. One that does not answer in time is killed, with
everything that it started, and replaced.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from tutor.grading.processes import environment
from tutor.grading.processes.timeout import TimedOut, Timeout
from tutor.grading.processes.work_budget import add_child_time

_CHILD = "LEMMA_CHILD"  # in the environment of every child


class Child:
    """One process; writes a line once it has loaded, then one for each question."""

    def __init__(self, start: str) -> None:
        # Children of a child stay in its group, so that they end with it.
        self.leads_group = _CHILD not in os.environ
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-c", start],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment.BARE, _CHILD: "yes"},
            start_new_session=self.leads_group,
        )
        self.ready = False
        self.owes_answer = False
        self.told_cpu_s = 0.0  # what it has taken so far, by its own account
        self.buffer = b""

    @property
    def has_ended(self) -> bool:
        """Leaves an ended child a zombie, so that its process id stays reserved until `kill`."""
        if self.process.returncode is not None:
            return True
        try:
            look = os.WEXITED | os.WNOHANG | os.WNOWAIT
            return os.waitid(os.P_PID, self.process.pid, look) is not None
        except ChildProcessError:  # this process has already waited for it
            return self.process.poll() is not None

    def wait_until_ready(self, timeout: Timeout) -> None:
        if not self.ready:
            self.told_cpu_s = json.loads(self.read_line(timeout))
            self.ready = True

    def ask(self, question: object, timeout: Timeout) -> Any:
        """Counts the processor time of the child as this thread's own.

        Raises TimedOut, OSError where the process died, ValueError for broken JSON.
        """
        assert self.process.stdin is not None  # noqa: S101 - for the type checker
        self.owes_answer = True
        self.process.stdin.write(json.dumps(question).encode() + b"\n")
        self.process.stdin.flush()
        answer, cpu_s = json.loads(self.read_line(timeout))
        self._count_time(cpu_s)
        self.owes_answer = False
        return answer

    def read_line(self, timeout: Timeout) -> bytes:
        assert self.process.stdout is not None  # noqa: S101 - for the type checker
        while b"\n" not in self.buffer:
            readable, _, _ = select.select([self.process.stdout], [], [], timeout.left_s)
            if not readable:
                raise TimedOut
            more = os.read(self.process.stdout.fileno(), 65_536)
            if not more:
                raise BrokenPipeError
            self.buffer += more
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line

    def kill(self) -> None:
        """Counts the processor time of an answer that it owes as this thread's own.

        What its own children took for that answer, which end with it, is not known.
        """
        if self.process.returncode is None:
            if self.leads_group:
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
            self._wait()
        self.close()

    def _wait(self) -> None:
        try:
            _, status, usage = os.wait4(self.process.pid, 0)
        except ChildProcessError:  # this process has already waited for it
            self.process.wait()
            return
        self.process.returncode = os.waitstatus_to_exitcode(status)
        if self.owes_answer:
            self._count_time(usage.ru_utime + usage.ru_stime)

    def _count_time(self, cpu_s: float) -> None:
        """cpu_s: what the child has taken since it began, on the processor."""
        add_child_time(max(0.0, cpu_s - self.told_cpu_s))
        self.told_cpu_s = cpu_s

    def close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:  # part of a question was not sent yet
                    continue


class ChildPool:
    """Up to `count` children, each started by the first question that finds no free one.

    start: the Python statements that a child runs.
    """

    def __init__(self, start: str, count: int) -> None:
        self.start = start
        self.count = count
        self.reset()
        _pools.append(self)

    def reset(self) -> None:
        # The last used child comes first, so that a single caller needs only one.
        self.slots: queue.LifoQueue[Child | None] = queue.LifoQueue()
        self.children: list[Child] = []
        for _ in range(self.count):
            self.slots.put(None)

    @contextmanager
    def child(self, timeout: Timeout, loading_s: float = 0) -> Iterator[Child]:
        """A child that is ready, for one or more questions.

        timeout: the wait for a free child. loading_s: how long it may still load, if longer.
        Raises TimedOut and OSError. A child that still owes an answer when the block ends is
        killed, since the next caller would take that answer for its own. A child that is still
        loading is kept for the next caller.
        """
        try:
            child = self.slots.get(timeout=max(timeout.left_s, 0.001))
        except queue.Empty:
            raise TimedOut from None
        try:
            if child is not None and child.has_ended:
                self._drop(child)
                child = None
            child = child or self._start()
            child.wait_until_ready(Timeout(max(timeout.left_s, loading_s)))
            yield child
        finally:
            if child is not None and child.owes_answer:
                self._drop(child)
                child = None
            self.slots.put(child)

    def warm_up(self, count: int) -> None:
        """Start up to `count` children, so that the first questions find them loaded."""
        free: list[Child | None] = []
        with suppress(queue.Empty):
            while True:
                free.append(self.slots.get_nowait())
        while None in free and len(self.children) < count:
            free[free.index(None)] = self._start()
        for child in sorted(free, key=lambda child: child is not None):
            self.slots.put(child)  # running children last, since they are taken first

    def _start(self) -> Child:
        child = Child(self.start)
        self.children.append(child)
        return child

    def _drop(self, child: Child) -> None:
        child.kill()
        self.children.remove(child)

    def close(self) -> None:
        for child in self.children:
            child.kill()
        self.children.clear()


_pools: list[ChildPool] = []
_inherited: list[Child] = []


def _after_fork() -> None:
    """Closes the pipes of the parent's children here, or those children would never end."""
    for children in _pools:
        for child in children.children:
            child.close()
        # Referenced, since a collected Popen would wait for a process that is not its own.
        _inherited.extend(children.children)
        children.reset()


def _at_exit() -> None:
    for children in _pools:
        children.close()


os.register_at_fork(after_in_child=_after_fork)
atexit.register(_at_exit)
