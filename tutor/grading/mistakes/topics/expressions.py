"""Expressions worked out by a wrong rule: powers, roots, fractions, brackets, logarithms."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.rules.algebra_rules import ALGEBRA_RULES
from tutor.grading.mistakes.rules.calculation_rules import CALCULATION_RULES
from tutor.grading.mistakes.rules.logarithm_rules import LOGARITHM_RULES
from tutor.grading.mistakes.rules.rewriting import variants
from tutor.grading.mistakes.topics.factors import factor_mistakes
from tutor.grading.parsing.tree import Call, Term, free_names, walk

MAX_PARTS = 60  # of a term


def expression_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    start = start_of(question)
    if start is None:
        return
    yield from factor_mistakes(start, question)
    rules = ALGEBRA_RULES if free_names(start) else CALCULATION_RULES
    if any(isinstance(part, Call) for part in walk(start)):
        rules = (*LOGARITHM_RULES, *rules)
    for name, change in rules:
        for variant in variants(start, change):
            yield MistakenAnswer(variant, name)


def start_of(question: Question) -> Term | None:
    """The term of the statement that comes to the right answer."""
    if question.amount is None:
        return None
    for term in question.task.expressions:
        if sum(1 for _ in walk(term)) > MAX_PARTS or term == question.amount:
            continue
        if free_names(term) == free_names(question.amount) and question.is_right(term):
            return term
    return None
