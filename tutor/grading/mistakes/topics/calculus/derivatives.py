"""Derivatives, tangents, and the points where a derivative vanishes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.answer_key import Kind
from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.rules.wrong_derivatives import wrong_derivatives
from tutor.grading.mistakes.topics.equations import Equation, solutions_of
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Bracketed,
    Call,
    Comparison,
    Mul,
    Neg,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.solver.term_builder import polynomial
from tutor.grading.solver.topics.calculus.antiderivative_rules import NoRule, antiderivative

MAX_POSITIONS = 4
_DERIVATIVE = re.compile(
    r"deriv|différenti|differenti|Ableit|\bleite|ableiten|dérivé|dériver|slope|tangent|Steigung"
    r"|Tangente|pente|tangente|gradient|'\s*\(|\\prime|导数|求导|切线|斜率"
    r"|velocity|how fast|rate of change|geschwindigkeit|vitesse|velocidad|速度",
    re.IGNORECASE,
)


def derivative_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    for variable, body in _functions(question):
        try:
            derivative = derivative_of(body, variable)
        except NotDifferentiable:
            continue
        right = question.right
        if isinstance(right, Comparison):
            yield from _of_tangent(body, derivative, variable, question)
        if question.amount is not None and free_names(question.amount):
            if question.is_right(derivative):
                yield from _of_derivative(body, variable)
            elif question.mentions(_DERIVATIVE):
                yield from _of_second_derivative(derivative, variable, question)
        elif question.amount is not None:
            yield from _of_value(body, derivative, variable, question)
        elif question.key.kind == Kind.INTERVAL:
            yield from _of_interval(body, derivative, variable, right)
        elif isinstance(right, Bracketed) and len(right.parts) == 2:
            yield from _of_point(body, derivative, variable, right)


def _functions(question: Question) -> Iterator[tuple[str, Term]]:
    """Variables and terms of the functions of the statement, which may stand alone."""
    task = question.task
    defined = list(dict.fromkeys(task.definitions.functions.values()))
    for function in defined[:2]:
        yield function.variable, function.body
    if not defined and question.mentions(_DERIVATIVE):
        for term in task.expressions[:2]:
            names = free_names(term)
            if len(names) == 1 and not isinstance(term, Call):
                yield next(iter(names)), term


def derivative_of(term: Term, variable: str) -> Term:
    """A polynomial is tidied up. Raises NotDifferentiable."""
    derivative = differentiate(term, variable)
    quotient = rational_function(derivative, variable)
    if quotient is None or quotient.bottom.degree() > 0:
        return derivative
    return polynomial(quotient.top / quotient.bottom[0], variable)


def _of_derivative(body: Term, variable: str) -> Iterator[MistakenAnswer]:
    for name, wrong in wrong_derivatives(body, variable):
        yield MistakenAnswer(wrong, name)
    try:
        integral = antiderivative(body, variable)
    except NoRule:
        return
    for value in (integral, Add((integral, Sym("C")))):
        yield MistakenAnswer(value, MistakeName.INTEGRATED_FOR_DIFFERENTIATED)


def _of_second_derivative(
    derivative: Term, variable: str, question: Question
) -> Iterator[MistakenAnswer]:
    try:
        second = derivative_of(derivative, variable)
    except NotDifferentiable:
        return
    if question.is_right(second):
        yield MistakenAnswer(derivative, MistakeName.STOPPED_EARLY)
        for name, wrong in wrong_derivatives(derivative, variable):
            yield MistakenAnswer(wrong, name)


def _at(term: Term, variable: str, position: Term) -> Term:
    value: Term = substitute(term, Sym(variable), position)
    return value


def _positions(question: Question) -> list[Term]:
    numbers = dict.fromkeys(question.numbers)
    return [position for n in list(numbers)[-MAX_POSITIONS:] for position in (Num(n), Num(-n))]


def _of_value(
    body: Term, derivative: Term, variable: str, question: Question
) -> Iterator[MistakenAnswer]:
    """f'(2), a slope, and the largest value"""
    if question.mentions(_DERIVATIVE):
        for position in _positions(question):
            if not question.is_right(_at(derivative, variable, position)):
                continue
            yield MistakenAnswer(_at(body, variable, position), MistakeName.FUNCTION_FOR_DERIVATIVE)
            for name, wrong in wrong_derivatives(body, variable):
                yield MistakenAnswer(_at(wrong, variable, position), name)
            opposite = _at(derivative, variable, Neg(position))
            yield MistakenAnswer(opposite, MistakeName.SIGN_ERROR)
            return
    for position in _zeros(derivative, variable):
        if question.is_right(_at(body, variable, position)):
            yield MistakenAnswer(position, MistakeName.POSITION_FOR_VALUE)
            opposite = _at(body, variable, Neg(position))
            yield MistakenAnswer(opposite, MistakeName.SIGN_ERROR)
            yield MistakenAnswer(_at(body, variable, ZERO), MistakeName.VALUE_AT_ZERO)
        elif question.is_right(position):
            yield MistakenAnswer(_at(body, variable, position), MistakeName.POSITION_FOR_VALUE)
            yield from (
                MistakenAnswer(zero, MistakeName.FUNCTION_FOR_DERIVATIVE)
                for zero in (*_zeros(body, variable), *_second_zeros(derivative, variable))
            )


def _zeros(term: Term, variable: str) -> list[Term]:
    return solutions_of(Equation("=", term, ZERO, variable))


def _second_zeros(derivative: Term, variable: str) -> list[Term]:
    try:
        return _zeros(derivative_of(derivative, variable), variable)
    except NotDifferentiable:
        return []


def _of_point(
    body: Term, derivative: Term, variable: str, right: Bracketed
) -> Iterator[MistakenAnswer]:
    """An extreme point, or a point of inflection"""
    x, y = right.parts
    if not is_term(x) or not is_term(y) or free_names(x):
        return
    try:
        second = derivative_of(derivative, variable)
    except NotDifferentiable:
        return

    def point(position: Term, height: Term, name: MistakeName) -> MistakenAnswer:
        return MistakenAnswer(Bracketed("(", (position, height), ")"), name)

    for other in (derivative, second):
        yield point(x, _at(other, variable, x), MistakeName.FUNCTION_FOR_DERIVATIVE)
    for term in (derivative, second, body):
        for zero in _zeros(term, variable):
            yield point(zero, _at(body, variable, zero), MistakeName.FUNCTION_FOR_DERIVATIVE)
    yield point(Neg(x), _at(body, variable, Neg(x)), MistakeName.SIGN_ERROR)


def _of_interval(
    body: Term, derivative: Term, variable: str, right: Value
) -> Iterator[MistakenAnswer]:
    """Where it increases, or where its graph turns left: the ends are zeros of a derivative."""
    try:
        second = derivative_of(derivative, variable)
    except NotDifferentiable:
        return
    ends = [part for part in walk(right) if is_term(part) and rational_value(part) is not None]
    for right_one, others in ((derivative, (body, second)), (second, (body, derivative))):
        zeros = _zeros(right_one, variable)
        if not zeros or not all(_is_among(end, zeros) for end in ends):
            continue
        for other in others:
            for value in _with_ends(right, ends, _zeros(other, variable)):
                yield MistakenAnswer(value, MistakeName.FUNCTION_FOR_DERIVATIVE)
        return


def _is_among(end: Term, zeros: list[Term]) -> bool:
    return any(rational_value(end) == rational_value(zero) for zero in zeros)


def _with_ends(right: Value, ends: list[Term], others: list[Term]) -> Iterator[Value]:
    """The same interval between other zeros."""
    if len(ends) == 1:
        for other in others:
            yield substitute(right, ends[0], other)
    elif isinstance(right, Bracketed) and len(ends) == len(others) == 2:
        yield Bracketed(right.opening, tuple(others), right.closing)


def _of_tangent(
    body: Term, derivative: Term, variable: str, question: Question
) -> Iterator[MistakenAnswer]:
    pair = definition(question.right)
    if pair is None or pair[0] != Sym("y") or not is_term(pair[1]):
        return
    x = Sym(variable)

    def line(slope: Term, position: Term, height: Term) -> Comparison:
        run = Add((x, Neg(position)))
        return Comparison("=", Sym("y"), Add((Mul((slope, run)), height)))

    for position in _positions(question):
        slope, height = (_at(term, variable, position) for term in (derivative, body))
        right = line(slope, position, height).right
        if not is_term(right) or not _is_same(right, pair[1], question):
            continue
        at_zero = _at(right, variable, ZERO)
        yield MistakenAnswer(line(slope, ZERO, Neg(at_zero)), MistakeName.SIGN_ERROR)
        yield MistakenAnswer(line(slope, Neg(position), height), MistakeName.SIGN_ERROR)
        yield MistakenAnswer(line(slope, ZERO, height), MistakeName.CONDITION_NOT_USED)
        yield MistakenAnswer(line(slope, ZERO, ZERO), MistakeName.CONDITION_NOT_USED)
        yield MistakenAnswer(line(height, position, height), MistakeName.FUNCTION_FOR_DERIVATIVE)
        yield MistakenAnswer(line(slope, position, slope), MistakeName.FUNCTION_FOR_DERIVATIVE)
        yield MistakenAnswer(line(slope, height, position), MistakeName.SWAPPED_COORDINATES)
        for name, wrong in wrong_derivatives(body, variable):
            yield MistakenAnswer(line(_at(wrong, variable, position), position, height), name)
        yield from (
            MistakenAnswer(other, MistakeName.SIGN_ERROR)
            for other in (line(Neg(slope), position, height), line(slope, position, Neg(height)))
        )
        yield MistakenAnswer(line(slope, position, ZERO), MistakeName.CONDITION_NOT_USED)
        for shorter in without_each_term(derivative):
            steep = line(_at(shorter, variable, position), position, height)
            yield MistakenAnswer(steep, MistakeName.TERM_DROPPED)
        return


def without_each_term(term: Term) -> Iterator[Term]:
    """3x² and -2 for 3x² - 2"""
    if isinstance(term, Add):
        for index in range(len(term.parts)):
            yield Add(term.parts[:index] + term.parts[index + 1 :])


def _is_same(left: Term, right: Term, question: Question) -> bool:
    same = Question(question.statement, question.key, right)
    return same.is_right(left)
