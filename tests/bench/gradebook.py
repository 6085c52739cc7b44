"""The gradebook at the size of a large school.

    python -m tests.bench.gradebook [--students 300] [--items 40] [--attempts 2]

Server time of the two pages, from the request to the last byte of the answer, and memory of the
exports, on an SQLite database of its own that is thrown away.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from tutor.assignments.models import Assignment

ROUNDS = 5


def fill(students: int, items: int, attempts: int) -> Assignment:
    """One assignment and its class; each student has `attempts` attempts at each item."""
    from django.utils import timezone

    from accounts.models import User
    from tests.factories import make_assignment, make_problem, make_section
    from tutor.attempts.models import Attempt, GradeChange
    from tutor.courses.models import Enrollment

    dice = random.Random(1)
    teacher = User.objects.create(username="carol")
    pupils = User.objects.bulk_create(
        User(username=f"pupil{n}", first_name=f"Anna {n}", last_name=f"Miller {n % 97}")
        for n in range(students)
    )
    section = make_section(teacher=teacher, students=[])
    places = Enrollment.objects.bulk_create(
        Enrollment(section=section, user=pupil, role=Enrollment.Role.STUDENT) for pupil in pupils
    )
    problems = [make_problem(f"sum-{n}") for n in range(items)]
    assignment = make_assignment(section, problems)
    rows = Attempt.objects.bulk_create(
        (
            Attempt(
                enrollment=place,
                item=item,
                version=item.problem.current,
                number=number,
                action=uuid4(),
                response="5",
                language="en",
                submitted_at=timezone.now() - timedelta(minutes=dice.randrange(900)),
            )
            for place in places
            for item in assignment.problem_set.items.select_related("problem__current")
            for number in range(1, attempts + 1)
        ),
        batch_size=5_000,
    )
    judged = [
        (row, dice.choice([("correct", 1), ("incorrect", 0), ("incorrect", 0.5)])) for row in rows
    ]
    changes = GradeChange.objects.bulk_create(
        (
            GradeChange(attempt=row, number=1, source="grader", verdict=verdict, score=score)
            for row, (verdict, score) in judged
        ),
        batch_size=5_000,
    )
    for row, change in zip(rows, changes, strict=True):
        row.grade = change
    Attempt.objects.bulk_update(rows, ["grade"], batch_size=400)
    return assignment


def cpu_and_wall_ms(act: Callable[[], object]) -> tuple[float, float]:
    """Medians of several rounds, after one that warms up."""
    act()
    cpu, wall = [], []
    for _ in range(ROUNDS):
        began_at = time.process_time(), time.perf_counter()
        act()
        cpu.append(time.process_time() - began_at[0])
        wall.append(time.perf_counter() - began_at[1])
    return 1000 * statistics.median(cpu), 1000 * statistics.median(wall)


def peak_mb(act: Callable[[], object]) -> float:
    """The most that Python held at once during `act`, beyond what was there before."""
    tracemalloc.start()
    act()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--items", type=int, default=40)
    parser.add_argument("--attempts", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TUTOR_DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutor.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        measure(fill(options.students, options.items, options.attempts))


def measure(assignment: Assignment) -> None:
    from django.test import Client
    from django.urls import reverse

    from accounts.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="carol"))
    table = reverse("gradebook-assignment", args=[assignment.code])
    section = reverse("gradebook-section", args=[assignment.section.code])
    print(f"{'':44}{'CPU ms':>8}{'wall ms':>9}{'kB':>7}")
    queries = ("", "?sort=-points", "?sort=-1", "?show=unfinished")
    pages = [f"{table}{query}" for query in queries] + [section, f"{section}?sort=-total"]
    for address in pages:
        page = client.get(address)
        assert page.status_code == 200
        cpu, wall = cpu_and_wall_ms(lambda address=address: client.get(address))
        name = re.sub("/[0-9a-f-]{36}", "", address)
        print(f"{name:44}{cpu:8.0f}{wall:9.0f}{len(page.content) / 1000:7.0f}")
    for kind in ("csv", "xlsx"):
        print(f"export as {kind}: {export(assignment, kind)}")


def export(assignment: Assignment, kind: str) -> str:
    """Of all students, sent piece by piece as over the network."""
    from tutor.teaching.exports import csv_chunks, xlsx_chunks
    from tutor.teaching.views import assignment_rows

    def send() -> int:
        rows = assignment_rows(assignment)
        chunks = csv_chunks(rows) if kind == "csv" else xlsx_chunks(rows, "Warming up")
        return sum(len(chunk) for chunk in chunks)

    _, wall = cpu_and_wall_ms(send)
    return f"{send() / 1000:.0f} kB in {wall / 1000:.1f} s, {peak_mb(send):.1f} MB at most"


if __name__ == "__main__":
    main()
