"""A Celery app that only grades and checks, for trying that in real worker pools."""

import os

import redis
from celery import Celery

from tutor.grading import AnswerKey, grade_response
from tutor.grading.step_process import check_step

URL = os.environ["REDIS_URL"]
VERDICTS = "verdicts"

app = Celery("grading", broker=URL.replace("unix://", "redis+socket://", 1))
app.conf.task_ignore_result = True


@app.task
def grade(response: str, key: dict[str, str]) -> None:
    _note(response, grade_response(response, AnswerKey.from_dict(key)).verdict)


@app.task
def check(step: str) -> None:
    _note(step, check_step("", [step], within_s=30).verdict)


def _note(text: str, verdict: str) -> None:
    with redis.Redis.from_url(URL) as client:
        client.rpush(VERDICTS, f"{text} {verdict}")
