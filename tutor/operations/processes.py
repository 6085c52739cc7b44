"""Which processes of the installation there are, on all machines: each says so every ten seconds.

Nothing here needs Django's start: a health check that runs all day has to be cheap.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

import redis

EVERY_S = 10.0
SILENT_AFTER_S = 30.0  # then something is wrong with it
FORGOTTEN_AFTER_S = 600.0
_KEY = "operations:processes"


class Kind(StrEnum):
    WEB = "web"
    GRADING = "grading"
    READING = "reading"
    GENERATION = "generation"
    BEAT = "beat"


@dataclass(frozen=True)
class Process:
    """One that has said that it lives. name: no two that live at once have the same.

    since: when it began, by its own clock. settings: those that all have to agree in, as told by
    their names; what is secret is a keyed hash. trouble: why it does no work, "" where it does.
    clock_s: how far its clock is before Redis'. silent_s: since when it has said nothing.
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

    @property
    def is_silent(self) -> bool:
        return self.silent_s > SILENT_AFTER_S


def client_of(url: str) -> "redis.Redis":
    """A client that fails within two seconds."""
    return redis.Redis.from_url(
        url, decode_responses=True, socket_connect_timeout=2, socket_timeout=2, retry=None
    )


def announce(client: "redis.Redis", process: Process, now: float) -> None:
    """now: by the clock of the process's machine."""
    redis_now = clock_of(client)
    told = {**asdict(process), "clock_s": now - redis_now, "told_at": redis_now}
    client.hset(_KEY, process.name, json.dumps(told))


def withdraw(client: "redis.Redis", name: str) -> None:
    client.hdel(_KEY, name)


def announced(client: "redis.Redis") -> list[Process]:
    """By kind and name, those that have gone silent within ten minutes included."""
    told: Any = client.hgetall(_KEY)
    now = clock_of(client)
    found = [_process(json.loads(text), now) for text in told.values()]
    if old := [one.name for one in found if one.silent_s > FORGOTTEN_AFTER_S]:
        client.hdel(_KEY, *old)
    kept = (one for one in found if one.silent_s <= FORGOTTEN_AFTER_S)
    return sorted(kept, key=lambda one: (one.kind, one.name))


def clock_of(client: "redis.Redis") -> float:
    now: Any = client.time()
    seconds, microseconds = now
    return float(seconds + microseconds / 1e6)


def _process(told: dict[str, Any], now: float) -> Process:
    """Without what only another version tells."""
    known = {name: told[name] for name in told.keys() & _FIELDS}
    return replace(Process(**known), silent_s=max(0.0, now - told["told_at"]))


_FIELDS = {one.name for one in fields(Process)}
