"""A case that a line solves to its end: "u = 4 ⇒ x² = 4 ⇒ x = ±2", where u = x² is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.shapes import alternatives, expand_plus_minus
from tutor.grading.parsing.tree import (
    Comparison,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.steps.implication import implies
from tutor.grading.working.facts import terms_put_in

MAX_LENGTH = 90
MAX_PARTS = 4
MAX_WORK_S = 0.3
_ARROW = re.compile(
    r"\s?[,，]?\s?(?:⇒|=>|⟹|→|->|⇔|<=>|\\Rightarrow|\\implies|∴|\b(?:so|donc|also|luego|entonces)\b"
    r"|所以|则|即)\s?"
)


def solves_case(text: str, facts: Sequence[Value]) -> bool:
    """Whether it gives a new letter one of its values, and all solutions that belong to it.

    facts: what is known, such as u = x² and u² - 5u + 4 = 0.
    """
    parts = _ARROW.split(text.strip(" .;；"))
    if len(text) > MAX_LENGTH or not 1 < len(parts) <= MAX_PARTS:
        return False
    with suppress(Unreadable, RecursionError, WorkBudgetSpent), WorkBudget(MAX_WORK_S) as budget:
        values = [expand_plus_minus(read_answer(part.replace("±", r"\pm "))) for part in parts]
        match values[0]:
            case Comparison("=", Sym(letter), number) if is_term(number) and not free_names(number):
                return _is_value(letter, number, facts, budget) and any(
                    _leads_to(inner, number, values[1:], budget)
                    for name in free_names(values[-1])
                    for inner in terms_put_in(facts, letter, name)
                )
    return False


def _is_value(letter: str, number: Term, facts: Sequence[Value], budget: WorkBudget) -> bool:
    """Whether an equation for the letter alone holds there."""
    return any(
        _holds(case, letter, number, budget)
        for fact in facts
        if free_names(fact) == {letter}
        for case in alternatives(fact)
    )


def _holds(case: Value, letter: str, number: Term, budget: WorkBudget) -> bool:
    match case:
        case Comparison("=", left, right) if is_term(left) and is_term(right):
            first, second = (substitute(side, Sym(letter), number) for side in (left, right))
            return same_value(first, second, budget).equal is True
    return False


def _leads_to(inner: Term, number: Term, values: Sequence[Value], budget: WorkBudget) -> bool:
    """Whether inner = number says the same as each of the values."""
    equation = Comparison("=", inner, number)
    return all(
        value == equation
        or all(
            implies([premise], claim, budget).verdict == StepVerdict.PROVED
            for premise, claim in ((equation, value), (value, equation))
        )
        for value in values
    )
