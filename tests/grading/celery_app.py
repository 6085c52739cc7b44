"""A Celery app that only grades, for trying the grader in real worker pools."""

import os

import redis
from celery import Celery

from tutor.grading import AnswerKey, grade_response

URL = os.environ["REDIS_URL"]
VERDICTS = "verdicts"

app = Celery("grading", broker=URL.replace("unix://", "redis+socket://", 1))
app.conf.task_ignore_result = True


@app.task
def grade(response: str, key: dict[str, str]) -> None:
    found = grade_response(response, AnswerKey.from_dict(key))
    with redis.Redis.from_url(URL) as client:
        client.rpush(VERDICTS, f"{response} {found.verdict}")
