"""Takes (6, -3) for 3v = (6, -3) where the statement asks for 3v, and 1/6 for P(total 7) = 1/6."""

from __future__ import annotations

import re

from tutor.grading.answer_key import AnswerKey, Kind

_EQUALS = re.compile(r"(?<![<>!=~:])=(?![=>])")
_LAYOUT = (
    r"(?:[\s{}$*·×]|\\(?:[()\[\], ]|(?:cdot|times|left|right|mathrm|overrightarrow|vec)(?![a-z])))"
)
_IDLE = re.compile(_LAYOUT)
_ASKS = (
    r"(?:(?i:\b(?:find|calculate|compute|evaluate|determine|work out|what is|value of|berechne"
    r"|bestimme|calcule[rz]?|détermine[rz]?|trouve[rz]?|calcula|determina|halla)\b)|求|计算)"
)
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 60  # characters of a name
_EVENT = re.compile(r"\s?[Pp] ?\(([^()=]{2,60})\) ?=(?!=)")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_DENIES = re.compile(
    r"\b(?:not|no|none|nicht|kein\w{0,2}|ne|pas|aucun\w?|sin|ningun\w?)\b|[不没非]", re.IGNORECASE
)
_NAMED_IN_KEY = (Kind.EQUATION, Kind.TEXT, Kind.CHOICE, Kind.TRUTH)


def without_asked_name(response: str, key: AnswerKey, statement: str) -> str:
    """The response without the term before its sign, if the statement asks for this very term.

    Otherwise the response: in "Solve 2x = 6" no 2x is asked for.
    """
    sign = _EQUALS.search(response, 0, _LONGEST)
    if sign is None or key.kind in _NAMED_IN_KEY or key.condition:
        return response
    if key.kind == Kind.NUMBER and _names_event(response, statement):
        return response[sign.end() :].strip()
    name = _IDLE.sub("", response[: sign.start()])
    if len(name) < 2 or not _LETTER.search(name):
        return response
    term = f"{_LAYOUT}{{0,9}}".join(map(re.escape, name))
    asked = rf"{_ASKS}[:：]?{_LAYOUT}{{0,9}}{term}(?!{_LAYOUT}{{0,9}}[=<>+\-^/(A-Za-z0-9])"
    return response[sign.end() :].strip() if re.search(asked, statement) else response


def _names_event(response: str, statement: str) -> bool:
    """Whether it begins as P(total 7) =, in words of a statement that denies nothing."""
    event = _EVENT.match(response)
    if event is None or _DENIES.search(statement):
        return False
    words = set(_WORD.findall(event[1].casefold()))
    return any(map(str.isalpha, words)) and words <= set(_WORD.findall(statement.casefold()))
