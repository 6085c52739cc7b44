"""Rows of a table that repeat what is told: "4 Maler -> 6 Tage", "3 workers: 8 hours"."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, unchecked
from tutor.grading.working.quantities.counting_words import with_decimal_points, with_digits
from tutor.grading.working.task import Task

MIN_STEM = 3
_COUNT = r"(\d{1,6}(?:\.\d{1,4})?)\s?([^\W\d_]{1,20}|[€$£])"
_ROW = re.compile(
    rf"\s?{_COUNT}\s{{0,2}}(?:[-=]{{1,2}}>|→|⇒|↔|≙|≅|\^=|:|=|\||:=|correspond\w{{0,3}} (?:to|à|a)"
    r"|entspr\w{6,8}|need|take|brauchen|costs?|kosten|mettent|tardan|coûtent|cuestan|需要?|要)"
    rf"\s{{0,2}}{_COUNT}\s?\.?\s?"
)
_SENTENCE = re.compile(r"[.?!;](?:\s|$)|[。？！；]")
Count = tuple[str, str]  # a number and its noun
_TOLD = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)\s?(?:(?:gleich|equally|equal)\w{0,5}\s)?(\S{1,20})")


def judge_row(text: str, task: Task) -> ClaimResult | None:
    """Given where a sentence of the statement has both counts together; None for anything else."""
    match = _ROW.fullmatch(text)
    if match is None or task.equations:
        return None
    story = with_decimal_points(with_digits(task.text))
    pair = ((match[1], match[2]), (match[3], match[4]))
    is_told = any(_tells(sentence, pair) for sentence in _SENTENCE.split(story))
    return unchecked(ClaimRelation.DEFINE) if is_told else None


def _tells(sentence: str, pair: tuple[Count, Count]) -> bool:
    """Whether the two counts are in it, with no other count between them."""
    counts = [(match[1], match[2]) for match in _TOLD.finditer(sentence)]
    return any(_are_same(pair, both) or _are_same(pair, both[::-1]) for both in pairwise(counts))


def _are_same(pair: tuple[Count, Count], told: tuple[Count, Count]) -> bool:
    return all(
        Fraction(own[0]) == Fraction(other[0]) and other[1].casefold().startswith(_stem(own[1]))
        for own, other in zip(pair, told, strict=True)
    )


def _stem(noun: str) -> str:
    return noun.casefold()[: max(MIN_STEM, len(noun) - 2)]
