"""A Celery app that only grades and checks, for trying that in real worker pools."""

import os

import redis
from celery import Celery

from tutor.grading import grade_response, read_key
from tutor.grading.check_process.client import check_step

URL = os.environ["REDIS_URL"]
VERDICTS = "verdicts"

app = Celery("grading", broker=URL.replace("unix://", "redis+socket://", 1))
app.conf.task_ignore_result = True


@app.task
def grade(response: str, key: dict[str, str]) -> None:
    _note(response, grade_response(response, read_key(key)).verdict)


@app.task
def check(step: str) -> None:
    _note(step, check_step("", [step], within_s=30).verdict)


def _note(text: str, verdict: str) -> None:
    with redis.Redis.from_url(URL) as client:
        client.rpush(VERDICTS, f"{text} {verdict}")
