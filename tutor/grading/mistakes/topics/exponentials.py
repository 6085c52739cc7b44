"""Exponential, logarithmic and radical equations, solved with one mistake."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.topics.equations import (
    Equation,
    answers,
    equations_of,
    solutions_of,
)
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Term,
    free_names,
)
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.steps import rule_slips

_TWO = Num(Fraction(2))
_TEN = Num(Fraction(10))


def exponential_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    for equation in equations_of(question):
        if equation.op != "=":
            continue
        for side, other in (
            (equation.left, equation.right),
            (equation.right, equation.left),
        ):
            match side:
                case Pow(base, exponent) if not free_names(base) and not free_names(other):
                    yield from _power(equation, base, exponent, other, question)
                case Call("ln" | "log" | "lg") if not free_names(other):
                    yield from _logarithm(equation, side, other, question)
                case Add((Call("ln" | "log" | "lg") as first, second)) if not free_names(other):
                    yield from _logarithms(equation, first, second, other, question)
                case Root(inner, index) if rational_value(index) == 2:
                    yield from _radical(equation, inner, other, question)


def _solved(exponent: Term, value: Term, name: str, sign: int = 1) -> Term | None:
    """The x of px + q = value; with sign -1, q is moved with its sign unchanged."""
    linear = linear_coefficients(exponent, name)
    if linear is None or rational_value(linear[0]) in (None, 0):
        return None
    factor, constant = linear
    moved = Neg(constant) if sign > 0 else constant
    return Div(Add((value, moved)), factor)


def _made(
    equation: Equation, pairs: Iterator[tuple[Term | None, MistakeName]], question: Question
) -> Iterator[MistakenAnswer]:
    for value, name in pairs:
        if value is not None:
            yield from answers([value], equation, name, question)


def _power(
    equation: Equation, base: Term, exponent: Term, other: Term, question: Question
) -> Iterator[MistakenAnswer]:
    """2^x = 20"""
    logarithm = Div(Call("ln", (other,)), Call("ln", (base,)))
    right = _solved(exponent, logarithm, equation.name)
    if right is None or not _is_right(right, question):
        return
    linear = linear_coefficients(exponent, equation.name)
    assert linear is not None  # noqa: S101 - `_solved` asks
    factor, constant = linear

    def made() -> Iterator[tuple[Term | None, MistakeName]]:
        name = equation.name
        yield _solved(exponent, logarithm, name, -1), MistakeName.MOVED_WITHOUT_CHANGING_SIGN
        yield _solved(exponent, Div(other, base), name), MistakeName.POWER_AS_PRODUCT
        yield Div(other, base), MistakeName.DIVIDED_INSTEAD_OF_LOGARITHM
        yield (
            _solved(exponent, Call("ln", (Div(other, base),)), name),
            MistakeName.LOG_OF_QUOTIENT,
        )
        yield (
            Mul((Add((logarithm, Neg(constant))), factor)),
            MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED,
        )
        if rational_value(factor) != 1:
            yield Call("ln", (Div(other, factor),)), MistakeName.LOG_OF_QUOTIENT
            yield Add((logarithm, Neg(constant))), MistakeName.STOPPED_EARLY
            yield Div(other, Mul((factor, base))), MistakeName.POWER_AS_PRODUCT
        if rational_value(constant) != 0:
            yield logarithm, MistakeName.STOPPED_EARLY
        turned = Div(Call("ln", (base,)), Call("ln", (other,)))
        yield _solved(exponent, turned, name), MistakeName.QUOTIENT_UPSIDE_DOWN
        yield _solved(exponent, Call("ln", (other,)), name), MistakeName.LOGARITHM_DROPPED
        product = Mul((Call("ln", (other,)), Call("ln", (base,))))
        yield _solved(exponent, product, name), MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED
        rooted = Root(other, base)
        yield _solved(exponent, rooted, name), MistakeName.BASE_AND_EXPONENT_SWAPPED

    yield from _made(equation, made(), question)


def _is_right(value: Term, question: Question) -> bool:
    if question.amount is None:
        return True
    return question.is_right(value)


def _base(log: Call) -> Term:
    if log.name == "ln":
        return Const("e")
    return log.args[1] if len(log.args) > 1 else _TEN


def _logarithm(
    equation: Equation, log: Term, other: Term, question: Question
) -> Iterator[MistakenAnswer]:
    """log_2 (x - 1) = 5"""
    assert isinstance(log, Call)  # noqa: S101 - matched before
    base, argument = _base(log), log.args[0]
    power = Pow(base, other)
    right = _solved(argument, power, equation.name)
    if right is None or not _is_right(right, question):
        return

    def made() -> Iterator[tuple[Term | None, MistakeName]]:
        name = equation.name
        yield _solved(argument, Mul((base, other)), name), MistakeName.POWER_AS_PRODUCT
        yield _solved(argument, Pow(other, base), name), MistakeName.BASE_AND_EXPONENT_SWAPPED
        yield _solved(argument, power, name, -1), MistakeName.MOVED_WITHOUT_CHANGING_SIGN
        yield _solved(argument, other, name), MistakeName.LOGARITHM_DROPPED
        yield _solved(argument, Div(other, base), name), MistakeName.DIVIDED_INSTEAD_OF_MULTIPLIED
        yield power, MistakeName.STOPPED_EARLY

    yield from _made(equation, made(), question)


def _logarithms(
    equation: Equation, first: Call, second: Term, other: Term, question: Question
) -> Iterator[MistakenAnswer]:
    """log_2 x + log_2 (x - 2) = 3"""
    is_minus = isinstance(second, Neg)
    log = second.part if isinstance(second, Neg) else second
    if not isinstance(log, Call) or _base(log) != _base(first):
        return
    base, left, right = _base(first), first.args[0], log.args[0]
    joined = Div(left, right) if is_minus else Mul((left, right))
    added = Add((left, Neg(right) if is_minus else right))
    power = Pow(base, other)
    for term, value, name in (
        (added, other, MistakeName.LOGARITHM_DROPPED),
        (added, power, MistakeName.LOG_OF_SUM),
        (joined, other, MistakeName.LOGARITHM_DROPPED),
        (joined, Mul((base, other)), MistakeName.POWER_AS_PRODUCT),
        (joined, Pow(other, base), MistakeName.BASE_AND_EXPONENT_SWAPPED),
        (joined, power, MistakeName.EXTRANEOUS_SOLUTION),
    ):
        wrong = Equation("=", term, value, equation.name)
        values = solutions_of(wrong)
        if len(values) > 1:
            yield from answers(values, equation, name, question)
        for single in values:
            yield from answers([single], equation, name, question)


def _radical(
    equation: Equation, inner: Term, other: Term, question: Question
) -> Iterator[MistakenAnswer]:
    """√(x + 3) = x - 3"""
    squared = Pow(other, _TWO)
    whole = solutions_of(Equation("=", inner, squared, equation.name))
    for value in whole:
        if not (question.amount is not None and question.is_right(value)):
            yield from answers([value], equation, MistakeName.EXTRANEOUS_SOLUTION, question)
    if len(whole) > 1:
        yield from answers(whole, equation, MistakeName.EXTRANEOUS_SOLUTION, question)
    for wrong in rule_slips.split_square(squared):
        for value in solutions_of(Equation("=", inner, wrong, equation.name)):
            yield from answers([value], equation, MistakeName.SQUARED_TERMS_SEPARATELY, question)
    for side, name in (
        (other, MistakeName.ROOT_FORGOTTEN),
        (Mul((_TWO, other)), MistakeName.ROOT_AS_HALF),
    ):
        for value in solutions_of(Equation("=", inner, side, equation.name)):
            yield from answers([value], equation, name, question)
    linear = linear_coefficients(inner, equation.name)
    if linear is not None and not free_names(other):
        moved = _solved(inner, squared, equation.name, -1)
        if moved is not None:
            name = MistakeName.MOVED_WITHOUT_CHANGING_SIGN
            yield from answers([moved], equation, name, question)
