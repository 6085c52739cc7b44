"""The installation's metrics in the form that Prometheus reads."""

from collections.abc import Iterator
from itertools import accumulate

import redis
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

from tutor.redis_client import connect
from tutor.solutions.dispatch.presence import Presence, present_workers
from tutor.solutions.metrics import ABOVE, COUNTERS, HISTOGRAMS, SUM, Totals, totals
from tutor.solutions.models import Solution, State


def installation() -> CollectorRegistry:
    """A registry to collect from once; it reads the values at that moment."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Installation())
    return registry


class _Installation(Collector):
    def collect(self) -> Iterator[Metric]:
        yield from _unfinished_solutions()
        up = GaugeMetricFamily("lemma_redis_up", "Whether Redis answers")
        try:
            with connect() as client:
                values = totals(client)
                workers = present_workers(client)
        except redis.RedisError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield _workers(workers)
        yield from _counters(values)
        yield from _histograms(values)


def _unfinished_solutions() -> Iterator[Metric]:
    rows = Solution.objects.exclude(state=State.ENDED).order_by()
    by_state = {
        row["state"]: row
        for row in rows.values("state").annotate(count=Count("pk"), oldest=Min("created_at"))
    }
    solutions = GaugeMetricFamily("lemma_solutions", "Unfinished solutions", labels=["state"])
    for state in (State.QUEUED, State.STREAMING):
        count = by_state[state]["count"] if state in by_state else 0
        solutions.add_metric([state.value], count)
    yield solutions
    oldest = GaugeMetricFamily("lemma_oldest_wait_seconds", "Of the solutions that are queued")
    since = by_state[State.QUEUED]["oldest"] if State.QUEUED in by_state else None
    oldest.add_metric([], (timezone.now() - since).total_seconds() if since else 0)
    yield oldest


def _workers(workers: list[Presence]) -> Metric:
    gauge = GaugeMetricFamily("lemma_workers", "Generation workers", labels=["ready"])
    for is_ready in (True, False):
        count = sum(worker.is_ready is is_ready for worker in workers)
        gauge.add_metric([str(is_ready).lower()], count)
    return gauge


def _counters(values: Totals) -> Iterator[Metric]:
    for name, (description, labels) in COUNTERS.items():
        counter = CounterMetricFamily(f"lemma_{name}", description, labels=labels)
        none_yet = {} if labels else {(): 0.0}
        for label_values, count in (values.get(name) or none_yet).items():
            counter.add_metric(label_values, count)
        yield counter


def _histograms(values: Totals) -> Iterator[Metric]:
    for name, (description, bounds) in HISTOGRAMS.items():
        stored = values.get(name, {})
        counts = [stored.get((str(bound),), 0.0) for bound in (*bounds, ABOVE)]
        buckets = [*map(str, map(float, bounds)), ABOVE]
        histogram = HistogramMetricFamily(f"lemma_{name}", description)
        histogram.add_metric(
            [], list(zip(buckets, accumulate(counts), strict=True)), stored.get((SUM,), 0.0)
        )
        yield histogram
