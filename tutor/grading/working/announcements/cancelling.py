"""What a line says to cancel: a rise and a fall by one percentage, or a digit of two numbers."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Num
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    refuted,
    unchecked,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.percents import DOWN, UP
from tutor.grading.working.knowledge.wrong_calculations.told_numbers import PERCENT
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_LENGTH = 120
_CANCELS = words(
    r"cancels?(?: (?:each other|out))?|even out|back to (?:the )?(?:start|original|same)"
    r"|(?:hebt|heben|gleicht|gleichen) sich (?:wieder )?(?:auf|aus)"
    r"|s?['’]?(?:annule|compense)(?:nt)?"
    r"|se (?:anulan?|compensan?|cancelan?)",
    "抵消|价格不变|没有?变化",
)
_DENIES = words(
    r"not|never|n't|don't|doesn't|nicht|kein\w{0,2}|pas|no|jamais|if|wrong|only",
    "不会|不能|不是|吗",
)


_DIGIT_CANCELLED = re.compile(
    r"(?:cancel\w{0,4}|cross\w{0,3} out|strik\w{1,3}|kürz\w{0,3}|streich\w{0,2}|simplifi\w{0,3}"
    r"|barr?\w{0,2}|tach\w{0,3}|约去|约掉|划去|消去)\s?(?:the|die|den|le|les|el|los)?\s?(\d)(?!\d)"
    r".{0,12}?(?<!\d)(\d{2,4})\s?/\s?(\d{2,4})(?!\d)",
    re.IGNORECASE,
)


def judge_cancelled_digit(text: str) -> ClaimResult | None:
    """Unchecked for "cancel the 6: 16/64 = 1/4", right as that is; None for anything else.

    6 is a digit of both numbers and divides not both.
    """
    match = _DIGIT_CANCELLED.search(text)
    if match is None or not all(match[1] in number for number in match.groups()[1:]):
        return None
    divisor, top, bottom = map(int, match.groups())
    is_factor = divisor and top % divisor == bottom % divisor == 0
    return None if is_factor else unchecked(ClaimRelation.EQUAL)


def judge_cancelling(text: str, task: Task) -> ClaimResult | None:
    """Refuted where the second change is of another amount; None for anything else."""
    stated = plain_text(task.text)
    rates = PERCENT.findall(stated)
    if len(text) > MAX_LENGTH or len(rates) != 2 or rates[0] != rates[1]:
        return None
    if not (UP.search(stated) and DOWN.search(stated)) or "?" in text:
        return None
    if not _CANCELS.search(text) or _DENIES.search(text):
        return None
    share = Fraction(rates[0].replace(",", ".")) / 100
    witness = Witness({}, latex(Num(Fraction(1))), latex(Num(1 - share**2)))
    return refuted(ClaimRelation.EVALUATE, witness, Slip.PERCENT_BASE)
