"""Remarks in brackets behind an answer that leave it as it is: x > -3 (flip the sign!!)"""

from __future__ import annotations

import re

from tutor.grading.comparison.shown_working import worked_out
from tutor.grading.parsing.answers import decimal_points
from tutor.grading.parsing.units import read_unit
from tutor.grading.sentences.answer_shapes import DEFINITION
from tutor.grading.sentences.clauses import statements_of
from tutor.grading.sentences.clauses_of_words import tokens_of
from tutor.grading.sentences.doubts import is_doubtful, takes_back
from tutor.grading.sentences.plain_sentences import plain_sentence

_REMARKED = re.compile(r"(.*\S) ?\(([^()]{3,120})\)\W{0,5}", re.DOTALL)
_CHECKED = re.compile(r"([^()]*[\w)}°%$€]) ?\(([^()=]{1,60})=([^()=]{1,60})\)", re.DOTALL)
_FORMULA = re.compile(r"[=<>\\\d]")
_ROLES = re.compile("[hldswmgofb]*")


def without_remark(text: str, decimal_comma: bool) -> str:
    """The text before a check, or a remark of which each word is understood; "" without any."""
    remarked = _REMARKED.fullmatch(text)
    if checked := _without_check(text, decimal_comma):
        return checked
    if remarked is None:
        return ""
    rest, remark = remarked[1].strip(), remarked[2]
    if _rejects_another(remark, rest):
        return rest
    if " " not in remark or _FORMULA.search(remark) or read_unit(remark) or is_doubtful(remark):
        return ""
    tokens = tokens_of(plain_sentence(remark), as_read=True)
    return rest if _ROLES.fullmatch("".join(token.role for token in tokens)) else ""


def _without_check(text: str, decimal_comma: bool) -> str:
    """17 for "17 (17 + 18 = 35)"; "" where no true calculation stands in brackets behind it."""
    checked = _CHECKED.fullmatch(text)
    if checked is None:
        return ""
    sides = [decimal_points(side) if decimal_comma else side for side in checked.groups()[1:]]
    return checked[1] if worked_out(sides[:1], sides[1]) else ""


def _rejects_another(remark: str, rest: str) -> bool:
    """Whether it only takes back another solution: x = 3 (x = -2 doesn't work)."""
    statements = statements_of(remark)
    if len(statements) != 1 or not takes_back(statements[0].behind):
        return False
    named, own = DEFINITION.fullmatch(statements[0].text), DEFINITION.fullmatch(rest)
    if named is None or own is None or named[1] != own[1]:
        return False
    return named[2].strip() != own[2].strip()
