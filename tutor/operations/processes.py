"""The processes of an installation, on all machines: each announces itself every ten seconds.

Nothing here needs Django to start: a health check runs all day, so it has to be cheap.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

import redis

EVERY_S = 10.0
SILENT_AFTER_S = 30.0  # then something is wrong with the process
FORGOTTEN_AFTER_S = 600.0
GRADING_QUEUE, READING_QUEUE = "grading", "reading"  # of Celery
_KEY = "operations:processes"


class ProcessKind(StrEnum):
    WEB = "web"
    GRADING = "grading"
    READING = "reading"
    GENERATION = "generation"
    BEAT = "beat"


@dataclass(frozen=True)
class Process:
    """One process, as it announced itself.

    name: unique among running processes. since: its start, by its own clock, Unix time.
    address: where its machine reaches a web server, http://ADDRESS:PORT; empty for a Unix socket.
    settings: the values by name that all processes must share; a secret is a keyed hash.
    trouble: why it does no work; empty if it works. clock_s: how far its clock is ahead of Redis'.
    silent_s: the time since it last announced itself.
    """

    kind: str
    name: str
    host: str
    pid: int
    since: float
    version: str = ""
    queues: Sequence[str] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""
    clock_s: float = 0.0
    silent_s: float = 0.0
    address: str = ""

    @property
    def is_silent(self) -> bool:
        return self.silent_s > SILENT_AFTER_S


def client_of(url: str) -> "redis.Redis":
    """A client that fails within two seconds."""
    return redis.Redis.from_url(
        url, decode_responses=True, socket_connect_timeout=2, socket_timeout=2, retry=None
    )


def announce(client: "redis.Redis", process: Process, now: float) -> None:
    """now: Unix time by the clock of the process's machine."""
    redis_now = clock_of(client)
    entry = {**asdict(process), "clock_s": now - redis_now, "told_at": redis_now}
    client.hset(_KEY, process.name, json.dumps(entry))


def withdraw(client: "redis.Redis", name: str) -> None:
    client.hdel(_KEY, name)


def announced_processes(client: "redis.Redis") -> list[Process]:
    """Sorted by kind and name, with those that have gone silent in the last ten minutes."""
    entries: Any = client.hgetall(_KEY)
    now = clock_of(client)
    processes = [_process(json.loads(entry), now) for entry in entries.values()]
    if forgotten := [process.name for process in processes if _is_forgotten(process)]:
        client.hdel(_KEY, *forgotten)
    remaining = (process for process in processes if not _is_forgotten(process))
    return sorted(remaining, key=lambda process: (process.kind, process.name))


def _is_forgotten(process: Process) -> bool:
    return process.silent_s > FORGOTTEN_AFTER_S


def clock_of(client: "redis.Redis") -> float:
    now: Any = client.time()
    seconds, microseconds = now
    return float(seconds + microseconds / 1e6)


def _process(entry: dict[str, Any], now: float) -> Process:
    """Fields that only another version writes are ignored."""
    known = {name: entry[name] for name in entry.keys() & _FIELDS}
    return replace(Process(**known), silent_s=max(0.0, now - entry["told_at"]))


_FIELDS = {field.name for field in fields(Process)}
