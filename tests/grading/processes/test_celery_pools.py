"""The grader and the checker, their children included, in a real Celery worker of either pool."""

import subprocess
import sys
import time

import pytest
import redis
from django.conf import settings

from tests.grading.processes.celery_app import URL, VERDICTS, app, check, grade

NUMBER = {"kind": "number", "value": "1/2"}
# Only computer algebra knows this limit, so a child has to answer.
LIMIT = {"kind": "number", "value": r"\lim_{x\to 0}\frac{1-\cos x}{x^2}"}
GRADED = [
    *[("0.5", "correct"), ("2/4", "correct"), ("0.51", "incorrect")],
    *[("9^{9^{9^{9}}}", "undecided"), ("__import__('os').abort()", "unreadable")],
] * 5
CHECKED = [("1+1=2", "proved"), ("1+1=3", "refuted"), ("Thus.", "unchecked")] * 5
WITHIN_S = 900  # beside tests that take both cores; most of it is SymPy's start in each process


@pytest.fixture
def client():
    """Of an empty Redis, which may take long to answer beside others."""
    with redis.Redis.from_url(URL, decode_responses=True) as client:
        client.flushall()
        yield client


@pytest.mark.slow
@pytest.mark.parametrize("pool", ["prefork", "threads"])
def test_it_grades_and_checks_in_a_worker(pool, client):
    command = [sys.executable, "-m", "celery", "-A", "tests.grading.processes.celery_app", "worker"]
    worker = subprocess.Popen(
        [*command, "--pool", pool, "-c", "2", "--without-gossip", "--without-mingle"],
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for response, _ in GRADED:
            grade.delay(response, NUMBER)
        for step, _ in CHECKED:
            check.delay(step)
        expected = [*GRADED, *CHECKED]
        queued = begun = len(expected)
        assert sorted(collected(client, begun)) == sorted(
            f"{text} {verdict}" for text, verdict in expected
        )
        # A question that finds SymPy still loading is undecided, and never wrong.
        while (verdicts := collected(client, queued)).count("1/2 correct") < 2:
            assert set(verdicts[begun:]) <= {"1/2 correct", "1/2 undecided"}
            assert queued < begun + WITHIN_S, "SymPy never answered"
            grade.delay("1/2", LIMIT)
            queued += 1
    finally:
        worker.terminate()
        worker.wait(timeout=120)
        app.close()


def collected(client, count):
    deadline = time.monotonic() + WITHIN_S
    while client.llen(VERDICTS) < count:
        assert time.monotonic() < deadline, "the worker did not grade them all"
        time.sleep(0.1)
    return client.lrange(VERDICTS, 0, -1)
