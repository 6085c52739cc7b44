"""A solution's row as its viewers see it, read once for all who look at about the same time."""

import asyncio
import time
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from tutor.solutions.kept_connection import on_kept_connection
from tutor.solutions.models import Solution, State
from tutor.solutions.tasks import ahead_of, waiting_for

FRESH_S = 0.5

Status = tuple[str, str | None, int]


class Seen(NamedTuple):
    """A solution as it was a moment ago. status: its state, what it waits for, how many before."""

    row: Solution
    status: Status

    @property
    def state(self) -> str:
        return self.status[0]

    def streams(self) -> "Seen":
        """The same, now that somebody works it out."""
        return self._replace(status=(State.STREAMING, None, 0))


def as_it_is(row: Solution) -> Seen:
    reason = waiting_for(row)
    return Seen(row, (row.state, reason, ahead_of(row) if reason == "turn" else 0))


@on_kept_connection
def find_row(**which: Any) -> Seen | None:
    row = Solution.objects.filter(**which).first()
    return as_it_is(row) if row else None


class Looks:
    """Of one event loop: a thousand viewers of one solution ask the database as often as one."""

    def __init__(self) -> None:
        self._taken: dict[int, tuple[float, asyncio.Task[Seen | None]]] = {}

    async def at(self, pk: int) -> Seen:
        """At most half a second old. Raises DoesNotExist."""
        now = time.monotonic()
        taken_at, looking = self._taken.get(pk, (0.0, None))
        if looking is None or now - taken_at > FRESH_S:
            looking = asyncio.create_task(find_row(pk=pk))
            self._forget(now)
            self._taken[pk] = now, looking
        seen = await asyncio.shield(looking)  # others wait for it too
        if seen is None:
            raise Solution.DoesNotExist
        return seen

    def _forget(self, now: float) -> None:
        old = [pk for pk, (at, one) in self._taken.items() if one.done() and now - at > FRESH_S]
        for pk in old:
            del self._taken[pk]


_looks: "WeakKeyDictionary[asyncio.AbstractEventLoop, Looks]" = WeakKeyDictionary()


def looks() -> Looks:
    """Those of the running event loop, which in a web process is the only one."""
    return _looks.setdefault(asyncio.get_running_loop(), Looks())
