"""Lines that tell an image or a preimage in words: the preimage of 1 is 2."""

from __future__ import annotations

import re

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Term
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.steps.definitions import Function
from tutor.grading.working.knowledge.formulas import term_of
from tutor.grading.working.task import Task

_NUMBER = r"[-−]?\d{1,6}(?:[./]\d{1,6})?"
_OF = rf"(?:of|von|de|del|d['’])\s?(?P<of>{_NUMBER})(?:\s(?:under|unter|par|por|bajo)\s[a-zA-Z])?"
_IS = r"\s?(?:is|are|ist|sind|est|sont|vaut|valent|es|son|[:=])\s?"
_VALUES = rf"(?P<values>{_NUMBER}(?:\s?(?:,|;|and|und|et|y)\s?{_NUMBER}){{0,3}})"
_SO = r"\s?(?:(?:so|donc|also|entonces|luego|hence|thus)\s)?"
_SO += r"(?:the|an?|das|der|die|un|la|le|les|el|las|los|l['’])?\s?"
_PREIMAGE = r"(?:pre-?images?|urbild(?:er)?|antécédents?|preim[aá]gen(?:es)?|antiim[aá]gen(?:es)?)"
_IMAGE = r"(?:image|bild|funktionswert|imagen)"
_LINE = re.compile(
    rf"{_SO}(?:(?P<back>{_PREIMAGE})|{_IMAGE})\s{_OF}{_IS}{_VALUES}\s?[.!]?\s?", re.IGNORECASE
)


def judge_image(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """None for other lines, and for a statement without the one function that is meant."""
    match = _LINE.fullmatch(text)
    functions = {f for name, f in task.definitions.functions.items() if "'" not in name}
    if match is None or len(functions) != 1:
        return None
    [function] = functions
    told = [_term(number) for number in re.findall(_NUMBER, match["values"])]
    given = _term(match["of"])
    if not match["back"] and len(told) != 1:
        return None
    pairs = [(value, given) if match["back"] else (given, value) for value in told]
    for position, value in pairs:
        if same_value(function.at(position), value, budget).equal is False:
            is_turned = same_value(function.at(value), position, budget).equal is True
            return _refuted(function, position, value, is_turned=is_turned)
    return proved(ClaimRelation.EVALUATE) if _are_whole(pairs, function, budget) else None


def _are_whole(pairs: list[tuple[Term, Term]], function: Function, budget: WorkBudget) -> bool:
    return all(same_value(function.at(p), value, budget).equal is True for p, value in pairs)


def _refuted(function: Function, position: Term, value: Term, *, is_turned: bool) -> ClaimResult:
    witness = Witness(
        {function.variable: latex(position)},
        latex(function.at(position)),
        latex(value),
        FailingStatement.CLAIM,
    )
    slip = Slip.IMAGE_FOR_PREIMAGE if is_turned else Slip.NONE
    return refuted(ClaimRelation.EVALUATE, witness, slip)


def _term(number: str) -> Term:
    return term_of(number.replace("−", "-"))
