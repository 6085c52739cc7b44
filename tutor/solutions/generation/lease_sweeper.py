"""Takes back what generation workers were lost over; each worker has one for all of them."""

import logging
import threading
import time
from contextlib import closing

from django.db import connection

from tutor.solutions.db_connections import kept
from tutor.solutions.dispatch.presence import connect
from tutor.solutions.models import LEASE, Solution
from tutor.solutions.tasks import take_back_abandoned

logger = logging.getLogger(__name__)

SWEEP_S = 1.0
HELD_UP_S = 3.0  # from one sweep to the next
GRACE_S = LEASE.total_seconds()


class Sweeper:
    """A thread that sweeps sooner than beat does.

    Beat's sweep stands in line behind all that the workers of grading do. A lease that ran out
    while the database, Redis, this machine or its clock stood still says nothing of its worker,
    which is given the time to renew it.
    """

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._keep_sweeping, name="sweeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(timeout=5)

    def _keep_sweeping(self) -> None:
        fair_since = looked_at = time.time()
        missed = ""  # why the last look failed, which is told once
        with closing(connection), connect(hurries=True) as client:
            while not self._stopped.wait(SWEEP_S):
                try:
                    client.ping()
                    is_needed = kept(Solution.objects.abandoned().exists)
                    if abs(time.time() - looked_at) > HELD_UP_S:
                        fair_since = time.time()
                    looked_at = time.time()
                    if is_needed and looked_at - fair_since > GRACE_S:
                        kept(take_back_abandoned)
                except Exception as error:  # noqa: BLE001 - whatever it is, the next may succeed
                    looked_at = 0.0
                    if (why := f"{type(error).__name__}: {error}") != missed:
                        logger.warning("no look for lost workers: %s", why)
                    missed = why
                else:
                    missed = ""
