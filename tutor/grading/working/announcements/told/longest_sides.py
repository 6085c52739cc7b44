"""Lines that tell which side is the longest: "longest side is 25", of sides 7, 24 and 25."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

SIDES = 3
_LONGEST = words(
    r"longest(?: side)?|largest side|biggest side|längste seite|längsten seite|plus grand c[oô]té"
    r"|plus long c[oô]té|lado (?:mayor|más largo)|lado más grande",
    "最长边|最大边|最长的边",
)
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,4})?")
# 25² = 625 may follow, which is judged as a formula.
_BEHIND = re.compile(r"(?:\b(?:and|so|und|also|et|donc|y|entonces)\b|[,;，；]).*", re.DOTALL)


def judge_longest_side(text: str, task: Task) -> ClaimResult | None:
    """Proved for the greatest of the three numbers that the problem tells; None for others."""
    told = _BEHIND.sub("", text)
    numbers = [Fraction(number) for number in _NUMBER.findall(told)]
    if len(numbers) != 1 or len(task.numbers) != SIDES or not _LONGEST.search(told):
        return None
    return proved(ClaimRelation.EVALUATE) if numbers[0] == max(task.numbers) else None
