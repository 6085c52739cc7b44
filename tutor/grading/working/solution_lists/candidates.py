"""Candidates for an extreme value that a line says to lie in the interval: "both are in [1, 8]"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, Slip, Witness, refuted
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.solution_lists.stated_intervals import interval_in
from tutor.grading.working.task import Task

_BOTH = words(
    r"both|all|each|beide|alle|tous (?:les )?deux|toutes les deux|les deux|ambos|ambas|los dos",
    "都|均",
)
_INSIDE = words(
    r"candidates?|in(?:side)? the (?:interval|domain|range)|within|im intervall"
    r"|dans l['’]intervalle|en el intervalo|kandidaten|candidats?|candidatos?",
    r"区间内|在\W{0,6}\[[^\[\]]{1,20}\]\W{0,4}[内中上]",
)
_DENIED = words(
    r"not|no|n't|isn't|aren't|outside|except|but|only|nicht|kein\w{0,2}|außerhalb|nur|pas|hors|seul\w{0,2}"
    r"|fuera|sólo|solo",
    "不|外|只|没",
)
_NUMBER = r"[-−]?\d{1,4}(?:/\d{1,3})?"
_POSITION = re.compile(
    rf"(?<![A-Za-z\\])[a-z](?:_?\d|[₁₂])?\s?=\s?(±)?\s?({_NUMBER})(?![\d.,/]\d|\s?[-+*/·^√])"
    rf"|(?<![A-Za-z\\])[a-z]\(({_NUMBER})\)"
)


def judge_candidates(text: str, before: Sequence[str], task: Task) -> ClaimResult | None:
    """Refuted where one of the numbers lies outside; None for anything else.

    before: all lines before it, of which the latest numbers are meant if the line has none.
    """
    interval = interval_in(task.text)
    if interval is None or not _BOTH.search(text) or not _INSIDE.search(text):
        return None
    if _DENIED.search(text):
        return None
    low, high = interval
    told = map(list, map(_positions, (text, *reversed(before))))
    positions = next(filter(None, told), [])
    outside = next((at for at in positions if not low <= at <= high), None)
    if outside is None or len(positions) < 2:
        return None
    witness = Witness({}, str(outside), f"[{low}, {high}]")
    return refuted(ClaimRelation.EVALUATE, witness, Slip.OUTSIDE_INTERVAL)


def _positions(line: str) -> Iterator[Fraction]:
    """2 and -2 of x = ±2, and of f(2) = 4, f(-2) = -4."""
    for match in _POSITION.finditer(line):
        number = Fraction((match[2] or match[3]).replace("−", "-"))
        yield number
        if match[1]:
            yield -number
