"""What is left or paid after a change in per cent: "-30 % → times 0.7", "20 % off means 80 %"."""

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
    unchecked,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.percents import DOWN, UP
from tutor.grading.working.task import Task

_NUMBER = r"\d{1,3}(?:\.\d{1,3})?"
_LINE = re.compile(
    rf"([^\d%]{{0,30}}?)([-+−]?)\s?({_NUMBER})\s?%([^\d%]{{1,40}}?)"
    rf"(?:100\s?%?\s?[-+−]\s?{_NUMBER}\s?%?\s?=\s?)?({_NUMBER})\s?(%?)\s?[.。]?"
)
_OF_NUMBER = words(r"of|von|de|del", "的")


def judge_percent_factor(text: str, task: Task) -> ClaimResult | None:
    """Proved where the factor or the share fits the change, refuted by a wrong decimal place.

    Open where another number stands there; None for anything else.
    """
    match = _LINE.fullmatch(text.strip())
    if match is None or _OF_NUMBER.search(match[4]):
        return None
    change, result = Fraction(match[3]), Fraction(match[5]) * (1 if match[6] else 100)
    if change not in task.numbers:
        return None
    around = f"{match[1]} {match[4]}"
    is_down = match[2] in ("-", "−") if match[2] else bool(DOWN.search(around))
    is_up = match[2] == "+" if match[2] else bool(UP.search(around))
    if is_up == is_down:
        return None
    signed = -change if is_down else change
    if result == 100 + signed:
        return proved(ClaimRelation.EVALUATE)
    if result not in (100 + 10 * signed, 100 + signed / 10):
        return unchecked(ClaimRelation.EVALUATE)
    written, right = (str(float(value / 100)) for value in (result, 100 + signed))
    return refuted(ClaimRelation.EVALUATE, Witness({}, written, right), Slip.DECIMAL_PLACE)
