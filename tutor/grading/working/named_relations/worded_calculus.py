"""Derivatives and antiderivatives told in words: "the derivative of x² is 2x", 2x的原函数:x²."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    BigOperator,
    Neg,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    proved,
    refuted,
)
from tutor.grading.steps.definitions import calls_unknown
from tutor.grading.steps.derivative_slips import slip_in_derivative
from tutor.grading.steps.equal_terms import equal_terms
from tutor.grading.working.facts import terms_put_in
from tutor.grading.working.task import Task

MAX_TERM = 40  # characters
_OF = r"\s?(?:of|von|zu|de|d['’])?\s?"
_IS = r"\s?(?:is|ist|est|es|gives|ergibt|gibt|donne|da|是|为|得|=|→|->|:|：)\s?"
_OPENING = (
    r"(?:(?:so|and|also|und|donc|et|y|so the|the|an?|die|eine|der|une|la|una|le|l['’])\s){0,3}"
)
_PRIMITIVE = (
    r"(?:anti-?deriv(?:ative|\.)?|stammfunktion|stammfkt\.?|primitive|primitiva|antiderivada)"
)
_DERIVATIVE = r"(?:derivative|deriv\.?|ableitung|abl\.?|dérivée|derivada)"
_TERM = rf"(?P<of>[^=:：→\s][^=:：→\n]{{0,{MAX_TERM}}}?)"
_VALUE = rf"(?P<value>[^=:：→\s][^=:：→\n]{{0,{MAX_TERM}}})"
_PRIMITIVES = (
    re.compile(rf"{_OPENING}{_PRIMITIVE}{_OF}\s{_TERM}{_IS}{_VALUE}", re.IGNORECASE),
    re.compile(rf"^{_TERM}的?(?:一个)?原函数{_IS}{_VALUE}"),
)
_DERIVATIVES = (
    re.compile(rf"{_OPENING}{_DERIVATIVE}{_OF}\s{_TERM}{_IS}{_VALUE}", re.IGNORECASE),
    re.compile(rf"d\s?/\s?d(?P<letter>[a-z])\s(?:of\s|von\s|de\s)?{_TERM}{_IS}{_VALUE}"),
    re.compile(rf"^{_TERM}的?(?:导数|求导){_IS}{_VALUE}"),
)
# An antiderivative alone, of what the problem integrates, or of a letter put in for a part of it.
_INTEGRATES = (
    r"(?:integrates to|integrating(?: gives)?|integral(?= is| =|:)|integriert(?: ergibt| gibt)?"
    r"|(?:on )?intègre(?: en)?|s'intègre en|intégrale?|(?:se )?integra(?: en| como)?"
    r"|integrando(?: da)?"
    r"|积分得)"
)
_ALONE = re.compile(
    rf"{_OPENING}(?:{_PRIMITIVE}|{_INTEGRATES}|原函数)(?:{_IS}|\s){_VALUE}", re.IGNORECASE
)
_BESIDE = re.compile(r"[,;，；]|\b(?:and|und|et|y|so|then|not|nicht|pas|no)\b|不")
_CONSTANT = re.compile(r"\s?\+\s?[cCkK]\s?$")


def judge_worded_calculus(text: str, budget: WorkBudget) -> ClaimResult | None:
    """Proved or refuted where both functions stand in the line; None for anything else."""
    text = _plain(text)
    for patterns, is_primitive in ((_PRIMITIVES, True), (_DERIVATIVES, False)):
        for pattern in patterns:
            if (match := pattern.fullmatch(text)) is None:
                continue
            of, value = _term(match["of"]), _term(match["value"])
            if of is None or value is None:
                return None
            letter = match.groupdict().get("letter") or ""
            pair = (value, of) if is_primitive else (of, value)
            return _compared(*pair, letter, budget, is_primitive=is_primitive)
    return None


def judge_antiderivative_alone(
    text: str, facts: Sequence[Value], terms: Sequence[Term], task: Task, budget: WorkBudget
) -> ClaimResult | None:
    """Proved for an antiderivative of what is integrated, in its letter or in one put in for it.

    facts: what was said, such as u = x² + 1. terms: of lines, the latest last, whose integral is
    meant where the statement has none. None for anything else.
    """
    match = _ALONE.fullmatch(_plain(text))
    value = _term(match["value"]) if match is not None else None
    integrals = _integrals(task.expressions) or _integrals(terms)[-1:]
    if value is None or len(integrals) != 1 or len(free_names(value)) != 1:
        return None
    [integral], [letter] = integrals, free_names(value)
    if letter == integral.name:
        own = [value]
    else:
        inner = terms_put_in(facts, letter, integral.name)
        own = [substitute(value, Sym(letter), term) for term in inner]
    is_right = any(_is_derivative(term, integral, budget) for term in own)
    return proved(ClaimRelation.EVALUATE) if is_right else None


def _integrals(terms: Sequence[Term]) -> list[BigOperator]:
    return [term for term in terms if isinstance(term, BigOperator) and term.kind == "int"]


def _plain(text: str) -> str:
    return text.strip(" .。;；!").replace("−", "-").replace("’", "'")


def _term(text: str) -> Term | None:
    text = _CONSTANT.sub("", text.strip(" ()") if text.count("(") != text.count(")") else text)
    if _BESIDE.search(text):
        return None
    with suppress(Unreadable, RecursionError):
        value = read_expression(text.strip())
        return value if is_term(value) and not calls_unknown([value]) else None
    return None


def _is_derivative(value: Term, integral: BigOperator, budget: WorkBudget) -> bool:
    if free_names(value) != {integral.name}:
        return False
    with suppress(NotDifferentiable):
        derived = differentiate(value, integral.name)
        result = equal_terms(integral.body, derived, ClaimRelation.EVALUATE, budget)
        return result.verdict == StepVerdict.PROVED
    return False


def _compared(
    function: Term, slope: Term, letter: str, budget: WorkBudget, *, is_primitive: bool
) -> ClaimResult | None:
    """Whether the function has this slope, in its only letter."""
    names = free_names(function) | free_names(slope)
    if len(names) != 1 or (letter and names != {letter}):
        return None
    if any(isinstance(part, BigOperator) for term in (function, slope) for part in walk(term)):
        return None
    [name] = names
    with suppress(NotDifferentiable):
        derived = differentiate(function, name)
        result = equal_terms(slope, derived, ClaimRelation.EVALUATE, budget)
        if result.verdict == StepVerdict.PROVED:
            return result
        is_certain = name in free_names(slope) and not isinstance(function, Sym)
        if result.witness is not None and is_certain and name in free_names(function):
            if is_primitive:
                is_turned = same_value(slope, Neg(derived), budget).equal
                slip = Slip.LOST_SIGN if is_turned else Slip.INTEGRAL_RULE
            else:
                slip = slip_in_derivative(function, slope, name, budget)
            return refuted(ClaimRelation.EVALUATE, result.witness, slip)
    return None
