"""Chances in two branches, such as those of a test for the ill and for the healthy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.chances.probabilities import expected_probability, is_sum
from tutor.grading.working.knowledge.expected import ExpectedQuantity
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?)\s*(?:\\?%|percent|prozent)", re.IGNORECASE)
_DECIMAL = re.compile(r"(?<![\d.,])0[.,]\d{1,4}(?![\d])")
_CONDITIONAL = words(
    r"test\w*|positiv\w*|otherwise|sonst|sinon|si no|if it|wenn|given|ill|healthy|krank\w*"
    r"|malad\w*|enferm\w*|defective|machine|late|late\w*",
    "检测|阳性|否则|次品",
)
_CORRECT = words(
    r"negativ\w*|négati\w+|correct\w*|accura\w+|richtig\w*|korrekt\w*|detect\w*|specific\w*"
    r"|spezifi\w*|on time|not|nicht|pünktlich|errors?|fehler\w*|wrong\w*|falsch\w*",
    "阴性|正确|准确",
)


def branches_in(text: str) -> tuple[Fraction, Fraction, Fraction] | None:
    """The chance of a branch, and of an event in this branch and in the other one."""
    chances = [Fraction(part.replace(",", ".")) / 100 for part in _PERCENT.findall(text)]
    chances = chances or [Fraction(part.replace(",", ".")) for part in _DECIMAL.findall(text)]
    if len(chances) != 3 or not _CONDITIONAL.search(text):
        return None
    if _CORRECT.search(text):
        return None  # the chances may be of right results, which the words alone tell
    first, if_first, otherwise = chances
    return first, if_first, otherwise


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    """Total probability of two branches, and of the first branch under the condition."""
    branches = branches_in(plain_text(task.text))
    if branches is None:
        return
    first, if_first, otherwise = branches
    joint, other = first * if_first, (1 - first) * otherwise
    total = joint + other
    if not total:
        return
    wrong = joint + (1 - first) * (1 - otherwise)
    yield expected_probability(total, (Slip.WRONG_BRANCH, wrong, is_sum))
    yield expected_probability(joint / total)
    yield expected_probability(other / total)
