"""Measures time and memory while many viewers watch one solution.

    python -m tests.bench.watchers [--sockets 1 100 1000] [--rate 40]

A script replaces the model; log, web server and sockets are real. Compares every viewer's messages
with the log. The viewers run in this process, on the same cores.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from typing import TYPE_CHECKING, NamedTuple

import psutil
from channels.db import database_sync_to_async

from tests.faults.clients import Viewer
from tests.faults.deployment import RATE, Deployment
from tests.faults.history import faults_in

if TYPE_CHECKING:
    from tutor.solutions.models import Solution

SOCKETS_OF_ONE = 10  # below the limit of one person
WAVE = 50  # viewers that connect at once
WITHIN_S = 300.0


class Watched(NamedTuple):
    """entries: sent to all viewers together. cpu_s, socket_kb: of the web server."""

    viewers: list[Viewer]
    entries: int
    cpu_s: float
    took_s: float
    socket_kb: float


async def watch(deployment: Deployment, sessions: list[str], solution: Solution) -> Watched:
    from tutor.redis_client import open_redis
    from tutor.solutions.dispatch.lifecycle import send
    from tutor.solutions.log.viewers import Viewers

    viewers = [
        Viewer(deployment.address, session, "", code=str(solution.code)) for session in sessions
    ]
    before_mb = deployment.memory_mb("web")
    watching = []
    async with open_redis() as client:
        for first in range(0, len(viewers), WAVE):
            wave = viewers[first : first + WAVE]
            watching += [asyncio.create_task(viewer.watch(WITHIN_S)) for viewer in wave]
            while await Viewers(client, solution.pk).others_than("") < len(watching):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    more_mb = deployment.memory_mb("web") - before_mb
    cpu_s, began_at = _cpu_s(deployment), time.monotonic()
    await database_sync_to_async(send)(solution)
    await asyncio.gather(*watching)
    took_s = time.monotonic() - began_at
    return Watched(
        viewers,
        sum(len(viewer.history.entries) for viewer in viewers),
        _cpu_s(deployment) - cpu_s,
        took_s,
        1024 * more_mb / len(viewers),
    )


def _cpu_s(deployment: Deployment) -> float:
    times = psutil.Process(deployment.processes["web"].pid).cpu_times()
    return times.user + times.system


def measure(deployment: Deployment, sockets: int) -> int:
    """The number of viewers whose messages differ from the log."""
    from tests.faults.faults import make_class
    from tutor.solutions.dispatch.model_choice import recipe_code
    from tutor.solutions.models import Solution

    people = -(-sockets // SOCKETS_OF_ONE)
    statement = f"What is 2 + 2? {sockets}"
    sessions, [item] = make_class(f"watchers-{sockets}", people, [statement])
    version = item.problem.current
    solution = Solution.objects.create(version=version, recipe=recipe_code(), number=1)
    shared = [sessions[n % people] for n in range(sockets)]
    result = asyncio.run(watch(deployment, shared, solution))
    solution.refresh_from_db()
    wrong = [viewer for viewer in result.viewers if faults_in(viewer.history, solution)]
    ends = [viewer.history.entries[-1][0] for viewer in result.viewers if viewer.history.entries]
    print(
        f"{sockets:5d} sockets: {len(result.viewers) - len(wrong)} complete"
        f" in {result.took_s:.1f} s,"
        f" the last {1000 * (max(ends) - min(ends)):.0f} ms after the first;"
        f" {result.entries / sockets:.0f} entries each,"
        f" {1e6 * result.cpu_s / result.entries:.0f} us of CPU for each that is sent;"
        f" {result.socket_kb:.0f} kB a socket",
        flush=True,
    )
    return len(wrong)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, nargs="+", default=[1, 100, 1000])
    parser.add_argument("--rate", type=float, default=RATE, help="tokens a second")
    options = parser.parse_args()
    deployment = Deployment(workers=1, rate=options.rate)
    deployment.start()
    try:
        deployment.kill("beat")  # which would send what is meant to wait
        measure(deployment, 20)  # warms up: the first sockets load modules
        wrong = [measure(deployment, sockets) for sockets in options.sockets]
    finally:
        deployment.stop()
    if any(wrong):
        raise SystemExit(f"{sum(wrong)} viewers saw something else than the record")


if __name__ == "__main__":
    main()
