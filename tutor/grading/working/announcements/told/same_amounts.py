"""One amount in two units: "after 180 min i.e. 3 hours", "or 1 dm³ = 1 L"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Term
from tutor.grading.parsing.units import read_unit
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.task import Task

MAX_RESULTS = 4  # the latest
_AMOUNT = r"(\d{1,9}(?:\.\d{1,6})?)\s?([^\W\d_]{1,12}[²³]?)"
_AGAIN = (
    r"\s?(?:[,;(]\s?)?(?:i\.?\s?e\.?,?|that is|that's|which is|or|also|das heißt|d\.\s?h\."
    r"|das sind|c'est-à-dire"
    r"|soit|ou|o sea|es decir|即|也就是|=|\()\s?"
)
_SAME = re.compile(
    rf"(?P<before>[^\d=+*/·×÷<>]{{0,60}}?)(?<![^\W\d_]){_AMOUNT}{_AGAIN}{_AMOUNT}\)?"
    r"(?P<behind>[^\d=+*/·×÷<>]{0,30})",
    re.IGNORECASE,
)
_CONVERSION = re.compile(
    r"(?:(?:or|now|and|we know(?: that)?|since|because|car|on sait que|da|denn|weil|porque"
    r"|como|y|et|und|又|因为|∵)"
    rf"\s?,?\s?){{1,2}}{_AMOUNT}\s?=\s?{_AMOUNT}",
    re.IGNORECASE,
)
_END = re.compile(r"=\s?(\d{1,9}(?:\.\d{1,6})?)(?:\s?[^\W\d_]{1,12})?\s?\.?$")  # LCM = 180
_DENIED = re.compile(r"\b(?:not|no|nicht|kein\w{0,2}|pas)\b|不", re.IGNORECASE)


def judge_same_amount(
    text: str, before: Sequence[str], results: Sequence[Term], task: Task
) -> ClaimResult | None:
    """Proved where both amounts are one, and known where words go with them; else None."""
    text = text.strip(" .。!")
    if _DENIED.search(text):
        return None
    conversion, same = _CONVERSION.fullmatch(text), _SAME.fullmatch(text)
    if conversion is not None:
        amounts = conversion.groups()
    elif same is not None and (same["before"] + same["behind"]).strip():
        amounts = same.groups()[1:5]
        told = {rational_value(term) for term in results[-MAX_RESULTS:]} | task.numbers
        told |= {Fraction(end[1]) for line in before if (end := _END.search(line))}
        if Fraction(amounts[0]) not in told and Fraction(amounts[2]) not in told:
            return None
    else:
        return None
    number, unit, other, other_unit = amounts
    first, second = read_unit(unit), read_unit(other_unit)
    if first is None or second is None or first.dimension != second.dimension:
        return None
    if not first.is_known or unit == other_unit:
        return None
    is_same = Fraction(number) * first.factor == Fraction(other) * second.factor
    return proved(ClaimRelation.EQUAL) if is_same else None
