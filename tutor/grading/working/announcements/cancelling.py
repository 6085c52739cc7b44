"""A rise and a fall by the same percentage, of which a line says that they cancel each other."""

from __future__ import annotations

from fractions import Fraction

from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Num
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    refuted,
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
