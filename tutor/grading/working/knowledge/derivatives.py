"""Slopes of tangents and normals, and areas that graphs enclose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise

from flint import fmpq

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
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
    is_term,
    substitute,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.statement_numbers import number_term
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
_POINT = re.compile(r"\(\s*(-?\d+(?:\.\d+)?)\s*[,|;]\s*(-?\d+(?:\.\d+)?)\s*\)")
_SLOPE = frozenset(
    ["m", "k", "m_t", "m_T", "k_t", "slope", "steigung", "pente", "pendiente", "斜率"]
)
_NORMAL_SLOPE = frozenset(["m", "k", "m_n", "m_N", "k_n", "m_2", "k_2"])


_AREA = words(r"areas?|fläche\w{0,10}|aire|área", "面积")
_ENCLOSED = words(
    r"enclosed|bounded|eingeschlossen\w{0,2}|einschließ\w{0,3}|begrenzt\w{0,2}|délimitée?|encerrad\w"
    r"|limitad\w|comprise?",
    "围成",
)
_AXIS = words(
    r"axis|achse|axe|eje", r"\\\(\s?x\s?\\\)-(?:axis|achse)|x-?(?:axis|achse)|axe des abscisses|x轴"
)
_BOUND = re.compile(r"(?<![A-Za-z])x\s?=\s?-?\d")
_AREA_NAMES = frozenset(["A", "S", "area", "fläche", "flächeninhalt", "aire", "área", "面积"])
MAX_DEGREE = 3


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    yield from _enclosed(task)
    for equation in task.equations:
        if _TOUCHES.search(task.text):
            yield from _touching(equation, task.text)


def _touching(equation: Value, text: str) -> Iterator[ExpectedQuantity]:
    function = _explicit(equation)
    if function is None:
        return
    variable, body = function
    places = _places(text, variable, body)
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


def _places(text: str, variable: str, body: Term) -> list[Term]:
    """Where something touches the graph: at x = 1, in (1, 1), not from (1, -3) below y = x²."""
    numbers = [number for name, number in _AT_X.findall(text) if name == variable]
    places = [_number(Fraction(number)) for number in numbers]
    for number, height in _POINT.findall(text):
        position = _number(Fraction(number))
        ordinate = rational_value(_at(body, variable, position))
        if ordinate is None or ordinate == Fraction(height):
            places.append(position)
    return places[:MAX_PLACES]


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


def _enclosed(task: Task) -> Iterator[ExpectedQuantity]:
    if not _AREA.search(task.text) or not _ENCLOSED.search(task.text) or _BOUND.search(task.text):
        return
    graphs = [body for equation in task.equations if (body := _graph(equation)) is not None]
    if len(graphs) == 1 and _AXIS.search(task.text):
        graphs.append(ZERO)
    area = _between(*graphs) if len(graphs) == 2 else None
    if area is not None:
        mistake = Mistake(Slip.LOST_SIGN, value=number_term(-area))
        yield ExpectedQuantity(_AREA_NAMES, value=number_term(area), mistakes=(mistake,))


def _graph(equation: object) -> Term | None:
    match equation:
        case Comparison("=", Sym("y") | Call(_, (Sym("x"),)), body) if is_term(body):
            return body
    return None


def _between(first: Term, second: Term) -> Fraction | None:
    """None unless the difference is a polynomial whose zeros are all rational."""
    quotient = rational_function(Add((first, Neg(second))), "x")
    if quotient is None or quotient.bottom.degree() > 0:
        return None
    difference = quotient.top / quotient.bottom[0]
    if not 2 <= difference.degree() <= MAX_DEGREE:
        return None
    _, factors = difference.factor()
    if any(factor.degree() > 1 for factor, _ in factors):
        return None
    zeros = sorted(-factor[0] / factor[1] for factor, _ in factors)
    whole = difference.integral()
    parts = [abs(whole(b) - whole(a)) for a, b in pairwise(zeros)]
    return _fraction(sum(parts, fmpq(0))) if parts else None


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))
