"""Lists of what two dice may show: (2,6) (3,5) (4,4) (5,3) (6,2), five outcomes."""

from __future__ import annotations

import re

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.chances.trials import dice_sum_in
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

_PAIR = re.compile(r"\(\s?([1-6])\s?[,，.;；|]\s?([1-6])\s?\)")
_NUMBER = re.compile(r"(?<![\d.])\d{1,3}(?![\d.])")

_SUM = re.compile(  # sum 8, 和为8, of which nothing is counted
    r"(?:sum|total|summe|augensumme|somme|suma)\D{0,6}\d{1,2}(?!\d)|和[为是]?\s?\d{1,2}(?!\d)"
    r"|\d{1,2}\s?[:：]",
    re.IGNORECASE,
)
_DENIED = words(
    r"not|no|none|impossible|nicht|kein\w{0,2}|unmöglich\w*|pas|aucun\w*|imposibles?", "不|没"
)


def judge_outcomes(text: str, task: Task) -> ClaimResult | None:
    """Proved where all outcomes with the sum that is asked for are listed, and counted right."""
    pairs = [(int(a), int(b)) for a, b in _PAIR.findall(text)]
    total = dice_sum_in(plain_text(task.text)) if pairs else None
    if total is None:
        return None
    outcomes = {(a, total - a) for a in range(1, 7) if 1 <= total - a <= 6}
    rest = _PAIR.sub(" ", text)
    told = {int(number) for number in _NUMBER.findall(_SUM.sub(" ", rest))}
    is_whole = set(pairs) == outcomes and len(pairs) == len(outcomes)
    if not is_whole or not told <= {len(outcomes)} or _DENIED.search(rest):
        return None
    return proved(ClaimRelation.EVALUATE)
