"""The Celery queues of the generation workers: one for each model.

`celery worker -Q generation` makes a worker of generation, which then also consumes the queue of
the model that it has loaded. So a message reaches no worker that cannot serve it, and waits in its
queue while none can.
"""

from collections.abc import Iterable

import redis
from kombu.transport.redis import Channel

from tutor.celery import GENERATION, app
from tutor.engine.prompts import weights_of

# Tasks by name: `tasks` imports what a generation worker runs, and senders need not load that.
GENERATE_SOLUTION = app.signature("tutor.solutions.tasks.generate_solution")
WRITE_ANSWER_HINT = app.signature("tutor.solutions.tasks.write_answer_hint")
WRITE_HINT_DRAFT = app.signature("tutor.solutions.tasks.write_hint_draft")
TAKE_SAMPLE = app.signature("tutor.solutions.tasks.take_sample")
PREPARE_SOLUTIONS = app.signature("tutor.solutions.tasks.prepare_solutions")


def queue_of(weights: str) -> str:
    """weights: the model, as `weights_name` calls it."""
    return f"{GENERATION}.{weights}"


def model_queues(client: "redis.Redis") -> dict[str, str]:
    """The queues in which something waits, by their models' names."""
    queues = client.scan_iter(match=queue_of("*"), count=1_000, _type="list")
    return {queue.removeprefix(queue_of("")): queue for queue in queues}


def queue_lengths(client: "redis.Redis") -> dict[str, int]:
    """How many messages wait in each queue, by its name.

    kombu keeps a list for each step of priority; the first list has the queue's name.
    """
    steps = [f"{Channel.sep}{step}" if step else "" for step in Channel.priority_steps]
    return {
        name: sum(int(client.llen(f"{name}{step}")) for step in steps)
        for name in ("grading", "reading", *sorted(model_queues(client).values()))
    }


def models_with_empty_queues(client: "redis.Redis", recipes: Iterable[str]) -> set[str]:
    """The models of these recipes' codes in whose queues nothing waits.

    Where messages still wait, nothing was lost: no worker has come for them yet.
    """
    models = {weights_of(code) for code in recipes}
    return {weights for weights in models if not client.llen(queue_of(weights))}
