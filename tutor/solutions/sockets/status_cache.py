"""A solution's row as its viewers see it, read once for all who look at about the same time."""

import asyncio
import functools
import time
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from tutor.solutions.db_connections import on_kept_connection
from tutor.solutions.log.per_loop import one_per_loop
from tutor.solutions.models import Solution, State
from tutor.solutions.sockets.batching import Gathering
from tutor.solutions.tasks import ahead_of_each, missing_for, waiting_for

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
    [seen] = as_they_are([row])
    return seen


def as_they_are(rows: Sequence[Solution]) -> list[Seen]:
    missing = functools.cache(missing_for)
    reasons = {row.pk: waiting_for(row, missing) for row in rows}
    ahead = ahead_of_each([row for row in rows if reasons[row.pk] == "turn"])
    return [Seen(row, (row.state, reasons[row.pk], ahead.get(row.pk, 0))) for row in rows]


@on_kept_connection
def find_rows(**which: Any) -> list[Seen]:
    return as_they_are(list(Solution.objects.filter(**which)))


class Looks:
    """Of one event loop: a thousand viewers of one solution ask the database as often as one.

    And so does a school of which each waits for another one.
    """

    def __init__(self) -> None:
        self._rows = Gathering(self._find)
        self._taken: dict[int, tuple[float, asyncio.Future[Seen | None]]] = {}

    async def at(self, pk: int) -> Seen:
        """At most half a second old. Raises DoesNotExist."""
        now = time.monotonic()
        taken_at, look = self._taken.get(pk, (0.0, None))
        if look is None or now - taken_at > FRESH_S:
            look = self._rows.ask(pk)
            self._forget(now)
            self._taken[pk] = now, look
        seen = await asyncio.shield(look)  # others wait for it too
        if seen is None:
            raise Solution.DoesNotExist
        return seen

    async def _find(self, pks: Collection[int]) -> dict[int, Seen]:
        return {seen.row.pk: seen for seen in await find_rows(pk__in=pks)}

    def _forget(self, now: float) -> None:
        old = [pk for pk, (at, one) in self._taken.items() if one.done() and now - at > FRESH_S]
        for pk in old:
            del self._taken[pk]


looks = one_per_loop(Looks)
