"""Reads the logs that the sockets of a web process follow, all of them by one call.

A read of its own for each socket would cost several times what it costs to send what was read.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from redis.exceptions import RedisError

from tutor.solutions.log.per_loop import one_per_loop
from tutor.solutions.log.protocol import in_order
from tutor.solutions.log.token_log import Logged, close, read_logs, redis_client

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.asyncio.connection import AbstractConnection

MOST_ENTRIES = 256  # of one log at once
BLOCK_MS = 250  # by as much may silence be told late
JOIN_S = 0.02  # as long may a log wait that is followed while others are silent
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


class _Reader:
    """The one connection by which all logs are read, and which Redis can be asked to answer."""

    def __init__(self) -> None:
        self.client = redis_client(self._on_connect)
        self._id = 0  # of its connection, by Redis
        self._is_out = False
        self._timer: asyncio.TimerHandle | None = None
        self._interrupting: asyncio.Task[None] | None = None

    async def _on_connect(self, connection: "AbstractConnection") -> None:
        await connection.on_connect()
        await connection.send_command("CLIENT", "ID")
        self._id = await connection.read_response()

    async def read(self, places: Mapping[str, str]) -> dict[str, list[Logged]]:
        """As `read_logs`; nothing where it hangs or is interrupted."""
        self._is_out = True
        try:
            async with asyncio.timeout(HANGS_S):
                return await read_logs(self.client, places, count=MOST_ENTRIES, block_ms=BLOCK_MS)
        except TimeoutError:
            return {}
        finally:
            self._is_out = False
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def hurry(self, client: "Redis") -> None:
        """End the read that is out, if one is, in JOIN_S, by another connection: of `client`."""
        if self._is_out and self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(JOIN_S, self._interrupt, client)

    def _interrupt(self, client: "Redis") -> None:
        self._interrupting = asyncio.create_task(self._unblock(client))

    async def _unblock(self, client: "Redis") -> None:
        with suppress(RedisError):  # of which the read hears itself
            await client.client_unblock(self._id)


class _Clients(NamedTuple):
    """shared: whose connections may all be taken at times, for which the reader must not wait."""

    shared: "Redis"
    reader: _Reader


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
        self._clients = clients = self._clients or _Clients(redis_client(), _Reader())
        try:
            yield clients.shared
        finally:
            self._users -= 1
            if not self._users:
                reading, self._clients, self._reading = self._reading, None, None
                self._waiting = []
                if reading is not None:
                    reading.cancel()
                await close(clients.shared, clients.reader.client)

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
        elif self._clients is not None:
            self._clients.reader.hurry(self._clients.shared)
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
        reader = self._clients.reader
        places: dict[str, str] = {}
        for wish in waiting:
            place = places.setdefault(wish.key, wish.after)
            if wish.after != place:
                places[wish.key] = min(place, wish.after, key=in_order)
        try:
            found = await reader.read(places)
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
