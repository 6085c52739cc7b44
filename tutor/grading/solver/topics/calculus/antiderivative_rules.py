"""Antiderivatives by the rules of school: powers, exponentials, sines, linear inner functions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    walk,
)
from tutor.grading.solver.term_builder import (
    TWO,
    call,
    negative,
    number,
    numeral,
    polynomial,
    power,
    product,
    quotient,
    total,
)

_CALLS: dict[str, Callable[[Term], Term]] = {
    "sin": lambda u: Neg(call("cos", u)),
    "cos": lambda u: call("sin", u),
    "exp": lambda u: call("exp", u),
    "sinh": lambda u: call("cosh", u),
    "cosh": lambda u: call("sinh", u),
}


class NoRule(ArithmeticError):
    """A term for which no rule of this module gives an antiderivative."""


def antiderivative(term: Term, name: str) -> Term:
    """Without the constant. Raises NoRule."""
    if name not in free_names(term):
        return product(term, Sym(name))
    match term:
        case Neg(part):
            return negative(antiderivative(part, name))
        case Add(parts):
            return total(antiderivative(part, name) for part in parts)
        case Mul(parts):
            return _of_product(term, parts, name)
        case Div(top, bottom):
            return _of_quotient(top, bottom, name)
        case Sym():
            return Div(power(term, 2), TWO)
        case Pow(base, exponent):
            return _of_power(base, exponent, name)
        case Root(inner, index):
            degree = rational_value(index)
            if degree is None:
                raise NoRule
            return _of_linear_power(inner, 1 / degree, name)
        case Call(function, (inner,)) if function in _CALLS:
            return quotient(_CALLS[function](inner), _slope_of(inner, name))
    raise NoRule


def _of_product(term: Mul, parts: tuple[Term, ...], name: str) -> Term:
    constant = [part for part in parts if name not in free_names(part)]
    varying = [part for part in parts if name in free_names(part)]
    if len(varying) == 1:
        return product(*constant, antiderivative(varying[0], name))
    return antiderivative(multiplied_out(term, name), name)


def multiplied_out(term: Term, name: str) -> Term:
    """A product of polynomials as a sum of powers. Raises NoRule for anything else.

    Not with a bracket to a high power, where a substitution is shorter.
    """
    if any(_is_high_power(part) for part in walk(term)):
        raise NoRule
    rational = rational_function(term, name)
    if rational is None or rational.bottom.degree() > 0:
        raise NoRule
    return polynomial(rational.top / rational.bottom[0], name)


def _is_high_power(part: Value) -> bool:
    match part:
        case Pow(Add(), exponent):
            value = rational_value(exponent)
            return value is None or value > 2
    return False


def _of_quotient(top: Term, bottom: Term, name: str) -> Term:
    if name not in free_names(bottom):
        return quotient(antiderivative(top, name), bottom)
    if name in free_names(top):
        return _divided(top, bottom, name)
    if numeral(top) is None and free_names(top):
        raise NoRule
    match bottom:
        case Pow(Call("cos", (inner,)), exponent) if rational_value(exponent) == 2:
            return quotient(product(top, call("tan", inner)), _slope_of(inner, name))
        case Pow(base, exponent) if name not in free_names(exponent):
            value = rational_value(exponent)
            if value is not None and value != 1:
                return product(top, _of_linear_power(base, -value, name))
        case Root(inner, index):
            degree = rational_value(index)
            if degree is not None:
                return product(top, _of_linear_power(inner, -1 / degree, name))
        case Mul(parts):
            constant = [part for part in parts if name not in free_names(part)]
            varying = [part for part in parts if name in free_names(part)]
            if constant and len(varying) == 1:
                return quotient(_of_quotient(top, varying[0], name), product(*constant))
    logarithm = call("ln", call("abs", bottom))
    return quotient(product(top, logarithm), _slope_of(bottom, name))


def _divided(top: Term, bottom: Term, name: str) -> Term:
    """(x² + 1)/x, term by term."""
    below = rational_function(bottom, name)
    above = rational_function(top, name)
    if below is None or above is None or above.bottom.degree() > 0 or below.bottom.degree() > 0:
        raise NoRule
    degree = below.top.degree()
    if any(below.top[power] for power in range(degree)):
        raise NoRule
    scale = above.bottom[0] * below.top[degree] / below.bottom[0]
    parts: list[Term] = []
    for exponent in range(above.top.degree(), -1, -1):
        value = above.top[exponent] / scale
        if value:
            coefficient = number(Fraction(int(value.p), int(value.q)))
            parts.append(product(coefficient, _plain_power(name, exponent - degree)))
    return total(antiderivative(part, name) for part in parts)


def _plain_power(name: str, exponent: int) -> Term:
    """x², 1 or 1/x²."""
    if exponent >= 0:
        return power(Sym(name), exponent)
    return Div(ONE, power(Sym(name), -exponent))


def _of_power(base: Term, exponent: Term, name: str) -> Term:
    if name not in free_names(exponent):
        value = rational_value(exponent)
        if value is None:
            raise NoRule
        return _of_linear_power(base, value, name)
    whole = Pow(base, exponent)
    if name in free_names(base):
        raise NoRule
    slope = _slope_of(exponent, name)
    if base == Const("e"):
        return quotient(whole, slope)
    return Div(whole, product(slope, call("ln", base)))


def _of_linear_power(base: Term, exponent: Fraction, name: str) -> Term:
    """(3x + 1)⁵, also as a root or below a fraction bar."""
    slope = _slope_of(base, name)
    if exponent == -1:
        return quotient(call("ln", call("abs", base)), slope)
    raised = exponent + 1
    if raised < 0 and raised.denominator == 1:
        return quotient(Div(ONE, power(base, -raised)), product(slope, number(raised)))
    if raised == Fraction(1, 2):
        return quotient(product(TWO, Root(base, TWO)), slope)
    return quotient(power(base, raised), product(slope, number(raised)))


def _slope_of(inner: Term, name: str) -> Term:
    """m of mx + b. Raises NoRule for what is not linear."""
    rational = rational_function(inner, name)
    if rational is None or rational.bottom.degree() > 0 or rational.top.degree() != 1:
        raise NoRule
    value = rational.top[1] / rational.bottom[0]
    return number(Fraction(int(value.p), int(value.q)))
