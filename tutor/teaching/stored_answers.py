"""What counts as right, beside the answers that a teacher reads."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import User
from tutor.attempts.models import Attempt
from tutor.courses.access import may_manage
from tutor.courses.models import Enrollment
from tutor.grading import AnswerKey, Verdict
from tutor.grading.multipart import LETTERS
from tutor.problems.checked_key import RightAnswer, right_answer
from tutor.problems.content import InvalidRecord
from tutor.problems.models import Problem, ProblemVersion
from tutor.problems.parts import statement_with

MIN_ALIKE = 3  # students; where fewer give the same wrong answer, it says nothing about the key
MIN_RIGHT_SHARE = 4  # where every fourth is right, the key is not wrong


@dataclass(frozen=True)
class StoredAnswers:
    """answers: each with the letter of its part; empty if the key is unusable."""

    problem: Problem
    answers: list[tuple[str, RightAnswer]]

    def to_part(self, letter: str) -> RightAnswer | None:
        """letter: empty where there are no parts."""
        return dict(self.answers).get(letter)


def stored_answers_for(user: User, attempt: Attempt) -> StoredAnswers | None:
    """None for an assistant, who grades with what the pages show."""
    if not may_manage(user, attempt.enrollment.section):
        return None
    return stored_answers(attempt.version, attempt.item.problem)


def stored_answers(version: ProblemVersion, problem: Problem) -> StoredAnswers:
    """To what `version` asked: as the problem has them now, if it still asks the same."""
    keys = _keys_now(version, problem)
    if keys is None:
        return StoredAnswers(problem, version.checked_key.right_answers())
    letters = LETTERS if version.parts else [""]
    return StoredAnswers(problem, list(zip(letters, map(right_answer, keys), strict=False)))


def _keys_now(version: ProblemVersion, problem: Problem) -> list[AnswerKey] | None:
    """Of a later version, or of the corrected copy that took the problem's place; else None."""
    current = problem.current
    is_current = current is None or current.pk in (version.pk, version.template_id)
    if current is None or is_current or current.is_template != bool(version.seed):
        return None
    with suppress(InvalidRecord):
        content = current.content().variant(version.seed or 1)
        statement = statement_with(content.statement, content.parts)
        if (statement, list(content.choices)) == (version.statement, version.choices):
            return [part.key for part in content.parts] or [content.key]
    return None


def answered_by_version(versions: Iterable[int], section: int) -> dict[int, int]:
    """How many students of the section answered each, also in practice. One query."""
    attempts = Attempt.with_practice.filter(
        version__in=versions,
        enrollment__section=section,
        enrollment__role=Enrollment.Role.STUDENT,
    )
    by_version = attempts.order_by().values_list("version")
    return dict(by_version.annotate(students=Count("enrollment", distinct=True)))


def right_by_question(versions: Iterable[int], section: int) -> Counter[tuple[int, str]]:
    """How many students of the section were ever right, also in practice, by version and part.

    The part is empty for the whole problem. One query.
    """
    attempts = Attempt.with_practice.filter(
        version__in=versions,
        enrollment__section=section,
        enrollment__role=Enrollment.Role.STUDENT,
        grade__isnull=False,
    )
    right = set()
    columns = ("enrollment", "version", "grade__verdict", "grade__parts")
    for enrollment, version, verdict, parts in attempts.order_by().values_list(*columns):
        verdicts = [("", verdict), *zip(LETTERS, (row["verdict"] for row in parts), strict=False)]
        right |= {
            (enrollment, version, letter)
            for letter, of_part in verdicts
            if of_part == Verdict.CORRECT
        }
    return Counter((version, letter) for _enrollment, version, letter in right)


def is_doubted(alike: int, students: int, right: int) -> bool:
    """Whether so many gave the same wrong answer, and so few the right one, that the key may be
    wrong.

    alike: students who gave it, of all who answered the same question. right: those who ever gave
    the right one.
    """
    is_common = alike >= MIN_ALIKE and 2 * alike > students
    return is_common and MIN_RIGHT_SHARE * right < students
