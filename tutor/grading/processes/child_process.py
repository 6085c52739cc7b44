"""The child's side of a pool: sets its limits and answers questions."""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any

from tutor.grading.processes.work_budget import add_child_time, cpu_time_s


def answer_questions(answer: Callable[[Any], object], *, memory: int, seconds: int) -> None:
    """Answers lines of JSON until the parent is gone; an exception is answered by null.

    memory: bytes of address space. seconds: on the processor, for one question. The system kills
    a child that takes more, also one that hangs after its parent has stopped waiting. The first
    line and each answer say what it has taken so far, in seconds on the processor.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    gc.freeze()  # loaded modules stay
    _write_line(cpu_time_s())
    for line in sys.stdin:
        _limit_time(seconds)
        try:
            reply = answer(json.loads(line))
        except Exception:  # noqa: BLE001 - libraries raise exceptions of every kind
            reply = None
        _write_line([reply, cpu_time_s()])


def run_forked(compute: Callable[[], object], cpu_s: float) -> Any:
    """The result of `compute` in a fork; None where that ended without one, or took too long.

    Every fork finds the same caches as the others, and leaves nothing behind. cpu_s: seconds on
    the processor, after which the system ends it. The result must be plain enough for JSON.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _compute_and_exit(compute, cpu_s, writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        result = pipe.read()
    _, _, usage = os.wait4(pid, 0)
    add_child_time(usage.ru_utime + usage.ru_stime)
    return json.loads(result) if result else None


def _compute_and_exit(compute: Callable[[], object], cpu_s: float, writing: int) -> None:
    try:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, max(cpu_s, 1e-3))
        os.write(writing, json.dumps(compute()).encode())
    finally:
        os._exit(0)


def _limit_time(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _write_line(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
