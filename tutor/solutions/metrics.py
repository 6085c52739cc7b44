"""Counters and histograms of the whole installation, summed in Redis by all its processes.

So every web process shows the same values, and a worker that ends takes none with it. Where Redis
is away, the increments are lost and nothing else is. `operations.prometheus` shows them.
"""

import json
import logging
from collections import defaultdict
from typing import Any

import redis
import redis.asyncio
from redis.asyncio.client import Pipeline as AsyncPipeline
from redis.client import Pipeline

from tutor.redis_client import connect
from tutor.solutions.models import Solution

logger = logging.getLogger(__name__)

_KEY = "figures"
COUNTERS = {
    "solutions_ended": ("Solutions that ended", ("outcome", "verdict")),
    "tokens": ("Tokens that models wrote", ("part",)),
    "leases_lost": ("Solutions taken back from workers that had gone silent", ()),
    "logs_rewritten": ("Logs that Redis had lost and a worker wrote again", ()),
}
HISTOGRAMS = {
    "queue_wait_seconds": (
        "From the wish for a solution to a worker's claim",
        (0.1, 0.5, 1, 2, 5, 10, 30, 60, 300),
    ),
    "ttft_seconds": (
        "From the claim to the first token",
        (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30),
    ),
    "tpot_seconds": (
        "Each further token",
        (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5),
    ),
    "log_lag_seconds": (
        "From an entry in the log to a web process that forwards it, sampled from each viewer",
        (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5),
    ),
}
SUM, ABOVE = "sum", "+Inf"  # of a histogram: the sum of its values, and its last bucket
Change = tuple[str, float]  # the field of a metric in the hash, and what to add to it
Totals = dict[str, dict[tuple[str, ...], float]]


def increment(name: str, *labels: str, by: float = 1) -> list[Change]:
    """A counter's change. labels: the values of the labels that COUNTERS names."""
    return [(json.dumps([name, *labels]), by)]


def observe(name: str, value: float | None) -> list[Change]:
    """A histogram's change; none for None."""
    if value is None:
        return []
    _, bounds = HISTOGRAMS[name]
    bucket = next((str(bound) for bound in bounds if value <= bound), ABOVE)
    return [(json.dumps([name, bucket]), 1), (json.dumps([name, SUM]), value)]


def of_ended(solution: Solution) -> list[Change]:
    changes = [
        *increment("solutions_ended", solution.outcome, solution.verdict),
        *increment("tokens", "reasoning", by=solution.reasoning_tokens),
        *increment("tokens", "answer", by=solution.completion_tokens - solution.reasoning_tokens),
        *observe("ttft_seconds", solution.ttft_s),
        *observe("tpot_seconds", solution.tpot_s),
    ]
    if solution.fence == 1 and solution.claimed_at:  # a later claim did not wait since the wish
        waited = solution.claimed_at - solution.created_at
        changes += observe("queue_wait_seconds", waited.total_seconds())
    return changes


def add(changes: list[Change]) -> None:
    try:
        with connect() as client, client.pipeline(transaction=False) as pipe:
            _queue(pipe, changes)
            pipe.execute()
    except redis.RedisError as error:
        logger.warning("metrics lost: %s", error)


async def add_async(client: "redis.asyncio.Redis", changes: list[Change]) -> None:
    try:
        async with client.pipeline(transaction=False) as pipe:
            _queue(pipe, changes)
            await pipe.execute()
    except redis.RedisError as error:
        logger.warning("metrics lost: %s", error)


def _queue(pipe: Pipeline | AsyncPipeline, changes: list[Change]) -> None:
    for field, by in changes:
        pipe.hincrbyfloat(_KEY, field, by)


def totals(client: "redis.Redis") -> Totals:
    """Everything counted so far: by metric, then by labels or bucket."""
    stored: Any = client.hgetall(_KEY)
    values: Totals = defaultdict(dict)
    for field, value in stored.items():
        name, *labels = json.loads(field)
        values[name][tuple(labels)] = float(value)
    return values
