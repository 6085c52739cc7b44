"""Figures of the whole installation, which all its processes add up in Redis.

So any web process shows the same ones, and a worker that ends takes none with it. They are worth
less than what they count: where Redis is away, they are lost and nothing else is.
"""

import json
import logging
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import redis
import redis.asyncio
from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client import CollectorRegistry
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from redis.asyncio.client import Pipeline as AsyncPipeline
from redis.client import Pipeline

from tutor.solutions.dispatch.presence import connect, present_workers
from tutor.solutions.models import Solution, State

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
        "From an entry in the log to a web process that forwards it, now and then of each viewer",
        (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5),
    ),
}
_SUM, _ABOVE = "sum", "+Inf"
Change = tuple[str, float]  # of a field in the hash


def counted(name: str, *labels: str, by: float = 1) -> list[Change]:
    """`labels`: as COUNTERS names them."""
    return [(json.dumps([name, *labels]), by)]


def measured(name: str, value: float | None) -> list[Change]:
    if value is None:
        return []
    _, bounds = HISTOGRAMS[name]
    bucket = next((str(bound) for bound in bounds if value <= bound), _ABOVE)
    return [(json.dumps([name, bucket]), 1), (json.dumps([name, _SUM]), value)]


def of_ended(solution: Solution) -> list[Change]:
    changes = [
        *counted("solutions_ended", solution.outcome, solution.verdict),
        *counted("tokens", "reasoning", by=solution.reasoning_tokens),
        *counted("tokens", "answer", by=solution.completion_tokens - solution.reasoning_tokens),
        *measured("ttft_seconds", solution.ttft_s),
        *measured("tpot_seconds", solution.tpot_s),
    ]
    if solution.fence == 1 and solution.claimed_at:  # a later claim did not wait since the wish
        waited = solution.claimed_at - solution.created_at
        changes += measured("queue_wait_seconds", waited.total_seconds())
    return changes


def add(changes: list[Change]) -> None:
    try:
        with connect() as client, client.pipeline(transaction=False) as pipe:
            _queue(pipe, changes)
            pipe.execute()
    except redis.RedisError as error:
        logger.warning("figures not counted: %s", error)


async def add_async(client: "redis.asyncio.Redis", changes: list[Change]) -> None:
    try:
        async with client.pipeline(transaction=False) as pipe:
            _queue(pipe, changes)
            await pipe.execute()
    except redis.RedisError as error:
        logger.warning("figures not counted: %s", error)


def _queue(pipe: Pipeline | AsyncPipeline, changes: list[Change]) -> None:
    for field, by in changes:
        pipe.hincrbyfloat(_KEY, field, by)


def installation() -> CollectorRegistry:
    """A registry to ask once: what it says is read when it is asked."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Installation())
    return registry


class _Installation(Collector):
    def collect(self) -> Iterator[Metric]:
        yield from _waiting()
        up = GaugeMetricFamily("lemma_redis_up", "Whether Redis answers")
        try:
            with connect() as client:
                stored: Any = client.hgetall(_KEY)
                workers = present_workers(client)
        except redis.RedisError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        ready = GaugeMetricFamily("lemma_workers", "Generation workers", labels=["ready"])
        for is_ready in (True, False):
            count = sum(worker.is_ready is is_ready for worker in workers)
            ready.add_metric([str(is_ready).lower()], count)
        yield ready
        yield from _added_up(stored)


def _waiting() -> Iterator[Metric]:
    rows = Solution.objects.exclude(state=State.ENDED).order_by()
    found = {
        row["state"]: row
        for row in rows.values("state").annotate(count=Count("pk"), oldest=Min("created_at"))
    }
    solutions = GaugeMetricFamily("lemma_solutions", "Unfinished solutions", labels=["state"])
    for state in (State.QUEUED, State.STREAMING):
        solutions.add_metric([state.value], found[state]["count"] if state in found else 0)
    yield solutions
    oldest = GaugeMetricFamily("lemma_oldest_wait_seconds", "Of the solutions that are queued")
    waits = State.QUEUED in found
    since = found[State.QUEUED]["oldest"] if waits else None
    oldest.add_metric([], (timezone.now() - since).total_seconds() if since else 0)
    yield oldest


def _added_up(stored: dict[str, str]) -> Iterator[Metric]:
    values: dict[str, dict[tuple[str, ...], float]] = defaultdict(dict)
    for field, value in stored.items():
        name, *parts = json.loads(field)
        values[name][tuple(parts)] = float(value)
    for name, (what, names) in COUNTERS.items():
        counter = CounterMetricFamily(f"lemma_{name}", what, labels=names)
        none_yet = {} if names else {(): 0.0}
        for labels, count in (values[name] or none_yet).items():
            counter.add_metric(labels, count)
        yield counter
    for name, (what, bounds) in HISTOGRAMS.items():
        found = values[name]
        counts = [found.get((str(bound),), 0.0) for bound in (*bounds, _ABOVE)]
        histogram = HistogramMetricFamily(f"lemma_{name}", what)
        buckets = [*map(str, map(float, bounds)), _ABOVE]
        histogram.add_metric(
            [], list(zip(buckets, accumulate(counts), strict=True)), found.get((_SUM,), 0.0)
        )
        yield histogram
