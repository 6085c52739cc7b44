"""Parts that are differentiated or integrated one by one: 5x^4 --> 20x^3, and 7 --> 0."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TypeGuard

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    BigOperator,
    Neg,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_BECOMES = (
    r"\s{0,2}(?:-{1,3}>|→|⟶|=>|integrates to|differentiates to|becomes|gives|has the derivative"
    r"|wird zu|wird|abgeleitet|ergibt|devient|donne|queda|da|变成|变为|得)\s{0,2}"
)
_PAIR = re.compile(
    rf"(?:[^\W\d_]{{3,12}}:\s?)?(?:of\s)?([^→>=:]{{1,40}}?){_BECOMES}([^→>=:]{{1,40}})"
)
_SEPARATOR = re.compile(r",\s?(?:and|und|et|y)?\s|;\s?|\s(?:and|und|et|y)\s|，|；")
_DERIVES = words(
    r"differentiat\w{1,3}|derivatives?|dériv\w{1,4}|deriva\w{0,4}|ableit\w{1,4}|leite", "导数|求导"
)
_INTEGRATES = words(
    r"antiderivatives?|integra\w{1,5}|primitiv\w{1,2}|stammfunktion(?:en)?|integrier\w{1,3}",
    "原函数|积分",
)
_NOTE = re.compile(r"\s\([^()]{0,40}[A-Za-z]{3}[^()]{0,40}\)$")


def judge_term_by_term(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Proved where each part is the derivative, or an antiderivative; None for anything else.

    Refuted where a summand of what is to be derived, or integrated, becomes anything else.
    """
    integrates = any(map(_is_integral, task.expressions)) or bool(_INTEGRATES.search(task.text))
    derives = bool(_DERIVES.search(task.text)) or "'" in task.text or "\\frac{d" in task.text
    if not (integrates or derives):
        return None
    plain = _NOTE.sub("", text.strip(" ."))
    pairs = [_PAIR.fullmatch(piece.strip()) for piece in _SEPARATOR.split(plain)]
    for pair in pairs:
        before, after = (_read(pair[1]), _read(pair[2])) if pair is not None else (None, None)
        if before is None or after is None:
            return None
        steps = [(before, after)] * derives + [(after, before)] * integrates
        if not any(_is_derivative(*step, budget) for step in steps):
            return None if derives and integrates else _mistaken(before, after, task, budget)
    return proved(ClaimRelation.EVALUATE)


def _mistaken(before: Term, after: Term, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """None where the first is no summand of the problem, or is only written in another way."""
    bodies = [function.body for function in task.definitions.functions.values()]
    bodies += [part.body for e in task.expressions for part in walk(e) if _is_integral_sign(part)]
    sums = [body.parts if isinstance(body, Add) else (body,) for body in bodies]
    is_summand = any(before in parts or Neg(before) in parts for parts in sums)
    if not is_summand or not free_names(before) or free_names(after) != free_names(before):
        return None
    if same_value(before, after, budget).equal is not False:
        return None
    return refuted(ClaimRelation.EVALUATE, Witness({}, latex(before), latex(after)), Slip.NONE)


def _is_integral_sign(part: Value) -> TypeGuard[BigOperator]:
    return isinstance(part, BigOperator) and part.kind == "int"


def _is_integral(term: Term) -> bool:
    return any(map(_is_integral_sign, walk(term)))


def _read(text: str) -> Term | None:
    with suppress(Unreadable, RecursionError):
        value = read_expression(text.strip().removeprefix("+"))
        return value if is_term(value) and len(free_names(value)) < 2 else None
    return None


def _is_derivative(term: Term, derived: Term, budget: WorkBudget) -> bool:
    if not free_names(term):
        return derived == ZERO
    names = free_names(term)
    if len(names) != 1 or not free_names(derived) <= names:
        return False
    with suppress(NotDifferentiable):
        return same_value(differentiate(term, next(iter(names))), derived, budget).equal is True
    return False
