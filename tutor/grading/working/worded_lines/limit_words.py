"""What a line says of a limit in words: 0/0, so factor."""

from __future__ import annotations

import re

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    BigOperator,
    Const,
    Div,
    Sym,
    Term,
    free_names,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.task import Task

_FORM = re.compile(r"(?<![\d/])(0|∞)\s?/\s?(0|∞)(?![\d/])")
_DENIED = re.compile(r"\b(?:not|no|nicht|kein|pas)\b|不", re.IGNORECASE)


def judge_limit_words(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Proved where the limit has the form that the line tells; None for anything else."""
    match = _FORM.search(text)
    limits = [term for term in task.expressions if isinstance(term, BigOperator)]
    if match is None or match[1] != match[2] or len(limits) != 1 or _DENIED.search(text):
        return None
    others = text[: match.start()] + text[match.end() :]
    [limit] = limits
    if re.search(r"\d|=", others) or limit.kind != "lim" or not isinstance(limit.body, Div):
        return None
    parts = (limit.body.top, limit.body.bottom)
    holds = _vanishes if match[1] == "0" else _grows
    return proved(ClaimRelation.EVALUATE) if all(holds(p, limit, budget) for p in parts) else None


def _vanishes(part: Term, limit: BigOperator, budget: WorkBudget) -> bool:
    if limit.low is None or _is_infinite(limit.low):
        return False
    at = substitute(part, Sym(limit.name), limit.low)
    return rational_value(at) == 0 or same_value(at, ZERO, budget).equal is True


def _grows(part: Term, limit: BigOperator, budget: WorkBudget) -> bool:
    """Whether it is a polynomial that is no number, at infinity."""
    is_plain = not any(isinstance(p, Div) and free_names(p.bottom) for p in walk(part))
    return limit.low is not None and _is_infinite(limit.low) and bool(free_names(part)) and is_plain


def _is_infinite(term: Term) -> bool:
    return any(part == Const("oo") for part in walk(term))
