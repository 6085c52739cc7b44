"""Says what probably went wrong in a wrong answer, once it is graded."""

from tutor.attempts.models import Attempt
from tutor.figures import without_figures
from tutor.grading import AnswerKey, Rule, Verdict
from tutor.grading.mistakes.client import explain_answer
from tutor.problems.models import ProblemVersion

# An author's own words about this answer say more, and an earlier part's wrong answer is no mistake
# of this one.
_EXPLAINED_BY = (Rule.EXPECTED, Rule.CARRIED)


def explain_mistakes(attempt: Attempt) -> None:
    """Store, for the answer or each of its parts, the usual mistake that leads to exactly it."""
    _explain_by(attempt.version, attempt)


def explain_again(attempt: Attempt, version: ProblemVersion) -> None:
    """By the corrected key of `version`: what its former key named as a mistake may be none."""
    is_explained = attempt.mistake or any(row.get("mistake") for row in attempt.parts)
    if not is_explained:
        return
    attempt.mistake = {}
    for row in attempt.parts:
        row.pop("mistake", None)
    Attempt.with_practice.filter(pk=attempt.pk).update(mistake={}, parts=attempt.parts)
    _explain_by(version, attempt)


def _explain_by(version: ProblemVersion, attempt: Attempt) -> None:
    if attempt.verdict != Verdict.INCORRECT or attempt.grade is None:
        return
    if attempt.parts:
        _explain_parts(version, attempt)
        return
    key = version.checked_key
    if key.is_usable and attempt.grade.rule not in _EXPLAINED_BY:
        attempt.mistake = _explained(attempt.response, key.whole, version.statement_without_figures)
        if attempt.mistake:
            Attempt.with_practice.filter(pk=attempt.pk).update(mistake=attempt.mistake)


def _explain_parts(version: ProblemVersion, attempt: Attempt) -> None:
    if not version.checked_key.is_usable:
        return
    graded = zip(attempt.parts, attempt.grade.parts, strict=False)  # type: ignore[union-attr]
    for index, (row, grade) in enumerate(graded):
        is_wrong = grade["verdict"] == Verdict.INCORRECT and row["response"]
        if is_wrong and grade["rule"] not in _EXPLAINED_BY:
            key = version.checked_key.parts[index].key
            row["mistake"] = _explained(row["response"], key, _question(version, index))
    if any(row.get("mistake") for row in attempt.parts):
        Attempt.with_practice.filter(pk=attempt.pk).update(parts=attempt.parts)


def _explained(response: str, key: AnswerKey, statement: str) -> dict[str, object]:
    explanation = explain_answer(response, key, statement)
    return explanation.to_dict() if explanation else {}


def _question(version: ProblemVersion, index: int) -> str:
    return without_figures(f"{version.opening}\n\n{version.parts[index]['prompt']}")
