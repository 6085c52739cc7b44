"""The two halves of sorted data, with their quartiles: "lower half 3, 5, 7 -> Q1 = 5"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.numeric.rationals import median_of
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.statistics import data_in
from tutor.grading.working.quantities.counting_words import with_decimal_points
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MIN_DATA = 4
_QUARTILES = words(
    r"(?:inter)?quartil\w{0,12}|iqr|interquartílico"
    r"|cuartil\w{0,2}|intercuartílico",
    "四分位",
)
_LOWER = words(
    r"lower half|bottom half|first half|untere hälfte|moitié inférieure|première moitié"
    r"|mitad inferior|primera mitad",
    "下半|前半|前一半",
)
_UPPER = words(
    r"upper half|top half|second half|obere hälfte|moitié supérieure|seconde moitié"
    r"|deuxième moitié|mitad superior|segunda mitad",
    "上半|后半|后一半",
)
_VALUE = re.compile(
    r"(?:Q_?\{?[13]\}?|Q[₁₃]|median|médiane|mediana|中位数)\s?(?:=|:|is|ist|est|es|是|为)\s?"
    r"((?:\(\s?[\d.]{1,8}\s?\+\s?[\d.]{1,8}\s?\)\s?/\s?2\s?=\s?)?)([\d.]{1,8})\s?[.。]?$",
    re.IGNORECASE,
)
_HALVES = words(
    r"half|halves|halb\w{1,2}|hälften?|demi\w{0,9}|moitiés?|mitad(?:es)?|semi\w{1,9}", "一半|半"
)
_HALVED = re.compile(  # no calculation, and nothing behind its numbers but a unit
    r"[^\d=:+*/]{0,40}[=:]?\s?\d{1,6}(?:\.\d{1,4})?\s?[a-z]{0,3}"
    r"(?:\s?(?:,|and|und|et|y|和)\s?\d{1,6}(?:\.\d{1,4})?\s?[a-z]{0,3})?\s?"
)
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
_QUARTILE_NAME = re.compile(r"Q_?\{?[13]\}?|Q[₁₃]")


def judge_told_half(text: str, task: Task) -> ClaimResult | None:
    """Proved for the half of a number of the problem: half the side = 3, of a side of 6."""
    if not _HALVES.search(text) or not _HALVED.fullmatch(text):
        return None
    numbers = [Fraction(n) for n in _NUMBER.findall(text)]
    told = task.numbers
    halves = [number for number in numbers if 2 * number in told]
    is_right = halves and all(number in halves or number in told for number in numbers)
    return proved(ClaimRelation.EVALUATE) if is_right else None


def judge_half(text: str, task: Task) -> ClaimResult | None:
    """Proved where the line lists a half, or tells its median, as it is; None for anything else."""
    is_lower = bool(_LOWER.search(text))
    if is_lower == bool(_UPPER.search(text)) or not _QUARTILES.search(task.text):
        return None
    data = sorted(data_in(with_decimal_points(plain_text(task.text))))
    if len(data) < MIN_DATA:
        return None
    value = _VALUE.search(text)
    listed = text[: value.start()] if value is not None else text
    numbers = [Fraction(n) for n in _NUMBER.findall(_QUARTILE_NAME.sub(" ", listed))]
    halves = [half for half in _halves(data, is_lower=is_lower) if numbers in ([], half)]
    if value is not None:
        halves = [half for half in halves if median_of(half) == Fraction(value[2])]
    is_told = bool(numbers) or value is not None
    return proved(ClaimRelation.EVALUATE) if halves and is_told else None


def _halves(data: Sequence[Fraction], *, is_lower: bool) -> list[list[Fraction]]:
    """Without the value in the middle, or with it, as some schools have it."""
    sizes = {len(data) // 2, (len(data) + 1) // 2}
    return [list(data[:size] if is_lower else data[-size:]) for size in sorted(sizes)]
