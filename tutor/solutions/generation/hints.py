"""Writes a hint about a student's wrong answer: drafted by the model, checked, then given.

The model gets the problem, the answer and the working, but no stored answer; the message to the
worker holds only the key of a row. A text is given as a hint only if it is short and ended by
itself, is no refusal, speaks to the student, calls no value the answer, contains no calculation
that is refuted, and does not reveal the stored answer. Otherwise it is withheld, and the model is
asked once more, for an idea alone; if that fails too, the student reads that there is no hint about
this answer.

Where the section's hints use its material, the model gets the passages that a search finds. The
student is pointed to those passages even if the model writes no hint, but never to a passage that
reveals the stored answer.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tutor.assignments.models import HelpLevel
from tutor.attempts.help import give
from tutor.attempts.leak_check import withhold
from tutor.attempts.models import Attempt
from tutor.engine.completion import EngineFailed, PromptTooLong
from tutor.engine.prompts import HintKind, HintRecipe, hint_recipe_for
from tutor.materials.citing import Pointers
from tutor.queueing import queue_on_commit
from tutor.redis_client import connect
from tutor.solutions.dispatch.hint_record import asks_model_for_hints
from tutor.solutions.dispatch.model_choice import recipe_in_force, weights_wanted
from tutor.solutions.dispatch.presence import served
from tutor.solutions.dispatch.queues import WRITE_ANSWER_HINT, queue_of
from tutor.solutions.generation.current_worker import running_worker
from tutor.solutions.generation.drafting import (
    MAX_TRIES,
    Draft,
    draft_hint,
    hint_code,
    objection_to,
)
from tutor.solutions.models import AnswerHint, State

logger = logging.getLogger(__name__)

SEND_AGAIN_AFTER = timedelta(seconds=30)  # where the model's queue is empty
MISSED_AFTER = timedelta(minutes=2)  # where it is not, and a worker takes from it


def write_answer_hint(pk: int) -> None:
    recipe = hint_recipe_for(recipe_in_force().model)
    if recipe and running_worker().weights != weights_wanted():
        # The recipe has changed meanwhile.
        queue_on_commit(WRITE_ANSWER_HINT, pk, queue=queue_of(weights_wanted()))
        return
    hint = AnswerHint.objects.claim(pk)
    if hint is None:
        return  # delivered twice
    is_off = hint.tries > MAX_TRIES or not hint.attempt.item.has_model_help
    if recipe is None or is_off or not asks_model_for_hints():
        _end_without_model(hint)
    else:
        _write(hint, recipe)


def _write(hint: AnswerHint, recipe: HintRecipe) -> None:
    """The first draft to which nothing is objected, or what comes without the model."""
    withheld = 0
    pointers = Pointers.about(hint.attempt)
    try:
        for kind in HintKind:
            request_id = f"hint-{hint.pk}-{hint.tries}-{kind}"
            draft = draft_hint(hint.attempt, recipe, kind, pointers, request_id)
            if not _is_withheld(hint.attempt, draft):
                _give(hint, AnswerHint.Source(kind.value), draft, pointers, withheld)
                return
            withheld += 1
    except EngineFailed as error:
        logger.warning("hint given back pk=%s, the engine failed: %s", hint.pk, error)
        AnswerHint.objects.give_back(hint)
        return
    except PromptTooLong as error:
        logger.warning("hint failed pk=%s: %s", hint.pk, error)
    _end_without_model(hint, withheld)


def _is_withheld(attempt: Attempt, draft: Draft) -> bool:
    """Whether something speaks against a draft; it is stored then, with the reason."""
    objection = objection_to(attempt, draft)
    if objection is None:
        return False
    answered = (attempt.enrollment, attempt.item, attempt.version)
    withhold(
        *(*answered, HelpLevel.ANSWER_HINT, attempt.number, draft[0]),
        leak=objection.leak,
        reason=objection.reason,
    )
    logger.info("hint withheld attempt=%s reason=%s", attempt.pk, objection.reason)
    return True


def _give(
    hint: AnswerHint,
    source: AnswerHint.Source,
    draft: Draft,
    pointers: Pointers,
    withheld: int,
) -> None:
    attempt = hint.attempt
    columns = {"source": source, "recipe": hint_code(pointers), "withheld": withheld}
    with transaction.atomic():
        if AnswerHint.objects.finish(hint, **columns):
            pointers.cite(attempt)
            _give_text(attempt, draft[0])
    logger.info("hint ended pk=%s source=%s", hint.pk, source)


def _end_without_model(hint: AnswerHint, withheld: int = 0) -> None:
    """Point to passages to read again, where there are any.

    The problem's own next hint is not given: nobody asked for it, and an answer after it would
    count as one with help. The page offers it.
    """
    attempt = hint.attempt
    pointers = Pointers.about(attempt)
    source = AnswerHint.Source.READING if pointers.shown else AnswerHint.Source.NONE
    columns = {"source": source, "recipe": hint_code(pointers), "withheld": withheld}
    with transaction.atomic():
        ended = AnswerHint.objects.finish(hint, **columns)
        if ended and pointers.shown:
            pointers.cite(attempt)
            _give_text(attempt, "")
    logger.info("hint ended pk=%s source=%s", hint.pk, source)


def _give_text(attempt: Attempt, text: str) -> None:
    give(
        attempt.enrollment,
        attempt.item,
        attempt.version,
        HelpLevel.ANSWER_HINT,
        attempt.number,
        text,
    )


def sweep_answer_hints() -> None:
    """Send again what no worker has heard of, and take back what a lost worker held."""
    for hint in AnswerHint.objects.abandoned().select_related("attempt__version", "attempt__item"):
        logger.warning("hint taken back from a lost worker pk=%s", hint.pk)
        if hint.tries >= MAX_TRIES:
            _end_without_model(hint)
        else:
            AnswerHint.objects.give_back(hint)
    weights = weights_wanted()
    for hint in _overdue(weights):
        AnswerHint.objects.filter(pk=hint.pk).update(queued_at=timezone.now())
        queue_on_commit(WRITE_ANSWER_HINT, hint.pk, queue=queue_of(weights))


def _overdue(weights: str) -> QuerySet[AnswerHint]:
    """Queued hints whose message is lost, or is in the queue of a former model."""
    queued_before = sent_again_before(weights)
    if queued_before is None:
        return AnswerHint.objects.none()
    return AnswerHint.objects.filter(state=State.QUEUED, queued_at__lt=queued_before)


def sent_again_before(weights: str) -> datetime | None:
    """Messages about what was queued before then are lost.

    None where messages wait and no worker takes them: one more would be of no use.
    """
    with connect() as client:
        is_empty, is_served = not client.llen(queue_of(weights)), weights in served(client)
    if not is_empty and not is_served:
        return None
    return timezone.now() - (SEND_AGAIN_AFTER if is_empty else MISSED_AFTER)
