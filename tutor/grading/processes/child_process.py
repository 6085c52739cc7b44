"""The child's side of a pool: sets its limits and answers questions."""

from __future__ import annotations

import gc
import json
import resource
import sys
from collections.abc import Callable
from typing import Any


def answer_questions(answer: Callable[[Any], object], *, memory: int, seconds: int) -> None:
    """Answers lines of JSON until the parent is gone; an exception is answered by null.

    memory: bytes of address space. seconds: on the processor, for one question. The system kills
    a child that takes more, also one that hangs after its parent has stopped waiting.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    gc.freeze()  # loaded modules stay
    _write_line("ready")
    for line in sys.stdin:
        _limit_time(seconds)
        try:
            reply = answer(json.loads(line))
        except Exception:  # noqa: BLE001 - libraries raise exceptions of every kind
            reply = None
        _write_line(reply)


def _limit_time(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _write_line(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
