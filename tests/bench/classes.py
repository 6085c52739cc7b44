"""Compares the tokens that a class costs with those that one student costs.

    python -m tests.bench.classes [--students 30] [--problems 10] [--workers 8]

All students ask for the same problems at once, each in another order, and ask again until they have
all solutions. Models, limits, queue and worker are real, on temporary Redis and SQLite; a script
replaces the model.
"""

from __future__ import annotations

import argparse
import random
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.bench.streaming import prepare, start_worker

if TYPE_CHECKING:
    from accounts.models import User
    from tutor.assignments.models import Item
    from tutor.solutions.generation.worker import Worker

PAUSE_S = 0.05  # between two requests of one student
WITHIN_S = 300.0


def make_class(name: str, students: int, problems: int) -> tuple[list[User], list[Item]]:
    from tests.conftest import make_user
    from tests.factories import make_assignment, make_problem, make_section

    users = [make_user(f"{name}-{n}") for n in range(students)]
    section = make_section(teacher=make_user(f"{name}-teacher"), students=users, name=name)
    posed = [make_problem(f"{name}-{n}", final_answer="7") for n in range(problems)]
    return users, list(make_assignment(section, posed).problem_set.items.all())


def ask_for_all(user: User, items: list[Item], seed: int) -> float:
    """Seconds until this student has a finished solution of each problem."""
    from django.db import connection

    from tests.asking import request_for
    from tutor.solutions.dispatch.quotas import QuotaReached
    from tutor.solutions.models import State

    began_at = time.monotonic()
    left = random.Random(seed).sample(items, len(items))
    while left:
        if time.monotonic() - began_at > WITHIN_S:
            raise TimeoutError(f"{user}: {len(left)} solutions are missing after {WITHIN_S:g} s")
        for item in list(left):
            try:
                if request_for(user, item).state == State.ENDED:
                    left.remove(item)
            except QuotaReached:
                continue
        time.sleep(PAUSE_S)
    connection.close()
    return time.monotonic() - began_at


def measure(name: str, students: int, problems: int) -> int:
    """Tokens that the model wrote for a class of this size."""
    from django.db.models import Sum

    from tutor.solutions.models import Solution

    users, items = make_class(name, students, problems)
    with ThreadPoolExecutor(students) as threads:
        waits = list(threads.map(ask_for_all, users, [items] * students, range(students)))
    of_class = Solution.objects.filter(version__problem__items__in=items)
    tokens = int(of_class.aggregate(tokens=Sum("completion_tokens"))["tokens"])
    print(f"{students:4d} students  {tokens:8d} tokens  {of_class.count():4d} solutions", end="  ")
    print(f"all there after {statistics.median(waits):.1f} s (median)", flush=True)
    return tokens


def work(worker: Worker, is_over: threading.Event) -> None:
    from django.db import connection

    while not is_over.wait(0.02):
        worker.solve()
    connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--problems", type=int, default=10)
    parser.add_argument("--workers", type=int, default=8, help="solutions at once")
    options = parser.parse_args()
    prepare("")
    worker = start_worker("", 0)
    is_over = threading.Event()
    with ThreadPoolExecutor(options.workers) as pool:
        for _ in range(options.workers):
            pool.submit(work, worker, is_over)
        try:
            baseline = measure("one", 1, options.problems)
            whole = measure("class", options.students, options.problems)
            print(f"class / one student: {whole / baseline:.3f} of the tokens")
        finally:
            is_over.set()
            worker.drain()
    worker.stop()


if __name__ == "__main__":
    main()
