"""The heartbeat of a generation worker: a thread that wakes every second.

It renews the leases, hears of cancellations, writes checkpoints, announces the worker, and stops
solutions whose viewers have left.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from uuid import UUID

import redis
import redis.exceptions
from django.db import DatabaseError, InterfaceError, connection, transaction

from tutor.redis_client import connect
from tutor.solutions.db_connections import call_persistently
from tutor.solutions.dispatch.presence import Presence, announce
from tutor.solutions.generation.job import Job, Stop
from tutor.solutions.log.viewers import watched
from tutor.solutions.models import Checkpoint, Solution

logger = logging.getLogger(__name__)

HEARTBEAT_S = 1.0
CHECKPOINT_S = 2.0
UNWATCHED_S = 15.0  # long enough for a page that is loaded again, or a web server that restarts

Jobs = Mapping[int, Job]


class Heartbeat:
    """jobs: the worker's, by primary key. presence: what to announce. stop_job: stops one."""

    def __init__(
        self,
        worker: UUID,
        jobs: Jobs,
        *,
        presence: Callable[[], Presence],
        stop_job: Callable[[Job, Stop], None],
    ) -> None:
        self._worker = worker
        self._jobs = jobs
        self._presence = presence
        self._stop_job = stop_job
        self._missed: dict[str, str] = {}  # what the last beat could not do, and why
        self._checkpointed_at = time.monotonic()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        with closing(connection), connect(fails_fast=True) as client:
            while not self._stopped.wait(HEARTBEAT_S):
                self._beat(client)

    def _beat(self, client: "redis.Redis") -> None:
        """The leases first: they must be renewed even while Redis is away."""
        try:
            call_persistently(self._renew_leases, dict(self._jobs))
        except (DatabaseError, InterfaceError) as error:
            # The leases outlive a short outage; after a long one others take over.
            self._note_missed("heartbeat missed", error)
        else:
            self._missed.pop("heartbeat missed", None)
        try:
            announce(client, self._presence())
            self._stop_unwatched(client, dict(self._jobs))
        except redis.exceptions.RedisError as error:
            self._note_missed("worker not announced", error)
        else:
            self._missed.pop("worker not announced", None)

    def _note_missed(self, what: str, error: Exception) -> None:
        """Logged once for each reason, which may last for hours."""
        if self._missed.get(what) != str(error):
            logger.warning("%s: %s", what, error)
        self._missed[what] = str(error)

    def _renew_leases(self, jobs: Jobs) -> None:
        """Renew the leases of `jobs`, and stop those that were cancelled or lost."""
        if not jobs:
            return
        held = Solution.objects.held_by(self._worker).filter(pk__in=jobs)
        held.renew()
        rows = {row.pk: row for row in held.only("cancel_requested_at", "runs_unwatched")}
        for pk, job in jobs.items():
            if pk not in rows:
                self._stop_job(job, Stop.LOST)
                continue
            job.solution.runs_unwatched = rows[pk].runs_unwatched  # may have changed since
            if rows[pk].cancel_requested_at:
                self._stop_job(job, Stop.CANCELLED)
        if time.monotonic() - self._checkpointed_at >= CHECKPOINT_S:
            self._checkpointed_at = time.monotonic()
            self.checkpoint(jobs)

    def _stop_unwatched(self, client: "redis.Redis", jobs: Jobs) -> None:
        """Stop those whose last viewer has left before there was any answer."""
        stoppable = {pk: job for pk, job in jobs.items() if not job.solution.runs_unwatched}
        if not stoppable:
            return
        seen, now = watched(client, stoppable), time.monotonic()
        for pk, job in stoppable.items():
            job.unwatched_since = None if pk in seen else job.unwatched_since or now
            if job.unwatched_since is None or job.is_answering:
                continue
            if now - job.unwatched_since >= UNWATCHED_S:
                self._stop_job(job, Stop.CANCELLED)

    def checkpoint(self, jobs: Jobs) -> None:
        """Write to the database what the logs have got since the last checkpoint."""
        new = {pk: (job, job.new_records()) for pk, job in jobs.items()}
        with transaction.atomic():
            # Locked, so that nobody claims one meanwhile and reads half of it.
            held = Solution.objects.held_by(self._worker).filter(pk__in=new).select_for_update()
            fences = dict(held.values_list("pk", "fence"))
            stored = [
                (job, records)
                for pk, (job, records) in new.items()
                if records and fences.get(pk) == job.solution.fence
            ]
            Checkpoint.objects.store(
                [Checkpoint.of(job.solution, job.checkpointed, records) for job, records in stored]
            )
        for job, records in stored:
            job.checkpointed += len(records)
