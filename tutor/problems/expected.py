"""Answers that the author of a problem foresaw: usual wrong ones, and others that count too."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from tutor.grading import (
    AnswerKey,
    Feedback,
    Grade,
    InvalidKey,
    Kind,
    Rule,
    Unreadable,
    Verdict,
    grade_response,
    read_key,
)
from tutor.grading.multipart import PartKey, weighted
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.words import choice_letters
from tutor.grading.processes.work_budget import WorkBudget
from tutor.problems.conditions import condition_in, fulfils, is_condition
from tutor.problems.parts import InvalidParts, responses_in

EVERY_OTHER = "*"
FULL = 100  # percent
# Options that a row has not.
_OF_VALUE = ("form", "places", "tolerance", "relative", "shares", "condition")
_DECIMAL = re.compile(r"\d{1,30}(\.\d{1,30})?|\.\d{1,30}")
_JUDGED = (Verdict.CORRECT, Verdict.INCORRECT)


@dataclass(frozen=True)
class Expected:
    """An answer that the author foresaw, and what is said to whoever gives it.

    answer: as the key's kind is written, or a test such as `if answer > 3`, or `*` for every wrong
    answer without a row of its own.
    percent: its share of the points; 100 makes it another right answer.
    tolerance: how far off a number may be, a decimal; empty means exact.
    """

    answer: str
    feedback: str = ""
    percent: int = 0
    tolerance: str = ""

    @property
    def is_right(self) -> bool:
        return self.percent == FULL

    @property
    def is_every_other(self) -> bool:
        return self.answer.strip() == EVERY_OTHER

    def why_unusable(self) -> str:
        """A sentence for the author; empty where it can be used."""
        if self.tolerance and not _DECIMAL.fullmatch(self.tolerance):
            return _("a tolerance is a decimal such as 0.01")
        if not self.feedback and not self.percent:
            return _("say what the student is told, or give it a share of the points")
        return ""

    def to_dict(self) -> dict[str, Any]:
        """As an exchange file writes it; defaults are left out, except an empty feedback."""
        data = asdict(self)
        unset = [name for name in ("percent", "tolerance") if not data[name]]
        return {name: value for name, value in data.items() if name not in unset}


def key_of(row: Expected, key: AnswerKey) -> AnswerKey:
    """The key with the expected answer as its value, in any form. Raises InvalidKey."""
    fields = {name: value for name, value in key.to_dict().items() if name not in _OF_VALUE}
    tolerance = {"tolerance": row.tolerance} if row.tolerance else {}
    return read_key({**fields, "value": row.answer, **tolerance})


def accepted_keys(key: AnswerKey, rows: Iterable[Expected]) -> Iterator[AnswerKey]:
    """Keys of the other right answers."""
    for row in rows:
        if row.is_right and not (row.is_every_other or is_condition(row.answer, key)):
            with suppress(InvalidKey):  # stored past the checks
                yield key_of(row, key)


def foreseen(
    response: str, key: AnswerKey, rows: Iterable[Expected], max_work_s: float = 2.0
) -> Expected | None:
    """The row that describes this answer; None if there is none, or the work was too much.

    The grader decides whether it is the expected answer, so 1+x matches x+1.
    """
    rows = list(rows)
    row, _open_percent = _first_described(response, key, rows, max_work_s)
    return row or _of_chosen(response, key, rows) or _every_other(rows)


def _first_described(
    response: str, key: AnswerKey, rows: Iterable[Expected], max_work_s: float
) -> tuple[Expected | None, int]:
    """The first row that describes the answer; and the most percent of those before that may."""
    budget = WorkBudget(max_work_s)
    open_percent = 0
    for row in rows:
        if not budget.left_s or row.is_every_other:
            continue
        describes = _describes(row, response, key, budget)
        if describes:
            return row, open_percent
        if describes is None:
            open_percent = max(open_percent, row.percent)
    return None, open_percent


def _describes(row: Expected, response: str, key: AnswerKey, budget: WorkBudget) -> bool | None:
    """None where a condition cannot be decided."""
    try:
        if is_condition(row.answer, key):
            return fulfils(response, condition_in(row.answer), key, budget.left_s)
        grade = grade_response(response, key_of(row, key), budget.left_s)
    except InvalidKey:
        return False  # stored past the checks
    return grade.verdict == Verdict.CORRECT


def _every_other(rows: Iterable[Expected]) -> Expected | None:
    return next((row for row in rows if row.is_every_other), None)


def _of_chosen(response: str, key: AnswerKey, rows: Iterable[Expected]) -> Expected | None:
    """What is said to each of several choices that were made, in one row."""
    if key.kind != Kind.CHOICE:
        return None
    with suppress(Unreadable):
        chosen = choice_letters(normalize_text(response))
        sentences = [row.feedback for row in rows if row.answer.strip() in chosen and row.feedback]
        if sentences:
            return Expected(response, "\n\n".join(sentences))
    return None


def with_foreseen(
    grade: Grade,
    response: str,
    key: AnswerKey,
    rows: Iterable[Expected],
    max_work_s: float = 2.0,
) -> Grade:
    """The grade, with what the author foresaw for this answer: its share and its feedback."""
    if grade.verdict not in _JUDGED or not response.strip():
        return grade
    is_right = grade.verdict == Verdict.CORRECT
    rows = [row for row in rows if row.is_right and row.feedback] if is_right else list(rows)
    if not rows:
        return grade
    row, open_percent = _first_described(response, key, rows, max_work_s)
    if open_percent > max(FULL * grade.score, row.percent if row else 0):
        return Grade(Verdict.UNDECIDED, 0, Rule.CONDITION, answer=grade.answer)
    row = row or _of_chosen(response, key, rows) or _every_other(rows)
    if row is None:
        return grade
    feedback = Feedback.text(row.feedback) if row.feedback else None
    verdict = Verdict.CORRECT if row.is_right else grade.verdict
    score = max(grade.score, row.percent / FULL)
    return replace(grade, verdict=verdict, score=score, rule=Rule.EXPECTED, feedback=feedback)


def parts_with_foreseen(
    grade: Grade,
    responses: Sequence[str],
    parts: Sequence[PartKey],
    expected: Iterable[Expected],
    max_work_s: float = 2.0,
) -> Grade:
    """The grade of several parts, with what the author foresaw for the answers to them."""
    if grade.verdict == Verdict.UNREADABLE or len(grade.parts) != len(parts):
        return grade
    budget, rows = WorkBudget(max_work_s), list(expected)
    grades = [
        with_foreseen(
            part_grade, response, part.key, expected_in(n, rows, len(parts)), budget.left_s
        )
        for n, (part_grade, response, part) in enumerate(
            zip(grade.parts, [*responses, *[""] * len(parts)], parts, strict=False)
        )
    ]
    if grades == list(grade.parts):
        return grade
    return _together(replace(grade, parts=tuple(grades)), parts)


def _together(grade: Grade, parts: Sequence[PartKey]) -> Grade:
    score = weighted([part.score for part in grade.parts], [part.weight for part in parts])
    is_right = all(part.verdict == Verdict.CORRECT for part in grade.parts)
    return replace(grade, verdict=Verdict.CORRECT if is_right else grade.verdict, score=score)


def expected_in(index: int, expected: Iterable[Expected], count: int) -> list[Expected]:
    """The expected answers to the part at `index`, of `count` parts, without its letter."""
    rows_of_part = []
    for row in expected:
        with suppress(InvalidParts):  # stored past the checks
            responses = responses_in(row.answer, count)
            if len(responses) == index + 1:
                rows_of_part.append(replace(row, answer=responses[-1]))
    return rows_of_part
