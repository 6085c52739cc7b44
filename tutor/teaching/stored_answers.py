"""What counts as right, beside the answers that a teacher decides."""

from dataclasses import dataclass

from accounts.models import User
from tutor.courses.access import may_manage
from tutor.courses.models import Section
from tutor.grading.multipart import LETTERS
from tutor.problems.models import Problem, ProblemVersion


@dataclass(frozen=True)
class StoredAnswers:
    """answers: each with the letter of its part; empty if the key is unusable."""

    problem: Problem
    answers: list[tuple[str, str]]
    may_edit: bool


def stored_answers_for(
    user: User, section: Section, version: ProblemVersion
) -> StoredAnswers | None:
    """None for an assistant, who grades with what the pages show."""
    if not may_manage(user, section):
        return None
    key, problem = version.checked_key, version.problem
    values = [answer.value for answer in key.answers()] if key.is_usable else []
    letters = LETTERS if key.parts else [""]
    may_edit = Problem.objects.editable_by(user).contains(problem)
    return StoredAnswers(problem, list(zip(letters, values, strict=False)), may_edit)
