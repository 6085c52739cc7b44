"""The Celery app: ``generation`` on GPU nodes, ``reading`` for files, ``grading`` for all else.

Answers never wait behind a file: each queue has workers of its own.
"""

import logging
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import (
    beat_init,
    before_task_publish,
    celeryd_after_setup,
    setup_logging,
    task_postrun,
    task_prerun,
)
from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES

from tutor import logs
from tutor.environment import sentence_at_start
from tutor.stores import wait_for_stores

logger = logging.getLogger(__name__)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutor.settings")
with sentence_at_start():
    settings.LOGGING  # noqa: B018  (reads them all)

# The transport for each scheme of the broker's address.
TRANSPORT_ALIASES.update(redis="tutor.broker:Transport", rediss="tutor.broker:Transport")

GENERATION = "generation"  # gives a worker of that queue its engine, and the queue of its model
app = Celery(
    "tutor",
    include=[
        "tutor.attempts.exercises.tasks",
        "tutor.operations.celery_announcing",
        "tutor.solutions.generation.celery_worker",
    ],
)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

QUEUES = (
    settings.CELERY_TASK_DEFAULT_QUEUE,
    *sorted({route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}),
    GENERATION,
)


@setup_logging.connect
def log_by_our_settings(**kwargs: Any) -> None:
    """Without this, the option `-l` sets the level, and tasks log in another format."""
    dictConfig(settings.LOGGING)


@contextmanager
def ended_by_errors() -> Iterator[None]:
    """End the process with status 1 if the block fails.

    Celery only logs what the handlers of its signals raise.
    """
    try:
        yield
    except Exception as error:
        logger.critical("this process cannot begin", exc_info=True)
        raise SystemExit(f"This process cannot begin: {error}") from error


@celeryd_after_setup.connect
def refuse_unknown_queues(instance: Any, **kwargs: Any) -> None:
    """End a worker that would wait at a queue into which nothing is ever put."""
    if instance.app is not app:  # this app's signals are those of all apps
        return
    if unknown := unknown_queues(instance.app.amqp.queues.consume_from):
        raise SystemExit(
            f"There is no queue {', '.join(unknown)}. The queues are {', '.join(QUEUES)};"
            f" a worker of {GENERATION} takes from {GENERATION}.MODEL too."
        )


def unknown_queues(names: Collection[str]) -> list[str]:
    """Those that no worker of these queues can serve; `generation.…` alone comes with no engine."""
    serves_models = GENERATION in names
    return [
        name
        for name in names
        if name not in QUEUES and not (serves_models and name.startswith(f"{GENERATION}."))
    ]


@celeryd_after_setup.connect
@beat_init.connect
def wait_before_work(sender: Any, instance: Any = None, **kwargs: Any) -> None:
    """Wait for the stores: until then a worker takes no task, and beat sends nothing.

    instance: the worker, whose name is the sender; beat is its own sender.
    """
    if (instance or sender).app is not app:  # this app's signals are those of all apps
        return
    with ended_by_errors():
        wait_for_stores()


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
