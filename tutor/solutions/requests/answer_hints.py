"""Asks for a hint about a wrong answer; `generation.hints` writes it."""

import logging

from tutor.attempts.models import Attempt
from tutor.grading import Verdict
from tutor.queueing import queue_on_commit
from tutor.solutions.dispatch.model_choice import weights_wanted
from tutor.solutions.dispatch.queues import WRITE_ANSWER_HINT, queue_of
from tutor.solutions.models import AnswerHint

logger = logging.getLogger(__name__)


def request_answer_hint(attempt: Attempt) -> AnswerHint | None:
    """The hint about a wrong answer, asked for once; None for any other answer."""
    if attempt.verdict != Verdict.INCORRECT:
        return None
    hint, is_new = AnswerHint.objects.get_or_create(attempt=attempt)
    if is_new:
        logger.info("hint requested pk=%s attempt=%s", hint.pk, attempt.pk)
        queue_on_commit(WRITE_ANSWER_HINT, hint.pk, queue=queue_of(weights_wanted()))
    return hint
