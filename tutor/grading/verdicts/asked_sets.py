"""Takes A ∪ B = {…} as another set than the one that the statement asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.answer_key import AnswerKey, Grade, Kind, Rule, Verdict

_OPERATION = re.compile(
    r"(?<![A-Za-z\\])([A-Z])\s?(∩|∪|\\cap(?![a-z])|\\cup(?![a-z]))\s?([A-Z])(?![A-Za-z])"
)
_NAMED = re.compile(rf"\W{{0,3}}{_OPERATION.pattern}\W{{0,3}}=")
Combination = tuple[str, frozenset[str]]


def unless_other_set(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade; undecided where the response names another union or intersection than is asked."""
    named = _NAMED.match(response)
    if grade.verdict != Verdict.CORRECT or key.kind != Kind.SET or named is None:
        return grade
    asked = set(_combinations(statement))
    if not asked or set(_combinations(named[0])) <= asked:
        return grade
    return Grade(Verdict.UNDECIDED, 0, Rule.NAMES, answer=grade.answer)


def _combinations(text: str) -> Iterator[Combination]:
    for left, sign, right in _OPERATION.findall(text):
        yield "∩" if sign in ("∩", r"\cap") else "∪", frozenset((left, right))
