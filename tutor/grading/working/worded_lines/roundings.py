"""A number of the statement that a line rounds, where rounding is what the statement asks for."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_ROUNDS = words(
    r"round(?:s|ed|ing)?|nearest|rund\w{1,3}|gerundet|arrondi\w{0,3}|redonde\w{1,3}|redondead\w",
    "四舍五入|精确到|取近似",
)
_LINE = re.compile(
    r"[^\d=≈]{0,40}?(-?\d{1,9}\.\d{1,9})\s?(?:≈|~|=|→|->|=>)\s?(-?\d{1,9}(?:\.\d{1,8})?)"
)
_NUMBER = re.compile(r"\d{1,9}\.\d{1,9}")
_HALF = Fraction(1, 2)


def judge_rounding(text: str, task: Task) -> ClaimResult | None:
    """Refuted for 3.14 of 3.1496, the last digit of which is one too small; None for others."""
    match = _LINE.fullmatch(text.strip(" .").replace("−", "-"))
    if match is None or not _ROUNDS.search(task.text):
        return None
    told = _NUMBER.findall(task.text.replace(",", "."))
    if match[1].lstrip("-") not in told:
        return None
    number, rounded = Fraction(match[1]), Fraction(match[2])
    unit = Fraction(1, 10 ** len(match[2].partition(".")[2]))
    gap = abs(number - rounded) / unit
    if number == rounded or gap >= 1:
        return None
    if gap <= _HALF:
        return proved(ClaimRelation.APPROXIMATE)
    step = unit if number > rounded else -unit
    witness = Witness({}, match[2], _written(rounded + step, match[2]))
    return refuted(ClaimRelation.APPROXIMATE, witness, Slip.ROUNDED_THE_WRONG_WAY)


def _written(value: Fraction, like: str) -> str:
    return f"{float(value):.{len(like.partition('.')[2])}f}"
