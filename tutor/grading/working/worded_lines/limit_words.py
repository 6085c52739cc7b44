"""What a line says of a limit in words: 0/0, so factor."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    ZERO,
    BigOperator,
    Const,
    Div,
    Num,
    Sym,
    Term,
    Unreadable,
    free_names,
    has_constant,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_FORM = re.compile(r"(?<![\d/])(0|∞)\s?/\s?(0|∞)(?![\d/])")
_DENIED = re.compile(r"\b(?:not|no|nicht|kein|pas)\b|不", re.IGNORECASE)


_PLACE = re.compile(r"([a-z])\s?(?:=|→|->)\s?(-?\d{1,4}(?:/\d{1,3})?)")
_PIECES = re.compile(r"\s?(?:[,;，；、]|\band\b|\bund\b|\bet\b|\by\b)\s?")
_TENDS = re.compile(
    r"(?P<what>[^→]{1,40}?)\s?(?:→|->|\\to|(?:goes|tends) to|geht gegen|tend vers|tiende a|趋于)\s?"
    r"(?:(?P<endless>\+?(?:∞|oo|infinity|unendlich|l'infini|infinito|\\infty))|0)",
    re.IGNORECASE,
)
_TOP = words(r"(?:the )?(?:top|numerator|zähler|numérateur|numerador)", "分子")
_BOTTOM = words(r"(?:the )?(?:bottom|denominator|nenner|dénominateur|denominador)", "分母")
_OPENING = re.compile(r"^\s?x\s?(?:→|->)\s?\+?∞\s?(?:时|:)?\s?[,，]")
_FAR = (Num(Fraction(10**6)), Num(Fraction(10**9)))


def judge_limit_words(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Proved where the limit has the form that the line tells; None for anything else."""
    return _judge_form(text, task, budget) or _judge_parts(text, task)


def _judge_parts(text: str, task: Task) -> ClaimResult | None:
    """The top grows and the bottom grows; 1/x goes to zero."""
    limits = [term for term in task.expressions if isinstance(term, BigOperator)]
    if len(limits) != 1 or limits[0].kind != "lim" or limits[0].low != Const("oo"):
        return None
    pieces = _PIECES.split(_OPENING.sub("", text.strip().rstrip(".")))
    tends = [_TENDS.fullmatch(piece.strip()) for piece in pieces]
    is_right = all(match is not None and _tends(match, limits[0]) for match in tends)
    return proved(ClaimRelation.EVALUATE) if is_right else None


def _tends(match: re.Match[str], limit: BigOperator) -> bool:
    part = _part(match["what"].strip(), limit)
    if part is None or free_names(part) != {limit.name}:
        return False
    values = [rational_value(substitute(part, Sym(limit.name), far)) for far in _FAR]
    near, far = (None if value is None else float(value) for value in values)
    if near is None or far is None:
        return False
    return far > 10 * near > 1e3 if match["endless"] else 10 * abs(far) < abs(near) < 1e-3


def _part(text: str, limit: BigOperator) -> Term | None:
    if isinstance(limit.body, Div) and (_TOP.fullmatch(text) or _BOTTOM.fullmatch(text)):
        return limit.body.top if _TOP.fullmatch(text) else limit.body.bottom
    with suppress(Unreadable, RecursionError):
        value = read_expression(text)
        return value if is_term(value) else None
    return None


def _judge_form(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    match = _FORM.search(text)
    limits = [term for term in task.expressions if isinstance(term, BigOperator)]
    if match is None or match[1] != match[2] or len(limits) != 1 or _DENIED.search(text):
        return None
    [limit] = limits
    others = _without_position(text[: match.start()] + text[match.end() :], limit)
    if re.search(r"\d|=", others) or limit.kind != "lim" or not isinstance(limit.body, Div):
        return None
    parts = (limit.body.top, limit.body.bottom)
    holds = _vanishes if match[1] == "0" else _grows
    return proved(ClaimRelation.EVALUATE) if all(holds(p, limit, budget) for p in parts) else None


def _without_position(text: str, limit: BigOperator) -> str:
    """it is, of "at x = 2 it is", where x tends to 2."""
    position = _PLACE.search(text)
    if position is None or limit.low is None or position[1] != limit.name:
        return text
    told = _part(position[2], limit)
    is_same = told is not None and rational_value(told) == rational_value(limit.low) is not None
    return text.replace(position[0], " ") if is_same else text


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
    return has_constant(term, "oo")
