"""Lines that give the chance of a single event in words: P(1st red) = 5/8."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import pairwise

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, StepVerdict, proved
from tutor.grading.working.judges.side_comparison import compare_sides
from tutor.grading.working.judges.two_events import follows_from_told
from tutor.grading.working.knowledge.events import chances_of
from tutor.grading.working.progress import Progress

_EVENT = re.compile(r"P\s?\(([^()=]{2,40})\)\s*=\s*(\S.{0,200})")


def judge_event(text: str, progress: Progress, budget: WorkBudget) -> ClaimResult | None:
    """Proved where the words tell the event and this is its chance; None for anything else."""
    if follows_from_told(text, progress.statement):
        with suppress(Unreadable, RecursionError):
            progress.facts.expression = progress.read(text.rpartition("=")[2]).sides[-1].term
        return proved(ClaimRelation.EVALUATE)
    match = _EVENT.fullmatch(text.strip())
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
    if first not in chances:
        return None
    results = [compare_sides(*pair, "=", progress.facts, budget) for pair in pairwise(sides)]
    is_right = all(result.verdict == StepVerdict.PROVED for result in results)
    return proved(ClaimRelation.EVALUATE) if is_right else None
