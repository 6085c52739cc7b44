"""Counts failed pages where many web servers share a PostgreSQL with its defaults.

    python -m tests.bench.servers [--servers 5] [--pages 150] [--rounds 5]

Each round asks for all pages at once, each for another student, spread over the servers: the
problem, the home page and the skills. Workers and beat run as well. Prints the statuses, the
seconds, the CPU of the servers and the most connections that PostgreSQL had. Ends with an error if
a page failed. This process plays the browsers, on the same cores.
"""

from __future__ import annotations

import argparse
import asyncio
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import httpx2 as httpx

from tests.bench.sign_ins import TLS, spread
from tests.faults.deployment import Deployment

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOKED_EVERY_S = 0.05
WITHIN_S = 120.0


class Answered(NamedTuple):
    status: int
    took_s: float


async def ask(client: httpx.AsyncClient, address: str, session: str) -> Answered:
    began_at = time.monotonic()
    answer = await client.get(address, headers={"Cookie": f"sessionid={session}"})
    return Answered(answer.status_code, time.monotonic() - began_at)


async def ask_for_all(
    servers: Sequence[str], sessions: Sequence[str], paths: Sequence[str]
) -> list[Answered]:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=WITHIN_S, verify=TLS, limits=limits) as client:
        return await asyncio.gather(
            *(
                ask(client, servers[n % len(servers)] + paths[n % len(paths)], session)
                for n, session in enumerate(sessions)
            )
        )


class ConnectionCounter(threading.Thread):
    """Looks how many connections PostgreSQL has, until it is stopped. limit: how many it takes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self.limit = 0, 0
        self.is_over = threading.Event()

    def run(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SHOW max_connections")
            self.limit = int(cursor.fetchone()[0])
            while not self.is_over.wait(LOOKED_EVERY_S):
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                )
                self.most = max(self.most, cursor.fetchone()[0] - 1)  # without this one
        connection.close()


def measured(deployment: Deployment, options: argparse.Namespace) -> int:
    """The number of pages that failed."""
    from django.urls import reverse

    from tests.faults.faults import make_class

    servers = deployment.run_web_servers(options.servers)
    sessions, [item] = make_class("a-class", options.pages, ["What is 2 + 2?"])
    paths = [f"/items/{item.code}/", reverse("home"), reverse("skills")]
    counter = ConnectionCounter()
    counter.start()
    statuses: Counter[int] = Counter()
    for number in range(1, options.rounds + 1):
        before_s, began_at = deployment.web_cpu_s(), time.monotonic()
        answers = asyncio.run(ask_for_all(servers, sessions, paths))
        took_s = time.monotonic() - began_at
        statuses.update(answer.status for answer in answers)
        print(
            f"round {number}: {len(answers)} pages in {took_s:.1f} s"
            f" ({spread([answer.took_s for answer in answers])}),"
            f" CPU of the servers {deployment.web_cpu_s() - before_s:.1f} s",
            flush=True,
        )
    counter.is_over.set()
    counter.join()
    print(f"statuses {dict(statuses)}, at most {counter.most} of {counter.limit} connections")
    return statuses.total() - statuses[200]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--servers", type=int, default=5)
    parser.add_argument("--pages", type=int, default=150, help="asked for at once")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    deployment = Deployment(workers=1)
    deployment.start()
    try:
        failed = measured(deployment, options)
    finally:
        deployment.stop()
    if failed:
        raise SystemExit(f"{failed} pages failed")


if __name__ == "__main__":
    main()
