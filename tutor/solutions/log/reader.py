"""Reads all logs that the sockets of a web process follow by one call.

A read for each socket would cost several times as much as sending the entries does.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from redis.exceptions import RedisError

from tutor.redis_client import async_client, close_all, run_despite_cancel
from tutor.solutions.log.per_loop import one_per_loop
from tutor.solutions.log.protocol import sort_key
from tutor.solutions.log.token_log import Logged, read_logs

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.asyncio.connection import AbstractConnection

MAX_ENTRIES = 256  # of one log at once
BLOCK_MS = 250  # how late a viewer may learn that nothing new came
JOIN_S = 0.02  # how long a log may wait that joins while the others are silent
HANGS_S = 3.0  # a read that takes longer is begun again
PAUSE_S = 0.005  # between two reads, in which entries are sent and more are written
LULL_S = 0.02  # a read that waited longer returns the first entry of several
SILENCE_S = 1.0  # after which a reader gets an empty answer


@dataclass(frozen=True, eq=False, slots=True)
class _PendingRead:
    key: str
    after: str
    count: int
    until: float
    entries: "asyncio.Future[Sequence[Logged]]"


class _Reader:
    """The one connection by which all logs are read. Redis can be asked to interrupt its read."""

    def __init__(self) -> None:
        self.client = async_client(self._on_connect)
        self._id = 0  # Redis's id of the connection
        self._is_reading = False
        self._timer: asyncio.TimerHandle | None = None
        self._interrupting: asyncio.Task[None] | None = None

    async def _on_connect(self, connection: "AbstractConnection") -> None:
        await connection.on_connect()
        await connection.send_command("CLIENT", "ID")
        self._id = await connection.read_response()

    async def read(self, after: Mapping[str, str]) -> dict[str, list[Logged]]:
        """`read_logs`; returns nothing where the read hangs or is interrupted."""
        self._is_reading = True
        try:
            async with asyncio.timeout(HANGS_S):
                return await read_logs(self.client, after, count=MAX_ENTRIES, block_ms=BLOCK_MS)
        except TimeoutError:
            return {}
        finally:
            self._is_reading = False
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def interrupt_soon(self, client: "Redis") -> None:
        """End the present read, if there is one, in JOIN_S, by a connection of `client`."""
        if self._is_reading and self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(JOIN_S, self._interrupt, client)

    def _interrupt(self, client: "Redis") -> None:
        self._interrupting = asyncio.create_task(self._unblock(client))

    async def stop(self) -> None:
        """End what is under way: an interruption after the close would connect anew."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._interrupting is not None:
            self._interrupting.cancel()
            await asyncio.wait([self._interrupting])

    async def _unblock(self, client: "Redis") -> None:
        with suppress(RedisError):  # the read gets the same error
            await client.client_unblock(self._id)


class _Clients(NamedTuple):
    """shared: all its connections may be taken at times; the reader must not wait for one."""

    shared: "Redis"
    reader: _Reader


async def _close(clients: _Clients, reading: "asyncio.Task[None] | None") -> None:
    if reading is not None:
        reading.cancel()
        await asyncio.wait([reading])
    await clients.reader.stop()
    await close_all(clients.shared, clients.reader.client)


class LogFeed:
    """Belongs to one event loop. It stores no entries: what nobody waits for stays in the log."""

    def __init__(self) -> None:
        self._users = 0
        self._clients: _Clients | None = None  # while there are users
        self._waiting: list[_PendingRead] = []
        self._reading: asyncio.Task[None] | None = None
        self.measuring = asyncio.Lock()  # one reader at a time measures the lag

    @asynccontextmanager
    async def client(self) -> AsyncIterator["Redis"]:
        """The client that all users share, closed when the last of them leaves."""
        self._users += 1
        self._clients = clients = self._clients or _Clients(async_client(), _Reader())
        try:
            yield clients.shared
        finally:
            self._users -= 1
            if not self._users:
                reading, self._clients, self._reading = self._reading, None, None
                self._waiting = []
                await run_despite_cancel(_close(clients, reading))

    async def read(self, key: str, after: str, *, count: int) -> Sequence[Logged]:
        """Up to `count` entries after the id `after`; none where there are none for SILENCE_S.

        Call it within `client`, and only after reading all that the log had: a reader far behind
        holds up the others of the same log. Raises Redis's errors.
        """
        until = time.monotonic() + SILENCE_S
        entries: asyncio.Future[Sequence[Logged]] = asyncio.get_running_loop().create_future()
        self._waiting.append(_PendingRead(key, after, count, until, entries))
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
        elif self._clients is not None:
            self._clients.reader.interrupt_soon(self._clients.shared)
        return await entries

    async def _read(self) -> None:
        while waiting := [pending for pending in self._waiting if not pending.entries.done()]:
            self._waiting = waiting.copy()  # further readers join it meanwhile
            began_at = time.monotonic()
            has_entries = await self._serve(waiting)
            # The entry that ends a lull is the first of several, which are written by now.
            ends_lull = has_entries and time.monotonic() - began_at > LULL_S
            await asyncio.sleep(0 if ends_lull else PAUSE_S)
        self._waiting = []

    async def _serve(self, waiting: list[_PendingRead]) -> bool:
        """Read once for all of them; returns whether there was anything new."""
        assert self._clients is not None  # noqa: S101 - every waiting reader uses them
        reader = self._clients.reader
        after = _earliest(waiting)
        try:
            logs = await reader.read(after)
        except Exception as error:  # noqa: BLE001 - handed on to all who wait
            for pending in waiting:
                if not pending.entries.done():
                    pending.entries.set_exception(error)
            return False
        now = time.monotonic()
        for pending in waiting:
            entries: Sequence[Logged] = logs.get(pending.key, ())
            if pending.after != after[pending.key]:
                last = sort_key(pending.after)
                entries = [entry for entry in entries if sort_key(entry.id) > last]
            if (entries or now >= pending.until) and not pending.entries.done():
                pending.entries.set_result(entries[: pending.count])
        return bool(logs)


def _earliest(waiting: Sequence[_PendingRead]) -> dict[str, str]:
    """The id after which to read each log, for the reader that has the fewest entries of it."""
    after: dict[str, str] = {}
    for pending in waiting:
        earliest = after.setdefault(pending.key, pending.after)
        if pending.after != earliest:
            after[pending.key] = min(earliest, pending.after, key=sort_key)
    return after


log_feed = one_per_loop(LogFeed)
