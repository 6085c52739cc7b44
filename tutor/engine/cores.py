"""Keeps an engine without a GPU, and the process that it works for, to cores of their own.

A thread of the model that is moved, or displaced for a moment by whoever has a message to read,
finds its caches filled by others and holds up the rest of the model. Beside a worker, its checks,
the web server and the log that happens many hundred times a second, though there is room for them
on the core that the engine leaves.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress

import psutil

from tutor.engine.orphans import marked_processes


def model_threads(wanted: int | None = None) -> int:
    """`wanted`, or as many as leave one core free.

    For vLLM's scheduler and the pages: threads that wait for one that was displaced make a small
    model 5 to 15 times slower.
    """
    return wanted or max(1, len(os.sched_getaffinity(0)) - 1)


def keep_apart(engine: Collection[psutil.Process], threads: int) -> set[int]:
    """Keep an engine to as many cores as its model has threads, and this process to its others.

    What this process starts from now on is kept to them too. The engine's cores are those to which
    the fewest other engines are kept; engines of other containers are not seen. Returns the cores
    that this process gave up, for `take_back`.
    """
    ours = os.sched_getaffinity(0)
    if threads >= len(ours):
        return set()
    others = (process for process in marked_processes() if process not in engine)
    cores = least_taken(ours, threads, map(_cores_of, others))
    for process in engine:
        _keep_to(cores, process)
    _keep_to(ours - cores, psutil.Process())
    return cores


def take_back(cores: Collection[int]) -> None:
    """Let this process run on `cores` too, now that its engine has ended."""
    if cores:
        _keep_to(os.sched_getaffinity(0) | set(cores), psutil.Process())


def least_taken(ours: Collection[int], count: int, taken: Iterable[Collection[int]]) -> set[int]:
    """`count` of our cores; the last ones first, since interrupts come to the first.

    taken: the cores of each other engine. One that may run on all of them prefers none.
    """
    engines = Counter(core for cores in taken for core in cores)
    return set(sorted(ours, key=lambda core: (engines[core], -core))[:count])


def _cores_of(process: psutil.Process) -> Collection[int]:
    try:
        return os.sched_getaffinity(process.pid)
    except OSError:
        return ()


def _keep_to(cores: Collection[int], process: psutil.Process) -> None:
    for thread in _threads_of(process):
        with suppress(OSError):  # it has ended, or some sandbox forbids it
            os.sched_setaffinity(thread, cores)


def _threads_of(process: psutil.Process) -> Iterator[int]:
    with suppress(psutil.Error):
        yield from (thread.id for thread in process.threads())
