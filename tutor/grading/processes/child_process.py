"""A child process's own side: limits, and one answer for each question."""

from __future__ import annotations

import gc
import json
import resource
import sys
from collections.abc import Callable
from typing import Any


def answer_questions(answer: Callable[[Any], object], *, memory: int, seconds: int) -> None:
    """Answer lines of JSON until the parent is gone; what raises is answered by null.

    memory: bytes of address space. seconds: on the processor, for one question. The system kills
    what takes more, and with it what hangs although nobody waits for it any more.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    gc.freeze()  # what is loaded stays
    _say("ready")
    for line in sys.stdin:
        _limit_time(seconds)
        try:
            reply = answer(json.loads(line))
        except Exception:  # noqa: BLE001 - libraries raise of every kind; none is an answer
            reply = None
        _say(reply)


def _limit_time(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
