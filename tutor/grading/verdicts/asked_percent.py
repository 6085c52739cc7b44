"""Takes 15% for 15 where the statement asks how many percent."""

from __future__ import annotations

import re

from tutor.grading.answer_key import AnswerKey, Grade, Kind, Verdict
from tutor.grading.grade import grade_response

_HOW_MANY = re.compile(
    r"\b(?:what|which|how many|how much) per ?cent|\bpercentage\b|\b(?:as|in) (?:a )?per ?cent\b"
    r"|\bwie ?viel\w{0,2} (?:Prozent|%)|\bProzentsatz|\b(?:in|als) (?:Prozent|%)|\bpourcentage\b"
    r"|\b(?:combien (?:de )?|en )(?:pour ?cent|%)|\bporcentaje\b|\btanto por ciento"
    r"|百分之(?:几|多少)|百分[数比率]",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"\s*(?:\\?[%％]|\b(?:per ?cent|Prozent|pour ?cent|por ciento)\b)\s*\.?\s*\Z", re.IGNORECASE
)


def asks_percent(statement: str) -> bool:
    return _HOW_MANY.search(statement) is not None


def with_asked_percent(grade: Grade, response: str, key: AnswerKey, statement: str) -> Grade:
    """The grade; that of 15 for 15% where the key has no sign, and the statement asks for one."""
    if grade.verdict == Verdict.CORRECT or key.kind != Kind.NUMBER or key.condition:
        return grade
    number = _SIGN.sub("", response)
    if number == response or _SIGN.search(key.value) or not asks_percent(statement):
        return grade
    without_sign = grade_response(number, key)
    return without_sign if without_sign.verdict == Verdict.CORRECT else grade
