"""Finds zeros of a term in one variable, by its changes of sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from flint import arb, fmpq

from tutor.grading.numeric import operation_work
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Ball, Undefined, ball, precision
from tutor.grading.parsing.tree import Add, Div, Mul, Neg, Pow, Root, Sym, Term, free_names, rebuild
from tutor.grading.processes.work_budget import WorkBudget

ZERO_BITS = 100  # to which a zero is found
MAX_SECANTS = 24
Start = tuple[Fraction, arb]


def starts_at(values: Iterable[Fraction]) -> list[Start]:
    """Where a search starts, worked out once for all equations."""
    with precision(BASE_BITS):
        return [(value, ball(value)) for value in values]


def crossings(term: Term, name: str, starts: list[Start], budget: WorkBudget) -> Iterator[arb]:
    """The zeros between two starts with different signs."""
    before: tuple[Fraction, arb] | None = None
    try:
        search = _Search(term, name, budget)
    except (Undefined, KeyError, OverflowError):
        return  # a part of it has no value anywhere
    for at, start in starts:
        value = search.value(start)
        if value is not None and before is not None and (value > 0) != (before[1] > 0):
            root = search.zero_between(before, (at, value))
            if root is not None:
                yield root
        before = None if value is None else (at, value)


class _Search:
    """Evaluates one term at many values of its variable, and its constant parts only once."""

    def __init__(self, term: Term, name: str, budget: WorkBudget) -> None:
        self.name, self.budget = name, budget
        self.evaluator = Evaluator({}, budget, real=True)
        self.term = self._with_constants(term)

    def _with_constants(self, term: Term) -> Term:
        """The term with a name for each part without the variable. Raises Undefined, KeyError."""
        if self.name not in free_names(term):
            constant = Sym(f"constant {len(self.evaluator.names)}")
            self.evaluator.names[constant.name] = self.evaluator.value(term)
            return constant
        match term:
            case Pow(base, exponent):  # an exponent of 1/3 is more than its value
                return Pow(self._with_constants(base), exponent)
            case Root(inner, index):
                return Root(self._with_constants(inner), index)
            case Add() | Mul() | Neg() | Div():
                return rebuild(term, self._with_constants)  # type: ignore[no-any-return]
        return term

    def _ball(self, at: arb) -> Ball | None:
        self.budget.step(operation_work.EVALUATOR)
        self.evaluator.names[self.name] = at
        try:
            return self.evaluator.value(self.term)
        except (Undefined, KeyError, OverflowError):
            return None

    def value(self, at: arb) -> arb | None:
        """The value there; None where it is undefined, or may be zero."""
        self.budget.step(5)
        value = self._ball(at)
        return value if isinstance(value, arb) and not value.contains(0) else None

    def zero_between(self, low: tuple[Fraction, arb], high: tuple[Fraction, arb]) -> arb | None:
        """None at a pole, where the sign changes too."""
        root = self._by_secants(low, high)
        if root is None:
            root = self._by_halving(low, high[0])
        middle = root.mid()
        steps = [middle + arb(fmpq(1, 2**power)) for power in (40, 20)]
        near, far = (self._ball(at) for at in steps)
        return root if near is not None and far is not None and abs(near) < abs(far) else None

    def _by_secants(self, low: tuple[Fraction, arb], high: tuple[Fraction, arb]) -> arb | None:
        """By the Illinois method; None where it does not get near enough."""
        (first, first_value), (last, last_value) = (
            (ball(at).mid(), value.mid()) for at, value in (low, high)
        )
        for _ in range(MAX_SECANTS):
            slope = last_value - first_value
            middle = (last - last_value * (last - first) / slope).mid()
            is_near = bool(abs(middle - last) < abs(middle) * arb(2) ** -ZERO_BITS)
            value = self.value(middle)
            if value is None or is_near:
                return self._with_width(middle)
            if (value > 0) == (last_value > 0):
                first_value = first_value / 2
            else:
                first, first_value = last, last_value
            last, last_value = middle, value.mid()
        return None

    def _with_width(self, middle: arb) -> arb | None:
        """The ball around a zero; None where the signs at its ends are the same."""
        width = (abs(middle) + 1).mid() * arb(2) ** -ZERO_BITS
        ends = [self.value((middle + side * width).mid()) for side in (-1, 1)]
        if ends[0] is None or ends[1] is None or (ends[0] > 0) == (ends[1] > 0):
            return None
        return arb(middle, width.mid())

    def _by_halving(self, low: tuple[Fraction, arb], high: Fraction) -> arb:
        start, sign = low[0], bool(low[1] > 0)
        size = abs(high - start)
        for _ in range(ZERO_BITS):
            middle = (start + high) / 2
            value = self.value(ball(middle))
            if value is None:
                break
            start, high = (middle, high) if bool(value > 0) == sign else (start, middle)
        width = abs(high - start) if abs(high - start) < size else Fraction(0)
        return arb(ball((start + high) / 2).mid(), float(width))
