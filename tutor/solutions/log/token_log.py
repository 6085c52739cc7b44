"""The append-only log of one solution: a Redis stream that any number of viewers tail."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import redis.asyncio
import redis.exceptions
from django.conf import settings
from django.db import DatabaseError

from tutor.solutions.log.pipelined_scripts import PipelinedScripts
from tutor.solutions.log.protocol import START_OF_LOG, Entry, decode, encode

# A worker that was taken for dead may still be writing. The worker that claimed the solution last
# has the highest fence; from its first call on the log takes no entries of lower fences. An entry's
# id is its writer's fence and its position from 1 on, so a log that Redis lost can be written again
# with the same ids, and a viewer's last id says how many entries it has. The writer passes the id
# that it knows to be the last, which makes a repeated call harmless: a connection may break after
# the server has appended and before it has answered.
_APPEND = """
local function position(id) return tonumber(string.match(id, '-(%d+)$')) end
local fence, after, new = ARGV[1], ARGV[3], (#ARGV - 3) / 4
if tonumber(redis.call('GET', KEYS[2]) or '0') > tonumber(fence) then return 'fenced' end
redis.call('SET', KEYS[2], fence, 'EX', ARGV[2])
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
newest = newest and newest[1] or '0-0'
local now = redis.call('TIME')
if after ~= '' and after ~= newest then
  if new == 0 or newest ~= fence .. '-' .. (position(after) + new) then return 'lost' end
  return position(after)
end
for i = 0, new - 1 do
  redis.call(
    'XADD', KEYS[1], fence .. '-' .. (position(newest) + 1 + i), 'at', now[1] .. '.' .. now[2],
    'entry', ARGV[4 + 4 * i], 'ids', ARGV[5 + 4 * i], 'outcome', ARGV[6 + 4 * i],
    'held', ARGV[7 + 4 * i])
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return position(newest)
"""
_REWRITE = """
if tonumber(redis.call('GET', KEYS[2]) or '0') > tonumber(ARGV[1]) then return 'fenced' end
redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[2])
redis.call('DEL', KEYS[1])
for i = 3, #ARGV, 5 do
  redis.call(
    'XADD', KEYS[1], ARGV[i], 'entry', ARGV[i + 1], 'ids', ARGV[i + 2],
    'outcome', ARGV[i + 3], 'held', ARGV[i + 4])
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 'written'
"""


# Errors of a Redis that answers but refuses writes: its memory or disk is full, it lacks the
# replicas that it needs, or is one itself. redis-py drops the code from some of the messages.
_REFUSAL = re.compile(r"\b(OOM|MISCONF|NOREPLICAS|READONLY)\b")
_REFUSED = (redis.exceptions.OutOfMemoryError, redis.exceptions.ReadOnlyError)
_AWAY = (redis.exceptions.ConnectionError, redis.exceptions.TimeoutError, DatabaseError)


def is_passing(error: Exception) -> bool:
    """Whether a store is away or refuses writes for now: the same call may succeed later."""
    if isinstance(error, redis.exceptions.ResponseError):
        return isinstance(error, _REFUSED) or _REFUSAL.search(str(error)) is not None
    return isinstance(error, _AWAY)


class Fenced(Exception):
    """Another worker has claimed the solution since."""


class LogLost(Exception):
    """The log does not hold what its writer wrote: Redis lost it."""


@dataclass(frozen=True)
class LogRecord:
    """An entry with what only a worker that goes on needs: token ids, and how decoding ended.

    held: text of the ids so far that is in no entry yet (see StepCutter).
    id: its id in the log; "" before it is written.
    """

    entry: Entry
    token_ids: tuple[int, ...] = ()
    outcome: str = ""
    held: str = ""
    id: str = ""

    def packed(self) -> list[str]:
        """The form in which the log and the checkpoints store it."""
        ids = json.dumps(self.token_ids) if self.token_ids else ""
        return [encode(self.entry), ids, self.outcome, self.held]


def unpacked(entry_id: str, entry: str, ids: str, outcome: str, held: str) -> LogRecord:
    return LogRecord(decode(entry), tuple(json.loads(ids)) if ids else (), outcome, held, entry_id)


def last_id_of(records: Sequence[LogRecord]) -> str:
    return records[-1].id if records else START_OF_LOG


def longer_log(written: list[LogRecord], checkpointed: list[LogRecord]) -> list[LogRecord]:
    """The longer of the log in Redis and its checkpoints in the database.

    Redis may have lost the whole log, its end, or everything since an old snapshot.
    """
    beginning = written[: len(checkpointed)]
    goes_on = [record.id for record in beginning] == [record.id for record in checkpointed]
    return written if goes_on else checkpointed


class Logged(NamedTuple):
    """An entry as viewers get it. written_at: by Redis's clock; 0 if the log was written again."""

    id: str
    encoded: str
    written_at: float = 0


async def read_logs(
    client: "redis.asyncio.Redis",
    after: Mapping[str, str],
    *,
    count: int,
    block_ms: int | None = None,
) -> "dict[str, list[Logged]]":
    """Up to `count` entries of each log, by the logs' keys; logs without new ones are left out.

    after: the id after which to read each log. Waits up to `block_ms` for the first entry.
    """
    streams: dict[Any, Any] = dict(after)
    answer: Any = await client.xread(streams, count=count, block=block_ms)
    return {
        key: [
            Logged(entry_id, fields["entry"], float(fields.get("at", 0)))
            for entry_id, fields in entries
        ]
        for key, entries in _per_log(answer)
    }


class TokenLog:
    """scripts: sends its entries in one pipeline with those of other logs; None: in its own."""

    def __init__(
        self, client: "redis.asyncio.Redis", pk: int, scripts: PipelinedScripts | None = None
    ) -> None:
        self.client = client
        self.pk = pk
        self._scripts = scripts or PipelinedScripts(client)
        self.key = f"solution:{{{pk}}}:entries"
        self._fence = f"solution:{{{pk}}}:fence"
        self._append = client.register_script(_APPEND)
        self._rewrite = client.register_script(_REWRITE)

    async def append(
        self, fence: int, records: Sequence[LogRecord], after: str = ""
    ) -> list[LogRecord]:
        """Write `records` after the entry `after`, or after any entry where that is "".

        Returns them with their ids. Raises Fenced, and LogLost where `after` is not the last.
        """
        before = await self._appended(fence, records, after)
        return [
            replace(record, id=f"{fence}-{number}")
            for number, record in enumerate(records, start=before + 1)
        ]

    async def take_over(self, fence: int) -> int:
        """Shut out earlier writers; returns how many entries there are. Raises Fenced."""
        return await self._appended(fence, [], "")

    async def _appended(self, fence: int, records: Sequence[LogRecord], after: str) -> int:
        """Returns how many entries come before them."""
        packed = [text for record in records for text in record.packed()]
        arguments: list[str | int] = [fence, settings.SOLUTION_LOG_TTL_S, after, *packed]
        answer = await self._scripts.call(self._append, [self.key, self._fence], arguments)
        if answer == "fenced":
            raise Fenced
        if answer == "lost":
            raise LogLost
        return int(answer)

    async def rewrite(self, fence: int, records: Sequence[LogRecord]) -> None:
        """Replace the log by these records, under the ids that they had. Raises Fenced."""
        packed = [text for record in records for text in (record.id, *record.packed())]
        answer = await self._rewrite(
            keys=[self.key, self._fence], args=[fence, settings.SOLUTION_LOG_TTL_S, *packed]
        )
        if answer == "fenced":
            raise Fenced

    async def forget(self) -> None:
        await self.client.delete(self.key)

    async def read(self, after: str, *, count: int, block_ms: int | None = None) -> "list[Logged]":
        """Up to `count` encoded entries after the id `after`, waiting up to `block_ms`."""
        entries = await read_logs(self.client, {self.key: after}, count=count, block_ms=block_ms)
        return entries.get(self.key, [])

    async def records(self) -> list[LogRecord]:
        """The whole log, from the first entry on."""
        written: Any = await self.client.xrange(self.key)
        return [
            unpacked(entry_id, *(fields[name] for name in ("entry", "ids", "outcome", "held")))
            for entry_id, fields in written
        ]

    async def lag(self, logged: Logged) -> float | None:
        """Seconds since it was written; None where that is not known."""
        seconds, microseconds = await self.client.time()
        now = seconds + microseconds / 1e6
        return max(0.0, now - logged.written_at) if logged.written_at else None

    async def holds_more(self, after: str) -> bool:
        return bool(await self.client.xrange(self.key, min=f"({after}", count=1))

    async def last_id(self) -> str:
        newest: Any = await self.client.xrevrange(self.key, count=1)
        return str(newest[0][0]) if newest else START_OF_LOG


def _per_log(answer: Any) -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """The entries in an XREAD's answer, which is a list in RESP2 and a mapping in RESP3."""
    if isinstance(answer, dict):
        for key, batches in answer.items():
            yield key, [entry for batch in batches for entry in batch]
    else:
        yield from answer or ()
