"""What counts as right, beside the answers that a teacher decides."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from tutor.attempts.models import Attempt
from tutor.courses.access import may_manage
from tutor.grading import AnswerKey
from tutor.grading.multipart import LETTERS
from tutor.problems.models import Problem


@dataclass(frozen=True)
class StoredAnswers:
    """answers: each with the letter of its part; empty if the key is unusable."""

    problem: Problem
    answers: list[tuple[str, str]]


def stored_answers_for(user: User, attempt: Attempt) -> StoredAnswers | None:
    """None for an assistant, who grades with what the pages show."""
    if not may_manage(user, attempt.enrollment.section):
        return None
    key = attempt.version.checked_key
    values = [_in_words(answer) for answer in key.answers()] if key.is_usable else []
    letters = LETTERS if key.parts else [""]
    return StoredAnswers(attempt.item.problem, list(zip(letters, values, strict=False)))


def _in_words(key: AnswerKey) -> str:
    if not key.condition:
        return key.value
    return _("%(condition)s; for example %(answer)s") % {
        "condition": key.condition,
        "answer": key.value,
    }
