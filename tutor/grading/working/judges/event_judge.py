"""Lines that give the chance of a single event in words: P(1st red) = 5/8."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.judges.side_comparison import compare_sides
from tutor.grading.working.judges.two_events import values_by_told
from tutor.grading.working.knowledge.counting.cards import counted_twice
from tutor.grading.working.knowledge.counting.events import chances_of
from tutor.grading.working.progress import Progress

APART = Fraction(1, 100)  # what rounding does not explain
_ADDED = re.compile(r"(?:\bor\b|\boder\b|\bou\b|\bo\b|∪|\\cup|或)[^=]{1,20}=[^=−-]{1,60}")
_GIVEN = re.compile(r"P_?\{?([TPM+])\}?\s?\(([^()=]{1,12})\)(?=\s?=)")  # P_T(M)
_EVENT = re.compile(r"P\s?\(([^()=]{1,40})\)\s*=\s*(\S.{0,200})")


def judge_event(text: str, progress: Progress, budget: WorkBudget) -> ClaimResult | None:
    """By the event that the words tell and by the chances of the statement; None otherwise."""
    values = values_by_told(text, progress.statement)
    if any(abs(value - values[0]) > APART for value in values):
        wrong = next(value for value in values if value != values[0])
        witness = Witness({}, str(values[0]), str(wrong))
        return refuted(ClaimRelation.EQUAL, witness, _slip(text))
    if values and len(set(values)) == 1:
        with suppress(Unreadable, RecursionError):
            progress.facts.expression = progress.read(text.rpartition("=")[2]).sides[-1].term
        return proved(ClaimRelation.EVALUATE)
    match = _EVENT.fullmatch(_GIVEN.sub(r"P(\2|\1)", text.strip()))
    if match is None:
        return None
    chances = set(chances_of(match[1], progress.statement))
    if not chances:
        return None
    try:
        sides = progress.read(match[2]).sides
    except (Unreadable, RecursionError):
        return None
    first = rational_value(sides[0].term) if sides and sides[0].term is not None else None
    results = [compare_sides(*pair, "=", progress.facts, budget) for pair in pairwise(sides)]
    if first is None or any(result.verdict != StepVerdict.PROVED for result in results):
        return None
    if first not in chances:
        if first != counted_twice(match[1], progress.statement):
            return None
        witness = Witness({}, str(first), str(max(chances)))
        return refuted(ClaimRelation.EVALUATE, witness, Slip.COUNTED_TWICE)
    progress.facts.expression = sides[-1].term
    return proved(ClaimRelation.EVALUATE)


def _slip(text: str) -> Slip:
    """P(A or B) = P(A) + P(B)"""
    return Slip.COUNTED_TWICE if _ADDED.fullmatch(text, text.find("(") + 2) else Slip.NONE
