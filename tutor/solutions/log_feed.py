"""Reads the logs that the sockets of a web process follow, all of them by one call.

A read of its own for each socket would cost several times what it costs to send what was read.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tutor.solutions.per_loop import one_per_loop
from tutor.solutions.protocol import in_order
from tutor.solutions.token_log import Logged, close, read_logs, redis_client

if TYPE_CHECKING:
    from redis.asyncio import Redis

MOST_ENTRIES = 256  # of one log at once
BLOCK_MS = 50  # as long may a log wait that is followed while others are silent
HANGS_S = 3.0  # a read that takes longer is begun anew
PAUSE_S = 0.005  # in which what was read is sent, and more is written
LULL_S = 0.02
SILENCE_S = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class _Wish:
    key: str
    after: str
    count: int
    until: float
    entries: "asyncio.Future[Sequence[Logged]]"


class _Clients(NamedTuple):
    """shared: whose connections may all be taken at times, for which the others must not wait."""

    shared: "Redis"
    reading: "Redis"


class LogFeed:
    """Of one event loop. It keeps no entry: what nobody waits for stays in the log."""

    def __init__(self) -> None:
        self._users = 0
        self._clients: _Clients | None = None  # as long as there are users
        self._waiting: list[_Wish] = []
        self._reading: asyncio.Task[None] | None = None
        self.measuring = asyncio.Lock()  # by one of all readers at a time

    @asynccontextmanager
    async def client(self) -> AsyncIterator["Redis"]:
        """The one that all users share, closed when the last of them leaves."""
        self._users += 1
        self._clients = clients = self._clients or _Clients(redis_client(), redis_client())
        try:
            yield clients.shared
        finally:
            self._users -= 1
            if not self._users:
                reading, self._clients, self._reading = self._reading, None, None
                self._waiting = []
                if reading is not None:
                    reading.cancel()
                await close(*clients)

    async def read(self, key: str, after: str, *, count: int) -> Sequence[Logged]:
        """Up to `count` entries after the id `after`; none where there are none for SILENCE_S.

        Only for who is within `client`, and has read all that the log had: whoever is far behind
        keeps the others of the same log waiting. Raises what Redis says.
        """
        until = time.monotonic() + SILENCE_S
        entries: asyncio.Future[Sequence[Logged]] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Wish(key, after, count, until, entries))
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
        return await entries

    async def _read(self) -> None:
        while waiting := [wish for wish in self._waiting if not wish.entries.done()]:
            self._waiting = waiting.copy()  # others join it meanwhile
            began_at = time.monotonic()
            has_found = await self._serve(waiting)
            # What ends a lull is the first of many, which by now are written too.
            ends_lull = has_found and time.monotonic() - began_at > LULL_S
            await asyncio.sleep(0 if ends_lull else PAUSE_S)
        self._waiting = []

    async def _serve(self, waiting: list[_Wish]) -> bool:
        """Whether there was anything to read."""
        assert self._clients is not None  # noqa: S101 - whoever waits uses them
        client = self._clients.reading
        places: dict[str, str] = {}
        for wish in waiting:
            place = places.setdefault(wish.key, wish.after)
            if wish.after != place:
                places[wish.key] = min(place, wish.after, key=in_order)
        found: dict[str, list[Logged]] = {}
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(HANGS_S):
                    found = await read_logs(client, places, count=MOST_ENTRIES, block_ms=BLOCK_MS)
        except Exception as error:  # noqa: BLE001 - whoever waits has to hear of it
            for wish in waiting:
                if not wish.entries.done():
                    wish.entries.set_exception(error)
            return False
        now = time.monotonic()
        for wish in waiting:
            entries: Sequence[Logged] = found.get(wish.key, ())
            if wish.after != places[wish.key]:
                entries = [one for one in entries if in_order(one.id) > in_order(wish.after)]
            if (entries or now >= wish.until) and not wish.entries.done():
                wish.entries.set_result(entries[: wish.count])
        return bool(found)


log_feed = one_per_loop(LogFeed)
