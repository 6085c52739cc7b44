"""Keeps the processes of an engine without a GPU to some of the cores.

A thread of the model that is moved, or displaced for a moment by whoever has a message to read,
finds its caches filled by others and holds up the rest of the model. Beside the web server, the
log and a worker's checks that happens many hundred times a second, though there is room for them
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
        for thread in _threads_of(process):
            with suppress(OSError):  # it has ended, or some sandbox forbids it
                os.sched_setaffinity(thread, cores)


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


def _threads_of(process: psutil.Process) -> Iterator[int]:
    with suppress(psutil.Error):
        yield from (thread.id for thread in process.threads())
