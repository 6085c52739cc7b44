"""The Celery tasks of solutions, hints and samples; all but beat send them by name.

See `dispatch.queues` for the names.
"""

import logging

from tutor.celery import app
from tutor.redis_client import connect
from tutor.solutions.dispatch import lifecycle
from tutor.solutions.dispatch.model_choice import weights_wanted
from tutor.solutions.dispatch.presence import served
from tutor.solutions.dispatch.queues import model_queues
from tutor.solutions.generation import hint_drafts, hints, readiness_samples
from tutor.solutions.generation.current_worker import running_worker
from tutor.solutions.models import LEASE, ReadinessSample, Solution
from tutor.solutions.requests import precompute

logger = logging.getLogger(__name__)


# On a generation worker, which alone has an engine.


@app.task
def generate_solution() -> None:
    running_worker().solve()


@app.task
def write_answer_hint(pk: int) -> None:
    hints.write_answer_hint(pk)


@app.task
def write_hint_draft(pk: int) -> None:
    hint_drafts.write_hint_draft(pk)


@app.task
def take_sample() -> None:
    readiness_samples.take_sample()


# Sent by beat, and by requests that need not wait for it.


@app.task
def prepare_solutions() -> None:
    precompute.prepare_solutions()


@app.task
def sweep_solutions() -> None:
    """Take back what dead workers held, and send again what no worker has heard of.

    Workers take back sooner: a lease may have run out while the database stood still.
    """
    lifecycle.end_orphaned()
    lifecycle.take_back_abandoned(LEASE)
    lifecycle.resend_overdue()


@app.task
def sweep_answer_hints() -> None:
    hints.sweep_answer_hints()
    hint_drafts.sweep_hint_drafts()


@app.task
def sweep_samples() -> None:
    readiness_samples.sweep_samples()


@app.task
def drop_former_queues() -> None:
    """Delete the queues of models that are neither in force nor served, and that no row waits for.

    Their messages would be counted as waiting for ever.
    """
    with connect() as client:
        current = {weights_wanted(), *served(client)}
        for weights, queue in model_queues(client).items():
            solutions = Solution.objects.waiting().of_weights(weights)
            samples = ReadinessSample.objects.queued().of_weights(weights)
            if weights not in current and not solutions.exists() and not samples.exists():
                client.delete(queue)
                logger.info("queue dropped model=%s", weights)
