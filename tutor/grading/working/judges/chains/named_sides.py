"""Sides that words stand for: the left side, the original expression."""

from __future__ import annotations

import re

from tutor.grading.parsing.tree import Term, is_term
from tutor.grading.working.knowledge.counting.expansions import asks_for_term
from tutor.grading.working.progress import Progress

_ORIGINAL = re.compile(r"原式|expression|\bterm\b|ausdruck", re.IGNORECASE)
_LEFT_SIDE = re.compile(
    r"\bLHS\b|\bleft|\blinke|\bLS\b|左边|左式|membre de gauche|izquierd", re.IGNORECASE
)
_RIGHT_SIDE = re.compile(
    r"\bRHS\b|\bright|\brechte|\bRS\b|右边|右式|membre de droite|derech", re.IGNORECASE
)


def side_named(words: str, progress: Progress) -> Term | None:
    """The side of the statement's equation, or its expression, that words stand for."""
    task = progress.facts.task
    dotted = progress.dotted_sum
    if dotted is not None and (_LEFT_SIDE.search(words) or _RIGHT_SIDE.search(words)):
        return dotted.total
    if _ORIGINAL.search(words) and not asks_for_term(task):
        return task.expressions[0] if task.expressions else None
    for pattern, side in ((_LEFT_SIDE, "left"), (_RIGHT_SIDE, "right")):
        if pattern.search(words) and task.equations:
            term = getattr(task.equations[-1], side, None)
            return term if term is not None and is_term(term) else None
    return None
