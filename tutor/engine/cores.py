"""Keeps the processes of an engine without a GPU to some of the cores, and its worker to others.

A thread of the model that is moved, or displaced for a moment by whoever has a message to read,
finds its caches filled by others and holds up the rest of the model. Beside a worker, its checks,
the web server and the log that happens many hundred times a second, though there is room for them
on the core that the engine leaves.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Set
from contextlib import suppress

import psutil

from tutor.engine.orphans import marked_processes

MOST_LEFT = 4  # a worker and its checks keep no more of them busy


def model_threads(wanted: int | None = None) -> int:
    """`wanted`, or as many as leave a core in four free, at least one and at most MOST_LEFT.

    For vLLM's scheduler, the worker and the pages: threads that wait for one that was displaced
    make a small model 5 to 15 times slower.
    """
    cores = len(os.sched_getaffinity(0))
    return wanted or max(1, cores - max(1, min(MOST_LEFT, cores // 4)))


def keep_to_cores(processes: Collection[psutil.Process], threads: int) -> None:
    """Keep `processes` to as many cores as the model has threads.

    To those of this process's to which the fewest other engines are kept; engines of other
    containers are not seen.
    """
    ours = os.sched_getaffinity(0)
    if threads >= len(ours):
        return
    others = (process for process in marked_processes() if process not in processes)
    cores = least_taken(ours, threads, map(_cores_of, others))
    for process in processes:
        _keep_to(cores, process)


def run_on(cores: Set[int]) -> None:
    """Let this thread, and what it starts, run on all of `cores`."""
    with suppress(OSError):
        os.sched_setaffinity(0, cores)


def keep_off_engines(cores: Set[int]) -> None:
    """Keep this process, and all it has started but engines, to those of `cores` that are free.

    Of engines that are kept to some; where that leaves none, to all of `cores`.
    """
    engines = marked_processes()
    masks = (frozenset(_cores_of(engine)) for engine in engines)
    taken = set().union(*(mask for mask in masks if not mask >= cores))
    this = psutil.Process()
    for process in (this, *this.children(recursive=True)):
        if process not in engines:
            _keep_to(cores - taken or cores, process)


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


def _keep_to(cores: Set[int], process: psutil.Process) -> None:
    for thread in _threads_of(process):
        with suppress(OSError):  # it has ended, or some sandbox forbids it
            os.sched_setaffinity(thread, cores)


def _threads_of(process: psutil.Process) -> Iterator[int]:
    with suppress(psutil.Error):
        yield from (thread.id for thread in process.threads())
