"""Shares that belong together, before they are added: "Gasta: 2/5 + 1/3"."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

_SHARE = r"\d{1,3}\s?/\s?\d{1,3}"
_LINE = re.compile(
    rf"(?P<words>[^\d=+*/]{{3,40}}?)\s?[:=：]?\s?(?P<sum>{_SHARE}(?:\s?\+\s?{_SHARE}){{1,3}})"
)
_TOGETHER = words(
    r"spen[dt]s?|eats?|eaten|ate|drinks?|drunk|drank|used?|uses|sold|gone|total|together"
    r"|altogether|in all|given away"
    r"|ausgegeben|gegessen|getrunken|verbraucht|verkauft|zusammen|insgesamt|dépens\w{1,3}"
    r"|mang\w{1,3}|bu|boit|utilis\w{1,3}"
    r"|vend\w{1,3}|gasta\w{0,3}|come\w{0,2}|comió|bebe\w{0,2}|bebió|usa\w{0,2}|vende\w{0,2}"
    r"|junt[oa]s|au total|en total",
    "用去|花|吃|喝|一共|共",
)
_FRACTION = re.compile(
    r"\\[dt]?frac\s?\{?(\d{1,3})\}?\s?\{?(\d{1,3})\}?|(?<![\d/.])(\d{1,3})\s?/\s?(\d{1,3})(?![\d/])"
)
_OF_REST = words(r"rest|remaining|remainder|left over|reste|restante?|resto|übrigen", "剩|余下")


def judge_spent_shares(text: str, task: Task) -> ClaimResult | None:
    """Proved where they are all shares of one whole in the statement; None for anything else."""
    line = _LINE.fullmatch(text.strip(" .。"))
    if line is None or not _TOGETHER.search(line["words"]) or _OF_REST.search(task.text):
        return None
    told = [
        Fraction(int(match[1] or match[3]), int(match[2] or match[4]) or 1)
        for match in _FRACTION.finditer(task.text)
    ]
    added = [
        Fraction(part.replace(" ", ""))
        for part in re.findall(_SHARE, line["sum"])
        if not part.endswith("/0")
    ]
    is_right = len(added) > 1 and sorted(added) == sorted(told) and bool(plain_text(task.text))
    return proved(ClaimRelation.EVALUATE) if is_right else None
