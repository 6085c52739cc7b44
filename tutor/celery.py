"""The Celery app: the queue ``generation`` on GPU nodes, ``grading`` for all other work."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutor.settings")

# `generation` gives a worker of that queue its engine.
app = Celery("tutor", include=["tutor.solutions.generation", "tutor.solutions.replies"])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
