"""The one worker of a generation process, for the tasks that run there."""

from tutor.solutions.generation.worker import Worker


class _Process:
    worker: Worker | None = None  # None in every other kind of process


def running_worker() -> Worker:
    if _Process.worker is None:
        raise RuntimeError("only a worker started with `-Q generation` has an engine")
    return _Process.worker


def install(worker: Worker | None) -> None:
    """Make `worker` the one that this process's tasks use."""
    _Process.worker = worker
