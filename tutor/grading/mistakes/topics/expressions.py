"""Expressions worked out by a wrong rule: powers, roots, fractions, brackets, logarithms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.rules.algebra_rules import ALGEBRA_RULES
from tutor.grading.mistakes.rules.calculation_rules import CALCULATION_RULES
from tutor.grading.mistakes.rules.logarithm_rules import LOGARITHM_RULES
from tutor.grading.mistakes.rules.rewriting import variants
from tutor.grading.mistakes.topics.factors import factor_mistakes
from tutor.grading.mistakes.topics.function_values import functions_of
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Div,
    Mul,
    Neg,
    Num,
    Sym,
    Term,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.working.knowledge.statement_numbers import number_term

_FRACTION = re.compile(r"\\[dt]?frac")
MAX_PARTS = 60  # of a term


def expression_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    start = start_of(question)
    if start is None:
        return
    yield from factor_mistakes(start, question)
    yield from _unlike_terms(question)
    rules = ALGEBRA_RULES if free_names(start) else CALCULATION_RULES
    if any(isinstance(part, Call) for part in walk(start)):
        rules = (*LOGARITHM_RULES, *rules)
    for name, change in rules:
        if name == MistakeName.ORDER_OF_OPERATIONS and question.mentions(_FRACTION):
            continue  # nobody takes the bar of a fraction for a step from left to right
        for variant in variants(start, change):
            yield MistakenAnswer(variant, name)


def _unlike_terms(question: Question) -> Iterator[MistakenAnswer]:
    """12x for x + 11"""
    right = question.amount
    names = free_names(right) if right is not None else frozenset()
    linear = linear_coefficients(right, next(iter(names))) if right and len(names) == 1 else None
    if linear is None:
        return
    factor, constant = (rational_value(part) for part in linear)
    if factor and constant:
        combined = Mul((Num(factor + constant), Sym(next(iter(names)))))
        yield MistakenAnswer(combined, MistakeName.UNLIKE_TERMS_COMBINED)


def start_of(question: Question) -> Term | None:
    """The term of the statement that comes to the right answer."""
    if question.amount is None:
        return None
    for term in (*question.task.expressions, *_values(question)):
        if sum(1 for _ in walk(term)) > MAX_PARTS or term == question.amount:
            continue
        if free_names(term) == free_names(question.amount) and question.is_right(term):
            return term
    return _of_two_numbers(question)


def _values(question: Question) -> Iterator[Term]:
    """(-2)² - 3·(-2) for f(-2), and for x² - 3x where x = -2"""
    given: dict[Sym, Term] = {}
    functions = dict(functions_of(question))
    for value in question.task.equations:
        match value:
            case Comparison("=", Sym() as name, known) if (
                is_term(known) and rational_value(known) is not None
            ):
                given[name] = known
    for term in question.task.expressions:
        match term:
            case Call(called, (argument,)) if called in functions and not free_names(argument):
                yield functions[called].at(argument)
            case _ if given and free_names(term) <= {name.name for name in given}:
                yield _put_in(term, given)
    if question.amount is not None and not free_names(question.amount):
        for function in functions.values():
            for number in question.numbers[-2:]:
                for argument in (Num(number), Neg(Num(number))):
                    yield function.at(argument)


def _put_in(term: Term, values: dict[Sym, Term]) -> Term:
    for name, value in values.items():
        term = substitute(term, name, value)
    return term


def _of_two_numbers(question: Question) -> Term | None:
    """What a problem in words with two fractions asks to calculate; None for other problems."""
    if len(question.numbers) != 2 or all(n.denominator == 1 for n in question.numbers):
        return None
    first, second = (number_term(number) for number in question.numbers)
    calculations: tuple[Term, ...] = (
        Add((first, second)),
        Add((first, Neg(second))),
        Add((second, Neg(first))),
        Mul((first, second)),
        Div(first, second),
        Div(second, first),
    )
    return next((term for term in calculations if question.is_right(term)), None)
