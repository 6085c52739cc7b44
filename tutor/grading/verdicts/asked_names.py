"""Takes the value for what stands before it and is the statement's own.

As in 3v = (6, -3) where 3v is asked for, in P(total 7) = 1/6 and in 4.3782 ≈ 4.38.
"""

from __future__ import annotations

import re

from tutor.grading.answer_key import NUMBERS, AnswerKey, Kind

_EQUALS = re.compile(r"(?<![<>!=~:])=(?![=>])")
_LAYOUT = (
    r"(?:[\s{}$*·×]|\\(?:[()\[\], ]|(?:cdot|times|left|right|mathrm|overrightarrow|vec)(?![a-z])))"
)
_IDLE = re.compile(_LAYOUT)
_ASKS = (
    r"(?:(?i:\b(?:find|calculate|compute|evaluate|determine|work out|what is|value of|berechne"
    r"|bestimme|calcule[rz]?|détermine[rz]?|trouve[rz]?|calcula|determina|halla)\b)|求|计算)"
)
_DECIMAL = r"([-+]?\d{1,15}(?:[.,]\d{1,15})?)"
_ROUNDED = re.compile(rf"\s?{_DECIMAL} ?(?:≈|≃|\\approx(?![a-z])) ?(?={_DECIMAL}\s?\Z)")
_LETTER = re.compile(r"[^\W\d_]")
MAX_ROUNDING = 0.5  # of the larger number: 7 is rounded to 10
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
    rounded = _ROUNDED.match(response) if key.kind in NUMBERS else None
    if rounded and _rounds_given(rounded, statement):
        return rounded[2]
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


def _rounds_given(rounded: re.Match[str], statement: str) -> bool:
    """Whether the first number of 4.3782 ≈ 4.38 stands in the statement and is about the second."""
    text = re.escape(rounded[1]).replace(",", r"(?:,|\{,\})")
    exact, near = (float(number.replace(",", ".")) for number in rounded.groups())
    is_near = abs(exact - near) <= MAX_ROUNDING * max(abs(exact), abs(near))
    return is_near and bool(re.search(rf"(?<![\d.,]){text}(?!\d|[.,]\d)", statement))


def _names_event(response: str, statement: str) -> bool:
    """Whether it begins as P(total 7) =, in words of a statement that denies nothing."""
    event = _EVENT.match(response)
    if event is None or _DENIES.search(statement):
        return False
    words = set(_WORD.findall(event[1].casefold()))
    return any(map(str.isalpha, words)) and words <= set(_WORD.findall(statement.casefold()))
