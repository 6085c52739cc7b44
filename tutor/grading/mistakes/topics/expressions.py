"""Expressions worked out by a wrong rule: powers, roots, fractions, brackets, logarithms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.rules import calculation_rules
from tutor.grading.mistakes.rules.algebra_rules import ALGEBRA_RULES
from tutor.grading.mistakes.rules.calculation_rules import CALCULATION_RULES
from tutor.grading.mistakes.rules.logarithm_rules import LOGARITHM_RULES
from tutor.grading.mistakes.rules.rewriting import Change, variants
from tutor.grading.mistakes.topics.factors import factor_mistakes
from tutor.grading.mistakes.topics.function_values import functions_of
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Div,
    Mul,
    Neg,
    Num,
    Root,
    Sym,
    Term,
    free_names,
    has_part,
    is_term,
    substitute,
    walk,
)
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.steps import power_slips
from tutor.grading.working.knowledge.statement_numbers import number_term

_MIXED_NUMBER = re.compile(r"\d\s*\\[dt]?frac|\d \d{1,3}/\d")
_FRACTION = re.compile(r"\\[dt]?frac")
MAX_PARTS = 60  # of a term


def expression_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    yield from _of_subject(question)
    yield from _without_denominator(question)
    start = start_of(question)
    if start is None:
        return
    yield from factor_mistakes(start, question)
    yield from _unlike_terms(question)
    rules = ALGEBRA_RULES if free_names(start) else CALCULATION_RULES
    if has_part(start, Call):
        rules = (*LOGARITHM_RULES, *rules)
    for name, change in rules:
        if name == MistakeName.ORDER_OF_OPERATIONS and question.mentions(_FRACTION):
            continue  # nobody takes the bar of a fraction for a step from left to right
        if name == MistakeName.MIXED_NUMBER_MISREAD and not question.mentions(_MIXED_NUMBER):
            continue
        for variant in variants(start, change):
            yield MistakenAnswer(variant, name)


def _of_subject(question: Question) -> Iterator[MistakenAnswer]:
    """r = A/π for r = √(A/π)"""
    pair = definition(question.right)
    if pair is None or not is_term(pair[1]) or not free_names(pair[1]):
        return
    for name, change in _ROOT_RULES:
        for variant in variants(pair[1], change):
            yield MistakenAnswer(Comparison("=", pair[0], variant), name)


def _without_denominator(question: Question) -> Iterator[MistakenAnswer]:
    """5x + 2 for (5x + 2)/(x(x + 1))"""
    match question.amount:
        case Div(top, bottom) if free_names(top) and free_names(bottom):
            yield MistakenAnswer(top, MistakeName.DENOMINATOR_DROPPED)


def _root_of_top_only(term: Term) -> Iterator[Term]:
    """√A/π for √(A/π)"""
    match term:
        case Root(Div(top, bottom), index):
            yield Div(Root(top, index), bottom)


_ROOT_RULES: tuple[tuple[MistakeName, Change], ...] = (
    (MistakeName.ROOT_SPLIT, calculation_rules.root_split),
    (MistakeName.ROOT_FORGOTTEN, calculation_rules.root_forgotten),
    (MistakeName.ROOT_AS_HALF, power_slips.root_as_division),
    (MistakeName.ON_ONE_TERM_ONLY, _root_of_top_only),
)


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
