"""Measures how much a class is slowed down by students with heavy requests.

    python -m tests.bench.neighbours

First ten of thirty students submit answers that take seconds to grade. Then one student sends
drafts of forty heavy lines, as many as are accepted, while ten others open a problem. At last one
student has forty heavy lines checked again and again, while ten others check two lines. Web server,
grading worker, Redis and PostgreSQL are real; this process plays the students, on the same cores.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from typing import TYPE_CHECKING
from uuid import uuid4

import httpx2 as httpx
import psutil

from tests.faults.deployment import Deployment

if TYPE_CHECKING:
    from tutor.assignments.models import Item

BOMB = r"\sum_{k=1}^{400}\sum_{j=1}^{400}\sin(kj)"
LINES = "\n".join(f"{n}" + "-x" * 240 for n in range(40))
PRODUCTS = "\n".join(f"{n}+" + "".join(f"(x+{k % 10})" for k in range(90)) for n in range(40))
ASKS_AGAIN = re.compile(
    r'id="asks-again" hx-get="(?P<address>[^"]+)" hx-trigger="load delay:(?P<delay_s>\d+)s"'
)
CLASS, BOMBS = 30, 10
WITHIN_S = 5.0  # all students submit within this time
BROWSING_S = 25.0
DRAFTS_AT_ONCE = 24
TOKEN = "x" * 32


class Pupil(httpx.AsyncClient):
    def __init__(self, address: str, session: str, item: Item) -> None:
        super().__init__(
            base_url=address,
            cookies={"sessionid": session, "csrftoken": TOKEN},
            headers={"X-CSRFToken": TOKEN, "Referer": f"{address}/", "HX-Request": "true"},
            timeout=300,
            verify=False,
        )
        self.page = f"/items/{item.code}/"
        self.version = str(item.problem.current.code)

    async def hand_in(self, response: str, begins_s: float) -> float:
        """Submit an answer; returns the seconds until its verdict."""
        await asyncio.sleep(begins_s)
        form = {"action": str(uuid4()), "number": 1, "version": self.version}
        began_at = time.monotonic()
        form |= {"response": response}
        answer = await self.post(f"{self.page}attempts/", data=form)
        while asks_again := ASKS_AGAIN.search(answer.raise_for_status().text):
            await asyncio.sleep(float(asks_again["delay_s"]))
            answer = await self.get(asks_again["address"])
        assert "data-verdict" in answer.text
        return time.monotonic() - began_at

    async def browse(self, until: float) -> list[float]:
        took = []
        while time.monotonic() < until:
            began_at = time.monotonic()
            (await self.get(self.page)).raise_for_status()
            took.append(time.monotonic() - began_at)
            await asyncio.sleep(random.uniform(0.5, 1.5))
        return took

    async def check(self, until: float) -> list[float]:
        took = []
        while time.monotonic() < until:
            began_at = time.monotonic()
            lines = f"{random.randint(10, 99)}+1\n2x=6"
            answer = await self.post(f"{self.page}working/check/", data={"working": lines})
            assert "did not finish" not in answer.raise_for_status().text
            took.append(time.monotonic() - began_at)
            await asyncio.sleep(random.uniform(2, 4))
        return took

    async def send_heavy_checks(self, until: float) -> None:
        async def send() -> None:
            while time.monotonic() < until:
                await self.post(f"{self.page}working/check/", data={"working": PRODUCTS})
                await asyncio.sleep(0.2)

        await asyncio.gather(*(send() for _ in range(3)))

    async def send_drafts(self, until: float) -> int:
        sent = 0

        async def send() -> None:
            nonlocal sent
            while time.monotonic() < until:
                answer = await self.post(f"{self.page}working/", data={"working": LINES})
                sent += answer.status_code == 200
                await asyncio.sleep(0.01 if answer.status_code == 200 else 1)

        await asyncio.gather(*(send() for _ in range(DRAFTS_AT_ONCE)))
        return sent


def spread(took: list[float]) -> str:
    ms = [round(1000 * duration) for duration in sorted(took)]
    return f"median {ms[len(ms) // 2]}, p95 {ms[int(0.95 * len(ms))]}, most {ms[-1]} ms"


async def answers(deployment: Deployment, bombs: int) -> None:
    pupils = await a_class(deployment, f"answers-{bombs}", CLASS)
    dice = random.Random(1)
    tasks = [
        asyncio.create_task(pupil.hand_in(BOMB if n < bombs else str(n), dice.uniform(0, WITHIN_S)))
        for n, pupil in enumerate(pupils)
    ]
    took = await asyncio.gather(*tasks[bombs:])
    print(f"verdicts of {CLASS - bombs} beside {bombs} long answers: {spread(took)}")
    if bombs:
        print(f"  of the long ones: {spread(await asyncio.gather(*tasks[:bombs]))}")


async def pages(deployment: Deployment, *, with_drafts: bool) -> None:
    first, *classmates = await a_class(deployment, f"pages-{with_drafts}", 11)
    until = time.monotonic() + BROWSING_S
    drafts = asyncio.create_task(first.send_drafts(until if with_drafts else 0))
    took = await asyncio.gather(*(pupil.browse(until) for pupil in classmates))
    print(
        f"pages of ten beside {await drafts} heavy drafts: "
        + spread([duration for pupil in took for duration in pupil])
    )


async def checks(deployment: Deployment, *, beside_heavy: bool) -> None:
    first, *classmates = await a_class(deployment, f"checks-{beside_heavy}", 11)
    until = time.monotonic() + BROWSING_S
    heavy = asyncio.create_task(first.send_heavy_checks(until if beside_heavy else 0))
    took = await asyncio.gather(*(pupil.check(until) for pupil in classmates))
    await heavy
    print(
        f"checks of ten beside {'heavy ones' if beside_heavy else 'none'}: "
        + spread([duration for pupil in took for duration in pupil])
    )


async def a_class(deployment: Deployment, name: str, count: int) -> list[Pupil]:
    from channels.db import database_sync_to_async

    from tests.faults.faults import make_class

    sessions, [item] = await database_sync_to_async(make_class)(name, count, ["What is 2 + 2?"])
    return [Pupil(deployment.address, session, item) for session in sessions]


async def measured(deployment: Deployment) -> None:
    [first] = await a_class(deployment, "first", 1)
    await first.hand_in("1", 0)  # a server that has just started loads what it needs
    for bombs in (0, BOMBS):
        await answers(deployment, bombs)
    for with_drafts in (False, True):
        await pages(deployment, with_drafts=with_drafts)
    for beside_heavy in (False, True):
        await checks(deployment, beside_heavy=beside_heavy)


def main() -> None:
    deployment = Deployment(workers=0)
    deployment.start()
    for name in ("grading", "reading"):  # which give way to pages, as their services do
        psutil.Process(deployment.processes[name].pid).nice(5)
    try:
        asyncio.run(measured(deployment))
    finally:
        deployment.stop()


if __name__ == "__main__":
    main()
