"""Divisions in a sentence: each gets 8 and 3 are left."""

from __future__ import annotations

import re

from tutor.grading.comparison.shown_working import are_equal, worked_out
from tutor.grading.parsing.answers import decimal_points
from tutor.grading.sentences.answer_shapes import EQUALS
from tutor.grading.sentences.clauses import SO, statements_of
from tutor.grading.sentences.doubts import is_doubtful
from tutor.grading.sentences.lexicon import WordRole, role_of

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
_SO = re.compile(SO, re.IGNORECASE)
_TOLD_REST = re.compile(
    rf"(?:{_REMAINDER.pattern})\D{{0,12}}?(\d{{1,9}})|(\d{{1,9}}) (?:{_LEFT.pattern})",
    re.IGNORECASE,
)
_TOLD_QUOTIENT = re.compile(
    r"(?:\b(?:quotien\w{0,3}|cocient\w{0,2})\b|商)\D{0,12}?(\d{1,9})", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_\u4e00-\u9fff]{2,}")
_CHANGING = (WordRole.CALCULATION, WordRole.CHANGE)
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


def concluded_division(text: str, decimal_comma: bool) -> str:
    """9 R 2 for "8 · 9 = 72 and 2 are left, so 9 remainder 2"; "" where these differ."""
    told = list(_SO.finditer(text))
    division = division_in(text[told[-1].end() :]) if told else ""
    before = text[: told[-1].start()] if division else ""
    if not division or is_doubtful(before) or not _agrees(before, division):
        return ""
    plain = decimal_points(before) if decimal_comma else before
    sides = [EQUALS.split(statement.text) for statement in statements_of(plain)]
    return division if all(map(_is_true, sides)) else ""


def _agrees(before: str, division: str) -> bool:
    """Whether no other quotient and no other remainder stands before it."""
    quotient, _, rest = division.partition(" R ")
    told = [match[1] or match[2] for match in _TOLD_REST.finditer(before)]
    quotients = [match[1] for match in _TOLD_QUOTIENT.finditer(before)]
    return set(told) <= {rest} and set(quotients) <= {quotient}


def _is_true(sides: list[str]) -> bool:
    plain = [side.strip() for side in sides]
    return len(plain) == 1 or worked_out(plain[:-1], plain[-1]) or are_equal(plain)


def _changes(text: str) -> bool:
    """Whether another word makes more of a number than a quotient or a remainder."""
    plain = _QUOTIENT.sub(" ", _LEFT.sub(" ", _REMAINDER.sub(" ", text)))
    return any(role_of(word.lower()) in _CHANGING for word in _WORD.findall(plain))
