"""Measures a whole school signing in from one address while a class works.

    python -m tests.bench.sign_ins [--pupils 300] [--within 110] [--old 0.33] [--servers 2]

Each student opens the page, mistypes the password --typos times, then signs in. A share of them,
--old, have an outdated hash, which is replaced; half of the others have a one-time password.
Meanwhile ten others open a problem. The web servers, two as docs/production.md advises, Redis and
PostgreSQL are real; this process plays the students, on the same cores. Says how much slower the
processor is than an ordinary one.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from itertools import cycle
from typing import NamedTuple

import httpx2 as httpx

from tests.bench.neighbours import Pupil, a_class
from tests.faults.deployment import Deployment
from tests.processor import slowness

PASSWORD = "river-of-nine"
BROWSERS = 10


class SignedIn(NamedTuple):
    is_in: bool
    took_s: float  # of the successful try


TLS = httpx.create_ssl_context()  # shared: creating one costs as much as ten sign-ins


async def sign_in(address: str, name: str, password: str, typos: int, begins_s: float) -> SignedIn:
    await asyncio.sleep(begins_s)
    async with httpx.AsyncClient(base_url=address, timeout=300, verify=TLS) as browser:
        await browser.get("/accounts/login/")
        token = browser.cookies["csrftoken"]
        for typed in [f"{password}-{n}" for n in range(typos)] + [password]:
            data = {"login": name, "password": typed, "csrfmiddlewaretoken": token}
            began_at = time.monotonic()
            answer = await browser.post(
                "/accounts/login/", data=data, headers={"Referer": f"{address}/"}
            )
            took_s = time.monotonic() - began_at
            await asyncio.sleep(random.uniform(0.5, 2))
        return SignedIn(answer.status_code == 302, took_s)


async def browse(pupil: Pupil, done: asyncio.Event) -> list[float]:
    took = []
    while not done.is_set():
        began_at = time.monotonic()
        (await pupil.get(pupil.page)).raise_for_status()
        took.append(time.monotonic() - began_at)
        await asyncio.sleep(random.uniform(0.5, 1.5))
    return took


def make_school(count: int, old: float) -> dict[str, str]:
    """The password of each. old: the share of those with an outdated hash."""
    from django.contrib.auth.hashers import make_password

    from accounts.models import User
    from accounts.one_time_passwords import give_one_time_password

    new, outdated = make_password(PASSWORD), make_password(PASSWORD, hasher="pbkdf2_sha256")
    num_old = round(old * count)
    people = [User(username=f"pupil{n}", password=new) for n in range(count)]
    for user in people[:num_old]:
        user.password = outdated
    passwords = {user.username: PASSWORD for user in people}
    for user in people[num_old::2]:
        passwords[user.username] = give_one_time_password(user)
    User.objects.bulk_create(people)
    return passwords


async def measured(deployment: Deployment, options: argparse.Namespace) -> int:
    """The number of students who could not sign in."""
    from channels.db import database_sync_to_async

    passwords = await database_sync_to_async(make_school)(options.pupils, options.old)
    servers = await asyncio.to_thread(deployment.run_web_servers, options.servers)
    working = await a_class(deployment, "a-class", BROWSERS)
    for number, pupil in enumerate(working):
        pupil.base_url = servers[number % len(servers)]
    before_s = deployment.web_cpu_s()
    done, dice, began_at = asyncio.Event(), random.Random(1), time.monotonic()
    browsing = [asyncio.create_task(browse(pupil, done)) for pupil in working]
    people = await asyncio.gather(
        *(
            sign_in(address, name, password, options.typos, dice.uniform(0, options.within))
            for address, (name, password) in zip(cycle(servers), passwords.items(), strict=False)
        )
    )
    took_s = time.monotonic() - began_at
    done.set()
    pages = [took for pupil in await asyncio.gather(*browsing) for took in pupil]
    inside = sum(person.is_in for person in people)
    print(f"this machine is {slowness():.1f} times slower than an ordinary one")
    print(f"{inside} of {len(people)} signed in within {took_s:.0f} s, {options.typos} typos each")
    print(f"  a good sign-in: {spread([person.took_s for person in people])}")
    print(f"  {len(pages)} pages of others: {spread(pages)}")
    print(f"  CPU of the web servers: {deployment.web_cpu_s() - before_s:.0f} s", flush=True)
    return len(people) - inside


def spread(took: list[float]) -> str:
    ms = [round(1000 * duration) for duration in sorted(took)]
    middle, most = ms[len(ms) // 2], ms[-1]
    return f"median {middle}, p99 {ms[int(0.99 * len(ms))]}, most {most} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pupils", type=int, default=300)
    parser.add_argument("--within", type=float, default=110.0, help="seconds in which they come")
    parser.add_argument("--typos", type=int, default=1)
    parser.add_argument("--old", type=float, default=0.33, help="share with an outdated hash")
    parser.add_argument("--servers", type=int, default=2, help="web servers")
    options = parser.parse_args()
    deployment = Deployment(workers=0)
    deployment.start()
    try:
        locked_out = asyncio.run(measured(deployment, options))
    finally:
        deployment.stop()
    if locked_out:
        raise SystemExit(f"{locked_out} were not let in")


if __name__ == "__main__":
    main()
