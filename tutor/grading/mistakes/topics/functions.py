"""Functions and their graphs: vertex, extreme value, inverse, domain, shift, period, asymptotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Bracketed,
    Call,
    Comparison,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    SetOperation,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.solving.inequalities import linear_coefficients

_INVERSE = re.compile(
    r"\binverse\b|Umkehr|réciproque|inversa|反函数|\^\s*\{\s*-\s*1\s*\}\s*\(", re.I
)
_PERIOD = re.compile(r"\bperiod|\bpériode|\bperiodo|周期", re.I)
_ASYMPTOTE = re.compile(r"\bas[yí]mptot|渐近线", re.I)
_SHIFT = re.compile(
    r"\bshift|\btranslat|\bmoved\b|verschoben|verschieb|décal|translat|desplaz|traslad|平移", re.I
)
_WAVES = ("sin", "cos", "tan", "cot")


def function_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    yield from _domains(question.right)
    function = _function_of(question)
    if function is None:
        return
    variable, body = function
    yield from _parabolas(variable, body, question)
    if question.mentions(_INVERSE):
        yield from _inverses(variable, body, question)
    if question.mentions(_PERIOD):
        yield from _periods(variable, body)
    if question.mentions(_ASYMPTOTE):
        yield from _asymptotes(variable, body, question.right)
    if question.mentions(_SHIFT):
        yield from _shifts(variable, body, question)


def _function_of(question: Question) -> tuple[str, Term] | None:
    """The variable and the term of the only function that the statement gives."""
    functions = list(dict.fromkeys(question.task.definitions.functions.values()))
    if len(functions) == 1:
        return functions[0].variable, functions[0].body
    curves = [
        (names, equation.right)
        for equation in question.task.equations
        if isinstance(equation, Comparison)
        and equation.left == Sym("y")
        and is_term(equation.right)
        and len(names := free_names(equation.right)) == 1
    ]
    if len(curves) != 1 or functions:
        return None
    [([variable], body)] = curves
    return variable, body


def _coefficients(term: Term, variable: str) -> list[Fraction] | None:
    """Of a polynomial, the constant one first; None for other terms."""
    quotient = rational_function(term, variable)
    if quotient is None or quotient.bottom.degree() > 0:
        return None
    bottom = quotient.bottom[0]
    parts = [quotient.top[n] / bottom for n in range(quotient.top.degree() + 1)]
    return [Fraction(int(part.p), int(part.q)) for part in parts]


def _num(value: Fraction | int) -> Term:
    return Num(Fraction(value))


def _parabolas(variable: str, body: Term, question: Question) -> Iterator[MistakenAnswer]:
    coefficients = _coefficients(body, variable)
    if coefficients is None or len(coefficients) != 3:
        return
    c, b, a = coefficients

    def at(x: Fraction, leading: Fraction = a) -> Fraction:
        return leading * x * x + b * x + c

    top = -b / (2 * a)
    match question.right:
        case Bracketed(_, (x, y), _) if is_term(x) and is_term(y):
            if (rational_value(x), rational_value(y)) == (top, at(top)):
                for point, name in (
                    ((top, c), MistakeName.CONSTANT_AS_Y_COORDINATE),
                    ((-top, at(-top)), MistakeName.SIGN_ERROR),
                    ((2 * top, at(2 * top)), MistakeName.FACTOR_FORGOTTEN),
                    ((top, at(top, -a)), MistakeName.SIGN_ERROR),
                    ((-2 * top, at(-2 * top)), MistakeName.FACTOR_FORGOTTEN),
                    ((-b / 2, at(-b / 2)), MistakeName.FACTOR_FORGOTTEN),
                ):
                    members = tuple(_num(value) for value in point)
                    yield MistakenAnswer(Bracketed("(", members, ")"), name)
        case _ if question.number == at(top):
            yield MistakenAnswer(_num(at(-top)), MistakeName.SIGN_ERROR)
            yield MistakenAnswer(_num(top), MistakeName.POSITION_FOR_VALUE)
            yield MistakenAnswer(_num(c), MistakeName.VALUE_AT_ZERO)
            yield MistakenAnswer(_num(at(2 * top)), MistakeName.FACTOR_FORGOTTEN)
        case _ if question.number == top:
            yield MistakenAnswer(_num(at(top)), MistakeName.POSITION_FOR_VALUE)
            yield MistakenAnswer(_num(2 * top), MistakeName.FACTOR_FORGOTTEN)
            yield MistakenAnswer(_num(-b / 2), MistakeName.FACTOR_FORGOTTEN)


def _inverses(variable: str, body: Term, question: Question) -> Iterator[MistakenAnswer]:
    yield MistakenAnswer(Div(ONE, body), MistakeName.RECIPROCAL_FOR_INVERSE_FUNCTION)
    if isinstance(body, Div):
        turned = Div(body.bottom, body.top)
        yield MistakenAnswer(turned, MistakeName.RECIPROCAL_FOR_INVERSE_FUNCTION)
    yield MistakenAnswer(Neg(body), MistakeName.OPPOSITE_FOR_INVERSE_FUNCTION)
    coefficients = _coefficients(body, variable)
    if coefficients is None or len(coefficients) != 2:
        return
    constant, factor = coefficients
    x = Sym(variable)
    opposite = Add((Mul((_num(-factor), x)), _num(constant)))
    yield MistakenAnswer(opposite, MistakeName.OPPOSITE_FOR_INVERSE_FUNCTION)
    in_wrong_order = Add((Div(x, _num(factor)), _num(-constant)))
    yield MistakenAnswer(in_wrong_order, MistakeName.STEPS_IN_WRONG_ORDER)
    plus = Div(Add((x, _num(constant))), _num(factor))
    yield MistakenAnswer(plus, MistakeName.SIGN_ERROR)
    with_other_sign = Add((Mul((_num(factor), x)), _num(-constant)))
    yield MistakenAnswer(with_other_sign, MistakeName.OPPOSITE_FOR_INVERSE_FUNCTION)
    times = Mul((_num(factor), Add((x, _num(-constant)))))
    yield MistakenAnswer(times, MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED)


def _periods(variable: str, body: Term) -> Iterator[MistakenAnswer]:
    waves = [part for part in walk(body) if isinstance(part, Call) and part.name in _WAVES]
    if len(waves) != 1:
        return
    linear = linear_coefficients(waves[0].args[0], variable)
    if linear is None or rational_value(linear[0]) in (None, 0):
        return
    factor, pi = linear[0], Const("pi")
    whole: Term = pi if waves[0].name in ("tan", "cot") else Mul((_num(2), pi))
    other: Term = Mul((_num(2), pi)) if whole == pi else pi
    yield MistakenAnswer(whole, MistakeName.FACTOR_FORGOTTEN)
    yield MistakenAnswer(Mul((whole, factor)), MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED)
    yield MistakenAnswer(Div(other, factor), MistakeName.WRONG_TRIGONOMETRIC_VALUE)
    yield MistakenAnswer(factor, MistakeName.OTHER_PART_ANSWERED)


def _asymptotes(variable: str, body: Term, right: Value) -> Iterator[MistakenAnswer]:
    quotient = rational_function(body, variable)
    if quotient is None or quotient.bottom.degree() < 1:
        return
    pair = definition(right)
    is_vertical = pair is not None and pair[0] == Sym(variable)
    top, bottom = (
        [Fraction(int(p[n].p), int(p[n].q)) for n in range(p.degree() + 1)]
        for p in (quotient.top, quotient.bottom)
    )
    level = Fraction(0) if len(top) < len(bottom) else top[-1] / bottom[-1]
    horizontal = Comparison("=", Sym("y"), _num(level))
    verticals = [-bottom[0] / bottom[1]] if len(bottom) == 2 else []
    if is_vertical:
        if len(top) == 2:
            zero = Comparison("=", Sym(variable), _num(-top[0] / top[1]))
            yield MistakenAnswer(zero, MistakeName.ZERO_OF_NUMERATOR)
        if len(top) <= len(bottom):
            yield MistakenAnswer(horizontal, MistakeName.OTHER_ASYMPTOTE)
            yield MistakenAnswer(_num(level), MistakeName.OTHER_ASYMPTOTE)
        ignored_factor = len(bottom) == 2 and abs(bottom[1]) != 1
        for value in (-bottom[0], bottom[0]) if ignored_factor else ():
            ignored = Comparison("=", Sym(variable), _num(value))
            yield MistakenAnswer(ignored, MistakeName.FACTOR_FORGOTTEN)
        return
    for value in verticals:
        yield MistakenAnswer(
            Comparison("=", Sym(variable), _num(value)), MistakeName.OTHER_ASYMPTOTE
        )
    if len(top) == len(bottom) and level:
        turned = Comparison("=", Sym("y"), _num(1 / level))
        yield MistakenAnswer(turned, MistakeName.QUOTIENT_UPSIDE_DOWN)
    on_axis = Comparison("=", Sym("y"), _num(0))
    yield MistakenAnswer(on_axis, MistakeName.OTHER_ASYMPTOTE)
    if top[0] and bottom[0]:
        at_zero = Comparison("=", Sym("y"), _num(top[0] / bottom[0]))
        yield MistakenAnswer(at_zero, MistakeName.VALUE_AT_ZERO)


def _shifts(variable: str, body: Term, question: Question) -> Iterator[MistakenAnswer]:
    """(x + 3)² + 2 and x² - 1 for (x - 3)² + 2"""
    steps = sorted(set(question.numbers[-2:]))
    right = question.amount
    if right is None or not 1 <= len(steps) <= 2:
        return

    def moved(sideways: Fraction, up: Fraction) -> Term:
        at: Term = substitute(body, Sym(variable), Add((Sym(variable), _num(-sideways))))
        return Add((at, _num(up)))

    pairs = [(a, b) for a in steps for b in steps if a != b or len(steps) == 1]
    signs = [(s, t) for s in (1, -1) for t in (1, -1)]
    for a, b in pairs:
        for s, t in signs:
            if not _same_polynomial(moved(s * a, t * b), right, variable):
                continue
            for sideways, up, name in (
                (-s * a, t * b, MistakeName.SIGN_OF_SHIFT),
                (s * b, t * a, MistakeName.SWAPPED_COORDINATES),
                (-s * b, t * a, MistakeName.SWAPPED_COORDINATES),
                (Fraction(0), t * b - s * a, MistakeName.SHIFTS_PUT_TOGETHER),
                (Fraction(0), t * b + s * a, MistakeName.SHIFTS_PUT_TOGETHER),
            ):
                equation = Comparison("=", Sym("y"), moved(sideways, up))
                yield MistakenAnswer(equation, name)


def _same_polynomial(left: Term, right: Term, variable: str) -> bool:
    coefficients = _coefficients(left, variable)
    return coefficients is not None and coefficients == _coefficients(right, variable)


def _domains(right: Value) -> Iterator[MistakenAnswer]:
    """(-∞, 5] for (-∞, 1) ∪ (1, 5]"""
    match right:
        case SetOperation(
            "union", Bracketed(opening, (low, gap), _), Bracketed(_, (start, high), closing)
        ) if gap == start:
            whole = Bracketed(opening, (low, high), closing)
            yield MistakenAnswer(whole, MistakeName.ZERO_OF_DENOMINATOR)
