"""Times a teacher's pages in a large school.

    python -m tests.bench.gradebook [--students 300] [--items 40] [--exported 2000]

For each page: queries for a class of 5 and for the large one, and the minimum and median time from
the request to the last byte. Then memory and time of the exports of a far larger class. Uses a
temporary SQLite database.
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
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from accounts.models import User
    from tutor.assignments.models import Assignment
    from tutor.problems.models import Problem

ROUNDS = 7
A_FEW = 5
ATTEMPTS = 2  # of each student at each item
JUDGED = [("correct", 1), ("incorrect", 0), ("incorrect", 0.5)]


def fill(teacher: User, problems: list[Problem], students: int) -> Assignment:
    """One assignment; every student of the class has tried every item."""
    from django.utils import timezone

    from tests.factories import make_assignment, make_section
    from tutor.attempts.models import Attempt, GradeChange
    from tutor.courses.models import Enrollment

    dice = random.Random(1)
    section = make_section(teacher=teacher, students=[])
    places = Enrollment.objects.bulk_create(
        Enrollment(section=section, user=pupil, role=Enrollment.Role.STUDENT)
        for pupil in make_pupils(students)
    )
    assignment = make_assignment(section, problems)
    items = assignment.problem_set.items.select_related("problem__current")
    rows = Attempt.objects.bulk_create(
        (
            Attempt(
                enrollment=enrollment,
                item=item,
                version=item.problem.current,
                number=number,
                action=uuid4(),
                response="5",
                language="en",
                submitted_at=timezone.now() - timedelta(minutes=dice.randrange(900)),
            )
            for enrollment in places
            for item in items
            for number in range(1, ATTEMPTS + 1)
        ),
        batch_size=5_000,
    )
    judged = [(row, dice.choice(JUDGED)) for row in rows]
    GradeChange.objects.bulk_create(
        (
            GradeChange(attempt=row, number=1, source="grader", verdict=verdict, score=score)
            for row, (verdict, score) in judged
        ),
        batch_size=5_000,
    )
    point_at_newest_grades()
    return assignment


def make_pupils(count: int) -> list[User]:
    from accounts.models import User

    first = User.objects.count()
    return User.objects.bulk_create(
        User(username=f"pupil{n}", first_name=f"Anna {n}", last_name=f"Miller {n % 97}")
        for n in range(first, first + count)
    )


def point_at_newest_grades() -> None:
    from django.db.models import OuterRef, Subquery

    from tutor.attempts.models import Attempt, GradeChange

    newest = GradeChange.objects.filter(attempt=OuterRef("pk")).order_by("-number").values("pk")
    Attempt.objects.filter(grade=None).update(grade=Subquery(newest[:1]))


def addresses(assignment: Assignment) -> Iterator[str]:
    from django.urls import reverse

    table = reverse("gradebook-assignment", args=[assignment.code])
    yield from (f"{table}{query}" for query in ("", "?sort=-points", "?show=unfinished"))
    whole = reverse("gradebook-section", args=[assignment.section.code])
    yield from (f"{whole}{query}" for query in ("", "?sort=-total"))
    for name in ("section", "people", "section-skills", "stuck"):
        yield reverse(name, args=[assignment.section.code])
    for name in ("assignment", "statistics"):
        yield reverse(name, args=[assignment.code])


def measure(client: Any, small: Assignment, large: Assignment) -> None:
    print(f"{'queries for':>55}\n{'':40}{A_FEW:>7}{'all':>7}{'least ms':>10}{'median':>8}{'kB':>7}")
    for of_few, of_all in zip(addresses(small), addresses(large), strict=True):
        few, _, _ = visits(client, of_few, rounds=1)
        count, times, size = visits(client, of_all, rounds=ROUNDS)
        name = re.sub("/[0-9a-f-]{36}", "", of_all)
        print(
            f"{name:40}{few:7}{count:7}{min(times):10.0f}{statistics.median(times):8.0f}{size:7.0f}"
        )


def visits(client: Any, address: str, rounds: int) -> tuple[int, list[float], float]:
    """Queries of a visit, milliseconds of each visit, and the page's kB; after a warm-up visit."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert page.status_code == 200, address
    count = len(queries)  # before the next visit clears them
    times = []
    for _ in range(rounds):
        began_at = time.perf_counter()
        client.get(address)
        times.append(1000 * (time.perf_counter() - began_at))
    return count, times, len(page.content) / 1000


def export(assignment: Assignment, kind: str) -> str:
    """Export all students, reading piece by piece as a network does."""
    from tutor.teaching.gradebook.files import assignment_rows
    from tutor.teaching.spreadsheets import csv_chunks, xlsx_chunks

    def send() -> int:
        rows = assignment_rows(assignment)
        chunks = csv_chunks(rows) if kind == "csv" else xlsx_chunks(rows, "Warming up")
        return sum(len(chunk) for chunk in chunks)

    began_at = time.perf_counter()
    sent = send()
    took_s = time.perf_counter() - began_at
    tracemalloc.start()
    send()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return f"{sent / 1000:.0f} kB in {took_s:.1f} s, {peak / 1e6:.1f} MB more at most"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--items", type=int, default=40)
    parser.add_argument("--exported", type=int, default=2_000, help="students of the export")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TUTOR_DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutor.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        run(options.students, options.items, options.exported)


def run(students: int, items: int, exported: int) -> None:
    from django.test import Client

    from accounts.models import User
    from tests.factories import make_problem

    teacher = User.objects.create(username="carol")
    problems = [make_problem(f"sum-{n}") for n in range(items)]
    client = Client(SERVER_NAME="localhost")
    client.force_login(teacher)
    print(f"{students} students, {items} problems, {ATTEMPTS} attempts at each")
    measure(client, fill(teacher, problems, A_FEW), fill(teacher, problems, students))
    large = fill(teacher, problems, exported)
    print(f"\n{exported} students, {exported * items * ATTEMPTS} attempts")
    for kind in ("csv", "xlsx"):
        print(f"export as {kind}: {export(large, kind)}")


if __name__ == "__main__":
    main()
