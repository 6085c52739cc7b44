"""Queues a task for a stored row.

The row is the job, and the message only says that it waits. So the message leaves once the row is
committed, and a broker that is down costs nothing but time: a sweep sends again what was not taken.
"""

import logging
from typing import Any

from celery import Signature, Task
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def queue_on_commit(
    task: "Task[..., Any] | Signature[Any]",
    *arguments: object,
    queue: str | None = None,
    priority: int = 0,
    times: int = 1,
) -> None:
    """Send `task` once the transaction is committed.

    queue: None for the queue in which the settings route the task. priority: from 0, which is taken
    first, to 9. times: how many messages, one for each of so many rows.
    """

    options: dict[str, Any] = {"priority": priority} | ({"queue": queue} if queue else {})

    def publish() -> None:
        try:
            for _ in range(times):
                task.apply_async(arguments, **options)
        except OperationalError as error:
            logger.warning("task not sent task=%s arguments=%s: %s", task.name, arguments, error)

    transaction.on_commit(publish)
