"""Integrals, Taylor polynomials and differential equations."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from tutor.grading.mistakes.explanation import MistakenAnswer, Question, bare_term
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.rules.wrong_antiderivatives import wrong_antiderivatives
from tutor.grading.mistakes.topics.calculus.derivatives import without_each_term
from tutor.grading.mistakes.topics.equations import Equation, solutions_of
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    BigOperator,
    Call,
    Comparison,
    Const,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.solver.topics.calculus.antiderivative_rules import NoRule, antiderivative

MAX_ORDER = 12
MAX_LIMITS = 4  # numbers of the statement that may be limits
_ANTIDERIVATIVE = re.compile(r"antideriv|Stammfunktion|primitive|primitiva|原函数|integra", re.I)
_AREA = re.compile(r"\barea\b|Fläche|\baire\b|área|面积|围成|enclos|bounded|between", re.IGNORECASE)
_TAYLOR = re.compile(r"Taylor|Maclaurin|泰勒|麦克劳林", re.I)
_DIFFERENTIAL_EQUATION = re.compile(
    r"y\s{0,3}+(?:'|\^\s{0,3}+\{?\s{0,3}+\\prime)|dy\s{0,3}+/\s{0,3}+dx|\\frac\s{0,3}+\{\s{0,3}+dy"
    r"|differential equation|Differ[ea]ntialgleichung|équation différentielle|微分方程",
    re.I,
)
_CONSTANTS = (Sym("C"), Sym("c"))


def integral_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    for integral in _integrals(question):
        if integral.low is not None and integral.high is not None:
            yield from _definite(integral.body, integral.name, integral.low, integral.high)
        else:
            yield from _indefinite(integral.body, integral.name, question)
    if question.mentions(_AREA):
        yield from _areas(question)
    if question.mentions(_ANTIDERIVATIVE):
        for function in dict.fromkeys(question.task.definitions.functions.values()):
            yield from _indefinite(function.body, function.variable, question)
        yield from _of_bare_terms(question)
    for value in question.task.equations:
        match value:
            case Comparison("=", Call(called, (Sym(variable),)), body) if called.endswith("'"):
                if is_term(body) and free_names(body) == {variable}:
                    yield from _indefinite(body, variable, question)
    if question.mentions(_TAYLOR):
        yield from _taylor(question)
    if question.mentions(_DIFFERENTIAL_EQUATION):
        yield from _exponential_solution(question)


def _of_bare_terms(question: Question) -> Iterator[MistakenAnswer]:
    """All antiderivatives of 6x² - 4"""
    if _integrals(question):
        return
    for term in question.task.expressions:
        names = sorted(free_names(term))
        if len(names) == 1:
            yield from _indefinite(term, names[0], question)


def _integrals(question: Question) -> list[BigOperator]:
    values: list[Value] = [*question.task.expressions, *question.task.equations]
    return [
        part
        for value in values
        for part in walk(value)
        if isinstance(part, BigOperator) and part.kind == "int"
    ][:2]


def _at(term: Term, name: str, position: Term) -> Term:
    value: Term = substitute(term, Sym(name), position)
    return value


def _definite(body: Term, name: str, low: Term, high: Term) -> Iterator[MistakenAnswer]:
    def between(term: Term) -> Term:
        return Add((_at(term, name, high), Neg(_at(term, name, low))))

    try:
        whole = antiderivative(body, name)
    except NoRule:
        return
    yield MistakenAnswer(_at(whole, name, high), MistakeName.LOWER_LIMIT_IGNORED)
    both = Add((_at(whole, name, high), _at(whole, name, low)))
    yield MistakenAnswer(both, MistakeName.VALUES_AT_LIMITS_ADDED)
    yield MistakenAnswer(Neg(between(whole)), MistakeName.LIMITS_SWAPPED)
    yield MistakenAnswer(between(body), MistakeName.INTEGRAND_AT_LIMITS)
    yield MistakenAnswer(_at(body, name, high), MistakeName.INTEGRAND_AT_LIMITS)
    for mistake, wrong in wrong_antiderivatives(body, name):
        yield MistakenAnswer(between(wrong), mistake)
    for shorter in without_each_term(whole):
        yield MistakenAnswer(between(shorter), MistakeName.TERM_DROPPED)


def _areas(question: Question) -> Iterator[MistakenAnswer]:
    """Under a curve, or between two: the integral from one of their meeting points to the next"""
    functions = [
        (function.variable, function.body)
        for function in dict.fromkeys(question.task.definitions.functions.values())
    ][:2]
    if len(functions) == 2:
        functions.append((functions[0][0], Add((functions[0][1], Neg(functions[1][1])))))
    numbers = [Num(number) for number in dict.fromkeys(question.numbers)][-MAX_LIMITS:]
    for variable, body in functions:
        zeros = solutions_of(Equation("=", body, ZERO, variable))
        for low, high in combinations([*zeros, *numbers], 2):
            if _is_area(body, variable, low, high, question):
                for turned in (body, Neg(body)):
                    yield from _definite(turned, variable, low, high)
                return


def _is_area(body: Term, name: str, low: Term, high: Term, question: Question) -> bool:
    try:
        whole = antiderivative(body, name)
    except NoRule:
        return False
    area = Add((_at(whole, name, high), Neg(_at(whole, name, low))))
    return question.is_right(area) or question.is_right(Neg(area))


def _indefinite(body: Term, name: str, question: Question) -> Iterator[MistakenAnswer]:
    right = question.amount
    if right is None or name not in free_names(right):
        return
    constants = [part for part in _CONSTANTS if part.name in free_names(right)]
    for mistake, wrong in wrong_antiderivatives(body, name):
        yield MistakenAnswer(wrong, mistake)
        for constant in constants:
            yield MistakenAnswer(Add((wrong, constant)), mistake)


def _taylor(question: Question) -> Iterator[MistakenAnswer]:
    """x - x² + 2x³ for x - x²/2 + x³/3"""
    right = question.amount
    names = free_names(right) if right is not None else frozenset()
    if right is None or len(names) != 1:
        return
    [name] = names
    quotient = rational_function(right, name)
    if quotient is None or quotient.bottom.degree() > 0 or quotient.top.degree() > MAX_ORDER:
        return
    coefficients = [
        Fraction(int(part.p), int(part.q))
        for part in (quotient.top[n] / quotient.bottom[0] for n in range(quotient.top.degree() + 1))
    ]

    def polynomial(numbers: list[Fraction]) -> Term:
        powers = (Pow(Sym(name), Num(Fraction(n))) for n in range(len(numbers)))
        return Add(tuple(Mul((Num(c), p)) for c, p in zip(numbers, powers, strict=True)))

    without = [c * math.factorial(n) for n, c in enumerate(coefficients)]
    yield MistakenAnswer(polynomial(without), MistakeName.FACTORIALS_FORGOTTEN)
    by_order = [c * math.factorial(n) / max(n, 1) for n, c in enumerate(coefficients)]
    yield MistakenAnswer(polynomial(by_order), MistakeName.FACTORIALS_FORGOTTEN)
    for scale in {number for number in question.numbers if number > 1}:
        plain = [c / scale**n for n, c in enumerate(coefficients)]
        yield MistakenAnswer(polynomial(plain), MistakeName.CHAIN_RULE_FORGOTTEN)


def _exponential_solution(question: Question) -> Iterator[MistakenAnswer]:
    """e^(3x) + 1 for 2e^(3x)"""
    pair = definition(question.right)
    right = pair[1] if pair else bare_term(question.right)
    if right is None or not is_term(right):
        return
    parts = _factor_and_exponent(right)
    if parts is None:
        return
    factor, exponent = parts
    power = Pow(Const("e"), exponent)
    wrong: list[tuple[Term, MistakeName]] = [
        (power, MistakeName.CONDITION_NOT_USED),
        *(
            (Mul((Num(factor), Pow(Const("e"), Sym(name)))), MistakeName.CHAIN_RULE_FORGOTTEN)
            for name in free_names(exponent)
        ),
        (Add((power, Num(factor - 1))), MistakeName.CONSTANT_ADDED_NOT_MULTIPLIED),
        (Add((power, Num(factor))), MistakeName.CONSTANT_ADDED_NOT_MULTIPLIED),
        (Mul((Num(factor), Pow(Const("e"), Neg(exponent)))), MistakeName.SIGN_OF_EXPONENT),
        (Mul((Num(factor), Add((ONE, exponent)))), MistakeName.LINEAR_FOR_EXPONENTIAL),
    ]
    names = free_names(exponent)
    if len(names) == 1:
        [name] = names
        try:
            slope = differentiate(exponent, name)
        except NotDifferentiable:
            slope = ONE
        if name in free_names(slope):
            for inner in (_at(slope, name, ONE), slope):
                grown = Pow(Const("e"), Mul((inner, Sym(name))))
                value = Mul((Num(factor), grown))
                wrong.append((value, MistakeName.COEFFICIENT_TAKEN_AS_CONSTANT))
            grown = Pow(Const("e"), slope)
            value = Mul((Num(factor), grown))
            wrong.append((value, MistakeName.COEFFICIENT_TAKEN_AS_CONSTANT))
    for term, mistake in wrong:
        yield MistakenAnswer(Comparison("=", Sym("y"), term) if pair else term, mistake)


def _factor_and_exponent(term: Term) -> tuple[Fraction, Term] | None:
    """3 and x² of 3e^(x²); None for other terms."""
    match term:
        case Mul((factor, Pow(Const("e"), exponent))) if rational_value(factor) is not None:
            return rational_value(factor) or Fraction(1), exponent
    return None
