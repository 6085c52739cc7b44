"""Two generation workers with different models get requests for either, one after the other.

    python -m tests.faults.two_models [--wishes 30]

Each request begins once the previous one was claimed, so it waits only for its way to the right
worker. The last requests need a model that no worker has, and must stay queued.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.deployment import Deployment

if TYPE_CHECKING:
    from tutor.solutions.models import Solution

MODELS = ("first-model", "second-model")
ABSENT, ABSENT_WISHES, ABSENT_FOR_S = "absent-model", 20, 12.0
WITHIN_S = 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wishes", type=int, default=30)
    parser.add_argument("--logs", type=Path, help="where the processes' logs stay")
    options = parser.parse_args()
    deployment = Deployment(options.logs, workers=0, rate=400)
    deployment.start()
    try:
        for model in MODELS:
            deployment.run(model, TUTOR_MODEL=model)
        deployment.wait_for_workers(list(MODELS))
        is_well = measure(options.wishes)
    finally:
        deployment.stop()
    sys.exit(0 if is_well else 1)


def measure(wishes: int) -> bool:
    """Whether each was solved once, and those of the absent model are still queued."""
    from tutor.solutions.models import Solution, State

    before = messages()
    dice = random.Random(1)
    solutions = [wish(number, dice.choice(MODELS)) for number in range(wishes)]
    waits = [wait_of(solution) for solution in solutions]
    wait_until_ended(solutions)
    ended = Solution.objects.filter(
        pk__in=[solution.pk for solution in solutions], state=State.ENDED
    )
    once = ended.filter(fence=1, verdict="correct").count()
    print(
        f"{wishes} wishes: median {statistics.median(waits):.2f} s, at most {max(waits):.2f} s,"
        f" {sum(wait > 1 for wait in waits)} over 1 s, {messages() - before} messages;"
        f" {once} worked out once"
    )
    absent = [begin(wishes + number, ABSENT) for number in range(ABSENT_WISHES)]
    time.sleep(ABSENT_FOR_S)
    still_queued = Solution.objects.filter(
        pk__in=[solution.pk for solution in absent], state=State.QUEUED
    ).count()
    print(
        f"{ABSENT_WISHES} for a model that nobody has: {still_queued} wait,"
        f" {messages_for(ABSENT)} messages in {ABSENT_FOR_S:g} s"
    )
    return once == wishes and still_queued == ABSENT_WISHES


def wish(number: int, model: str) -> Solution:
    from tutor.solutions.models import State

    solution = begin(number, model)
    deadline = time.monotonic() + WITHIN_S
    while solution.state == State.QUEUED and time.monotonic() < deadline:
        time.sleep(0.02)
        solution.refresh_from_db()
    return solution


def begin(number: int, model: str) -> Solution:
    from tests.factories import make_problem
    from tutor.solutions.models import Recipe
    from tutor.solutions.models.recipe import activate
    from tutor.solutions.requests.find_or_queue import begin_solution

    recipe, _ = Recipe.objects.get_or_create(name=model, model=model, template="statement")
    activate(recipe, None)
    return begin_solution(make_problem(f"p{number}", statement=f"Sum {number}").current, 1)


def wait_of(solution: Solution) -> float:
    """Seconds until a worker claimed it; the whole time of watching if none did."""
    if solution.claimed_at is None:
        return WITHIN_S
    return (solution.claimed_at - solution.created_at).total_seconds()


def wait_until_ended(solutions: list[Solution]) -> None:
    from tutor.solutions.models import Solution, State

    deadline = time.monotonic() + WITHIN_S
    left = Solution.objects.filter(pk__in=[solution.pk for solution in solutions]).exclude(
        state=State.ENDED
    )
    while left.exists() and time.monotonic() < deadline:
        time.sleep(0.1)


def messages_for(model: str) -> int:
    """The number of messages in its queue."""
    from tutor.redis_client import connect
    from tutor.solutions.dispatch.queues import queue_lengths, queue_of

    with connect() as client:
        return queue_lengths(client)[queue_of(model)]


def messages() -> int:
    """The number of messages in Celery's queues so far, with beat's."""
    from tutor.redis_client import connect

    with connect() as client:
        return int(client.info("commandstats").get("cmdstat_lpush", {}).get("calls", 0))


if __name__ == "__main__":
    main()
