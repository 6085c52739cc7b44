"""Pins an engine without a GPU to some cores, and its worker to the others.

A thread of the model that is moved to another core, or displaced for a moment, loses its caches and
holds up the rest of the model. Beside a worker, its checks, the web server and the log that would
happen many hundred times a second, although the core that the engine leaves has room for them.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Set
from contextlib import suppress

import psutil

from tutor.engine.orphans import marked_processes

MAX_LEFT = 4  # cores; a worker and its checks do not need more


def model_threads(count: int | None = None) -> int:
    """`count`, or so many that one core in four is left: at least one and at most MAX_LEFT.

    vLLM's scheduler, the worker and the pages need those. If they displaced one of the model's
    threads, the others would wait for it, which makes a small model 5 to 15 times slower.
    """
    cores = len(os.sched_getaffinity(0))
    return count or max(1, cores - max(1, min(MAX_LEFT, cores // 4)))


def keep_to_cores(processes: Collection[psutil.Process], threads: int) -> None:
    """Pin `processes` to as many cores as the model has threads.

    Of this process's cores it takes those to which the fewest other engines are pinned; it does
    not see engines of other containers.
    """
    available = os.sched_getaffinity(0)
    if threads >= len(available):
        return
    other_engines = (process for process in marked_processes() if process not in processes)
    cores = least_used_cores(available, threads, map(_cores_of, other_engines))
    for process in processes:
        _keep_to(cores, process)


def run_on(cores: Set[int]) -> None:
    """Let this thread, and the threads it starts, run on all of `cores`."""
    with suppress(OSError):
        os.sched_setaffinity(0, cores)


def keep_off_engines(cores: Set[int]) -> None:
    """Pin this process and its children, except engines, to the `cores` without an engine.

    Where engines are pinned to all of them, to all of `cores`.
    """
    engines = marked_processes()
    masks = (frozenset(_cores_of(engine)) for engine in engines)
    taken = set().union(*(mask for mask in masks if not mask >= cores))
    this = psutil.Process()
    for process in (this, *this.children(recursive=True)):
        if process not in engines:
            _keep_to(cores - taken or cores, process)


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


def _keep_to(cores: Set[int], process: psutil.Process) -> None:
    for thread in _threads_of(process):
        with suppress(OSError):  # it has ended, or some sandbox forbids it
            os.sched_setaffinity(thread, cores)


def _threads_of(process: psutil.Process) -> Iterator[int]:
    with suppress(psutil.Error):
        yield from (thread.id for thread in process.threads())
