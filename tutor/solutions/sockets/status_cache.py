"""A solution's row and status, read once for all viewers who ask at about the same time."""

import asyncio
import functools
import time
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from tutor.solutions.db_connections import with_persistent_connection
from tutor.solutions.dispatch.queue_status import ahead_of_all, missing_for, waiting_for
from tutor.solutions.log.per_loop import one_per_loop
from tutor.solutions.models import Solution, State
from tutor.solutions.sockets.batching import BatchLoader

FRESH_S = 0.5

Status = tuple[str, str | None, int]


class Snapshot(NamedTuple):
    """A solution a moment ago. status: its state, what it waits for, how many come before it."""

    row: Solution
    status: Status

    @property
    def state(self) -> str:
        return self.status[0]

    def streaming(self) -> "Snapshot":
        """The same solution, now that a worker is working it out."""
        return self._replace(status=(State.STREAMING, None, 0))


def snapshot_of(row: Solution) -> Snapshot:
    [snapshot] = snapshots_of([row])
    return snapshot


def snapshots_of(rows: Sequence[Solution]) -> list[Snapshot]:
    missing = functools.cache(missing_for)
    reasons = {row.pk: waiting_for(row, missing) for row in rows}
    ahead = ahead_of_all([row for row in rows if reasons[row.pk] == "turn"])
    return [Snapshot(row, (row.state, reasons[row.pk], ahead.get(row.pk, 0))) for row in rows]


@with_persistent_connection
def load_snapshots(**filters: Any) -> list[Snapshot]:
    return snapshots_of(list(Solution.objects.filter(**filters)))


class StatusCache:
    """Belongs to one event loop. A thousand viewers cost the database as much as one.

    That holds for viewers of one solution and for viewers who each wait for another one.
    """

    def __init__(self) -> None:
        self._loader = BatchLoader(self._load)
        self._cached: dict[int, tuple[float, asyncio.Future[Snapshot | None]]] = {}

    async def get(self, pk: int) -> Snapshot:
        """At most half a second old. Raises DoesNotExist."""
        now = time.monotonic()
        loaded_at, future = self._cached.get(pk, (0.0, None))
        if future is None or now - loaded_at > FRESH_S:
            future = self._loader.get(pk)
            self._forget_old(now)
            self._cached[pk] = now, future
        snapshot = await asyncio.shield(future)  # other viewers wait for it too
        if snapshot is None:
            raise Solution.DoesNotExist
        return snapshot

    async def _load(self, pks: Collection[int]) -> dict[int, Snapshot]:
        return {snapshot.row.pk: snapshot for snapshot in await load_snapshots(pk__in=pks)}

    def _forget_old(self, now: float) -> None:
        old = [
            pk
            for pk, (loaded_at, future) in self._cached.items()
            if future.done() and now - loaded_at > FRESH_S
        ]
        for pk in old:
            del self._cached[pk]


status_cache = one_per_loop(StatusCache)
