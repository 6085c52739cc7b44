"""Lines that say which percentage of the price before the price after a change is.

"68 is 85 % of the original price", where 15 % off left 68.
"""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.wrong_calculations.percents import (
    is_with_tax,
    sign_of_change,
)
from tutor.grading.working.knowledge.wrong_calculations.told_numbers import (
    PERCENT,
    numbers_besides,
)
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

_NUMBER = re.compile(r"\d{1,7}(?:\.\d{1,4})?(?P<percent>\s?\\?%)?")
_CALCULATED = re.compile(r"[-−+*/×·÷:]\s?\(?\d|[?¿]")
_OF_AMOUNT = re.compile(
    r"%\s?(?:of|von|vom|de|del|du|d['’])\s?(?:(?:the|den|la|los)\s)?[$€£]?\s?\d"
)
_AFTER = words(
    r"new|sale|reduced|discounted|current|now|neuen?|neuer|reduzierten?|jetzigen?|aktuellen?"
    r"|nouveau|soldé|réduit|actuel|nuevo|rebajado|actual|final",
    "现价|新价|售价|现在",
)
_OF = re.compile(r"%\s?(?:of|von|vom|des|der|de|del|du)\s(.{1,60})")


def judge_percent_after(text: str, task: Task) -> ClaimResult | None:
    """Proved for the percentage that is left or reached, with the price after it or without."""
    told = plain_text(task.text)
    percents = PERCENT.findall(told)
    sign = 1 if is_with_tax(told) else sign_of_change(told)
    if len(percents) != 1 or not sign or _CALCULATED.search(text) or _OF_AMOUNT.search(text):
        return None
    behind = _OF.search(text)
    if behind is not None and _AFTER.search(behind[1]):
        return None  # 85 % of the sale price
    reached = 100 + sign * Fraction(percents[0].replace(",", "."))
    own = [(Fraction(m[0].rstrip("%\\ ")), bool(m["percent"])) for m in _NUMBER.finditer(text)]
    prices = numbers_besides(told, percents[0])
    others = [number for number, is_percent in own if not is_percent]
    is_reached = [number for number, is_percent in own if is_percent] == [reached]
    is_of_price = len(prices) == 1 and others in ([], prices)
    return proved(ClaimRelation.EQUAL) if is_reached and is_of_price else None
