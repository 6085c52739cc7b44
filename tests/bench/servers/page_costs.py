"""Measures the CPU time that pages cost the web server and PostgreSQL.

    python -m tests.bench.servers.page_costs [--pages 60]

Pages are requested one after the other, so the figures hold on a busy machine too.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import httpx2 as httpx
import psutil

from tests.bench.neighbours import Pupil, a_class
from tests.bench.sign_ins import PASSWORD, TLS
from tests.faults.deployment import Deployment

WARM_UP = 20


async def measured(deployment: Deployment, pages: int) -> None:
    from channels.db import database_sync_to_async

    [pupil] = await a_class(deployment, "costs", 1)
    names = await database_sync_to_async(make_people)(pages + WARM_UP)

    async def sign_in() -> None:
        await signed_in(deployment.address, names.pop())

    asked: dict[str, Callable[[], Awaitable[object]]] = {
        "nothing (/healthz)": lambda: get(pupil, "/healthz"),
        "a problem": lambda: get(pupil, pupil.page),
        "home": lambda: get(pupil, "/"),
        "the sign-in form": lambda: get(pupil, "/accounts/password/reset/"),
        "a sign-in, with its form": sign_in,
    }
    for name, ask in asked.items():
        for _ in range(WARM_UP):
            await ask()
        before = cpu_s(deployment)
        for _ in range(pages):
            await ask()
        web, database = (
            1000 * (after - earlier) / pages
            for after, earlier in zip(cpu_s(deployment), before, strict=True)
        )
        print(
            f"{name}: {web:.1f} ms in the web server, {database:.1f} ms in PostgreSQL", flush=True
        )


async def get(pupil: Pupil, path: str) -> None:
    (await pupil.get(path, headers={"HX-Request": ""})).raise_for_status()


async def signed_in(address: str, name: str) -> None:
    async with httpx.AsyncClient(base_url=address, timeout=60, verify=TLS) as browser:
        await browser.get("/accounts/login/")
        token = browser.cookies["csrftoken"]
        data = {"login": name, "password": PASSWORD, "csrfmiddlewaretoken": token}
        headers = {"Referer": f"{address}/"}
        answer = await browser.post("/accounts/login/", data=data, headers=headers)
        assert answer.status_code == 302


def make_people(count: int) -> list[str]:
    from django.contrib.auth.hashers import make_password

    from accounts.models import User

    password = make_password(PASSWORD)
    people = [User(username=f"costs-{n}-x", password=password) for n in range(count)]
    return [user.username for user in User.objects.bulk_create(people)]


def cpu_s(deployment: Deployment) -> tuple[float, float]:
    """Of the web server, and of PostgreSQL with its ended connections."""
    web = psutil.Process(deployment.processes["web"].pid).cpu_times()
    server = psutil.Process(deployment.postgresql.get_pid())
    own = server.cpu_times()
    database = own.user + own.system + own.children_user + own.children_system
    for child in server.children():
        with suppress(psutil.NoSuchProcess):
            times = child.cpu_times()
            database += times.user + times.system
    return web.user + web.system, database


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=60)
    options = parser.parse_args()
    deployment = Deployment(workers=0)
    deployment.start()
    for name in ("beat", "grading", "reading"):
        deployment.kill(name)
    try:
        asyncio.run(measured(deployment, options.pages))
    finally:
        deployment.stop()


if __name__ == "__main__":
    main()
