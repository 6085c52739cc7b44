"""Antiderivatives taken by a wrong rule; all other rules are right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.grading.mistakes.names import MistakeName
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Pow,
    Sym,
    Term,
    free_names,
    substitute,
)
from tutor.grading.solver.topics.calculus.antiderivative_rules import NoRule, antiderivative

_N = MistakeName
NAMES = (
    _N.NOT_DIVIDED_BY_NEW_EXPONENT,
    _N.DIVIDED_BY_OLD_EXPONENT,
    _N.EXPONENT_NOT_RAISED,
    _N.CHAIN_RULE_FORGOTTEN,
    _N.MULTIPLIED_BY_INNER_DERIVATIVE,
    _N.SIGN_OF_SINE_OR_COSINE,
    _N.FACTORS_INTEGRATED_SEPARATELY,
    _N.POWER_RULE_ON_EXPONENTIAL,
)


def wrong_antiderivatives(body: Term, name: str) -> Iterator[tuple[MistakeName, Term]]:
    """Without a constant; with each mistake, and those that change nothing too."""
    for mistake in NAMES:
        try:
            yield mistake, _Integrator(name, mistake).antiderivative(body)
        except (NoRule, NotDifferentiable):
            continue
    try:
        yield _N.DIFFERENTIATED_FOR_INTEGRATED, differentiate(body, name)
    except NotDifferentiable:
        return


@dataclass(frozen=True, slots=True)
class _Integrator:
    name: str
    mistake: MistakeName

    def antiderivative(self, term: Term) -> Term:
        """Raises NoRule or NotDifferentiable."""
        x = Sym(self.name)
        if self.name not in free_names(term):
            return Mul((term, x))
        match term:
            case Neg(part):
                return Neg(self.antiderivative(part))
            case Add(parts):
                return Add(tuple(self.antiderivative(part) for part in parts))
            case Mul(parts):
                return self._product(parts)
            case Div(top, bottom) if self.name not in free_names(bottom):
                return Div(self.antiderivative(top), bottom)
            case Div(top, bottom) if self.name not in free_names(top):
                return Mul((top, self._of_reciprocal(bottom)))
            case Sym():
                return self._power(x, ONE)
            case Pow(base, exponent) if self.name not in free_names(exponent):
                return self._power(base, exponent)
            case Pow(Const("e"), exponent):
                if self.mistake == _N.POWER_RULE_ON_EXPONENTIAL:
                    raised = Add((exponent, ONE))
                    return Div(Pow(Const("e"), raised), raised)
                return self._chained(term, exponent)
            case Call(function, (inner,)):
                outer = antiderivative(Call(function, (x,)), self.name)
                if self.mistake == _N.SIGN_OF_SINE_OR_COSINE and function in ("sin", "cos"):
                    outer = Neg(outer)
                return self._chained(_put_in(outer, self.name, inner), inner)
        raise NoRule

    def _product(self, parts: tuple[Term, ...]) -> Term:
        constant = tuple(part for part in parts if self.name not in free_names(part))
        varying = [part for part in parts if self.name in free_names(part)]
        if len(varying) == 1:
            return Mul((*constant, self.antiderivative(varying[0])))
        if self.mistake != _N.FACTORS_INTEGRATED_SEPARATELY:
            raise NoRule
        return Mul((*constant, *(antiderivative(part, self.name) for part in varying)))

    def _of_reciprocal(self, bottom: Term) -> Term:
        match bottom:
            case Pow(base, exponent) if self.name not in free_names(exponent):
                return self._power(base, Neg(exponent))
        raise NoRule

    def _power(self, base: Term, exponent: Term) -> Term:
        raised = Add((exponent, ONE))
        match self.mistake:
            case _N.NOT_DIVIDED_BY_NEW_EXPONENT:
                result: Term = Pow(base, raised)
            case _N.DIVIDED_BY_OLD_EXPONENT:
                result = Div(Pow(base, raised), exponent)
            case _N.EXPONENT_NOT_RAISED:
                result = Div(Pow(base, exponent), raised)
            case _:
                result = Div(Pow(base, raised), raised)
        return self._chained(result, base)

    def _chained(self, outer: Term, inner: Term) -> Term:
        """Divided by the derivative of what is inside, which is a number."""
        slope = differentiate(inner, self.name)
        if self.name in free_names(slope):
            raise NoRule
        match self.mistake:
            case _N.CHAIN_RULE_FORGOTTEN:
                return outer
            case _N.MULTIPLIED_BY_INNER_DERIVATIVE:
                return Mul((outer, slope))
        return Div(outer, slope)


def _put_in(term: Term, name: str, value: Term) -> Term:
    result: Term = substitute(term, Sym(name), value)
    return result
