"""Writes drafts of hints for teachers, with the same checks as hints for students."""

import logging

from django.utils import timezone

from tutor.engine.completion import EngineFailed, PromptTooLong
from tutor.engine.prompts import HintKind, HintRecipe, hint_recipe_for
from tutor.materials.citing import Pointers
from tutor.queueing import queue_on_commit
from tutor.solutions.dispatch.model_choice import recipe_in_force, weights_wanted
from tutor.solutions.dispatch.queues import WRITE_HINT_DRAFT, queue_of
from tutor.solutions.generation.current_worker import running_worker
from tutor.solutions.generation.drafting import MAX_TRIES, draft_hint, hint_code, objection_to
from tutor.solutions.generation.hints import sent_again_before
from tutor.solutions.models import HintDraft, State

logger = logging.getLogger(__name__)

MAX_DRAFT_LENGTH = 500  # characters
_NO_PASSAGES = Pointers([], {})  # a message cites nothing


def write_hint_draft(pk: int) -> None:
    """One about the answer, or else an idea to begin with, if it passes the checks."""
    recipe = hint_recipe_for(recipe_in_force().model)
    if recipe and running_worker().weights != weights_wanted():
        queue_on_commit(WRITE_HINT_DRAFT, pk, queue=queue_of(weights_wanted()))
        return
    job = HintDraft.objects.claim(pk)
    if job is None:
        return  # delivered twice
    if recipe is None or job.tries > MAX_TRIES:
        _end(job)
    else:
        _write(job, recipe)


def _write(job: HintDraft, recipe: HintRecipe) -> None:
    reason = ""
    try:
        for kind in HintKind:
            request_id = f"draft-{job.pk}-{job.tries}-{kind}"
            draft = draft_hint(job.attempt, recipe, kind, _NO_PASSAGES, request_id)
            objection = objection_to(job.attempt, draft, MAX_DRAFT_LENGTH)
            if objection is None:
                _end(job, text=draft[0])
                return
            reason = objection.reason
    except EngineFailed as error:
        logger.warning("draft given back pk=%s, the engine failed: %s", job.pk, error)
        HintDraft.objects.give_back(job)
        return
    except PromptTooLong as error:
        logger.warning("draft failed pk=%s: %s", job.pk, error)
    _end(job, objection=reason)


def _end(job: HintDraft, *, text: str = "", objection: str = "") -> None:
    """The teacher may have given it up meanwhile; then that stays its fate."""
    code = hint_code(_NO_PASSAGES)
    if HintDraft.objects.finish(job, text=text, objection=objection, recipe=code) and not text:
        job.decide(HintDraft.Fate.NONE)
    logger.info("draft ended pk=%s objection=%s", job.pk, objection)


def sweep_hint_drafts() -> None:
    """As `hints.sweep_answer_hints`, for drafts."""
    for job in HintDraft.objects.abandoned():
        logger.warning("draft taken back from a lost worker pk=%s", job.pk)
        if job.tries >= MAX_TRIES:
            _end(job)
        else:
            HintDraft.objects.give_back(job)
    weights = weights_wanted()
    queued_before = sent_again_before(weights)
    if queued_before is None:
        return
    for job in HintDraft.objects.filter(state=State.QUEUED, queued_at__lt=queued_before):
        HintDraft.objects.filter(pk=job.pk).update(queued_at=timezone.now())
        queue_on_commit(WRITE_HINT_DRAFT, job.pk, queue=queue_of(weights))
