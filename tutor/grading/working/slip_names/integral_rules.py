"""Antiderivatives of polynomials with one term, or all, made by a wrong rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    free_names,
    has_part,
    is_term,
    substitute,
    walk,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.slip_names.scene import MAX_TERMS, Scene

MAX_DEGREE = 6
_CONSTANTS = frozenset("CcKk")
Monomial = tuple[Fraction, int]  # its coefficient and its exponent


def wrong_term_of_integral(scene: Scene) -> Slip:
    """[x³ + 4x²] for ∫(3x² + 4x) dx"""
    integrals = [
        part
        for term in (*scene.terms[:MAX_TERMS], *scene.sides)
        for part in walk(term)
        if isinstance(part, BigOperator) and part.kind == "int"
    ]
    functions = [
        _without_constant(side)
        for side in scene.sides
        if free_names(side) and not _has_integral(side)
    ]
    for integral in dict.fromkeys(integrals):
        values = list(_values_of(integral, scene))
        for wrong in _wrong_antiderivatives(integral) if functions or values else ():
            value = _between_bounds(wrong, integral)
            if any(scene.are_same(wrong, side) for side in functions) or (
                value is not None and any(scene.are_same(value, side) for side in values)
            ):
                return Slip.INTEGRAL_RULE
    return Slip.NONE


def _values_of(integral: BigOperator, scene: Scene) -> Iterator[Term]:
    """Numbers that the line gives for an integral with bounds."""
    before = (*scene.terms[:1], *scene.sides)
    after = scene.sides if scene.terms else scene.sides[1:]
    for term, side in zip(before, after, strict=False):
        if term == integral and not free_names(side):
            yield side


def _without_constant(side: Term) -> Term:
    """x³ for x³ + C"""
    match side:
        case Add((*parts, Sym(name))) if parts and name in _CONSTANTS:
            return parts[0] if len(parts) == 1 else Add(tuple(parts))
    return side


def _has_integral(side: Term) -> bool:
    return has_part(side, BigOperator)


def _wrong_antiderivatives(integral: BigOperator) -> Iterator[Term]:
    monomials = _monomials(integral)
    if not monomials:
        return
    right = [_raised(monomial) for monomial in monomials]
    for rule in _WRONG_RULES:
        wrong = [rule(monomial) for monomial in monomials]
        for changed in (range(len(right)), *([index] for index in range(len(right)))):
            terms = [wrong[n] if n in changed else right[n] for n in range(len(right))]
            if terms != right:
                yield _sum(terms, integral.name)


def _monomials(integral: BigOperator) -> list[Monomial]:
    if not is_term(integral.body) or free_names(integral.body) - {integral.name}:
        return []
    function = rational_function(integral.body, integral.name)
    if function is None or function.bottom.degree() or function.top.degree() > MAX_DEGREE:
        return []
    top = function.top / function.bottom[0]
    coefficients = [Fraction(int(top[n].p), int(top[n].q)) for n in range(top.degree() + 1)]
    return [(value, exponent) for exponent, value in enumerate(coefficients) if value]


def _raised(monomial: Monomial) -> Monomial:
    value, exponent = monomial
    return value / (exponent + 1), exponent + 1


def _not_divided(monomial: Monomial) -> Monomial:
    return monomial[0], monomial[1] + 1


def _divided_by_old_exponent(monomial: Monomial) -> Monomial:
    value, exponent = monomial
    return value / (exponent or 1), exponent + 1


def _exponent_kept(monomial: Monomial) -> Monomial:
    value, exponent = monomial
    return value / (exponent + 1), exponent


def _derived(monomial: Monomial) -> Monomial:
    value, exponent = monomial
    return value * exponent, max(exponent - 1, 0)


_WRONG_RULES: tuple[Callable[[Monomial], Monomial], ...] = (
    _not_divided,
    _divided_by_old_exponent,
    _derived,
    _exponent_kept,
)


def _sum(terms: list[Monomial], name: str) -> Term:
    parts = tuple(
        Mul((Num(value), Pow(Sym(name), Num(Fraction(exponent))))) if exponent else Num(value)
        for value, exponent in terms
    )
    return parts[0] if len(parts) == 1 else Add(parts)


def _between_bounds(function: Term, integral: BigOperator) -> Term | None:
    low, high, name = integral.low, integral.high, Sym(integral.name)
    if low is None or high is None:
        return None
    return Add((substitute(function, name, high), Neg(substitute(function, name, low))))
