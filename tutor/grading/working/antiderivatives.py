"""What a line calls an antiderivative, in words: Stammfunktion: x² - 3x."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    BigOperator,
    Sym,
    Term,
    free_names,
    has_part,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    refuted,
)
from tutor.grading.steps.equal_terms import equal_terms, is_indefinite
from tutor.grading.working.facts import Facts
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.reading import Statement
from tutor.grading.working.task import Task

CALLED = words(
    r"anti-?derivatives?|stammfunktion|stammfkt|primitive|primitiva|antiderivada", "原函数"
)
_ARTICLE = r"(?:(?:an|the|eine|die|une|la|una)\s)?"
_ONLY_CALLED = re.compile(f"{_ARTICLE}(?:{CALLED.pattern})", re.IGNORECASE)
_INTEGRAL = re.compile(r"∫|\\int|\bint\b")
_CONSTANT = re.compile(r"(?<![A-Za-z])[CcKkDd](?![A-Za-z(])")
_UPPER = words(r"upper|top|obere\w*|oben|supérieure|haut|sup|superior|arriba", "上限")
_LOWER = words(r"lower|bottom|untere\w*|unten|inférieure|bas|inf|inferior|abajo", "下限")
MAX_INTEGRANDS = 4


def calls_antiderivative(name: str, terms: Iterable[Term], task: Task) -> bool:
    """Whether the words can only mean the function that the problem integrates.

    terms: of the lines before; an integral among them may be what the words are about.
    """
    if not _ONLY_CALLED.fullmatch(name.strip()):
        return False
    others = (term for term in terms if term not in task.expressions)
    return not any(isinstance(part, BigOperator) for term in others for part in walk(term))


def judge_antiderivative(
    name: str, term: Term, facts: Facts, budget: WorkBudget
) -> ClaimResult | None:
    """None where the words speak of something else. Raises WorkBudgetSpent.

    Refuted only where there is one function to integrate.
    """
    if not CALLED.search(name):
        return None
    integrands = [known for known in _integrands(facts) if free_names(known) == free_names(term)]
    asked = [t.body for t in facts.task.expressions if isinstance(t, BigOperator)]
    integrands = [known for known in integrands if known in asked] or integrands
    results = [_compared(integrand, term, budget) for integrand in integrands[:MAX_INTEGRANDS]]
    proved = [result for result in results if result and result.verdict == StepVerdict.PROVED]
    if proved or len(results) != 1:
        return proved[0] if proved else None
    return results[0]


def value_at_bound(name: str, antiderivative: Term | None, terms: Iterable[Term]) -> Term | None:
    """F(2) for "upper" where F was found for an integral from 0 to 2; None for other words.

    terms: with the integral among them, the latest first.
    """
    bound = _UPPER.search(name) or _LOWER.search(name)
    if bound is None or antiderivative is None or len(free_names(antiderivative)) != 1:
        return None
    [variable] = free_names(antiderivative)
    for term in terms:
        match term:
            case BigOperator("int", _, letter, low, high) if letter == variable:
                end = high if bound.re is _UPPER else low
                if end is not None:
                    value: Term = substitute(antiderivative, Sym(variable), end)
                    return value
    return None


def forgotten_constant(
    start: Term | None, last: Term | None, task: Task, following: Sequence[Statement]
) -> ClaimResult | None:
    """∫2x dx = x², where no later line has + C; None for anything else.

    start: what the problem asks for, if it is an integral without bounds. last: what it comes to.
    """
    if not isinstance(start, BigOperator) or not is_indefinite(start) or last is None:
        return None
    is_asked = start in task.expressions or _is_substituted(start, task, following)
    if not is_asked or CALLED.search(task.text):
        return None
    has_integral = has_part(last, BigOperator)
    if has_integral or not free_names(last) <= free_names(start.body) | {start.name}:
        return None
    if any(_CONSTANT.search(statement.text) for statement in following):
        return None
    text = latex(last)
    return refuted(
        ClaimRelation.EVALUATE, Witness({}, text, f"{text} + C"), Slip.CONSTANT_FORGOTTEN
    )


def _is_substituted(start: BigOperator, task: Task, following: Sequence[Statement]) -> bool:
    """∫u³ du, the last integral of a working of ∫2x(x² + 1)³ dx."""
    asked = [term for term in task.expressions if isinstance(term, BigOperator)]
    is_other = all(is_indefinite(term) and term.name != start.name for term in asked)
    return bool(asked) and is_other and not any(_INTEGRAL.search(s.text) for s in following)


def _integrands(facts: Facts) -> Iterator[Term]:
    terms = [*facts.task.expressions, *([facts.expression] if facts.expression else [])]
    for term in dict.fromkeys(terms):
        if isinstance(term, BigOperator) and term.kind == "int":
            yield term.body
    for function in facts.task.definitions.functions.values():
        yield function.body


def _compared(integrand: Term, term: Term, budget: WorkBudget) -> ClaimResult | None:
    [variable] = free_names(term) if len(free_names(term)) == 1 else [""]
    if not variable:
        return None
    try:
        derived = differentiate(term, variable)
    except NotDifferentiable:
        return None
    result = equal_terms(integrand, derived, ClaimRelation.EVALUATE, budget)
    if result.witness is not None:
        return refuted(ClaimRelation.EVALUATE, result.witness, Slip.INTEGRAL_RULE)
    return result if result.is_decided else None
