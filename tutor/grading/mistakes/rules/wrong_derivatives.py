"""Derivatives taken by a wrong rule; all other rules are right."""

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
    Root,
    Sym,
    Term,
    free_names,
    substitute,
)

VERSIONS = 4  # of a mistake at most
_WAVES = ("sin", "cos")
_N = MistakeName
_OF_POWERS = (_N.EXPONENT_NOT_LOWERED, _N.EXPONENT_FACTOR_FORGOTTEN)
NAMES = (
    _N.CHAIN_RULE_FORGOTTEN,
    _N.EXPONENT_NOT_LOWERED,
    _N.EXPONENT_FACTOR_FORGOTTEN,
    _N.CONSTANT_KEPT,
    _N.POWER_RULE_ON_EXPONENTIAL,
    _N.INSIDE_REPLACED_BY_DERIVATIVE,
    _N.PRODUCT_OF_DERIVATIVES,
    _N.ONE_FACTOR_DIFFERENTIATED,
    _N.QUOTIENT_RULE_WRONG,
    _N.SIGN_OF_SINE_OR_COSINE,
    _N.SIGN_ERROR,
)


def wrong_derivatives(body: Term, name: str) -> Iterator[tuple[MistakeName, Term]]:
    """The derivative by the name's variable, with each mistake; those that change nothing too."""
    for mistake in NAMES:
        for version in range(VERSIONS):
            try:
                wrong = _Differentiator(name, mistake, version).derivative(body)
            except NotDifferentiable:
                continue
            yield mistake, wrong


@dataclass(frozen=True, slots=True)
class _Differentiator:
    """version: which of several ways to make the mistake."""

    name: str
    mistake: MistakeName
    version: int

    def derivative(self, term: Term) -> Term:
        """Raises NotDifferentiable."""
        if self.name not in free_names(term):
            keeps_constant = self.mistake == _N.CONSTANT_KEPT
            return term if keeps_constant else differentiate(term, self.name)
        match term:
            case Sym() if self.mistake == _N.EXPONENT_NOT_LOWERED and self.version >= 2:
                return term
            case Neg(part):
                return Neg(self.derivative(part))
            case Add(parts):
                return Add(tuple(self.derivative(part) for part in parts))
            case Mul(parts):
                return self._product(parts)
            case Div(top, bottom):
                return self._quotient(top, bottom)
            case Pow(base, exponent):
                return self._power(base, exponent)
            case Root(inner, index):
                return self._power(inner, Div(ONE, index))
            case Call(function, (inner,)):
                return self._call(function, inner)
        return differentiate(term, self.name)

    def _inner(self, inner: Term) -> Term:
        """The derivative of what is inside, which the chain rule multiplies by."""
        if isinstance(inner, Sym) or self.mistake == _N.CHAIN_RULE_FORGOTTEN:
            return ONE
        if self.mistake == _N.CONSTANT_KEPT or (self.mistake in _OF_POWERS and self.version == 1):
            return differentiate(inner, self.name)
        return self.derivative(inner)

    def _product(self, parts: tuple[Term, ...]) -> Term:
        constant = tuple(part for part in parts if self.name not in free_names(part))
        varying = [part for part in parts if self.name in free_names(part)]
        if len(varying) == 1:
            return Mul((*constant, self.derivative(varying[0])))
        derived = [self.derivative(part) for part in varying]
        if self.mistake == _N.PRODUCT_OF_DERIVATIVES:
            return Mul((*constant, *derived))
        summands = [
            Mul((*constant, *varying[:i], derived[i], *varying[i + 1 :]))
            for i in range(len(varying))
        ]
        if self.mistake == _N.ONE_FACTOR_DIFFERENTIATED:
            if self.version < 2:
                return summands[min(self.version, len(summands) - 1)]
            index = self.version - 2
            summands[index] = Mul((*constant, *varying[:index], *varying[index + 1 :]))
        if self.mistake == _N.SIGN_ERROR and len(summands) == 2:
            return Add((summands[0], Neg(summands[1])))
        return Add(tuple(summands))

    def _quotient(self, top: Term, bottom: Term) -> Term:
        if self.name not in free_names(bottom):
            return Div(self.derivative(top), bottom)
        if self.name not in free_names(top) and self.mistake in _OF_POWERS:
            return Mul((top, self._reciprocal(bottom)))
        above, below = self.derivative(top), self.derivative(bottom)
        first, second = Mul((above, bottom)), Mul((top, below))
        square = Mul((bottom, bottom))
        if self.mistake == _N.QUOTIENT_RULE_WRONG:
            return (
                Div(top if self.name not in free_names(top) else above, below),
                Div(Add((first, Neg(second))), bottom),
                Div(Add((first, Neg(second))), Mul((below, below))),
                Div(Add((first, Neg(second))), Add((bottom, bottom))),
            )[self.version]
        if self.mistake == _N.SIGN_ERROR:
            return (
                Div(Add((first, second)), square),
                Div(Add((second, Neg(first))), square),
                Div(Neg(Add((first, second))), square),
            )[min(self.version, 2)]
        return Div(Add((first, Neg(second))), square)

    def _reciprocal(self, bottom: Term) -> Term:
        """-3/x², which has its exponent raised, and -3/x³ for 1/x³"""
        match bottom:
            case Pow(base, exponent) if self.name not in free_names(exponent):
                if self.mistake == _N.EXPONENT_NOT_LOWERED and self.version == 1:
                    raised = Pow(base, Add((ONE, Neg(exponent))))
                    return Neg(Mul((exponent, raised, self._inner(base))))
                return self._power(base, Neg(exponent))
        raise NotDifferentiable

    def _power(self, base: Term, exponent: Term) -> Term:
        if self.name in free_names(exponent):
            return self._exponential(base, exponent)
        lowered = Pow(base, Add((exponent, Neg(ONE))))
        match self.mistake:
            case _N.EXPONENT_NOT_LOWERED if self.version < 3:
                return Mul((exponent, Pow(base, exponent), self._inner(base)))
            case _N.EXPONENT_FACTOR_FORGOTTEN:
                return Mul((lowered, self._inner(base)))
            case _N.INSIDE_REPLACED_BY_DERIVATIVE if not isinstance(base, Sym):
                inside = Pow(differentiate(base, self.name), Add((exponent, Neg(ONE))))
                return Mul((exponent, inside))
        return Mul((exponent, lowered, self._inner(base)))

    def _exponential(self, base: Term, exponent: Term) -> Term:
        if self.name in free_names(base):
            raise NotDifferentiable
        term = Pow(base, exponent)
        if self.mistake == _N.POWER_RULE_ON_EXPONENTIAL:
            lowered = Mul((exponent, Pow(base, Add((exponent, Neg(ONE))))))
            return lowered if self.version == 0 else Mul((lowered, self._inner(exponent)))
        if self.mistake == _N.INSIDE_REPLACED_BY_DERIVATIVE and not isinstance(exponent, Sym):
            inside = differentiate(exponent, self.name)
            return Mul((inside, Pow(base, inside))) if self.version else Pow(base, inside)
        outer = term if base == Const("e") else Mul((term, Call("ln", (base,))))
        return Mul((outer, self._inner(exponent)))

    def _call(self, function: str, inner: Term) -> Term:
        outer = differentiate(Call(function, (Sym(self.name),)), self.name)
        if self.mistake == _N.SIGN_OF_SINE_OR_COSINE and function in _WAVES:
            outer = Neg(outer)
        if self.mistake == _N.CHAIN_RULE_FORGOTTEN and self.version == 1:
            return Mul((outer, differentiate(inner, self.name)))
        if self.mistake == _N.INSIDE_REPLACED_BY_DERIVATIVE and not isinstance(inner, Sym):
            inside = differentiate(inner, self.name)
            return _put_in(outer, self.name, inside)
        return Mul((_put_in(outer, self.name, inner), self._inner(inner)))


def _put_in(term: Term, name: str, value: Term) -> Term:
    result: Term = substitute(term, Sym(name), value)
    return result
