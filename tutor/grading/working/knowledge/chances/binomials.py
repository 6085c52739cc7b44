"""Chances of a binomial variable whose number of trials and chance the statement tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import comb

from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.chances.probabilities import expected_probability
from tutor.grading.working.knowledge.expected import ExpectedQuantity
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.statement_numbers import read_number
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_TRIALS = 40
_BINOMIAL = words(r"binomial\w*|binomiale?|binomialverteilt\w*", "二项分布|B\\(")
_TRIALS = re.compile(r"(?<![A-Za-z])n\s?=\s?(\d{1,3})(?![\d.])")
_CHANCE = re.compile(r"(?<![A-Za-z(])p\s?=\s?(0[.,]\d{1,6}|\d{1,3}/\d{1,3})")
_ASKED = re.compile(r"P\s?\(\s?X\s?=\s?(\d{1,3})\s?\)")
_PARAMETERS = re.compile(r"B(?:in)?\s?\(\s?(\d{1,3})\s?[,;]\s?(0\.\d{1,6}|\d{1,3}/\d{1,3})\s?\)")


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    text = plain_text(task.text)
    parameters = _parameters(text) if _BINOMIAL.search(text) else None
    if parameters is None:
        return
    trials, chance = parameters
    asked = {int(match[1]) for match in _ASKED.finditer(text)}
    if len(asked) != 1 or max(asked) > trials:
        return
    [hits] = asked
    product = chance**hits * (1 - chance) ** (trials - hits)
    turned = chance ** (trials - hits) * (1 - chance) ** hits
    yield expected_probability(
        comb(trials, hits) * product,
        (Slip.ORDER_FORGOTTEN, product, None),
        (Slip.COPIED_WRONGLY, comb(trials, hits) * turned, None),
        is_outcome=False,
    )


def _parameters(text: str) -> tuple[int, Fraction] | None:
    """n and p; None where one is not told."""
    short = _PARAMETERS.search(text)
    trials, chance = _TRIALS.search(text), _CHANCE.search(text)
    if short is None and (trials is None or chance is None):
        return None
    count = short[1] if short else trials[1] if trials else ""
    share = read_number(short[2] if short else chance[1] if chance else "")
    is_told = share is not None and 0 < int(count) <= MAX_TRIALS and 0 < share < 1
    return (int(count), share) if is_told and share is not None else None
