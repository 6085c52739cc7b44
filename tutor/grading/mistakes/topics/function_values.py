"""Values of functions: one function in another, intercepts, amplitudes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.topics.equations import Equation, answers, solutions_of
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Call,
    Comparison,
    Mul,
    Neg,
    Num,
    Sym,
    Term,
    free_names,
    is_term,
    walk,
)
from tutor.grading.steps.definitions import Function

MAX_FUNCTIONS = 3
MAX_ARGUMENTS = 4
_N = MistakeName
_INTERCEPT = re.compile(
    r"intercept|\bzeros?\b|\broots?\b|\bcross|\bmeets?\b|\bcuts?\b|axis|Nullstelle|Achse|schneide"
    r"|coupe|axe\b|ordonnée|zéros?\b|racines?\b|\bejes?\b|\bcorta|ceros?\b|raíces|零点|轴|交点",
    re.IGNORECASE,
)
_HEIGHT = re.compile(
    r"amplitud|maxim|minim|largest|smallest|highest|lowest|größte|kleinste|höchste|振幅|最大|最小",
    re.IGNORECASE,
)


def function_value_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    functions = functions_of(question)
    if len(functions) > 1 and question.amount is not None:
        yield from _compositions(list(functions.values())[:MAX_FUNCTIONS], question)
    for function in dict.fromkeys(functions.values()):
        if question.mentions(_INTERCEPT):
            yield from _intercepts(function, question)
        if question.mentions(_HEIGHT) and question.amount is not None:
            yield from _waves(function, question)


def functions_of(question: Question) -> dict[str, Function]:
    """By name: f(x) = 2x + 1 and y = 2x + 1, in one variable."""
    functions: dict[str, Function] = {}
    for value in question.task.equations:
        match value:
            case Comparison("=", Call(name, (Sym(variable),)), body) if is_term(body):
                functions[name] = Function(variable, body)
            case Comparison("=", Sym("y"), body) if is_term(body):
                names = free_names(body)
                if len(names) == 1:
                    functions["y"] = Function(next(iter(names)), body)
    return functions


def _compositions(functions: list[Function], question: Question) -> Iterator[MistakenAnswer]:
    """49 for f(g(3)) = 19, where f(x) = 2x + 1 and g(x) = x²"""
    numbers = list(dict.fromkeys(question.numbers))[-MAX_ARGUMENTS:]
    arguments: list[Term] = [Sym(functions[0].variable)]
    arguments += [argument for n in numbers for argument in (Num(n), Neg(Num(n)))]
    for outer, inner in permutations(functions, 2):
        for argument in arguments:
            if not question.is_right(outer.at(inner.at(argument))):
                continue
            swapped = inner.at(outer.at(argument))
            yield MistakenAnswer(swapped, _N.COMPOSED_IN_WRONG_ORDER)
            values = (inner.at(argument), outer.at(argument))
            yield MistakenAnswer(Mul(values), _N.MULTIPLIED_INSTEAD_OF_ADDED)
            yield MistakenAnswer(Add(values), _N.ADDED_INSTEAD_OF_MULTIPLIED)
            for value in values:
                yield MistakenAnswer(value, _N.STOPPED_EARLY)
            return


def _intercepts(function: Function, question: Question) -> Iterator[MistakenAnswer]:
    """-8 for the zero 4 of 2x - 8, and the other way round"""
    equation = Equation("=", function.body, ZERO, function.variable)
    zeros, at_zero = solutions_of(equation), function.at(ZERO)
    if question.amount is not None and question.is_right(at_zero):
        for zero in zeros:
            yield MistakenAnswer(zero, _N.OTHER_PART_ANSWERED)
        yield MistakenAnswer(Neg(at_zero), _N.SIGN_ERROR)
    elif zeros:
        yield from answers([at_zero], equation, _N.VALUE_AT_ZERO, question)


def _waves(function: Function, question: Question) -> Iterator[MistakenAnswer]:
    """2, 5 and 8 for the amplitude 4 of 4 sin(2x) + 1"""
    parts = function.body.parts if isinstance(function.body, Add) else (function.body,)
    waves = [part for part in parts if any(_is_wave(inner) for inner in walk(part))]
    levels = [rational_value(part) or Fraction(0) for part in parts if part not in waves]
    level = sum(levels, Fraction(0))
    if len(waves) != 1:
        return
    size = _size(waves[0])
    if size is None:
        return
    heights = {"amplitude": size, "top": level + size, "bottom": level - size}
    for name, height in heights.items():
        if not question.is_right(Num(height)):
            continue
        for other in (*heights.values(), level):
            yield MistakenAnswer(Num(other), _N.OTHER_PART_ANSWERED)
        if name == "amplitude":
            yield MistakenAnswer(Num(2 * size), _N.FACTOR_FORGOTTEN)
            for factor in question.numbers:
                yield MistakenAnswer(Num(factor), _N.OTHER_PART_ANSWERED)
        return


def _is_wave(value: object) -> bool:
    return isinstance(value, Call) and value.name in ("sin", "cos")


def _size(wave: Term) -> Fraction | None:
    """4 of 4 sin(2x); None where it is no number."""
    match wave:
        case Neg(part):
            return _size(part)
        case Call():
            return Fraction(1)
        case Mul((factor, Call())):
            value = rational_value(factor)
            return None if value is None else abs(value)
    return None
