"""How far the members of a sequence are apart: "goes up by 4 so 4n + c"."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.sequences import sequence_of
from tutor.grading.working.task import Task

_NUMBER = r"([-+−]?\d{1,4}(?:\.\d{1,3})?)"
_STEP = re.compile(
    r"(?:it |they |the (?:numbers|terms) |each term )?(?:(?:goes|go) (?P<way>up|down) (?:by|in)"
    r"|(?P<more>increases?|rises?|grows?) by|(?P<less>decreases?|falls?) by"
    r"|(?:steigt|wächst) (?:immer |jeweils )?um|augmente de|aumenta (?:de|en)|每次(?:增加|加))"
    rf"\s?{_NUMBER}(?:\s(?:each time|every time|each|jedes mal|immer|à chaque fois|cada vez))?"
    rf"(?:[,;:，]?\s?(?:so|thus|hence|also|donc|así que|所以)?[,:]?\s?"
    rf"(?:it is |it's |a_?n ?= ?|T_?n ?= ?)?{_NUMBER}\s?n(?:\s?[+−-]\s?[a-mo-z])?)?[\s.]?",
    re.IGNORECASE,
)


def judge_step(text: str, task: Task) -> ClaimResult | None:
    """Proved for the step of the statement's arithmetic sequence; None for anything else."""
    match = _STEP.fullmatch(text.strip())
    sequence = sequence_of(task) if match else None
    if match is None or sequence is None or sequence.kind != "arithmetic":
        return None
    is_down = match["way"] == "down" or match["less"] is not None
    told = Fraction(match[4].replace("−", "-")) * (-1 if is_down else 1)
    factor = told if match[5] is None else Fraction(match[5].replace("−", "-"))
    return proved(ClaimRelation.EVALUATE) if told == factor == sequence.step else None
