"""What beat does every few seconds looks at what is unfinished, and not through all that ended."""

import re
from inspect import signature

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench.school import fill
from tutor.celery import app

SWEEPS = sorted(
    beat["task"]
    for beat in settings.CELERY_BEAT_SCHEDULE.values()
    if not beat["task"].startswith("tutor.privacy.")  # once a day
)
# Whoever stores work sends these; a sweep sends them again.
SENT_WITH_WORK = {
    *("tutor.attempts.tasks.grade_next_slow", "tutor.attempts.tasks.check_next_working"),
    *("tutor.solutions.tasks.generate_solution", "tutor.solutions.tasks.take_sample"),
}
GROWING = ("attempts_attempt", "solutions_reply", "solutions_sample", "solutions_solution")
PARTIAL = "solution_unfinished|[a-z]+_(waiting|at_work)|attempt_to_be_graded|working_to_check"
WHOLE = {
    "postgresql": re.compile(rf"Seq Scan on ({'|'.join(GROWING)})\b"),
    "sqlite": re.compile(rf"SCAN ({'|'.join(GROWING)})(?! USING (COVERING )?INDEX ({PARTIAL}))"),
}
EXPLAIN = {"postgresql": "EXPLAIN ", "sqlite": "EXPLAIN QUERY PLAN "}


def plans(queries: CaptureQueriesContext) -> list[tuple[str, str]]:
    sql_and_plans = []
    for query in queries.captured_queries:
        if not query["sql"].startswith(("SELECT", "UPDATE", "DELETE")):
            continue
        with connection.cursor() as cursor:
            cursor.execute(EXPLAIN[connection.vendor] + query["sql"])
            sql_and_plans.append(
                (query["sql"], "\n".join(str(row[-1]) for row in cursor.fetchall()))
            )
    return sql_and_plans


def check_sweeps() -> None:
    """That no query of a sweep reads one of the tables that grow from end to end."""
    app.loader.import_default_modules()
    looked_at = 0
    for name in SWEEPS:
        with CaptureQueriesContext(connection) as queries:
            app.tasks[name]()
        for sql, plan in plans(queries):
            looked_at += any(table in sql for table in GROWING)
            assert not WHOLE[connection.vendor].search(plan), (name, sql, plan)
    assert looked_at >= 8


def test_beat_sends_every_task_that_looks_for_work():
    app.loader.import_default_modules()
    looking = {
        name
        for name, task in app.tasks.items()
        if not name.startswith("celery.") and not signature(task.run).parameters
    }
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled == looking - SENT_WITH_WORK


@pytest.mark.slow
def test_no_sweep_reads_a_table_that_grows_from_end_to_end(db):
    fill(people=100, classes=30, attempts=3_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    check_sweeps()


def test_no_sweep_reads_what_postgresql_takes_for_a_large_table(db):
    """Few rows, of which the planner believes that they are a million; SQLite's is asked above."""
    if connection.vendor == "sqlite":
        return
    fill(people=5, classes=5, attempts=30)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(
            "UPDATE pg_class SET reltuples = 1000000 WHERE relname = ANY(%s)", [[*GROWING]]
        )
        check_sweeps()
        cursor.execute("DROP INDEX solution_unfinished")
    with pytest.raises(AssertionError, match="Seq Scan on solutions_solution"):
        check_sweeps()
