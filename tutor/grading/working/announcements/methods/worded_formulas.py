"""Formulas with the statement's numbers and words: S = 20/2·(first + last), (n - 2)·180 "
"with n = 8."""

from __future__ import annotations

import re

from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.triangles.angle_sums import sides_of_polygon
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_LENGTH = 90
_TIMES = r"\s?(?:\*|×|·|x)?\s?"
_FIRST = (
    r"(?:first|a_?1|a₁|1st|erstes?(?: glied)?|premier(?: terme)?|primer[oa]?(?: término)?|首项|a)"
)
_LAST = r"(?:last|a_?n|aₙ|letztes?(?: glied)?|dernier(?: terme)?|últim[oa](?: término)?|末项|l)"
_SUM = re.compile(
    rf"(?:S(?:_?\{{?\d{{0,3}}\}}?)?|sum|summe|somme|suma|和)\s?=\s?(?P<count>\d{{1,3}})\s?/\s?2{_TIMES}"
    rf"\(\s?{_FIRST}(?: term)?\s?\+\s?{_LAST}(?: term)?\s?\)",
    re.IGNORECASE,
)
_ARITHMETIC = words(r"arithmetic|arithmetisch\w{0,2}|arithmétique|aritmética", "等差")
_TERMS = re.compile(
    r"(\d{1,3})\s?(?:terms|members|glieder\w{0,1}|termes|términos|项)|前\s?(\d{1,3})\s?项",
    re.IGNORECASE,
)
_ANGLES = re.compile(
    r"(?:(?:angle |interior )?sum(?: of (?:the )?(?:interior )?angles)?|S|winkelsumme|somme(?: des "
    rf"angles)?|suma(?: de (?:los )?[aá]ngulos)?|内角和)\s?=\s?\(\s?n\s?-\s?2\s?\){_TIMES}180\s?°?"
    r"(?:\s?,?\s?(?:with|where|for|mit|avec|pour|con|其中)?\s?,?n\s?=\s?(?P<sides>\d{1,2}))?",
    re.IGNORECASE,
)
_NEITHER = re.compile(
    r"(?:P\s?\(\s?)?(?:neither|none|keine[sr]?(?: von beiden)?|aucun(?: des deux)?"
    r"|ni l'un ni l'autre"
    r"|ningun[oa]|都不发生)(?:\s?\))?\s?=\s?1\s?-\s?P\s?\(\s?A\s?(?:∪|U|or|oder|ou|o)\s?B\s?\)",
    re.IGNORECASE,
)
_NEITHER_ASKED = words(r"neither|none|keine[sr]?|aucun|ni l'un|ningun[oa]|weder", "都不|均不")


def is_worded_formula(text: str, task: Task) -> bool:
    """Whether it is the formula for what the statement asks, with the right number in it."""
    if len(text) > MAX_LENGTH:
        return False
    if (total := _SUM.fullmatch(text)) is not None:
        counts = {int(a or b) for a, b in _TERMS.findall(plain_text(task.text))}
        return bool(_ARITHMETIC.search(task.text)) and int(total["count"]) in counts
    if (angles := _ANGLES.fullmatch(text)) is not None:
        sides = sides_of_polygon(plain_text(task.text))
        return sides is not None and angles["sides"] in (None, str(sides))
    return bool(_NEITHER.fullmatch(text) and _NEITHER_ASKED.search(task.text))
