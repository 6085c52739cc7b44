"""A hint about a student's wrong answer: asked for, written by the model, checked, given.

The model is told the problem, the answer and the working, and no stored answer: the message to
the worker is the key of a row. What it writes is a hint only if it is short and ended by itself,
if it is no refusal, if no calculation of it is refuted, and if nothing of it says the stored
answer. Else it is withheld and asked for again one level lower, for an idea alone; then the student
reads that there is no hint about this answer.

Where the section's hints use its material, the model is told the passages that a search finds, and
the student is pointed to them whatever the model says of them, and where it says nothing at all;
but to none that says the stored answer.
"""

import logging
from datetime import timedelta
from pathlib import PurePath

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tutor.assignments.models import HelpLevel
from tutor.attempts.help import give
from tutor.attempts.leak_check import find_leak, withhold
from tutor.attempts.models import Attempt, WithheldHelp
from tutor.celery import app
from tutor.engine.completion import EngineFailed, Outcome, PromptTooLong
from tutor.engine.prompts import (
    MATERIAL_CODE,
    HintKind,
    HintRecipe,
    StudentWork,
    hint_recipe_for,
)
from tutor.engine.refusals import declines
from tutor.grading import Verdict
from tutor.grading.steps.checks import StepVerdict
from tutor.grading.steps.client import check_step
from tutor.materials.citing import Pointers
from tutor.queueing import queue_on_commit
from tutor.solutions.dispatch.presence import connect, served
from tutor.solutions.dispatch.queues import queue_of
from tutor.solutions.models import Reply, State
from tutor.solutions.recipes import in_force
from tutor.solutions.tasks import weights_wanted
from tutor.text_gate import storable

logger = logging.getLogger(__name__)

LONGEST_HINT = 600  # characters; what is longer works the problem out
MOST_TRIES = 2  # of a reply that takes its worker with it
SEND_AGAIN_AFTER = timedelta(seconds=30)  # where the model's queue is empty
MISSED_AFTER = timedelta(minutes=2)  # where it is not, and a worker takes from it
CHECK_S = 3.0  # of the calculations in a hint


def request_reply(attempt: Attempt) -> Reply | None:
    """The reply to a wrong answer, asked for where there is none; None to any other answer."""
    if attempt.verdict != Verdict.INCORRECT:
        return None
    reply, is_new = Reply.objects.get_or_create(attempt=attempt)
    if is_new:
        logger.info("reply requested pk=%s attempt=%s", reply.pk, attempt.pk)
        send(reply.pk)
    return reply


def send(pk: int) -> None:
    queue_on_commit(write_reply, pk, queue=queue_of(weights_wanted()))


@app.task
def write_reply(pk: int) -> None:
    """On a generation worker, which alone has an engine."""
    from tutor.solutions.generation.celery_worker import (
        running_worker,  # only a generation worker has an engine
    )

    recipe = hint_recipe_for(in_force().model)
    if recipe and running_worker().weights != weights_wanted():
        send(pk)  # another recipe is in force since it was sent
        return
    reply = Reply.objects.claim(pk)
    if reply is None:
        return  # delivered twice
    if recipe is None or reply.tries > MOST_TRIES or not reply.attempt.item.has_model_help:
        _end_without_model(reply)
        return
    pointers = Pointers.about(reply.attempt)
    try:
        for kind in HintKind:
            text = _written(reply, recipe, kind, pointers)
            if reason := _objection(reply.attempt, text):
                logger.info("hint withheld pk=%s kind=%s reason=%s", pk, kind, reason)
                continue
            _end(reply, Reply.Way(kind.value), text, pointers)
            return
    except EngineFailed as error:
        logger.warning("reply given back pk=%s, the engine failed: %s", pk, error)
        Reply.objects.filter(pk=pk, tries=reply.tries).update(state=State.QUEUED)
        return
    except PromptTooLong as error:
        logger.warning("reply failed pk=%s: %s", pk, error)
    _end_without_model(reply)


def _written(
    reply: Reply, recipe: HintRecipe, kind: HintKind, pointers: Pointers
) -> tuple[str, Outcome]:
    from tutor.solutions.generation.celery_worker import (
        running_worker,  # only a generation worker has an engine
    )

    attempt, version = reply.attempt, reply.attempt.version
    work = StudentWork(attempt.response, attempt.working, version.language)
    prompt = recipe.prompt(version.statement, version.choices, work, kind, pointers.in_prompt)
    request_id = f"reply-{reply.pk}-{reply.tries}-{kind}"
    text, outcome = running_worker().unwatched.complete(prompt, recipe.sampling, request_id)
    return pointers.only_shown(storable(text)).strip(), outcome


def _objection(attempt: Attempt, written: tuple[str, Outcome]) -> str:
    """Why this is not given, which is then written down; empty where nothing speaks against it."""
    text, outcome = written
    reason, leak = "", ""
    if outcome is not Outcome.FINISHED or not 0 < len(text) <= LONGEST_HINT or "\\boxed" in text:
        reason = WithheldHelp.Reason.NO_HINT
    elif declines(text):
        reason = WithheldHelp.Reason.DECLINED
    elif leak := find_leak(text, attempt.version):
        reason = WithheldHelp.Reason.LEAK
    elif check_step(attempt.version.statement, [text], CHECK_S).verdict == StepVerdict.REFUTED:
        reason = WithheldHelp.Reason.REFUTED
    if reason:
        withhold(
            *(
                attempt.enrollment,
                attempt.item,
                attempt.version,
                HelpLevel.REPLY,
                attempt.number,
                text,
            ),
            leak=leak,
            reason=reason,
        )
    return str(reason)


def _end(reply: Reply, way: Reply.Way, written: tuple[str, Outcome], pointers: Pointers) -> None:
    attempt = reply.attempt
    with transaction.atomic():
        if Reply.objects.finish(reply, way, recipe=recipe_code(pointers)):
            pointers.cite(attempt)
            place, item, version = attempt.enrollment, attempt.item, attempt.version
            give(place, item, version, HelpLevel.REPLY, attempt.number, written[0])
    logger.info("reply ended pk=%s way=%s", reply.pk, way)


def recipe_code(pointers: Pointers) -> str:
    model = in_force().model
    name, recipe = PurePath(model).name, hint_recipe_for(model)
    if recipe is None:
        return name
    return " ".join([name, recipe.code, *([MATERIAL_CODE] if pointers.in_prompt else [])])


def _end_without_model(reply: Reply) -> None:
    """With passages to read again, where there are any.

    The problem's own next hint is not given: nobody asked for it, and an answer after it would
    count as one with help. The page offers it.
    """
    attempt = reply.attempt
    place, item, version = attempt.enrollment, attempt.item, attempt.version
    pointers = Pointers.about(attempt)
    way = Reply.Way.READING if pointers.shown else Reply.Way.NONE
    with transaction.atomic():
        if Reply.objects.finish(reply, way, recipe=recipe_code(pointers)) and pointers.shown:
            pointers.cite(attempt)
            give(place, item, version, HelpLevel.REPLY, attempt.number, "")
    logger.info("reply ended pk=%s way=%s", reply.pk, way)


@app.task
def sweep_replies() -> None:
    """Send again what no worker has heard of, and take back what a lost worker held."""
    for reply in Reply.objects.abandoned().select_related("attempt__version", "attempt__item"):
        logger.warning("reply taken back from a lost worker pk=%s", reply.pk)
        if reply.tries >= MOST_TRIES:
            _end_without_model(reply)
        else:
            Reply.objects.filter(pk=reply.pk, tries=reply.tries).update(state=State.QUEUED)
    for reply in _unheard():
        Reply.objects.filter(pk=reply.pk).update(queued_at=timezone.now())
        send(reply.pk)


def _unheard() -> QuerySet[Reply]:
    """Those queued ones whose message is lost, or lies in the queue of a former model.

    Where messages wait and no worker is there to take them, one more would be no use.
    """
    wanted = weights_wanted()
    with connect() as client:
        is_empty, is_served = not client.llen(queue_of(wanted)), wanted in served(client)
    if not is_empty and not is_served:
        return Reply.objects.none()
    patience = SEND_AGAIN_AFTER if is_empty else MISSED_AFTER
    return Reply.objects.filter(state=State.QUEUED, queued_at__lt=timezone.now() - patience)
