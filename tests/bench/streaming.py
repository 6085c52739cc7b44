"""Measures how step checks slow down a stream: tokens per second with and without them.

    python -m tests.bench.streaming [--model FOLDER | --rate 40] [--solutions 16] [--rounds 5]

Worker, log, checks and grading are real, on temporary Redis and SQLite. With --model vLLM
generates. Otherwise a script writes the tokens: with --rate as fast as a GPU would, else as fast as
the event loop allows, which is faster than any engine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import time
from collections.abc import AsyncGenerator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from tutor.engine.completion import Delta, Engine, Outcome, Prompt, Sampling
from tutor.grading.check_process.client import check_step, warm_up

if TYPE_CHECKING:
    from tutor.solutions.generation.worker import Worker

STEPS = [
    r"We are asked for the sum of the roots of \(x^2 - 7x + 12 = 0\).",
    r"First we factor: \[ x^2 - 7x + 12 = (x - 3)(x - 4). \]",
    r"**Step 2:** The product is zero, so \(x = 3\) or \(x = 4\).",
    r"We check the first one: \(3^2 - 7 \cdot 3 + 12 = 9 - 21 + 12 = 0\).",
    r"And the second: \(4^2 - 7 \cdot 4 + 12 = 16 - 28 + 12 = 0\).",
    r"Their sum is \(3 + 4 = 7\), and their product \(3 \cdot 4 = 12\).",
    r"This agrees with \[ \frac{7 + \sqrt{49 - 48}}{2} + \frac{7 - \sqrt{49 - 48}}{2} = 7. \]",
    r"By the way, \(\sin^2 t + \cos^2 t = 1\) for every \(t\), which has nothing to do with it.",
    r"So the answer is \(\boxed{7}\).",
]
TOKEN = 4  # characters


class FastEngine:
    """Writes the steps five times. rate: tokens per second of one solution; 0 for no limit."""

    name, version, continues = "fast", "1", True

    def __init__(self, rate: float) -> None:
        self.rate = rate

    async def start(self) -> Engine:
        return self

    async def stream(
        self, prompt: Prompt, sampling: Sampling, *, request_id: str, so_far: Sequence[int] = ()
    ) -> AsyncGenerator[Delta, None]:
        text = "\n\n".join(STEPS * 5)
        began_at = time.monotonic()
        for number, start in enumerate(range(0, len(text), TOKEN)):
            due_at = began_at + number / self.rate if self.rate else 0
            await asyncio.sleep(max(0, due_at - time.monotonic()))
            yield Delta(answer=text[start : start + TOKEN], token_ids=(start,))
        yield Delta(outcome=Outcome.FINISHED)

    async def close(self) -> None:
        """There is nothing to close."""


def prepare(model: str) -> None:
    """Start temporary servers with their settings, and create an empty database."""
    from tests import services  # noqa: F401 - starts Redis and says where in the environment

    os.environ["TUTOR_MODEL"] = os.path.abspath(model) if model else "fast"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tutor.settings"
    os.environ["TUTOR_LOG_LEVEL"] = "WARNING"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def start_worker(model: str, rate: float) -> Worker:
    from tutor.solutions.dispatch.model_choice import recipe_to_load
    from tutor.solutions.generation.celery_worker import engine_config, start_engine
    from tutor.solutions.generation.worker import Worker

    start = (
        partial(start_engine, engine_config(recipe_to_load())) if model else FastEngine(rate).start
    )
    worker = Worker(start, model or "fast")
    worker.start()
    warm_up()
    return worker


def make_versions(count: int) -> list[int]:
    from tests.factories import make_problem

    statement = r"What is the sum of the roots of \(x^2 - 7x + 12 = 0\)? ({})"
    fields = {"final_answer": "7"}
    problems = [
        make_problem(f"p-{n}", statement=statement.format(n), **fields) for n in range(count)
    ]
    return [problem.current.pk for problem in problems]


def measure(worker: Worker, versions: list[int], number: int) -> tuple[float, int]:
    """Solve all versions at once; returns tokens per second and the number of verdicts."""
    from django.db import connection

    from tutor.solutions.dispatch.model_choice import recipe_in_force
    from tutor.solutions.models import Solution

    recipe = recipe_in_force().whole_code
    for version in versions:
        Solution.objects.create(version_id=version, recipe=recipe, number=number)

    def solve(_: int) -> None:
        worker.solve()
        connection.close()

    began_at = time.perf_counter()
    with ThreadPoolExecutor(len(versions)) as threads:
        list(threads.map(solve, versions))
    took_s = time.perf_counter() - began_at
    ended = list(Solution.objects.filter(number=number))
    tokens = sum(row.completion_tokens for row in ended)
    return tokens / took_s, sum(len(row.checks) for row in ended)


def in_turns(worker: Worker, versions: list[int], rounds: int) -> None:
    measure(worker, versions, 1)  # warms up
    ratios = []
    for turn in range(rounds):
        rates = {}
        order = [check_step, None] if turn % 2 else [None, check_step]
        for index, check in enumerate(order):
            worker.generator.check = check
            rates[check], verdicts = measure(worker, versions, 2 + 2 * turn + index)
            on = "on " if check else "off"
            print(f"checking {on} {rates[check]:9.0f} tokens/s  {verdicts:5d} verdicts", flush=True)
        ratios.append(rates[check_step] / rates[None])
    print(f"on / off: median {statistics.median(ratios):.3f} of {rounds} rounds,", end=" ")
    print(f"{min(ratios):.3f} to {max(ratios):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="", help="a folder with the model's weights")
    parser.add_argument("--rate", type=float, default=0, help="tokens a second of one solution")
    parser.add_argument("--solutions", type=int, default=16, help="at once")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    prepare(options.model)
    worker = start_worker(options.model, options.rate)
    try:
        in_turns(worker, make_versions(options.solutions), options.rounds)
    finally:
        worker.drain()
        worker.stop()


if __name__ == "__main__":
    main()
