"""What dice and coins may show: (2,6) (3,5) (4,4) (5,3) (6,2), or 2³ = 8 outcomes in all."""

from __future__ import annotations

import re

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.chances.trials import dice_sum_in, outcomes_in
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
_OWN_SUM = re.compile(  # suma 11: (5,6) (6,5)
    r"\s?(?:[•*-]\s)?(?:and|et|und|y|for|für|pour|para)?\s?(?:the |die |la |una )?"
    r"(?:(?:sum|total|summe|augensumme|somme|suma)\s?(?:of |de |von )?(?:=|:|is|ist|est|es)?\s?"
    r"(1?\d)(?!\d)|(?:点数)?(?:之)?和[为是=]?\s?(1?\d)(?!\d)|(1?\d)\s?[:：])",
    re.IGNORECASE,
)
_DENIED = words(
    r"not|no|none|impossible|nicht|kein\w{0,2}|unmöglich\w*|pas|aucun\w*|imposibles?", "不|没"
)
_OF_ALL = re.compile(  # 3×2 = 6 outcomes in all
    r"(?:总共|一共|共)有?\D{0,4}(\d{1,3})\s?[×*·x]\s?(\d{1,3})\s?=\s?(\d{1,5})\s?"
    r"种(?:等可能的?)?(?:情况|结果|可能)?"
    r"|(?:(?:in total|total|altogether|in all|insgesamt|en tout|au total|en total)\W{0,3}"
    r"(?:there are|gibt es|il y a|hay)?|(?:possible outcomes|casos posibles|issues possibles"
    r"|mögliche ergebnisse)\s?:)\s?(\d{1,3})\s?[×*·x]\s?(\d{1,3})\s?=\s?(\d{1,5})"
    r"(?:\s(?:possible |mögliche )?(?:outcomes|ergebnisse|issues|casos|cas|cases)"
    r"(?: possibles| posibles)?)?",
    re.IGNORECASE,
)


def judge_all_outcomes(text: str, task: Task) -> ClaimResult | None:
    """Proved for 6·6 outcomes of two dice, refuted for 3·2 of three coins; None otherwise."""
    match = _OF_ALL.fullmatch(text.strip(" .。"))
    power = outcomes_in(plain_text(task.text)) if match is not None else None
    if match is None or power is None:
        return None
    first, second, told = (int(match[n] or match[n + 3]) for n in (1, 2, 3))
    right = power[0] ** power[1]
    if first * second == told == right:
        return proved(ClaimRelation.EVALUATE)
    if first * second == right or sorted(power) != sorted((first, second)):
        return None
    witness = Witness({}, str(first * second), str(right))
    return refuted(ClaimRelation.EVALUATE, witness, Slip.POWER_AS_PRODUCT)


def judge_outcomes(text: str, task: Task) -> ClaimResult | None:
    """Proved where all outcomes with a sum are listed, and counted right.

    The sum is the one that the line names at its start, or else the one that is asked for.
    """
    pairs = [(int(a), int(b)) for a, b in _PAIR.findall(text)]
    story = plain_text(task.text)
    own = _OWN_SUM.match(text) if pairs and outcomes_in(story) == (6, 2) else None
    total = dice_sum_in(story) if pairs else None
    total = int(own[1] or own[2] or own[3]) if own is not None else total
    if total is None:
        return None
    outcomes = {(a, total - a) for a in range(1, 7) if 1 <= total - a <= 6}
    rest = _PAIR.sub(" ", text)
    told = {int(number) for number in _NUMBER.findall(_SUM.sub(" ", rest))}
    is_whole = set(pairs) == outcomes and len(pairs) == len(outcomes)
    if not is_whole or not told <= {len(outcomes)} or _DENIED.search(rest):
        return None
    return proved(ClaimRelation.EVALUATE)
