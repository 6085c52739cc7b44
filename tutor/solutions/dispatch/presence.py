"""Which generation workers are there, and whether their engine is up.

Each worker keeps a key that expires by itself, so no two machines' clocks are compared.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any
from uuid import UUID

import redis
from django.conf import settings
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from tutor.engine.prompts import weights_name

_WORKERS = "generation:workers"
_TTL_S = 6
GONE_AFTER_S = 3 * 60  # a worker that starts again has loaded its model by then
_MARGIN_S = 60  # in which a sweep comes to see it


SERVER = "server"  # what a worker waits for whose model is at a server that is away


@dataclass(frozen=True)
class Presence:
    """A generation worker that lives. is_ready: it has its engine, and takes solutions.

    node: as Celery calls its process, such as generation@host. waits_for: SERVER, or "".
    """

    worker: str
    is_ready: bool
    model: str
    engine: str = ""
    solving: int = 0
    node: str = ""
    waits_for: str = ""


def connect(*, hurries: bool = False) -> "redis.Redis":
    """A client that uses the process's connections, which closing it leaves open.

    hurries: where a lease would run out while it waits for Redis, it fails within two seconds.
    """
    return redis.Redis(connection_pool=_pool(settings.REDIS_URL, *((2, 0) if hurries else (5, 2))))


@cache
def _pool(url: str, timeout_s: float, retries: int) -> "redis.ConnectionPool":
    return redis.ConnectionPool.from_url(
        url,
        decode_responses=True,
        socket_connect_timeout=2,
        socket_timeout=timeout_s,
        retry=Retry(ConstantBackoff(0.1), retries),  # not the seconds that it takes by itself
    )


def announce(client: "redis.Redis", presence: Presence) -> None:
    """Say that this worker lives; again within six seconds, or it counts as gone."""
    with client.pipeline(transaction=False) as pipe:
        pipe.sadd(_WORKERS, presence.worker)
        pipe.set(_key(presence.worker), json.dumps(asdict(presence)), ex=_TTL_S)
        pipe.execute()


def withdraw(client: "redis.Redis", worker: UUID) -> None:
    client.delete(_key(str(worker)))
    client.srem(_WORKERS, str(worker))


def present_workers(client: "redis.Redis") -> list[Presence]:
    members: Any = client.smembers(_WORKERS)
    workers = sorted(members)
    values: Any = client.mget([_key(worker) for worker in workers]) if workers else []
    gone = [worker for worker, value in zip(workers, values, strict=True) if value is None]
    if gone:
        client.srem(_WORKERS, *gone)
    return [_presence(json.loads(value)) for value in values if value is not None]


def _presence(told: dict[str, Any]) -> Presence:
    """Without what only a later version tells, as a worker that was updated first."""
    return Presence(**{name: told[name] for name in told.keys() & _FIELDS})


_FIELDS = {one.name for one in fields(Presence)}


def served(client: "redis.Redis") -> set[str]:
    """The models that some worker has, as `weights_name` calls them."""
    return {weights_name(worker.model, None) for worker in present_workers(client)}


def gone(client: "redis.Redis", codes: Iterable[str]) -> set[str]:
    """Those of the recipes' codes whose model no worker has had for three minutes.

    Counted from the first call that missed it, and anew once Redis was emptied.
    """
    there, found = served(client), set()
    for code in set(codes):
        missed = f"generation:missed:{code}"
        if any(code.startswith(f"{name} ") for name in there):
            client.delete(missed)
            continue
        client.set(missed, "", nx=True, ex=GONE_AFTER_S + _MARGIN_S)
        left_s: Any = client.ttl(missed)
        if left_s <= _MARGIN_S:
            found.add(code)
    return found


def _key(worker: str) -> str:
    return f"generation:worker:{worker}"
