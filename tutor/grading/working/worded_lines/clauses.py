"""Lines of several clauses, in formulas and in words: "n = 35, so the 35th term"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from tutor.grading.parsing.tree import Num
from tutor.grading.steps.claim_results import (
    ClaimCheck,
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    proved,
    unchecked,
)
from tutor.grading.working.announcements.known import Known
from tutor.grading.working.task import Task
from tutor.grading.working.worded_lines.open_lines import MAX_LENGTH, judge_open_line

MAX_CLAUSES = 3
_ARROW = re.compile(r"\s?(?:→|->|⟹)\s?")
_END = re.compile(r"=\s?(-?\d{1,9}(?:\.\d{1,6})?)\s?$")  # n = 35
_INTERVAL = re.compile(r"[\[\](]\s?[^\[\]();,]{1,20}[;,，]\s?[^\[\]();,]{1,20}[\[\])]")
_GAP = re.compile(
    r"\s?[,;，；。]?\s?(?:\b(?:so|hence|therefore|thus|also|daher|deshalb|donc|d'où|entonces"
    r"|luego|por tanto)\b"
    r"|∴|所以|因此|故|⇒|=>)\s?[,，:]?\s?|\s?[;；。]\s?|,\s|，"
)


def judge_clauses(
    text: str, claims: Sequence[ClaimCheck], before: Sequence[str], task: Task, known: Known
) -> ClaimResult | None:
    """Proved or given where every clause is, by its formulas or by its words; None otherwise."""
    if len(text) > MAX_LENGTH:
        return None
    own = [Num(Fraction(end[1])) for c in claims if (end := _END.search(c.claim)) and _is_proved(c)]
    known = replace(known, results=[*known.results, *own])
    for gaps in ([_GAP], [_GAP, _ARROW]):
        clauses = list(_clauses(text, gaps))
        if not 1 < len(clauses) <= MAX_CLAUSES:
            continue
        verdicts = [_verdict(*clause, text, claims, before, task, known) for clause in clauses]
        is_proved = StepVerdict.PROVED in verdicts
        if None in verdicts or not (is_proved or len(gaps) == 1):
            continue  # 3 painters → 6 days, of which each alone is told
        return proved(ClaimRelation.IMPLIES) if is_proved else unchecked(ClaimRelation.DEFINE)
    return None


def _is_proved(claim: ClaimCheck) -> bool:
    return claim.verdict == StepVerdict.PROVED


def _clauses(text: str, gaps: Sequence[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    start = 0
    all_gaps = (gap for pattern in gaps for gap in pattern.finditer(text))
    inside = {at for bracket in _INTERVAL.finditer(text) for at in range(*bracket.span())}
    ends = sorted((gap for gap in all_gaps if gap.start() not in inside), key=re.Match.start)
    for gap in (*ends, None):
        end = len(text) if gap is None else gap.start()
        if text[start:end].strip(" ."):
            yield start, end
        start = end if gap is None else gap.end()


def _verdict(
    start: int, end: int, text: str, claims: Sequence[ClaimCheck], before: Sequence[str],
    task: Task, known: Known,
) -> StepVerdict | None:  # fmt: skip
    """Proved, or unchecked for what is given; None for what is open."""
    own = [claim for claim in claims if start <= claim.start < end]
    if own and all(_is_proved(c) or (c.is_definition and "=" in c.claim) for c in own):
        has_proof = any(c.verdict == StepVerdict.PROVED for c in own)
        return StepVerdict.PROVED if has_proof else StepVerdict.UNCHECKED
    result = judge_open_line(text[start:end].strip(), before, task, known)
    is_given = result is not None and result.relation == ClaimRelation.DEFINE
    is_settled = result is not None and (result.verdict == StepVerdict.PROVED or is_given)
    return result.verdict if result is not None and is_settled else None
