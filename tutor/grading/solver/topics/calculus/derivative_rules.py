"""The rules of differentiation, each written as it is first put down."""

from __future__ import annotations

from fractions import Fraction

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
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
    free_names,
    has_part,
)
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.term_builder import (
    TWO,
    call,
    negative,
    number,
    numeral,
    polynomial,
    power,
    product,
    put_in,
    quotient,
    square_root,
    total,
)

_INNER = "\x00u"  # stands for the inner function


def derivative(term: Term, name: str) -> Term:
    """By the rules, with the numbers worked out and nothing expanded.

    Raises NotDifferentiable where no rule is known.
    """
    if name not in free_names(term):
        return ZERO
    match term:
        case Sym():
            return ONE
        case Neg(part):
            return negative(derivative(part, name))
        case Add(parts):
            return _of_sum(parts, name)
        case Mul(parts):
            return _of_product(parts, name)
        case Div(top, bottom):
            return _of_quotient(top, bottom, name)
        case Pow(base, exponent):
            return _of_power(base, exponent, name)
        case Root(inner, index):
            return _of_root(inner, index, name)
        case Call(function, (inner,)):
            outer = differentiate(call(function, Sym(_INNER)), _INNER)
            return _chained(put_in(_without_ones(outer), _INNER, inner), inner, name)
    raise NotDifferentiable


def _of_sum(parts: tuple[Term, ...], name: str) -> Term:
    """With its numbers added: -2 for (20 - x - x)'."""
    derived = [derivative(part, name) for part in parts]
    numbers = [numeral(part) for part in derived]
    constant = sum((value for value in numbers if value is not None), Fraction(0))
    others = [part for part, value in zip(derived, numbers, strict=True) if value is None]
    return total([*others, number(constant)])


def _of_product(parts: tuple[Term, ...], name: str) -> Term:
    constant = [part for part in parts if name not in free_names(part)]
    varying = [part for part in parts if name in free_names(part)]
    if len(varying) == 1 or is_monomial(Mul(tuple(varying)), name):
        inner = varying[0] if len(varying) == 1 else _as_power(Mul(tuple(varying)), name)
        return product(*constant, derivative(inner, name))
    summands = [
        joined(*varying[:index], derivative(part, name), *varying[index + 1 :])
        for index, part in enumerate(varying)
    ]
    if constant:
        return product(*constant, total(summands))
    return total(summands)


def _of_quotient(top: Term, bottom: Term, name: str) -> Term:
    if name not in free_names(bottom):
        return quotient(derivative(top, name), bottom)
    if name not in free_names(top):
        exponent = _exponent(bottom, name)
        if exponent is not None:
            return quotient(
                negative(product(number(exponent), top)), power(Sym(name), exponent + 1)
            )
        return negative(Div(product(top, derivative(bottom, name)), Pow(bottom, TWO)))
    outer = derivative(top, name)
    first = joined(bottom, outer) if isinstance(outer, Div) else joined(outer, bottom)
    second = joined(top, derivative(bottom, name))
    return Div(total([first, negative(second)]), Pow(bottom, TWO))


def _of_power(base: Term, exponent: Term, name: str) -> Term:
    if name not in free_names(exponent):
        value = rational_value(exponent)
        if value is None:
            lowered = Pow(base, Add((exponent, Neg(ONE))))
            return _chained(product(exponent, lowered), base, name)
        return _chained(product(number(value), power(base, value - 1)), base, name)
    whole = Pow(base, exponent)
    if base == Const("e"):
        return _chained(whole, exponent, name)
    if name not in free_names(base):
        return _chained(product(whole, call("ln", base)), exponent, name)
    raise NotDifferentiable


def _of_root(inner: Term, index: Term, name: str) -> Term:
    degree = rational_value(index)
    if degree is None or degree.denominator != 1 or degree < 2:
        raise NotDifferentiable
    if degree == 2:
        return quotient(derivative(inner, name), product(TWO, square_root(inner)))
    below = Root(power(inner, degree - 1), index)
    return quotient(derivative(inner, name), product(index, below))


def _chained(outer: Term, inner: Term, name: str) -> Term:
    """outer · inner', where a number goes to the front of a function, but not of a power."""
    factor = derivative(inner, name)
    if factor == ONE:
        return outer
    match outer:
        case Div(top, bottom):
            return Div(product(top, factor), bottom)
        case Mul((*_, Pow())) | Pow() if not _is_exponential(outer):
            return joined(outer, factor)
        case _ if numeral(factor) is not None:
            return product(factor, outer)
    return joined(outer, factor)


def _is_exponential(term: Term) -> bool:
    return isinstance(term, Pow) and numeral(term.exponent) is None


def joined(*factors: Term) -> Term:
    """A product with its factors in their order, without ones; a zero makes it zero."""
    flat: list[Term] = []
    is_negative = False
    for factor in factors:
        while isinstance(factor, Neg):
            factor, is_negative = factor.part, not is_negative
        flat += factor.parts if isinstance(factor, Mul) else (factor,)
    if ZERO in flat:
        return ZERO
    others = tuple(factor for factor in flat if factor != ONE)
    term = ONE if not others else others[0] if len(others) == 1 else Mul(others)
    return Neg(term) if is_negative else term


def _without_ones(term: Term) -> Term:
    """cos u for (cos u)·1"""
    return product(term) if not isinstance(term, Div) else term


def _exponent(term: Term, name: str) -> Fraction | None:
    """n of xⁿ; None for anything else."""
    match term:
        case Sym(other) if other == name:
            return Fraction(1)
        case Pow(Sym(other), exponent) if other == name:
            return rational_value(exponent)
    return None


def is_monomial(term: Term, name: str) -> bool:
    """3x², 2x·x"""
    if has_part(term, (Add, Div)):
        return False
    rational = rational_function(term, name)
    if rational is None or rational.bottom.degree() > 0:
        return False
    return sum(bool(value) for value in rational.top.coeffs()) == 1


def _as_power(term: Term, name: str) -> Term:
    rational = rational_function(term, name)
    assert rational is not None  # noqa: S101 - it is a monomial
    return polynomial(rational.top / rational.bottom[0], name)


def rule_of(term: Term, name: str) -> MoveName:
    """The rule by which one differentiates first."""
    match term:
        case Neg(part):
            return rule_of(part, name)
        case Mul(parts):
            varying = [part for part in parts if name in free_names(part)]
            if len(varying) == 1:
                return rule_of(varying[0], name)
            is_plain = is_monomial(Mul(tuple(varying)), name)
            return MoveName.DIFFERENTIATE if is_plain else MoveName.USE_PRODUCT_RULE
        case Div(top, bottom) if name not in free_names(bottom):
            return rule_of(top, name)
        case Div(top, bottom) if name in free_names(top):
            return MoveName.USE_QUOTIENT_RULE
        case Div(_, bottom):
            is_plain = _exponent(bottom, name) is not None
            return MoveName.DIFFERENTIATE if is_plain else MoveName.USE_CHAIN_RULE
        case Pow(base, exponent):
            inner = base if name in free_names(base) else exponent
            return _chain_or_plain(inner)
        case Root(inner, _) | Call(_, (inner,)):
            return _chain_or_plain(inner)
    return MoveName.DIFFERENTIATE


def _chain_or_plain(inner: Term) -> MoveName:
    return MoveName.DIFFERENTIATE if isinstance(inner, Sym) else MoveName.USE_CHAIN_RULE
