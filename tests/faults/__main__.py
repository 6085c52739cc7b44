"""Causes faults in a whole deployment on this machine, and checks what every client received.

    python -m tests.faults [worker engine redis postgresql early server disk web stop sockets triple
        unread flood] [--runs 50]

Redis, PostgreSQL, daphne, Celery and beat are real. A script replaces the model, except where the
engine is killed: there vLLM runs the demonstration's model.
Prints each run's figures, their medians and maxima, and everything that went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
from pathlib import Path

from tests.faults.deployment import MODEL_WORKER, SERVED_WORKER, Deployment


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("faults", nargs="*", help="all of them by default")
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--logs", type=Path, help="where the processes' logs stay")
    options = parser.parse_args()
    deployment = Deployment(options.logs)
    deployment.start()
    try:
        broken = measure(deployment, options.faults, options.runs, options.seed)
    finally:
        deployment.stop()
    sys.exit(1 if broken else 0)


def measure(deployment: Deployment, names: list[str], runs: int, seed: int) -> int:
    """The number of runs that broke something."""
    from tests.faults.faults import FAULTS, Run, engine_killed, model_server_restarted

    broken = 0
    for name in names or list(FAULTS):
        faults = []
        workers = {engine_killed: [MODEL_WORKER], model_server_restarted: [SERVED_WORKER]}
        deployment.work_with(workers.get(FAULTS[name], deployment.workers))
        for number in range(seed, seed + runs):
            run = Run(deployment, f"{name}-{number}", random.Random(f"{name} {number}"))
            asyncio.run(FAULTS[name](run))
            faults.append(run)
            figures = "  ".join(f"{key} {value:.2f}" for key, value in run.figures.items())
            print(f"{name} {number}: {figures}", *run.broken[:5], sep="\n  ", flush=True)
        bad = [run for run in faults if run.broken]
        print(f"{name}: {len(faults)} runs, {len(bad)} broken")
        for key in dict.fromkeys(key for run in faults for key in run.figures):
            values = [run.figures[key] for run in faults if key in run.figures]
            print(f"  {key}: median {statistics.median(values):.2f}, at most {max(values):.2f}")
        broken += len(bad)
    return broken


if __name__ == "__main__":
    main()
