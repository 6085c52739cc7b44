"""Takes back the solutions of lost workers; every worker runs one for all of them."""

import logging
import threading
import time
from contextlib import closing

from django.db import connection

from tutor.redis_client import connect
from tutor.solutions.db_connections import call_persistently
from tutor.solutions.dispatch.lifecycle import take_back_abandoned
from tutor.solutions.models import LEASE, Solution

logger = logging.getLogger(__name__)

SWEEP_S = 1.0
HELD_UP_S = 3.0  # a longer gap between two sweeps means that this machine stood still
GRACE_S = LEASE.total_seconds()


class Sweeper:
    """A thread that sweeps sooner than beat does.

    Beat's sweep waits in line behind all tasks of the grading workers. A lease may also run out
    because the database, Redis, this machine or its clock stood still; the sweeper then gives the
    lease's worker time to renew it.
    """

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        fair_since = looked_at = time.time()
        missed = ""  # why the last look failed, to log each reason once
        with closing(connection), connect(fails_fast=True) as client:
            while not self._stopped.wait(SWEEP_S):
                try:
                    client.ping()
                    is_needed = call_persistently(Solution.objects.abandoned().exists)
                    if abs(time.time() - looked_at) > HELD_UP_S:
                        fair_since = time.time()
                    looked_at = time.time()
                    if is_needed and looked_at - fair_since > GRACE_S:
                        call_persistently(take_back_abandoned)
                except Exception as error:  # noqa: BLE001 - whatever it is, the next may succeed
                    looked_at = 0.0
                    if (why := f"{type(error).__name__}: {error}") != missed:
                        logger.warning("no look for lost workers: %s", why)
                    missed = why
                else:
                    missed = ""
