"""Lists of what two dice may show: (2,6) (3,5) (4,4) (5,3) (6,2), five outcomes."""

from __future__ import annotations

import re

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.chances import dice_sum_in
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

_PAIR = re.compile(r"\(\s?([1-6])\s?[,，.;；|]\s?([1-6])\s?\)")
_NUMBER = re.compile(r"(?<![\d.])\d{1,3}(?![\d.])")


def judge_outcomes(text: str, task: Task) -> ClaimResult | None:
    """Proved where all outcomes with the sum that is asked for are listed, and counted right."""
    pairs = [(int(a), int(b)) for a, b in _PAIR.findall(text)]
    total = dice_sum_in(plain_text(task.text)) if pairs else None
    if total is None:
        return None
    outcomes = {(a, total - a) for a in range(1, 7) if 1 <= total - a <= 6}
    told = [int(number) for number in _NUMBER.findall(_PAIR.sub(" ", text))]
    is_whole = set(pairs) == outcomes and len(pairs) == len(outcomes)
    is_counted = all(number in (len(outcomes), total) for number in told)
    return proved(ClaimRelation.EVALUATE) if is_whole and is_counted else None
