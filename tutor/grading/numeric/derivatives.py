"""Derivatives of terms by the rules of school, without simplifying the results."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tutor.grading.numeric import operation_work
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    BigOperator,
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    free_names,
    signed,
    walk,
)
from tutor.grading.processes.work_budget import charge


class NotDifferentiable(ArithmeticError):
    """A term for which no rule is known."""


def _call(name: str, arg: Term) -> Term:
    return Call(name, (arg,))


def _square(term: Term) -> Term:
    return Pow(term, Num(Fraction(2)))


# The outer derivative of each function, at its argument.
_OUTER: dict[str, Callable[[Term], Term]] = {
    "sin": lambda u: _call("cos", u),
    "cos": lambda u: Neg(_call("sin", u)),
    "tan": lambda u: Div(ONE, _square(_call("cos", u))),
    "cot": lambda u: Neg(Div(ONE, _square(_call("sin", u)))),
    "sec": lambda u: Mul((_call("sec", u), _call("tan", u))),
    "csc": lambda u: Neg(Mul((_call("csc", u), _call("cot", u)))),
    "sinh": lambda u: _call("cosh", u),
    "cosh": lambda u: _call("sinh", u),
    "tanh": lambda u: Div(ONE, _square(_call("cosh", u))),
    "coth": lambda u: Neg(Div(ONE, _square(_call("sinh", u)))),
    "exp": lambda u: _call("exp", u),
    "abs": lambda u: _call("sign", u),
    "lg": lambda u: Div(ONE, Mul((u, _call("ln", Num(Fraction(10)))))),
    "lb": lambda u: Div(ONE, Mul((u, _call("ln", Num(Fraction(2)))))),
    "ln": lambda u: Div(ONE, u),
    "asin": lambda u: Div(ONE, Root(Add((ONE, Neg(_square(u)))), Num(Fraction(2)))),
    "acos": lambda u: Neg(Div(ONE, Root(Add((ONE, Neg(_square(u)))), Num(Fraction(2))))),
    "atan": lambda u: Div(ONE, Add((ONE, _square(u)))),
    "acot": lambda u: Neg(Div(ONE, Add((ONE, _square(u))))),
    "asinh": lambda u: Div(ONE, Root(Add((_square(u), ONE)), Num(Fraction(2)))),
    "acosh": lambda u: Div(ONE, Root(Add((_square(u), Neg(ONE))), Num(Fraction(2)))),
    "atanh": lambda u: Div(ONE, Add((ONE, Neg(_square(u))))),
}


def differentiate(term: Term, name: str) -> Term:
    """Raises NotDifferentiable where no rule is known."""
    charge(operation_work.DERIVATIVE)
    if name not in free_names(term) and not _has_integral(term, name):
        return ZERO
    match term:
        case BigOperator("int", body, variable, None, None) if variable == name:
            return body
        case Sym():
            return ONE
        case Neg(part):
            return Neg(differentiate(part, name))
        case Add(parts):
            return Add(tuple(differentiate(part, name) for part in parts))
        case Mul(parts):
            return _product(parts, name)
        case Div(top, bottom):
            if name not in free_names(bottom):
                return Div(differentiate(top, name), bottom)
            above = Add(
                (
                    Mul((differentiate(top, name), bottom)),
                    Neg(Mul((top, differentiate(bottom, name)))),
                )
            )
            return Div(above, _square(bottom))
        case Pow(base, exponent):
            return _power(base, exponent, name)
        case Root(inner, index):
            return _power(inner, Div(ONE, index), name)
        case Call(function, (inner,)) if function in _OUTER:
            return Mul((_OUTER[function](inner), differentiate(inner, name)))
    raise NotDifferentiable


def _has_integral(term: Term, name: str) -> bool:
    """Whether an antiderivative over this variable is a part of the term."""
    return any(
        isinstance(part, BigOperator)
        and part.kind == "int"
        and part.high is None
        and part.name == name
        for part in walk(term)
    )


def _product(parts: tuple[Term, ...], name: str) -> Term:
    summands: list[Term] = []
    for index, part in enumerate(parts):
        if name in free_names(part) or _has_integral(part, name):
            charge(operation_work.FACTOR * len(parts))
            summands.append(Mul((*parts[:index], differentiate(part, name), *parts[index + 1 :])))
    return summands[0] if len(summands) == 1 else Add(tuple(summands))


def _power(base: Term, exponent: Term, name: str) -> Term:
    if name not in free_names(exponent):
        rational = rational_value(exponent)
        if rational == 1:
            return differentiate(base, name)
        if rational == 2:  # x^1 would lead on to x^0, which has no value at 0
            return Mul((exponent, base, differentiate(base, name)))
        lower: Term = Add((exponent, Neg(ONE))) if rational is None else signed(rational - 1)
        return Mul((exponent, Pow(base, lower), differentiate(base, name)))
    whole = Pow(base, exponent)
    if base == Const("e"):
        return Mul((whole, differentiate(exponent, name)))
    grown = Mul((exponent, _call("ln", base)))
    return Mul((whole, differentiate(grown, name)))
