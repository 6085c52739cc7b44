"""Which generation workers are present, and whether their engine is up.

Each worker keeps a key that expires by itself, so no two machines' clocks are compared.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any
from uuid import UUID

import redis

from tutor.engine.prompts import weights_name

_WORKERS = "generation:workers"
_TTL_S = 6
ABSENT_AFTER_S = 3 * 60  # a worker that starts again has loaded its model by then
_MARGIN_S = 60  # for the next sweep to notice


SERVER = "server"  # what a worker waits for whose model is at a server that is away


@dataclass(frozen=True)
class Presence:
    """A generation worker that lives. is_ready: it has its engine, and takes solutions.

    node: the name that Celery has for its process, such as generation@host.
    waits_for: SERVER, or "".
    """

    worker: str
    is_ready: bool
    model: str
    engine: str = ""
    solving: int = 0
    node: str = ""
    waits_for: str = ""


def announce(client: "redis.Redis", presence: Presence) -> None:
    """Say that this worker lives; without another call within six seconds it counts as gone."""
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
    expired = [worker for worker, value in zip(workers, values, strict=True) if value is None]
    if expired:
        client.srem(_WORKERS, *expired)
    return [_presence(json.loads(value)) for value in values if value is not None]


def _presence(data: dict[str, Any]) -> Presence:
    """Without the fields that only a later version of a worker announces."""
    return Presence(**{name: data[name] for name in data.keys() & _FIELDS})


_FIELDS = {field.name for field in fields(Presence)}


def served(client: "redis.Redis") -> set[str]:
    """The models that some worker has, as `weights_name` calls them."""
    return {weights_name(worker.model, None) for worker in present_workers(client)}


def absent_models(client: "redis.Redis", codes: Iterable[str]) -> set[str]:
    """The codes of recipes whose model no worker has had for three minutes.

    The three minutes begin with the first call that missed the model, and anew once Redis was
    emptied.
    """
    models, absent = served(client), set()
    for code in set(codes):
        missed = f"generation:missed:{code}"
        if any(code.startswith(f"{name} ") for name in models):
            client.delete(missed)
            continue
        client.set(missed, "", nx=True, ex=ABSENT_AFTER_S + _MARGIN_S)
        left_s: Any = client.ttl(missed)
        if left_s <= _MARGIN_S:
            absent.add(code)
    return absent


def _key(worker: str) -> str:
    return f"generation:worker:{worker}"
