"""Integrals that no single rule gives: by parts, and by a substitution."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    BigOperator,
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
    substitute,
    walk,
)
from tutor.grading.solver.term_builder import difference, number, polynomial, product, total
from tutor.grading.solver.topics.calculus.antiderivative_rules import (
    NoRule,
    antiderivative,
    multiplied_out,
)
from tutor.grading.solver.topics.calculus.derivative_rules import derivative, joined

MAX_INNER = 6  # inner functions that are tried
_LOGARITHMS = ("ln", "lg", "log")
_WAVES = ("sin", "cos", "exp", "sinh", "cosh")


def by_parts(integral: BigOperator) -> Term | None:
    """u·V - ∫ V·u' for ∫ u·v; None where it does not help."""
    body, name = integral.body, integral.name
    for factor, rest in _factors(body, name):
        try:
            whole = antiderivative(rest, name)
            inner = _simplified(whole, derivative(factor, name), name)
        except (NoRule, NotDifferentiable):
            continue
        is_logarithm = _calls(factor, _LOGARITHMS)
        outer = joined(whole, factor) if is_logarithm else product(factor, whole)
        if isinstance(inner, Neg):
            return total([outer, BigOperator("int", inner.part, name, None, None)])
        return difference(outer, BigOperator("int", inner, name, None, None))
    return None


def _factors(body: Term, name: str) -> Iterator[tuple[Term, Term]]:
    """What is derived, and what is integrated."""
    parts = body.parts if isinstance(body, Mul) else (body,)
    logarithms = [part for part in parts if _calls(part, _LOGARITHMS)]
    others = tuple(part for part in parts if part not in logarithms)
    if len(logarithms) == 1:
        yield logarithms[0], product(*others)
        return
    waves = [part for part in parts if _calls(part, _WAVES) or _is_exponential(part, name)]
    others = tuple(part for part in parts if part not in waves)
    if len(waves) == 1 and name in free_names(product(*others)):
        with suppress(NoRule):
            multiplied_out(product(*others), name)
            yield product(*others), waves[0]


def _calls(part: Term, functions: tuple[str, ...]) -> bool:
    return isinstance(part, Call) and part.name in functions


def _is_exponential(part: Term, name: str) -> bool:
    return isinstance(part, Pow) and name in free_names(part.exponent)


def _simplified(whole: Term, slope: Term, name: str) -> Term:
    """x²/2 for x³/3 · 1/x"""
    term = product(whole, slope)
    rational = rational_function(term, name)
    if rational is not None and rational.top.degree() >= rational.bottom.degree():
        common = rational.top.gcd(rational.bottom)
        top, bottom = rational.top // common, rational.bottom // common
        if bottom.degree() == 0:
            return polynomial(top / bottom[0], name)
    return term


@dataclass(frozen=True)
class IntegralSubstitution:
    """u for the inner function: the integral in u."""

    inner: Term
    integral: BigOperator


def substitution(integral: BigOperator, letter: str = "u") -> IntegralSubstitution | None:
    """For ∫ c·g'(x)·h(g(x)) dx; None for anything else."""
    body, name = integral.body, integral.name
    for inner, _ in zip(_inner_functions(body, name), range(MAX_INNER), strict=False):
        try:
            slope = derivative(inner, name)
        except NotDifferentiable:
            continue
        changed: Term = substitute(body, inner, Sym(letter))
        outer, rest = _split(changed, letter, name)
        factor = _ratio(rest, slope, name)
        if factor is not None and outer != ONE:
            whole = BigOperator("int", product(factor, outer), letter, None, None)
            return IntegralSubstitution(inner, whole)
    return None


def _inner_functions(body: Term, name: str) -> Iterator[Term]:
    for part in walk(body):
        match part:
            case Pow(base, _) if name in free_names(base) and not isinstance(base, Sym):
                yield base
            case Pow(Const(), exponent) if not isinstance(exponent, Sym):
                yield exponent
            case Call(_, (inner,)) if not isinstance(inner, Sym):
                yield inner
            case Root(inner, _) if not isinstance(inner, Sym):
                yield inner
            case Div(_, bottom) if isinstance(bottom, Add) and name in free_names(bottom):
                yield bottom
    for part in walk(body):
        if isinstance(part, Call) and name in free_names(part):
            yield part


def _split(body: Term, letter: str, name: str) -> tuple[Term, Term]:
    """The factors in u, and those in x."""
    parts = list(body.parts) if isinstance(body, Mul) else [body]
    outer: list[Term] = []
    rest: list[Term] = []
    for part in parts:
        match part:
            case Div(top, bottom) if letter in free_names(bottom) and name not in free_names(
                bottom
            ):
                outer.append(Div(ONE, bottom))
                (outer if letter in free_names(top) else rest).append(top)
            case _:
                (outer if letter in free_names(part) else rest).append(part)
    return product(*outer), product(*rest)


def _ratio(rest: Term, slope: Term, name: str) -> Term | None:
    """The number c with rest = c · slope."""
    if name in free_names(slope):
        for sign in (ONE, Neg(ONE)):
            if product(sign, rest) == slope:
                return sign
    rational = rational_function(Div(rest, slope), name)
    if rational is not None:
        common = rational.top.gcd(rational.bottom)
        top, bottom = rational.top // common, rational.bottom // common
        if top.degree() == 0 and bottom.degree() == 0:
            value = top[0] / bottom[0]
            return number(Fraction(int(value.p), int(value.q)))
    return None
