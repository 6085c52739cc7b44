"""Divisions in a sentence: each gets 8 and 3 are left."""

from __future__ import annotations

import re

from tutor.grading.sentences.doubts import is_doubtful
from tutor.grading.sentences.words import changes_answer

_NUMBER = re.compile(r"(?<![A-Za-z\d.,/])\d{1,9}(?![\d/]|[.,]\d)")
_REMAINDER = re.compile(  # in front of it, however it is spelled
    r"\b(?:r[aei]{1,2}[mst]{1,2}[a-zä]{0,9}|bleib\w{1,3}|sobra\w{0,2}|qued\w{1,3}|residuo)\b|[余剩]",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\b(?:left|over|remain\w{0,3}|übrig|uebrig|bleib\w{1,3}|sobra\w{0,2}|qued\w{1,3}|rest(?:en?|an|ent)?)\b"
    r"|[余剩]",
    re.IGNORECASE,
)
_QUOTIENT = re.compile(
    r"\b(?:quotien\w{0,3}|cocient\w{0,2}|times|mal|fois|veces)\b|商", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_\u4e00-\u9fff]{2,}")
_SIGNS = re.compile(r"[=+*/^<>:()]|\\")


def division_in(text: str) -> str:
    """8 R 3 for two numbers of which the words call the second what is left; "" otherwise."""
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) != 2 or len(re.findall(r"\d+", text)) != 2 or _SIGNS.search(text):
        return ""
    first, second = numbers
    ends = text[: first.start()], text[first.end() : second.start()], text[second.end() :]
    is_said = _REMAINDER.search(ends[1]) or _LEFT.search(ends[2])
    if not is_said or _REMAINDER.search(ends[0]) or is_doubtful(text) or _changes(text):
        return ""
    return f"{first[0]} R {second[0]}"


def _changes(text: str) -> bool:
    """Whether another word makes more of a number than a quotient or a remainder."""
    plain = _QUOTIENT.sub(" ", _LEFT.sub(" ", _REMAINDER.sub(" ", text)))
    return any(map(changes_answer, _WORD.findall(plain)))
