"""Ends or resends a worker's solutions while its model's server is away."""

import logging
import time
from datetime import timedelta

from django.utils import timezone

from tutor.engine.prompts import weights_name
from tutor.redis_client import connect
from tutor.solutions.db_connections import DatabaseThreads
from tutor.solutions.dispatch.lifecycle import SERVER_AWAY, end_unfinished, resend
from tutor.solutions.dispatch.presence import present_workers
from tutor.solutions.generation.engine_host import MAX_ABSENCE_S
from tutor.solutions.generation.job import Job
from tutor.solutions.models import Solution

logger = logging.getLogger(__name__)


class ServerAbsence:
    """Solutions of the model `weights` go on when its server is back, but do not wait for ever."""

    def __init__(self, weights: str, database: DatabaseThreads) -> None:
        self._weights = weights
        self._database = database
        # For each solution that broke off: the most tokens it reached, and when it reached them.
        self._progress: dict[int, tuple[int, float]] = {}

    def has_stalled(self, job: Job) -> bool:
        """Whether the solution first broke off long ago, and has got no further since."""
        now = time.monotonic()
        tokens = job.writer.transcript.tokens if job.writer else 0
        farthest, since = self._progress.get(job.solution.pk, (-1, now))
        if tokens > farthest:
            farthest, since = tokens, now
        self._progress[job.solution.pk] = farthest, since
        return now - since > MAX_ABSENCE_S

    def forget(self, solution: Solution) -> None:
        self._progress.pop(solution.pk, None)

    def resend_waiting(self) -> None:
        """Send the waiting solutions again, now that the server is back."""
        self._database.call(self._resend_waiting)

    def _resend_waiting(self) -> None:
        for solution in Solution.objects.waiting().of_weights(self._weights):
            resend(solution)

    def end_long_waiting(self) -> None:
        """End solutions that have waited long, unless another worker can go on with them."""
        with connect() as client:
            ready = [worker for worker in present_workers(client) if worker.is_ready]
        if self._weights not in {weights_name(worker.model, None) for worker in ready}:
            self._database.call(self._end_long_waiting)

    def _end_long_waiting(self) -> None:
        long_ago = timezone.now() - timedelta(seconds=MAX_ABSENCE_S)
        begun = Solution.objects.waiting().of_weights(self._weights).filter(fence__gt=0)
        for solution in begun.filter(claimed_at__lt=long_ago):
            logger.warning("solution ended pk=%s, its server is away", solution.pk)
            end_unfinished(solution, SERVER_AWAY)
