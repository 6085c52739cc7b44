"""Queues solutions, queues them again, takes them back from lost workers, and ends them."""

import logging
from datetime import timedelta

from django.utils import timezone

from tutor.engine.completion import Outcome
from tutor.engine.prompts import weights_of
from tutor.grading import Feedback, FeedbackCode
from tutor.queueing import queue_on_commit
from tutor.redis_client import connect
from tutor.solutions import metrics
from tutor.solutions.dispatch.model_choice import weights_wanted
from tutor.solutions.dispatch.presence import absent_models, present_workers
from tutor.solutions.dispatch.queues import GENERATE_SOLUTION, models_with_empty_queues, queue_of
from tutor.solutions.log.protocol import SolutionEnd
from tutor.solutions.log.stored_log import close_log, read_records
from tutor.solutions.log.token_log import last_id_of, longer_log
from tutor.solutions.log.transcript import transcript_of
from tutor.solutions.models import MAX_CRASHES, Solution, State

logger = logging.getLogger(__name__)

SERVER_AWAY = Feedback(FeedbackCode.SERVER_AWAY)
ORPHANED = Feedback(FeedbackCode.MODEL_GONE)
SEND_AGAIN_AFTER = timedelta(seconds=3)  # and the next sweep; a second message does no harm


def send(solution: Solution) -> None:
    """Tell the workers that some row waits for this model; the one that hears it takes the next."""
    queue_on_commit(GENERATE_SOLUTION, queue=queue_of(weights_of(solution.recipe)))


def resend(solution: Solution) -> None:
    queued = Solution.objects.filter(pk=solution.pk, state=State.QUEUED)
    if queued.update(queued_at=timezone.now()):
        send(solution)


def resend_overdue() -> None:
    """Send again what no worker has heard of."""
    overdue = timezone.now() - SEND_AGAIN_AFTER
    waiting = Solution.objects.filter(state=State.QUEUED, queued_at__lt=overdue).only(
        "recipe", "crashes", "fence"
    )
    with connect() as client:
        models = models_with_empty_queues(client, {solution.recipe for solution in waiting})
    for solution in waiting:
        if not set_aside(solution) and weights_of(solution.recipe) in models:
            resend(solution)


def cancel_solution(solution: Solution) -> None:
    """End it at once while it is queued; else its worker stops it within a second."""
    now = timezone.now()
    streaming = Solution.objects.filter(pk=solution.pk, state=State.STREAMING)
    if streaming.update(cancel_requested_at=now):
        return
    queued = Solution.objects.filter(pk=solution.pk, state=State.QUEUED)
    if queued.update(state=State.ENDED, outcome=Outcome.ABORTED, ended_at=now):
        solution.checkpoints.all().delete()
        close_log(solution.pk, solution.fence, SolutionEnd(Outcome.ABORTED))
        metrics.add(metrics.increment("solutions_ended", Outcome.ABORTED, ""))


def take_back_abandoned(for_: timedelta = timedelta()) -> None:
    """Queue again what lost workers held. Any number of processes may do so at once."""
    if not Solution.objects.abandoned(for_).exists():
        return
    with connect() as client:
        alive = {worker.worker for worker in present_workers(client)}
    for pk in Solution.objects.take_back_abandoned(for_, alive):
        logger.warning("solution taken back from a lost worker pk=%s", pk)
        solution = Solution.objects.get(pk=pk)
        if not set_aside(solution):
            resend(solution)
        metrics.add(metrics.increment("leases_lost"))


def end_orphaned() -> None:
    """End queued solutions whose model no worker has and no active recipe asks for."""
    former = Solution.objects.filter(state=State.QUEUED).exclude(
        recipe__startswith=f"{weights_wanted()} "
    )
    if not former.exists():
        return
    with connect() as client:
        absent = absent_models(client, former.values_list("recipe", flat=True))
    for solution in former.filter(recipe__in=absent):
        logger.warning("solution orphaned pk=%s, asked by %s", solution.pk, solution.recipe)
        end_unfinished(solution, ORPHANED)


def set_aside(solution: Solution) -> bool:
    """End a queued solution whose workers crashed too often, keeping its text."""
    if solution.crashes < MAX_CRASHES or not end_unfinished(solution):
        return False
    logger.error("solution set aside pk=%s crashes=%d", solution.pk, solution.crashes)
    return True


def end_unfinished(solution: Solution, feedback: Feedback | None = None, failure: str = "") -> bool:
    """End a solution that nobody goes on with, keeping its text; False where it has ended.

    feedback: the reason, for viewers. failure: the reason for administrators, where it differs;
    without either, the last failure of a worker is the reason.
    """
    records = longer_log(read_records(solution.pk), solution.checkpoints.records())
    transcript = transcript_of(records)
    closing = transcript.give_up()
    reason = failure or str(feedback or "")
    columns = {"failure": reason, "failed_at": timezone.now()} if reason else {}
    if not solution.finish(transcript, Outcome.ENGINE_FAILED, None, feedback=feedback, **columns):
        return False
    end = SolutionEnd(
        Outcome.ENGINE_FAILED, tokens=transcript.tokens, feedback=solution.end().feedback
    )
    close_log(solution.pk, solution.fence, *closing, end, after=last_id_of(records))
    metrics.add(metrics.of_ended(solution))
    return True
