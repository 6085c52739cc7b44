"""What a share leaves: "30% off leaves 70%", "right: 1/4, wrong: 3/4", 没中的概率是0.3."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Term
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_SHARE = re.compile(
    r"(?<![\d.,/])(?:(\d{1,3}(?:\.\d{1,4})?)\s?\\?%|(\d{1,3})\s?/\s?(\d{1,4})|(0?\.\d{1,4}))(?![\d/])"
)
_DIGIT = re.compile(r"\d")
_REST = words(
    r"not|no|wrong|miss\w{0,3}|fails?|leaves?|left|remain\w{0,3}|others?|rest|pay|off|nicht|kein\w{0,2}"
    r"|falsch|bleib\w{1,2}|übrig|daneben|reste\w?|faux|non|pas|manqu\w{1,4}|quedan?|restan?|falla\w?"
    r"|incorrect\w?|mal",
    "没|不|未|剩|错|余",
)
_OF_REST = re.compile(  # 1/3 of the rest
    r"(\d{1,3})\s?/\s?(\d{1,3})\s(?:of|von|vom|des|der|du|de|del)\s(?:(?:the|dem|la|le|lo|l[oa]s)\s)?"
    r"(?:rest|remain|resto|reste|restant|que queda)",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[+*·×÷<>≤≥±]|\d\s?[-−]\s?\d")
_OF_ONE_OF = re.compile(
    r"(\d{1,3}) (?:options|choices|answers|antworten|réponses|opciones)", re.IGNORECASE
)


def is_of_told_whole(named: str, term: Term, task: Task) -> bool:
    """Whether 1/3 of the rest is taken of a number that the statement tells: 360 : 3 = 120."""
    share = _OF_REST.search(named)
    value = rational_value(term)
    if share is None or value is None or not int(share[1]):
        return False
    return value * int(share[2]) / int(share[1]) in task.numbers


def judge_shares(text: str, task: Task) -> ClaimResult | None:
    """Proved where each share is told or what a told one leaves; None for anything else."""
    if _SIGNS.search(text) or not _REST.search(text):
        return None
    shares = [_value(match) for match in _SHARE.finditer(text)]
    others = _DIGIT.search(_SHARE.sub("", text))
    told = {_value(match) for match in _SHARE.finditer(task.text)}
    told |= {
        Fraction(1, int(match[1])) for match in _OF_ONE_OF.finditer(task.text) if int(match[1])
    }
    left = {1 - share for share in told if 0 < share < 1}
    is_right = len(shares) in (1, 2) and not others and set(shares) <= told | left
    return proved(ClaimRelation.EVALUATE) if is_right and set(shares) & left else None


def _value(match: re.Match[str]) -> Fraction:
    percent, top, bottom, decimal = match.groups()
    if percent:
        return Fraction(percent) / 100
    if top:
        return Fraction(int(top), int(bottom) or 1)
    return Fraction(decimal)
