"""The append-only log of one solution: a Redis stream that any number of viewers tail."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import redis.asyncio
from django.conf import settings
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff

from tutor.solutions.protocol import START_OF_LOG, Entry, decode, encode
from tutor.solutions.transcript import Transcript

# A worker that was taken for dead may still be writing. Whoever claimed the solution last has
# the highest fence, and from then on the log takes no other's entries. The number of entries
# that the writer knows of makes a repeated call harmless: a connection may break after the
# server has appended and before it has said so.
_APPEND = """
local held = tonumber(redis.call('GET', KEYS[2]) or '0')
local fence, known, new = tonumber(ARGV[1]), tonumber(ARGV[3]), (#ARGV - 3) / 4
if held > fence then return 'fenced' end
redis.call('SET', KEYS[2], fence, 'EX', ARGV[2])
local length = redis.call('XLEN', KEYS[1])
if known >= 0 and length ~= known and length ~= known + new then return 'lost' end
if known < 0 or length == known then
  for i = 4, #ARGV, 4 do
    redis.call(
      'XADD', KEYS[1], '*', 'entry', ARGV[i], 'ids', ARGV[i + 1], 'outcome', ARGV[i + 2],
      'held', ARGV[i + 3])
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 'written'
"""
WHATEVER_LENGTH = -1


class Fenced(Exception):
    """Another worker has claimed the solution since."""


class LogLost(Exception):
    """The log does not hold what its writer wrote: Redis lost it."""


@dataclass(frozen=True)
class Record:
    """An entry with what only a continuing worker needs: token ids, and how decoding ended.

    held: text of the ids up to here that stands in no entry yet (see StepCutter).
    """

    entry: Entry
    token_ids: tuple[int, ...] = ()
    outcome: str = ""
    held: str = ""


@asynccontextmanager
async def open_redis() -> AsyncIterator["redis.asyncio.Redis"]:
    """A client of its own for the running event loop, closed even if its user is cancelled."""
    client = redis.asyncio.from_url(
        settings.REDIS_URL,
        decode_responses=True,
        socket_connect_timeout=2,
        socket_timeout=10,
        retry=Retry(ExponentialBackoff(cap=1.0, base=0.1), retries=5),
    )
    try:
        yield client
    finally:
        closing = asyncio.ensure_future(client.aclose())
        try:
            await asyncio.shield(closing)
        except asyncio.CancelledError:  # half closed, it would keep its sockets
            await closing
            raise


class TokenLog:
    def __init__(self, client: "redis.asyncio.Redis", pk: int) -> None:
        self._client = client
        self._log = f"solution:{{{pk}}}:log"
        self._fence = f"solution:{{{pk}}}:fence"
        self._append = client.register_script(_APPEND)

    async def append(
        self, fence: int, records: Sequence[Record], known: int = WHATEVER_LENGTH
    ) -> None:
        """Write `records` after the `known` entries that are there; with none, only take over.

        Raises Fenced and LogLost.
        """
        fields: list[Any] = []
        for record in records:
            ids = json.dumps(record.token_ids) if record.token_ids else ""
            fields += [encode(record.entry), ids, record.outcome, record.held]
        answer = await self._append(
            keys=[self._log, self._fence],
            args=[fence, settings.SOLUTION_LOG_TTL_S, known, *fields],
        )
        if answer == "fenced":
            raise Fenced
        if answer == "lost":
            raise LogLost

    async def read(
        self, after: str, *, count: int, block_ms: int | None = None
    ) -> list[tuple[str, str]]:
        """Up to `count` encoded entries after the id `after`, waiting up to `block_ms`."""
        answer = await self._client.xread({self._log: after}, count=count, block=block_ms)
        return [
            (entry_id, fields["entry"])
            for entries in _per_stream(answer)
            for entry_id, fields in entries
        ]

    async def records(self) -> list[Record]:
        """All that was written, from the first entry on."""
        written: Any = await self._client.xrange(self._log)
        return [
            Record(
                decode(fields["entry"]),
                _token_ids(fields["ids"]),
                fields["outcome"],
                fields.get("held", ""),  # an earlier version's log has none
            )
            for _, fields in written
        ]

    async def transcript(self) -> Transcript:
        transcript = Transcript()
        for record in await self.records():
            transcript.apply(record.entry, record.token_ids)
        return transcript

    async def holds_more(self, after: str) -> bool:
        return bool(await self._client.xrange(self._log, min=f"({after}", count=1))

    async def last_id(self) -> str:
        newest: Any = await self._client.xrevrange(self._log, count=1)
        return str(newest[0][0]) if newest else START_OF_LOG


def _token_ids(text: str) -> tuple[int, ...]:
    return tuple(json.loads(text)) if text else ()


def _per_stream(answer: Any) -> list[list[tuple[str, dict[str, str]]]]:
    """The entries in an XREAD's answer, which is a list in RESP2 and a mapping in RESP3."""
    if isinstance(answer, dict):
        return [entries for batches in answer.values() for entries in batches]
    return [entries for _, entries in answer or []]
