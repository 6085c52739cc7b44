"""Measures a school that opens a problem set and submits answers within one minute.

    python -m tests.bench.submissions [--students 300] [--within 60] [--problems 5]

Each student opens the list, the set and a problem, and submits an answer, at a random moment. Web
server, grading worker, Redis and PostgreSQL are real; this process plays the students, on the same
cores.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

import httpx2 as httpx

from tests.faults.deployment import Deployment

if TYPE_CHECKING:
    from tutor.assignments.models import Item

REQUEST_WITHIN_S = 30.0
TYPING_S = (1.0, 4.0)


class Answered(NamedTuple):
    what: str
    status: int  # 0 for no response
    took_s: float


async def attend(
    address: str, session: str, assignment: str, item: Item, begins_s: float
) -> list[Answered]:
    token = "x" * 32
    cookies = {"sessionid": session, "csrftoken": token}
    headers = {"X-CSRFToken": token, "Referer": f"{address}/"}
    answered = []

    async def ask(what: str, method: str, path: str, data: dict[str, object] | None = None) -> None:
        began_at = time.monotonic()
        try:
            status = (await client.request(method, f"{address}{path}", data=data)).status_code
        except httpx.HTTPError:
            status = 0
        answered.append(Answered(what, status, time.monotonic() - began_at))

    submitted = {
        "action": str(uuid4()),
        "number": 1,
        "version": str(item.problem.current.code),
        "response": str(random.randrange(10)),
    }
    await asyncio.sleep(begins_s)
    async with httpx.AsyncClient(
        cookies=cookies, headers=headers, timeout=REQUEST_WITHIN_S, verify=False
    ) as client:
        await ask("list", "GET", "/")
        await ask("set", "GET", assignment)
        await ask("problem", "GET", f"/items/{item.code}/")
        await asyncio.sleep(random.uniform(*TYPING_S))
        await ask("submission", "POST", f"/items/{item.code}/attempts/", submitted)
    return answered


async def all_attend(deployment: Deployment, students: int, problems: int, within_s: float) -> int:
    """The number of failed requests and missing answers."""
    from channels.db import database_sync_to_async

    from tests.faults.faults import make_class
    from tutor.attempts.models import Attempt

    statements = [f"What is 2 + {n}?" for n in range(problems)]
    sessions, items = await database_sync_to_async(make_class)("class", students, statements)
    page = await database_sync_to_async(_page_of)(items[0])
    dice = random.Random(1)
    answers_of_students = await asyncio.gather(
        *(
            attend(deployment.address, session, page, dice.choice(items), dice.uniform(0, within_s))
            for session in sessions
        )
    )
    took: dict[str, list[float]] = defaultdict(list)
    for answered in (answer for student in answers_of_students for answer in student):
        took[answered.what].append(answered.took_s)
    for what, seconds in took.items():
        seconds.sort()
        print(
            f"{what:11s} {len(seconds)}: median {1000 * statistics.median(seconds):.0f} ms,"
            f" p99 {1000 * seconds[int(0.99 * len(seconds))]:.0f} ms"
        )
    statuses = Counter(answer.status for student in answers_of_students for answer in student)
    stored = await Attempt.objects.acount()
    print(f"statuses {dict(statuses)}; {stored} of {students} answers are kept")
    return sum(count for status, count in statuses.items() if status not in {200, 302}) + (
        students - stored
    )


def _page_of(item: Item) -> str:
    return str(item.problem_set.assignments.get().get_absolute_url())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--within", type=float, default=60.0, help="seconds")
    parser.add_argument("--problems", type=int, default=5)
    options = parser.parse_args()
    deployment = Deployment(workers=0)
    deployment.start()
    try:
        wrong = asyncio.run(
            all_attend(deployment, options.students, options.problems, options.within)
        )
    finally:
        deployment.stop()
    if wrong:
        raise SystemExit(f"{wrong} requests failed or answers were lost")


if __name__ == "__main__":
    main()
