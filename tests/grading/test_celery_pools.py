"""The grader, its SymPy children included, in a real Celery worker of either pool."""

import subprocess
import sys
import time

import pytest
from django.conf import settings

from tests.grading.celery_app import VERDICTS, app, grade
from tutor.solutions.presence import connect

NUMBER = {"kind": "number", "value": "1/2"}
# Only computer algebra knows this limit, so a child has to answer.
LIMIT = {"kind": "number", "value": r"\lim_{x\to 0}\frac{1-\cos x}{x^2}"}
ASKED = [
    *[("0.5", NUMBER, "correct"), ("2/4", NUMBER, "correct"), ("0.51", NUMBER, "incorrect")],
    *[("9^{9^{9^{9}}}", NUMBER, None), ("__import__('os').abort()", NUMBER, None)],
    ("1/2", LIMIT, "correct"),
] * 5


@pytest.mark.slow
@pytest.mark.parametrize("pool", ["prefork", "threads"])
def test_it_grades_in_a_worker(pool):
    command = [sys.executable, "-m", "celery", "-A", "tests.grading.celery_app", "worker"]
    worker = subprocess.Popen(
        [*command, "--pool", pool, "-c", "4", "--without-gossip", "--without-mingle"],
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for response, key, _ in ASKED:
            grade.delay(response, key)
        verdicts = collected(len(ASKED), within_s=60)
    finally:
        worker.terminate()
        worker.wait(timeout=30)
        app.close()
    for response, _, expected in ASKED:
        if expected is None:
            assert f"{response} correct" not in verdicts
        elif expected == "correct":
            assert f"{response} incorrect" not in verdicts
            # The very first question may find SymPy still loading.
            assert verdicts.count(f"{response} correct") >= verdicts.count(f"{response} undecided")
        else:
            assert f"{response} {expected}" in verdicts


def collected(count, within_s):
    deadline = time.monotonic() + within_s
    with connect() as client:
        while client.llen(VERDICTS) < count:
            assert time.monotonic() < deadline, "the worker did not grade them all"
            time.sleep(0.1)
        return client.lrange(VERDICTS, 0, -1)
