"""The amount and the unit of a term whose units are symbols, as `mark_units` writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

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
    Value,
    free_names,
    rebuild,
)
from tutor.grading.parsing.units import NO_UNIT, Unit
from tutor.grading.working.quantities.unit_marks import MARK


class UnitsDisagree(ValueError):
    """Kilograms are added to metres."""


@dataclass(frozen=True, slots=True)
class Measure:
    """amount: in this unit. The unit of a bare number is NO_UNIT."""

    amount: Term
    unit: Unit = NO_UNIT

    def in_unit(self, unit: Unit) -> Term:
        """The amount in another unit of the same dimension."""
        factor = self.unit.factor / unit.factor
        return self.amount if factor == 1 else Mul((self.amount, Num(factor)))


def measure_of(term: Term, units: Sequence[Unit]) -> Measure:
    """Raises UnitsDisagree."""
    return _Reader(units).measure(term)


def without_units(term: Value) -> Term:
    """The term with its numbers as written."""
    result: Term = _without_units(term)
    return result


def _without_units(value: Value) -> Term:
    match value:
        case Sym(name) if name.startswith(MARK):
            return ONE
        case Mul(parts):
            amounts = tuple(_without_units(part) for part in parts if not _is_unit(part))
            return amounts[0] if len(amounts) == 1 else Mul(amounts) if amounts else ONE
    result: Term = rebuild(value, _without_units)
    return result


def _is_unit(value: Value) -> bool:
    match value:
        case Pow(base):
            return _is_unit(base)
        case Sym(name):
            return name.startswith(MARK)
    return False


@dataclass(frozen=True)
class _Reader:
    units: Sequence[Unit]

    def measure(self, term: Term) -> Measure:
        if not any(name.startswith(MARK) for name in free_names(term)):
            return Measure(term)
        match term:
            case Sym(name):
                return Measure(ONE, self.units[int(name.removeprefix(MARK + "_"))])
            case Mul(parts):
                return self._product(parts)
            case Div(top, bottom):
                over, under = self.measure(top), self.measure(bottom)
                return Measure(Div(over.amount, under.amount), over.unit.times(under.unit, -1))
            case Neg(part):
                inner = self.measure(part)
                return Measure(Neg(inner.amount), inner.unit)
            case Add(parts):
                return self._sum(parts)
            case Pow(base, exponent):
                return self._power(base, exponent)
            case Root(inner, index):
                return self._root(inner, index)
            case Call("percent", (part,)):
                inner = self.measure(part)
                return Measure(Call("percent", (inner.amount,)), inner.unit)
        raise UnitsDisagree

    def _product(self, parts: Sequence[Term]) -> Measure:
        measures = [self.measure(part) for part in parts]
        unit = NO_UNIT
        for part in measures:
            unit = unit.times(part.unit)
        amounts = tuple(part.amount for part in measures if part.amount != ONE)
        return Measure(amounts[0] if len(amounts) == 1 else Mul(amounts) if amounts else ONE, unit)

    def _sum(self, parts: Sequence[Term]) -> Measure:
        measures = [self.measure(part) for part in parts]
        with_unit = [part for part in measures if part.unit != NO_UNIT]
        first = with_unit[0]
        if any(part.unit.dimension != first.unit.dimension for part in with_unit):
            raise UnitsDisagree
        amounts = [
            part.in_unit(first.unit) if part.unit != NO_UNIT else part.amount for part in measures
        ]
        return Measure(Add(tuple(amounts)), first.unit)

    def _power(self, base: Term, exponent: Term) -> Measure:
        inner, power = self.measure(base), rational_value(exponent)
        if power is None or power.denominator != 1:
            raise UnitsDisagree
        unit = NO_UNIT.times(inner.unit, int(power))
        return Measure(ONE if inner.amount == ONE else Pow(inner.amount, exponent), unit)

    def _root(self, inner: Term, index: Term) -> Measure:
        radicand, degree = self.measure(inner), rational_value(index)
        if degree is None or degree.denominator != 1 or degree < 1:
            raise UnitsDisagree
        root = int(degree)
        if any(power % root for _, power in radicand.unit.dimension):
            raise UnitsDisagree
        dimension = tuple((base, power // root) for base, power in radicand.unit.dimension)
        amount = Mul((radicand.amount, Num(radicand.unit.factor)))
        plain = Unit(dimension, Fraction(1))
        factor = _exact_root(radicand.unit.factor, root)
        if factor is None:
            return Measure(Root(amount, index), plain)
        return Measure(Root(radicand.amount, index), Unit(dimension, factor))


def _exact_root(number: Fraction, degree: int) -> Fraction | None:
    parts = [round(float(part) ** (1 / degree)) for part in (number.numerator, number.denominator)]
    root = Fraction(parts[0], parts[1]) if parts[1] else Fraction(0)
    return root if root**degree == number else None
