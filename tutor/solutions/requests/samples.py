"""Asks for samples of solutions; `generation.readiness_samples` takes them."""

import logging
from collections.abc import Iterable

from tutor.engine.prompts import weights_of
from tutor.problems.models import ProblemVersion
from tutor.queueing import queue_on_commit
from tutor.solutions.dispatch.model_choice import recipe_code
from tutor.solutions.dispatch.queues import TAKE_SAMPLE, queue_of
from tutor.solutions.models import MAX_SAMPLES_AT_ONCE, ReadinessSample

logger = logging.getLogger(__name__)


def request_samples(versions: Iterable[ProblemVersion], count: int) -> int:
    """Ask for `count` samples of each version by the recipe in force; returns how many are new."""
    recipe = recipe_code()
    versions = list(versions)
    present = set(
        ReadinessSample.objects.filter(version__in=versions, recipe=recipe).values_list(
            "version", "number"
        )
    )
    samples = [
        ReadinessSample(version=version, recipe=recipe, number=number)
        for number in range(1, count + 1)  # the first of each problem, then the second
        for version in versions
        if (version.pk, number) not in present
    ]
    ReadinessSample.objects.bulk_create(samples, ignore_conflicts=True)
    logger.info("samples requested count=%d versions=%d", len(samples), len(versions))
    times = min(len(samples), MAX_SAMPLES_AT_ONCE)
    queue_on_commit(TAKE_SAMPLE, queue=queue_of(weights_of(recipe)), times=times)
    return len(samples)
