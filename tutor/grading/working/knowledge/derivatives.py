"""Slopes of tangents and normals, and partial derivatives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Comparison,
    Div,
    Mul,
    Neg,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.task import Task

MAX_PLACES = 4
_TOUCHES = re.compile(
    r"\b(?:tangent|normal|slope|steigung|pente|pendiente)|切线|法线|斜率", re.IGNORECASE
)
_OTHER_SLOPE = re.compile(
    r"normal|perpendic|secant|average|mean|line\b|parallel|senkrecht|orthogonal|sekante|mittler"
    r"|gerade|sécante|moyen|droite|secante|medi|recta|法线|垂直|平均|割线|平行|直线",
    re.IGNORECASE,
)
_AT_X = re.compile(r"([a-z])(?:_0|₀)?\s*=\s*(-?\d+(?:\.\d+)?)(?![\d.]*[\dA-Za-z])")
_POINT = re.compile(r"\(\s*(-?\d+(?:\.\d+)?)\s*[,|;]\s*-?\d+(?:\.\d+)?\s*\)")
_SLOPE = frozenset(
    ["m", "k", "m_t", "m_T", "k_t", "slope", "steigung", "pente", "pendiente", "斜率"]
)
_NORMAL_SLOPE = frozenset(["m", "k", "m_n", "m_N", "k_n", "m_2", "k_2"])


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    for equation in task.equations:
        yield from _partial(equation)
        if _TOUCHES.search(task.text):
            yield from _touching(equation, task.text)


def _touching(equation: Value, text: str) -> Iterator[ExpectedQuantity]:
    function = _explicit(equation)
    if function is None:
        return
    variable, body = function
    places = _places(text, variable)
    is_only = len(places) == 1 and not _OTHER_SLOPE.search(text)
    for position in places:
        with suppress(NotDifferentiable):
            slope = _at(differentiate(body, variable), variable, position)
            height = _at(body, variable, position)
            yield ExpectedQuantity(_SLOPE, value=slope, is_only=is_only)
            yield ExpectedQuantity(
                _NORMAL_SLOPE,
                value=Neg(Div(ONE, slope)),
                mistakes=(
                    Mistake(Slip.LOST_SIGN, value=Div(ONE, slope)),
                    Mistake(Slip.LOST_SIGN, value=Neg(slope)),
                ),
            )
            for steepness in (slope, Neg(Div(ONE, slope))):
                run = Add((Sym(variable), Neg(position)))
                line = Add((Mul((steepness, run)), height))
                yield ExpectedQuantity(frozenset(["y", "t", "t(x)"]), value=line)


def _explicit(equation: Value) -> tuple[str, Term] | None:
    """The variable and the term of y = x² or f(x) = x²."""
    match equation:
        case Comparison("=", Call(_, (Sym(variable),)), body) if is_term(body):
            return variable, body
        case Comparison("=", Sym("y"), body) if is_term(body):
            return "x", body
    return None


def _places(text: str, variable: str) -> list[Term]:
    numbers = [number for name, number in _AT_X.findall(text) if name == variable]
    numbers += _POINT.findall(text)
    return [_number(Fraction(number)) for number in numbers[:MAX_PLACES]]


def _number(value: Fraction) -> Term:
    return Neg(Num(-value)) if value < 0 else Num(value)


def _at(term: Term, variable: str, position: Term) -> Term:
    value: Term = substitute(term, Sym(variable), position)
    number = rational_value(value)
    if number is None:
        return value
    size = abs(number)
    whole: Term = Num(Fraction(size.numerator))
    if size.denominator != 1:
        whole = Div(whole, Num(Fraction(size.denominator)))
    return Neg(whole) if number < 0 else whole


def _partial(equation: Value) -> Iterator[ExpectedQuantity]:
    """f_x and f_y of f(x, y)."""
    match equation:
        case Comparison("=", Call(name, arguments), body) if len(arguments) > 1 and is_term(body):
            variables = [part.name for part in arguments if isinstance(part, Sym)]
        case _:
            return
    with suppress(NotDifferentiable):
        mistakes = (Mistake(Slip.OTHER_LETTER_NOT_CONSTANT, value=_all_derived(body, variables)),)
        for variable in variables:
            names = frozenset([f"{name}_{variable}", f"∂_{variable}{name}"])
            yield ExpectedQuantity(names, value=differentiate(body, variable), mistakes=mistakes)


def _all_derived(body: Term, variables: list[str]) -> Term:
    """2x + 3 for x²y + 3y: each letter of a summand derived, as if no other were constant."""
    parts = body.parts if isinstance(body, Add) else (body,)
    changed: list[Term] = []
    for part in parts:
        for name in variables:
            if name in free_names(part):
                part = differentiate(part, name)
        changed.append(part)
    return Add(tuple(changed))
