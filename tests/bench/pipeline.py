"""Compares the tokens per second of the whole pipeline with those of the bare engine.

    python -m tests.bench.pipeline [--model FOLDER] [--at-once 1 8 32 64] [--rounds 3] [--unchecked]

Alternates between the bare `AsyncLLM` and a Celery worker read through websockets, on the same
problems. Prints the ratio of their tokens per second, the time from the engine's first token to the
reader's, and the CPU time of each process per token. Each side has its own engine on the same
cores; only one runs at a time. The readers run in this process and use some of the same cores.
--unchecked checks no steps, which leaves only the transport of tokens.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psutil
from channels.db import database_sync_to_async

from tests.faults.clients import Viewer, watch_all
from tests.faults.deployment import DEMO_MODEL, MODEL_WORKER, Deployment

if TYPE_CHECKING:
    from tutor.distill.exercise import Exercise
    from tutor.engine.prompts import SolutionRecipe
    from tutor.engine.vllm_engine import VllmEngine
    from tutor.solutions.models import Solution

FIRST_TOKENS = "bench:first-tokens"  # a hash: request id, then seconds since 1970
UNCHECKED = "LEMMA_BENCH_UNCHECKED"  # in the worker's environment
WITHIN_S = 900.0


class Turn(NamedTuple):
    """tokens_per_s: of all at once. waits_s: from first token to reader. cpu_s: by process."""

    tokens_per_s: float
    tokens: int
    waits_s: Sequence[float] = ()
    cpu_s: Mapping[str, float] = {}


def exercises(seed: int, count: int) -> list[Exercise]:
    """Problems with long solutions."""
    from tutor.distill.lessons import SMALL_NUMBERS, lessons

    drawn = lessons("cubic_extrema", seed, SMALL_NUMBERS)
    return list(islice((exercise for exercise, _, _ in drawn if exercise.key), count))


async def bare(engine: VllmEngine, recipe: SolutionRecipe, posed: Sequence[Exercise]) -> Turn:
    from vllm.inputs import TokensInput

    from tutor.distill.exercise import ENGLISH
    from tutor.engine.repetition import RepetitionDetector
    from tutor.engine.vllm_engine import MAX_INTERVAL

    params = engine._params(recipe.sampling, recipe.sampling.max_tokens, MAX_INTERVAL)

    async def generate(statement: str, number: int) -> int:
        ids, _thinking = engine.tokenizer.encode(recipe.prompt(statement, (), "en"))
        tokens = TokensInput(type="token", prompt_token_ids=ids)
        request_id = f"{time.monotonic()}-{number}"
        count, detector = 0, RepetitionDetector()
        async with aclosing(engine.llm.generate(tokens, params, request_id)) as outputs:
            async for output in outputs:
                count += len(output.outputs[0].token_ids)
                # As in the product, so that both sides write the same.
                if detector.has_looped(output.outputs[0].token_ids):
                    break
        return count

    began_at = time.perf_counter()
    statements = [exercise.statements[ENGLISH] for exercise in posed]
    counts = await asyncio.gather(
        *(generate(statement, n) for n, statement in enumerate(statements))
    )
    return Turn(sum(counts) / (time.perf_counter() - began_at), sum(counts))


async def through_all(deployment: Deployment, name: str, posed: Sequence[Exercise]) -> Turn:
    """Watch all solutions before the first begins, so that only the transport is measured."""
    from tutor.solutions.dispatch.model_choice import weights_wanted
    from tutor.solutions.dispatch.queues import queue_of
    from tutor.solutions.tasks import generate_solution

    sessions, solutions = await database_sync_to_async(_queue)(name, posed)
    viewers = [
        Viewer(deployment.address, session, "", code=str(solution.code))
        for session, solution in zip(sessions, solutions, strict=True)
    ]
    watching = asyncio.create_task(watch_all(viewers, WITHIN_S))
    await asyncio.to_thread(_wait_until_watched, {solution.pk for solution in solutions})
    weights = await database_sync_to_async(weights_wanted)()
    before = cpu_times(deployment)
    began_at = time.monotonic()
    for _ in solutions:
        await asyncio.to_thread(generate_solution.apply_async, queue=queue_of(weights))
    await watching
    took_s = max(viewer.history.entries[-1][0] for viewer in viewers) - began_at
    after = cpu_times(deployment)
    tokens, firsts = await database_sync_to_async(_written)(solutions)
    since_1970 = time.time() - time.monotonic()
    waits = [v.history.entries[0][0] + since_1970 - firsts[v.code] for v in viewers]
    return Turn(tokens / took_s, tokens, waits, {key: after[key] - before[key] for key in after})


def _queue(name: str, posed: Sequence[Exercise]) -> tuple[list[str], list[Solution]]:
    """Queue solutions without telling a worker; each belongs to another student."""
    from tests.faults.faults import make_class
    from tutor.distill.exercise import ENGLISH
    from tutor.solutions.dispatch.model_choice import recipe_code
    from tutor.solutions.models import Solution

    statements = [exercise.statements[ENGLISH] for exercise in posed]
    keys = [exercise.key for exercise in posed if exercise.key]
    sessions, items = make_class(name, len(posed), statements, keys)
    queued = [
        Solution.objects.create(version=item.problem.current, recipe=recipe_code(), number=1)
        for item in items
    ]
    return sessions, queued


def _wait_until_watched(pks: set[int]) -> None:
    from tutor.redis_client import connect
    from tutor.solutions.log.viewers import watched

    with connect() as client:
        while watched(client, pks) != pks:
            time.sleep(0.1)


def _written(solutions: Sequence[Solution]) -> tuple[int, dict[str, float]]:
    """The number of tokens, and by solution the moment of the engine's first token."""
    from tutor.redis_client import connect
    from tutor.solutions.models import Solution

    rows = Solution.objects.filter(pk__in=[solution.pk for solution in solutions])
    with connect() as client:
        noted = client.hgetall(FIRST_TOKENS)
    firsts = {key.rpartition(".")[2].rpartition("-")[0]: float(at) for key, at in noted.items()}
    return sum(row.completion_tokens for row in rows), firsts


def engine_of(process: psutil.Process) -> psutil.Process:
    [engine] = [child for child in process.children() if "VLLM" in "".join(child.cmdline())]
    return engine


def share_cores(deployment: Deployment) -> None:
    """Without a GPU: pin this process and its engine like the worker and its engine."""
    worker = psutil.Process(deployment.processes[MODEL_WORKER].pid)
    this = psutil.Process()
    for process, like in ((this, worker), (engine_of(this), engine_of(worker))):
        for thread in process.threads():
            os.sched_setaffinity(thread.id, os.sched_getaffinity(like.pid))


def cpu_times(deployment: Deployment) -> Counter[str]:
    """CPU seconds that each part has used so far."""
    worker = psutil.Process(deployment.processes[MODEL_WORKER].pid)
    engine = [engine_of(worker)]
    parts = {
        "worker": [worker],
        "web": [psutil.Process(deployment.processes["web"].pid)],
        "log": [psutil.Process(deployment.redis.process.pid)],
        "engine": engine,
        "checks": [child for child in worker.children(recursive=True) if child not in engine],
        "readers": [psutil.Process()],
    }
    counts: Counter[str] = Counter()
    for name, processes in parts.items():
        for process in processes:
            times = process.cpu_times()
            counts[name] += times.user + times.system
    return counts


async def measure(deployment: Deployment, sizes: Sequence[int], rounds: int, model: Path) -> None:
    from tutor.engine.completion import EngineConfig
    from tutor.engine.vllm_engine import VllmEngine
    from tutor.solutions.dispatch.model_choice import recipe_in_force

    recipe = await database_sync_to_async(recipe_in_force)()
    engine = await VllmEngine.start(EngineConfig(model=str(model), cpu_kv_cache_gb=1))
    try:
        share_cores(deployment)
        await bare(engine, recipe, exercises(0, 8))
        await through_all(deployment, "warm", exercises(0, 8))
        for size in sizes:
            ratios, alone, turns = [], [], []
            for turn in range(1, rounds + 1):
                posed = exercises(100 * size + turn, size)
                if turn % 2:
                    alone.append(await bare(engine, recipe, posed))
                turns.append(await through_all(deployment, f"{size}-{turn}", posed))
                if not turn % 2:
                    alone.append(await bare(engine, recipe, posed))
                ratios.append(turns[-1].tokens_per_s / alone[-1].tokens_per_s)
            report(size, alone, turns, ratios)
    finally:
        await engine.close()


def report(size: int, alone: list[Turn], turns: list[Turn], ratios: list[float]) -> None:
    rates = [statistics.median(turn.tokens_per_s for turn in side) for side in (alone, turns)]
    print(
        f"{size:3d} at once: bare {rates[0]:7.0f} tokens/s, through all {rates[1]:7.0f};"
        f" ratio {statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})"
    )
    waits = sorted(wait for turn in turns for wait in turn.waits_s)
    print(
        f"    engine's first token to the reader: p50 {1000 * statistics.median(waits):.0f} ms,"
        f" p99 {1000 * waits[int(0.99 * len(waits))]:.0f} ms"
    )
    tokens = sum(turn.tokens for turn in turns)
    spent: Counter[str] = Counter()
    for turn in turns:
        spent.update(turn.cpu_s)
    shares = ", ".join(f"{name} {1e6 * spent[name] / tokens:.0f}" for name in sorted(spent))
    print(f"    CPU microseconds a token: {shares}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=DEMO_MODEL, help="a folder with weights")
    parser.add_argument("--at-once", type=int, nargs="+", default=[1, 8, 32, 64])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--unchecked", action="store_true")
    options = parser.parse_args()
    if options.unchecked:
        os.environ[UNCHECKED] = "1"
    deployment = Deployment(
        workers=0,
        model=options.model.resolve(),
        app="tests.bench.timed_celery",
        side_by_side=max(options.at_once),
    )
    deployment.start()
    try:
        deployment.work_with([MODEL_WORKER])
        deployment.kill("beat")  # which would send what is meant to wait
        asyncio.run(measure(deployment, options.at_once, options.rounds, options.model.resolve()))
    finally:
        deployment.stop()


if __name__ == "__main__":
    main()
