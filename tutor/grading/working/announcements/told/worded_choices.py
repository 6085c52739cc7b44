"""Choices that the words of the line itself tell: "then 2 of the 8 others: C(8,2) = 28"."""

from __future__ import annotations

import re
from math import comb

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved

_CHOICE = (
    r"(?:C\s?\(\s?(?P<n>\d{1,3})\s?[,;]\s?(?P<k>\d{1,3})\s?\)|(?P<n_first>\d{1,3})\s?C\s?(?P<k_last>\d{1,3})"
    r"|C_?\{?(?P<n_low>\d{1,3})\}?\^\{?(?P<k_high>\d{1,3})\}?)"
)
_LINE = re.compile(
    rf"(?P<words>[^=+*/×·]{{4,60}})[:：=,，]\s?{_CHOICE}\s?=\s?(?P<value>\d{{1,9}})\s?(?:种|ways?)?"
)


def judge_worded_choice(text: str) -> ClaimResult | None:
    """Proved where the words have both numbers and the count is right; None for anything else."""
    line = _LINE.fullmatch(text.strip(" .。"))
    if line is None:
        return None
    whole = int(line["n"] or line["n_first"] or line["n_low"])
    part = int(line["k"] or line["k_last"] or line["k_high"])
    told = sorted(map(int, re.findall(r"\d{1,4}", line["words"])))
    is_right = told == sorted((whole, part)) and comb(whole, part) == int(line["value"])
    return proved(ClaimRelation.EVALUATE) if is_right else None
