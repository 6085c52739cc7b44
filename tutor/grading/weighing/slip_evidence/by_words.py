"""Mistakes that the words of the problem and of the lines before tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Mul, Pow, Term
from tutor.grading.steps.claim_results import Slip
from tutor.grading.weighing.calculations import regrouped
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.weighed_lines import WeighedClaim
from tutor.grading.working.knowledge.chances.balls import is_without_replacement
from tutor.grading.working.knowledge.formulas import words

MINUTES = 60
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2})(?:[:.]|\s?h\s?)([0-5]\d)(?![\d:])")
_HOURS_AND_MINUTES = re.compile(
    r"(?<![\d.:])(\d{1,2})\s?(?:h|hrs?|hours?|std\.?|stunden?|heures?|horas?|小时|时)"
    r"\s?(?:,|and|und|et|y)?\s?(\d{1,2})\s?(?:m(?![²³\w])|min|分)",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(?<![\d.:])(\d{1,2})\.(\d{1,2})(?![\d.:])")
_KEPT = words(
    r"(?:is|are|and|be) (?:kept|eaten|taken away|removed)|keeps (?:it|them|both)"
    r"|(?:not|never|n't) (?:put|placed|returned|replaced|laid)(?: \w{2,8})? back"
    r"|puts? (?:it|them) aside"
    r"|without (?:putting|returning|laying)|nicht zurück\w*|behält|behalten|gegessen"
    r"|sans (?:les? )?remettre|garde|mange|sin (?:volver|devolver\w*|reponer\w*)|se queda",
    "不再?放回|没有放回|留下|吃掉",
)


def slips_by_words(claim: WeighedClaim, line: int, evidence: Evidence) -> Iterator[Slip]:
    """line: the number of the line that has the claim."""
    if _has_minutes_as_decimals(line, evidence):
        yield Slip.MINUTES_AS_DECIMALS
    is_taken_out = is_without_replacement(evidence.statement) or _KEPT.search(evidence.statement)
    if is_taken_out and any(_repeats_factor(regrouped(term)) for term in claim.terms):
        yield Slip.WITH_REPLACEMENT


def _repeats_factor(term: Term) -> bool:
    """3/8 · 3/8"""
    if isinstance(term, Pow):
        value = rational_value(term.base)
        return value is not None and 0 < value < 1
    values = [rational_value(part) for part in term.parts] if isinstance(term, Mul) else []
    return len(values) > 1 and len(set(values)) == 1 and values[0] is not None


def _has_minutes_as_decimals(line: int, evidence: Evidence) -> bool:
    """2.15 h for 2 h 15 min, and for the time from 9:50 to 12:05"""
    texts = [evidence.statement, *(other.text for other in evidence.lines[: line + 1])]
    times = {time for text in texts for time in _times_in(text)}
    own = {
        (int(hours), int(minutes))
        for hours, digits in _DECIMAL.findall(evidence.lines[line].text)
        for minutes in {digits, digits.ljust(2, "0")}  # 1.5 for 5 minutes, or for 50
    }
    return not own.isdisjoint(times)


def _times_in(text: str) -> Iterator[tuple[int, int]]:
    """Hours and minutes; those between two times of day, too."""
    yield from ((int(h), int(m)) for h, m in _HOURS_AND_MINUTES.findall(text) if int(m))
    clocks = [int(h) * MINUTES + int(m) for h, m in _CLOCK.findall(text)]
    for start, end in pairwise(clocks):
        hours, minutes = divmod(end - start, MINUTES)
        if hours > 0 and minutes:
            yield hours, minutes
