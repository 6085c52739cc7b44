"""A teacher asks for a draft of a hint; `generation.hint_drafts` writes it."""

import logging

from accounts.models import User
from tutor.attempts.models import Attempt
from tutor.engine.prompts import hint_recipe_for
from tutor.queueing import queue_on_commit
from tutor.solutions.dispatch.model_choice import recipe_in_force, weights_wanted
from tutor.solutions.dispatch.queues import WRITE_HINT_DRAFT, queue_of
from tutor.solutions.models import HintDraft

logger = logging.getLogger(__name__)


def may_draft(attempt: Attempt) -> bool:
    """Whether the model in force writes hints, and may write about this problem."""
    return attempt.item.has_model_help and hint_recipe_for(recipe_in_force().model) is not None


def request_hint_draft(attempt: Attempt, author: User) -> HintDraft:
    """The open draft about an attempt, asked for where there is none."""
    draft, is_new = HintDraft.objects.get_or_create(
        attempt=attempt, fate=HintDraft.Fate.OPEN, defaults={"author": author}
    )
    if is_new:
        logger.info("draft requested pk=%s attempt=%s", draft.pk, attempt.pk)
        queue_on_commit(WRITE_HINT_DRAFT, draft.pk, queue=queue_of(weights_wanted()))
    return draft
