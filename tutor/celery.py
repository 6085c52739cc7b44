"""The Celery app: queues of generation on GPU nodes, ``grading`` for all other work."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun
from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES

from tutor import logs
from tutor.environment import sentence_at_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutor.settings")
with sentence_at_start():
    settings.LOGGING  # noqa: B018  (reads them all)

# What the beginning of the broker's address stands for.
TRANSPORT_ALIASES.update(redis="tutor.broker:Transport", rediss="tutor.broker:Transport")

# `generation` gives a worker of that queue its engine.
app = Celery(
    "tutor",
    include=[
        "tutor.attempts.sittings",
        "tutor.solutions.generation",
        "tutor.solutions.preparing",
        "tutor.solutions.replies",
        "tutor.solutions.samples",
    ],
)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_by_our_settings(**kwargs: Any) -> None:
    """Without it the level would be that of the option `-l`, and tasks' lines have other forms."""
    dictConfig(settings.LOGGING)


@before_task_publish.connect
def carry_request(headers: dict[str, Any], **kwargs: Any) -> None:
    if logs.request_id() != logs.NONE:
        headers["request_id"] = logs.request_id()


@task_prerun.connect
def begin_request(task_id: str, task: Any, **kwargs: Any) -> None:
    logs.begin(task.request.get("request_id") or task_id)


@task_postrun.connect
def end_request(**kwargs: Any) -> None:
    logs.end()
