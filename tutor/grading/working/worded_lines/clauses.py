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
from tutor.grading.working.task import Task
from tutor.grading.working.worded_lines.open_lines import MAX_LENGTH, Known, judge_open_line

MAX_CLAUSES = 3
_ARROW = re.compile("→|->|⟹")
_END = re.compile(r"=\s?(-?\d{1,9}(?:\.\d{1,6})?)\s?$")  # n = 35
_GAP = re.compile(
    r"\s?[,;，；。]?\s?(?:\b(?:so|hence|therefore|thus|also|daher|deshalb|donc|d'où|entonces"
    r"|luego|por tanto)\b"
    r"|∴|所以|因此|故|⇒|=>|→|->|⟹)\s?[,，:]?\s?|\s?[;；。]\s?|,\s|，"
)


def judge_clauses(
    text: str, claims: Sequence[ClaimCheck], before: Sequence[str], task: Task, known: Known
) -> ClaimResult | None:
    """Proved or given where every clause is, by its formulas or by its words; None otherwise."""
    if len(text) > MAX_LENGTH:
        return None
    clauses = list(_clauses(text))
    if not 1 < len(clauses) <= MAX_CLAUSES:
        return None
    own = [Num(Fraction(end[1])) for c in claims if (end := _END.search(c.claim)) and _is_proved(c)]
    known = replace(known, results=[*known.results, *own])
    verdicts = [_verdict(start, end, text, claims, before, task, known) for start, end in clauses]
    if None in verdicts:
        return None
    is_proved = StepVerdict.PROVED in verdicts
    if not is_proved and _ARROW.search(text):
        return None  # 3 painters → 6 days, of which each alone is told
    return proved(ClaimRelation.IMPLIES) if is_proved else unchecked(ClaimRelation.DEFINE)


def _is_proved(claim: ClaimCheck) -> bool:
    return claim.verdict == StepVerdict.PROVED


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in (*_GAP.finditer(text), None):
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
