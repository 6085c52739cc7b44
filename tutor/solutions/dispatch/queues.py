"""The Celery queues of the generation workers: one for each model.

`celery worker -Q generation` makes a worker of generation; from then on it also takes what is sent
to the queue of the model that it has loaded. So a message reaches no worker that cannot serve it,
and waits in its queue while none can.
"""

from collections.abc import Iterable

import redis
from kombu.transport.redis import Channel

from tutor.engine.prompts import weights_of

GENERATION = "generation"


def queue_of(weights: str) -> str:
    """weights: the model, as `weights_name` calls it."""
    return f"{GENERATION}.{weights}"


def queue_lengths(client: "redis.Redis") -> dict[str, int]:
    """How many messages wait in each queue, by its name.

    kombu keeps a list for each step of priority, of which the first has the name of the queue.
    """
    models = sorted(client.scan_iter(match=queue_of("*"), count=1_000, _type="list"))
    steps = [f"{Channel.sep}{step}" if step else "" for step in Channel.priority_steps]
    return {
        name: sum(int(client.llen(f"{name}{step}")) for step in steps)
        for name in ("grading", "reading", *models)
    }


def unheard(client: "redis.Redis", recipes: Iterable[str]) -> set[str]:
    """The models of these recipes' codes in whose queues nothing waits.

    Where messages still wait, nothing was lost: no worker has come for them yet.
    """
    models = {weights_of(code) for code in recipes}
    return {weights for weights in models if not client.llen(queue_of(weights))}
