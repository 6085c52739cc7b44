"""Measures how much a class is slowed down by students with heavy requests.

    python -m tests.bench.neighbours

First ten of thirty students submit answers that take seconds to grade. Then one student sends
drafts of forty heavy lines, as many as are accepted, while ten others open a problem. Then one
student has forty heavy lines checked again and again, while ten others check two lines. At last ten
open a problem beside many light requests: of one person in eight sessions, of nobody, and of four
websockets that send empty fragments without end. Web server, grading worker, Redis and PostgreSQL
are real; this process plays the students, on the same cores.

    python -m tests.bench.neighbours --only light
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING
from uuid import uuid4

import httpx2 as httpx
import psutil

from tests.faults.deployment import Deployment

if TYPE_CHECKING:
    from tutor.assignments.models import Item

Flood = Callable[[str, float], Awaitable[None]]  # to an address, until this moment
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
SESSIONS, REQUESTS_EACH = 8, 6  # of one person with light pages
NOBODY, SOCKETS = 40, 4  # requests at once without a session; sockets
LOGIN = "/accounts/login/"
FRAGMENT = bytes([0, 0x80, 0, 0, 0, 0])  # empty, and not the last of its message
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


async def light_pages(deployment: Deployment) -> None:
    """Pages of ten beside each kind of many light requests, and beside none before each."""
    first, *classmates = await a_class(deployment, "light", 11)
    sessions = await sessions_of("light-0", SESSIONS)
    numbers = count()
    invented = (f"invented{number}" for number in numbers)
    floods = {
        "one person with 8 sessions": flood(first.page, sessions * REQUESTS_EACH, iter(())),
        "nobody, with invented sessions": flood(LOGIN, [""] * NOBODY, invented),
        "nobody": flood(LOGIN, [""] * NOBODY, iter(())),
        "nobody's forms": flood(LOGIN, [""] * NOBODY, iter(()), "POST"),
        "endless fragments": send_fragments,
    }
    for name, send in floods.items():
        for is_beside in (False, True):
            until = time.monotonic() + BROWSING_S / 2
            sending = asyncio.create_task(until_ended(send, deployment.address, until, is_beside))
            took = await asyncio.gather(*(pupil.browse(until) for pupil in classmates))
            await sending
            times = spread([duration for pupil in took for duration in pupil])
            print(f"pages of ten beside {name if is_beside else 'none'}: {times}", flush=True)


async def until_ended(send: Flood, address: str, until: float, is_beside: bool) -> None:
    if is_beside:
        await send(address, until)


def flood(path: str, sessions: list[str], others: Iterator[str], method: str = "GET") -> Flood:
    """One request after the other for each of `sessions`. others: sessions instead of these."""

    async def send(address: str, until: float) -> None:
        async def repeat(session: str) -> None:
            async with httpx.AsyncClient(base_url=address, timeout=300, verify=False) as client:
                while time.monotonic() < until:
                    session = next(others, session)
                    with suppress(httpx.HTTPError):
                        headers = {"Cookie": f"sessionid={session}"}
                        await client.request(method, path, headers=headers)

        await asyncio.gather(*(repeat(session) for session in sessions))

    return send


async def send_fragments(address: str, until: float) -> None:
    async def send() -> None:
        while time.monotonic() < until:
            with suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
                await send_fragments_once(address, until)

    await asyncio.gather(*(send() for _ in range(SOCKETS)))


async def send_fragments_once(address: str, until: float) -> None:
    host, port = address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(upgrade(address))
        await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 15)
        writer.write(bytes([1, 0x81, 0, 0, 0, 0]) + b"x")
        while time.monotonic() < until and not writer.is_closing():
            writer.write(FRAGMENT * 2_000)
            await asyncio.wait_for(writer.drain(), 5)
            await asyncio.sleep(0)
    finally:
        writer.transport.abort()


def upgrade(address: str) -> bytes:
    """The beginning of a socket of nobody."""
    lines = [
        "GET /ws/solutions/ HTTP/1.1",
        f"Host: {address.removeprefix('http://')}",
        f"Origin: {address}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Cookie: sessionid=none",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Version: 13",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


async def sessions_of(name: str, number: int) -> list[str]:
    from channels.db import database_sync_to_async

    from accounts.models import User
    from tests.faults.clients import session_of

    def make() -> list[str]:
        user = User.objects.get(username=name)
        return [session_of(user) for _ in range(number)]

    return await database_sync_to_async(make)()


async def a_class(deployment: Deployment, name: str, count: int) -> list[Pupil]:
    from channels.db import database_sync_to_async

    from tests.faults.faults import make_class

    sessions, [item] = await database_sync_to_async(make_class)(name, count, ["What is 2 + 2?"])
    return [Pupil(deployment.address, session, item) for session in sessions]


async def measured(deployment: Deployment, only: str) -> None:
    [first] = await a_class(deployment, "first", 1)
    await first.hand_in("1", 0)  # a server that has just started loads what it needs
    if only == "light":
        await light_pages(deployment)
        return
    for bombs in (0, BOMBS):
        await answers(deployment, bombs)
    for with_drafts in (False, True):
        await pages(deployment, with_drafts=with_drafts)
    for beside_heavy in (False, True):
        await checks(deployment, beside_heavy=beside_heavy)
    await light_pages(deployment)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", choices=["", "light"], default="")
    options = parser.parse_args()
    deployment = Deployment(workers=0)
    deployment.start()
    for name in ("grading", "reading"):  # which give way to pages, as their services do
        psutil.Process(deployment.processes[name].pid).nice(5)
    try:
        asyncio.run(measured(deployment, options.only))
    finally:
        deployment.stop()


if __name__ == "__main__":
    main()
