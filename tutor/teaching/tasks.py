"""Regrading and spreading advice by a worker. A Regrade row is the job."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from accounts.models import User
from tutor.attempts.judging.advice import spread
from tutor.attempts.judging.explaining import explain_again
from tutor.attempts.models import Advice
from tutor.attempts.tasks import THOROUGH_WORK_S
from tutor.celery import app
from tutor.courses.models import Section
from tutor.problems.models import ProblemVersion
from tutor.queueing import queue_on_commit
from tutor.teaching.models import Regrade
from tutor.teaching.regrading import Effect, Regrader, attempts_at, outcome_of

logger = logging.getLogger(__name__)

SPREADING_WORK_S = 60.0
UNSPREAD_AFTER = timedelta(minutes=2)  # longer than a worker takes for one
BATCH = 25  # attempts between two updates of the progress
ABANDONED_AFTER = timedelta(minutes=3)  # longer than a batch of the slowest answers


def start_regrade(
    version: ProblemVersion,
    sections: Iterable[Section],
    author: User,
    reason: str,
    *,
    never_lower: bool,
    other_wordings: bool,
) -> Regrade:
    """Store the order and queue its task. version: has the key to grade by."""
    sections, problem = list(sections), version.problem
    with transaction.atomic():
        regrade = Regrade.objects.create(
            problem=problem,
            version=version,
            author=author,
            reason=reason,
            never_lower=never_lower,
            other_wordings=other_wordings,
            total=attempts_at(problem, sections).count(),
        )
        regrade.sections.set(sections)
        send(regrade.pk)
    return regrade


def send(pk: int) -> None:
    queue_on_commit(apply_regrade, pk)


@app.task
def apply_regrade(pk: int) -> None:
    """A second delivery finds everything done, or gives way to the worker that is ahead."""
    regrade = Regrade.objects.filter(pk=pk, finished_at=None).select_related("version").first()
    if regrade is None:
        return
    regrader = Regrader(regrade.version, regrade.other_wordings, THOROUGH_WORK_S)
    while attempts := list(
        attempts_at(regrade.problem, regrade.sections.all()).filter(pk__gt=regrade.cursor)[:BATCH]
    ):
        changed = 0
        for attempt in attempts:
            outcome = outcome_of(attempt, regrader, never_lower=regrade.never_lower)
            if outcome.effect == Effect.CHANGED and outcome.grade:
                changed += attempt.regrade(
                    outcome.grade,
                    author=regrade.author,
                    reason=regrade.reason,
                    never_lower=regrade.never_lower,
                )
            if version := regrader.version_for(attempt):
                explain_again(attempt, version)
        if not regrade.advance(attempts[-1].pk, done=len(attempts), changed=changed):
            return  # another worker is ahead
    regrade.finish()
    logger.info("regrade finished pk=%s", pk)


@app.task
def sweep_regrades() -> None:
    """Send abandoned regrades again: their worker died, or the broker was away."""
    for pk in Regrade.objects.abandoned(ABANDONED_AFTER).values_list("pk", flat=True)[:100]:
        send(pk)


def send_advice(pk: int) -> None:
    """Let a worker compare the answers for which the page had no time."""
    queue_on_commit(spread_advice, pk)


@app.task
def spread_advice(pk: int) -> None:
    """A second delivery finds everything done."""
    unspread = Advice.objects.filter(pk=pk, spread_at=None)
    advice = unspread.select_related("version", "assignment").first()
    if advice is not None and not spread(advice, SPREADING_WORK_S):
        logger.warning("advice reached not all answers pk=%s", pk)
        advice.finish_spreading()  # another try would get no further


@app.task
def sweep_advice() -> None:
    """Send again the advice that no worker has compared with all earlier answers."""
    for pk in Advice.objects.unspread(UNSPREAD_AFTER).values_list("pk", flat=True)[:100]:
        send_advice(pk)
