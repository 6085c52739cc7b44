"""Derivatives with the usual mistakes in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    free_names,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import Slip

_Wrong = tuple[Slip, Term]  # a slip, and the derivative that it leads to


def slip_in_derivative(body: Term, claim: Term, variable: str, budget: WorkBudget) -> Slip:
    """The slip by which the derivative of `body` comes out as the claim."""
    for slip, wrong in _wrong_derivatives(body, variable):
        budget.check()
        if same_value(wrong, claim, budget).equal:
            return slip
    return Slip.NONE


def _wrong_derivatives(body: Term, variable: str) -> Iterator[_Wrong]:
    with suppress(NotDifferentiable):
        yield from _of_factors(body, variable)
        match body:
            case Add():
                yield from _of_sum(body, variable)
            case Neg(part):
                for slip, wrong in _wrong_derivatives(part, variable):
                    yield slip, Neg(wrong)
            case Div():
                yield from _of_quotient(body, variable)


def _of_factors(body: Term, variable: str) -> Iterator[_Wrong]:
    """Of the factors of a product, or of the body as its only factor."""
    parts = body.parts if isinstance(body, Mul) else (body,)
    varying = [part for part in parts if variable in free_names(part)]
    constant = tuple(part for part in parts if part not in varying)
    if len(varying) > 1:
        factors = [differentiate(part, variable) for part in varying]
        yield Slip.PRODUCT_RULE, Mul((*constant, *factors))
    for index in range(len(varying)):
        for slip, wrong in _wrong_single(varying[index], variable):
            if len(varying) == 1:
                yield slip, Mul((*constant, wrong))
            else:
                yield slip, Mul((*constant, _with_wrong(varying, index, wrong, variable)))


def _of_sum(body: Add, variable: str) -> Iterator[_Wrong]:
    """With one summand wrong."""
    for index, part in enumerate(body.parts):
        rest = body.parts[:index] + body.parts[index + 1 :]
        right = [differentiate(other, variable) for other in rest]
        if variable not in free_names(part):
            yield Slip.CONSTANT_KEPT, Add((*right, part))
        for slip, wrong in _wrong_derivatives(part, variable):
            yield slip, Add((*right, wrong))


def _of_quotient(body: Div, variable: str) -> Iterator[_Wrong]:
    top, bottom = differentiate(body.top, variable), differentiate(body.bottom, variable)
    yield Slip.QUOTIENT_RULE, Div(top, bottom)
    if all(variable in free_names(part) for part in (body.top, body.bottom)):
        for wrong in _wrong_quotients(body, top, bottom):
            yield Slip.QUOTIENT_RULE, wrong
    if variable in free_names(body.top):
        yield Slip.QUOTIENT_RULE, Neg(differentiate(body, variable))
    else:
        yield from _wrong_derivatives(Mul((body.top, _inverted(body.bottom))), variable)


def _wrong_quotients(body: Div, top: Term, bottom: Term) -> Iterator[Term]:
    """(u'v + uv')/v² and (u'v - uv')/v; top, bottom: u' and v'"""
    first, second = Mul((top, body.bottom)), Mul((body.top, bottom))
    yield Div(Add((first, second)), Pow(body.bottom, Num(Fraction(2))))
    yield Div(Add((first, Neg(second))), body.bottom)


def _inverted(bottom: Term) -> Term:
    """x^(-2) for x²"""
    if isinstance(bottom, Pow):
        return Pow(bottom.base, Neg(bottom.exponent))
    return Pow(bottom, Neg(ONE))


def _with_wrong(varying: list[Term], index: int, wrong: Term, variable: str) -> Term:
    """The product rule with a wrong derivative of the factor at `index`."""
    summands = []
    for number, factor in enumerate(varying):
        inner = wrong if number == index else differentiate(factor, variable)
        summands.append(Mul((*varying[:number], inner, *varying[number + 1 :])))
    return Add(tuple(summands))


def _wrong_single(part: Term, variable: str) -> Iterator[_Wrong]:
    match part:
        case Sym():
            yield Slip.POWER_RULE, part
        case Pow(base, exponent) if variable not in free_names(exponent):
            inner = differentiate(base, variable)
            if (rational_value(exponent) or 0) < 0:
                yield Slip.LOST_SIGN, Neg(differentiate(part, variable))
            yield Slip.POWER_RULE, Mul((exponent, part, inner))
            yield Slip.POWER_RULE, Mul((exponent, Pow(base, Add((exponent, ONE))), inner))
            yield Slip.POWER_RULE, Mul((Pow(base, Add((exponent, Neg(ONE)))), inner))
            yield Slip.CHAIN_RULE, Mul((exponent, Pow(base, Add((exponent, Neg(ONE))))))
        case Root(inner, index):
            yield from _wrong_single(Pow(inner, Div(ONE, index)), variable)
        case Pow(base, exponent):
            yield Slip.POWER_RULE, Mul((exponent, Pow(base, Add((exponent, Neg(ONE))))))
            yield Slip.CHAIN_RULE, part
        case Call(_, (inner,)):
            outer = differentiate(Call(part.name, (Sym(variable),)), variable)
            yield Slip.CHAIN_RULE, substitute(outer, Sym(variable), inner)
            yield Slip.LOST_SIGN, Neg(differentiate(part, variable))
