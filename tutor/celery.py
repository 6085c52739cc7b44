"""The Celery app: the queue ``generation`` on GPU nodes, ``grading`` for all other work."""

import os
from typing import Any

from celery import Celery
from celery.signals import celeryd_after_setup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutor.settings")

app = Celery("tutor")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_after_setup.connect
def start_engine(instance: Any, **kwargs: Any) -> None:
    """Give a worker that takes `generation` its engine before it takes a task."""
    if "generation" in instance.app.amqp.queues.consume_from:
        from tutor.solutions.generation import start_generation

        start_generation(instance)
