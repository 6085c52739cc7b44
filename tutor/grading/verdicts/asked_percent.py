"""Takes 15% for 15 where the statement asks how many percent."""

from __future__ import annotations

import re

from tutor.grading.answer_key import AnswerKey, Kind

_HOW_MANY = re.compile(
    r"\b(?:what|which|how many|how much) per ?cent|\bpercentage\b|\b(?:as|in) (?:a )?per ?cent\b"
    r"|\bwie ?viel\w{0,2} (?:Prozent|%)|\bProzentsatz|\b(?:in|als) (?:Prozent|%)|\bpourcentage\b"
    r"|\b(?:combien (?:de )?|en )(?:pour ?cent|%)|\bporcentaje\b|\btanto por ciento"
    r"|百分之(?:几|多少)|百分[数比率]",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r" ?(?:\\?[%％]|\b(?:per ?cent|Prozent|pour ?cent|por ciento)\b) ?\.?\Z", re.IGNORECASE
)


def asks_percent(statement: str) -> bool:
    return _HOW_MANY.search(statement) is not None


def without_asked_percent(response: str, key: AnswerKey, statement: str) -> str:
    """15 for 15% where the key has no sign, and the statement asks for one; else the response."""
    if key.kind != Kind.NUMBER or key.condition or _SIGN.search(key.value.strip()):
        return response
    return _SIGN.sub("", response.strip()) if asks_percent(statement) else response
