"""Pins an engine without a GPU to some cores, and its worker to the others.

A model thread that is moved or preempted loses its caches, and the others wait for it. Sharing
cores with workers and pages would cause this hundreds of times a second, so the engine gets its
own.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Set
from contextlib import suppress

import psutil

from tutor.engine.orphans import marked_processes

MAX_LOOKS = 10  # for new threads of a process
MAX_LEFT = 4  # cores; a worker and its checks do not need more


def model_threads(count: int | None = None) -> int:
    """`count`, or all cores but a quarter; 1 to MAX_LEFT are left free.

    vLLM's scheduler, the worker and the pages need those. If they preempted the model's threads, a
    small model would be 5 to 15 times slower.
    """
    cores = len(os.sched_getaffinity(0))
    return count or max(1, cores - max(1, min(MAX_LEFT, cores // 4)))


def keep_to_cores(processes: Collection[psutil.Process], threads: int) -> None:
    """Pin `processes` to as many cores as the model has threads.

    Takes those of this process's cores to which the fewest other engines are pinned. Engines in
    other containers are not visible.
    """
    available = os.sched_getaffinity(0)
    if threads >= len(available):
        return
    other_engines = (process for process in marked_processes() if process not in processes)
    cores = least_used_cores(available, threads, map(_cores_of, other_engines))
    for process in processes:
        _pin(process, cores)


def run_on(cores: Set[int]) -> None:
    """Pin this thread, and the threads it starts, to all of `cores`."""
    with suppress(OSError):
        os.sched_setaffinity(0, cores)


def keep_off_engines(cores: Set[int]) -> None:
    """Pin this process and its children, except engines, to the `cores` without an engine.

    If engines hold all of them, pin to all of `cores`.
    """
    engines = marked_processes()
    masks = (frozenset(_cores_of(engine)) for engine in engines)
    taken = set().union(*(mask for mask in masks if not mask >= cores))
    this = psutil.Process()
    for process in (this, *this.children(recursive=True)):
        if process not in engines:
            _pin(process, cores - taken or cores)


def least_used_cores(
    available: Collection[int], count: int, taken: Iterable[Collection[int]]
) -> set[int]:
    """`count` of the available cores; the last ones first, since interrupts go to the first.

    taken: the cores of each other engine. An engine that may run on all cores changes nothing.
    """
    engines = Counter(core for cores in taken for core in cores)
    return set(sorted(available, key=lambda core: (engines[core], -core))[:count])


def _cores_of(process: psutil.Process) -> Collection[int]:
    try:
        return os.sched_getaffinity(process.pid)
    except OSError:
        return ()


def _pin(process: psutil.Process, cores: Set[int]) -> None:
    """Also those of its threads that were started meanwhile by one that was not pinned yet."""
    pinned: set[int] = set()
    for _ in range(MAX_LOOKS):
        threads = set(_threads_of(process)) - pinned
        for thread in threads:
            with suppress(OSError):  # the thread has ended, or a sandbox forbids it
                os.sched_setaffinity(thread, cores)
        pinned |= threads
        if not threads:
            return


def _threads_of(process: psutil.Process) -> Iterator[int]:
    with suppress(psutil.Error):
        yield from (thread.id for thread in process.threads())
