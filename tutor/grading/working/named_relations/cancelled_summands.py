"""Summands that a line cancels: "the x² cancel" in (x² - 4x)/(x² - 16)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Add, Div, Neg, Term, Unreadable, free_names, is_term, walk
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, Slip, Witness, refuted
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

MAX_LENGTH = 120
_TERM = r"(?P<{}>\d{{0,3}}[a-z](?:\^\{{?\d\}}?|[²³])?)"
_CANCELS = re.compile(
    rf"(?<![\w^]){_TERM.format('first')}(?:'?s)?(?:\sterms?)?"
    r"\s(?:cancels?|cancelled|gets? cancelled|kürzt sich|kürzen sich|fällt weg|fallen weg"
    r"|se simplifient?|s'annulent?|se cancelan?|se simplifican?|se van?)"
    rf"|(?:cancel(?:ling)?(?: out)?|cross(?:ing)? out|kürzen?|on simplifie"
    r"|je simplifie|en simplifiant|simplifico|cancelo|tacho|约去|消去|约掉)"
    rf"\s?(?:(?:the|die|das|durch|mit|par|les?|los|el|las?)\s)?{_TERM.format('second')}(?![\w^(*])"
)
_DENIED = words(
    r"not|can't|cannot|don't|nicht|kein\w{0,2}|ne|no|divid\w{1,5}|teil\w{1,3}|divis\w{1,4}"
    r"|factor\w{0,6}|ausklammern?|highest|höchste\w?",
    "不|除以|因式",
)


def judge_cancelled_summand(text: str, before: Sequence[str], task: Task) -> ClaimResult | None:
    """Refuted for a summand above and below the line that is no factor; None for others."""
    match = _CANCELS.search(text) if len(text) <= MAX_LENGTH else None
    if match is None or any(_DENIED.search(line) for line in (*before, text)):
        return None
    with suppress(Unreadable, RecursionError):
        term = read_expression(match["first"] or match["second"])
        if is_term(term) and any(_is_summand_of_both(term, part) for part in _quotients(task)):
            return refuted(ClaimRelation.EQUAL, Witness({}, "", ""), Slip.CANCELLED_TERM)
    return None


def _quotients(task: Task) -> list[Div]:
    values = (*task.expressions, *task.equations)
    return [part for value in values for part in walk(value) if isinstance(part, Div)]


def _is_summand_of_both(term: Term, quotient: Div) -> bool:
    sides = (quotient.top, quotient.bottom)
    return bool(free_names(term)) and all(
        isinstance(side, Add) and (term in side.parts or Neg(term) in side.parts) for side in sides
    )
