"""Evaluates terms at a point, to a ball that contains the true value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from flint import acb, arb, ctx, fmpz

from tutor.grading.numeric import operation_work
from tutor.grading.numeric.functions import FUNCTIONS, OF_GAMMA, takes_arguments, unknown_function
from tutor.grading.numeric.intervals import Ball, Undefined, ball, magnitude
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Const,
    Div,
    Matrix,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent, charge

MAX_SUMMANDS = 400  # terms of one sum
_MAX_BITS_OF_INTEGRAL = 1_000  # with more, Arb may work for seconds without checking the budget
_MAX_INTEGER = arb(2) ** 256  # of integers
_MAX_EXPONENT = arb(2) ** 200  # of an exponential


class Evaluator:
    """Evaluates terms at one point.

    real: roots and logarithms of negative numbers are undefined, as at school.
    log10: the base of a plain log is ten, not e.
    measuring: counts the precision that the term needs, in `spread` and `least`.
    spread: bits of the numbers as written, between the largest and the smallest part of a sum,
    and between 1 and the argument of a function.
    least: the power of two of the smallest part of a sum, if below 1.
    """

    def __init__(
        self,
        names: Mapping[str, Ball],
        budget: WorkBudget,
        *,
        real: bool,
        log10: bool = False,
        measuring: bool = False,
    ) -> None:
        self.names = dict(names)
        self.budget = budget
        self.real = real
        self.log10 = log10
        self.measuring = measuring
        self.spread = 0
        self.least = 0
        self.arithmetic = operation_work.of_arithmetic()
        budget.step(operation_work.EVALUATOR)

    def value(self, term: Term) -> Ball:
        self.budget.step(self.arithmetic)
        method = _METHODS.get(type(term))
        if method is None:
            raise Undefined
        result = method(self, term)
        if not result.is_finite():
            raise Undefined
        return result

    def number(self, term: Num) -> Ball:
        value = term.value
        bits = max(value.numerator.bit_length(), value.denominator.bit_length())
        if self.measuring:
            self.spread += bits
        if bits > 1_000:
            self.budget.step(operation_work.of_fraction(value))
        return ball(value)

    def constant(self, term: Const) -> Ball:
        match term.name:
            case "pi":
                return arb.pi()
            case "e":
                return arb(1).exp()
            case "i" if not self.real:
                return acb(0, 1)
        raise Undefined

    def symbol(self, term: Sym) -> Ball:
        return self.names[term.name]

    def total(self, term: Add) -> Ball:
        values = [self.value(part) for part in term.parts]
        if self.measuring:
            sizes = [size for value in values if (size := magnitude(value)) is not None]
            self.note(max(sizes, default=0) - min(sizes, default=0))
            self.least = min(self.least, *sizes, 0)
        result = values[0]
        for value in values[1:]:
            result = result + value
        return result

    def product(self, term: Mul) -> Ball:
        result = self.value(term.parts[0])
        for part in term.parts[1:]:
            result = result * self.value(part)
        return result

    def negative(self, term: Neg) -> Ball:
        return -self.value(term.part)

    def quotient(self, term: Div) -> Ball:
        bottom = self.value(term.bottom)
        if bottom == 0:
            raise Undefined
        return self.value(term.top) / bottom

    def power(self, term: Pow) -> Ball:
        base = self.value(term.base)
        rational = rational_value(term.exponent)
        if rational is None:
            # A variable with an integer value counts like a written integer.
            exponent = self.value(term.exponent)
            if (whole := _integer(exponent)) is not None:
                rational = Fraction(whole)
        if rational is not None:
            return self.rational_power(base, rational)
        if base == 0:
            raise Undefined
        if isinstance(base, arb) and base > 0:
            return self.exponential(exponent * base.log())
        if self.real:
            raise Undefined
        return self.exponential(exponent * acb(base).log())

    def rational_power(self, base: Ball, exponent: Fraction) -> Ball:
        if exponent.denominator == 1:
            return self.integer_power(base, exponent.numerator)
        self.budget.step(2 * operation_work.of_function())
        if base == 0:
            if exponent < 0:
                raise Undefined
            return arb(0)
        self.note(max(exponent.numerator.bit_length(), exponent.denominator.bit_length()))
        if isinstance(base, arb) and base > 0:
            return (base.log() * ball(exponent)).exp()
        if isinstance(base, arb) and base < 0 and self.real:
            if exponent.denominator % 2 == 0:
                raise Undefined
            size = ((-base).log() * ball(exponent)).exp()
            return -size if exponent.numerator % 2 else size
        if self.real:
            raise Undefined
        return (acb(base).log() * ball(exponent)).exp()

    def integer_power(self, base: Ball, exponent: int) -> Ball:
        if exponent.bit_length() > 64 or (base == 0 and exponent < 0):
            raise Undefined
        if exponent == 0:
            return arb(1)
        self.budget.step(self.arithmetic * exponent.bit_length())
        return base ** fmpz(exponent)

    def exponential(self, exponent: Ball) -> Ball:
        if not abs(exponent) < _MAX_EXPONENT:
            raise Undefined
        self.measure(exponent)
        self.budget.step(2 * operation_work.of_function())  # the logarithm of the base was one
        return exponent.exp()

    def measure(self, argument: Ball) -> None:
        if self.measuring and (size := magnitude(argument)) is not None:
            self.note(2 * abs(size))

    def note(self, bits: int) -> None:
        self.spread += bits if bits > 32 else 0

    def root(self, term: Root) -> Ball:
        index = rational_value(term.index)
        if index is None or index == 0:
            return self.power(Pow(term.inner, Div(Num(Fraction(1)), term.index)))
        inner = self.value(term.inner)
        if index == 2 and isinstance(inner, arb) and inner >= 0:
            self.budget.step(operation_work.of_function())
            return inner.sqrt()
        odd = index.denominator == 1 and index.numerator % 2 == 1
        if odd and isinstance(inner, arb) and inner < 0:
            return -self.rational_power(-inner, 1 / index)
        return self.rational_power(inner, 1 / index)

    def call(self, term: Call) -> Ball:
        if term.name == "det":
            return self.value(determinant(term.args[0]))
        function = FUNCTIONS.get(term.name)
        args = [self.value(arg) for arg in term.args]
        is_gamma = term.name in OF_GAMMA
        work = operation_work.of_gamma() if is_gamma else operation_work.of_function()
        self.budget.step(work * max(1, len(args)))
        for arg in args:
            self.measure(arg)
        if function is None:
            self.budget.step(operation_work.UNKNOWN_FUNCTION)
            return unknown_function(term.name, args)
        if not takes_arguments(term.name, len(args)):
            raise Undefined
        return function(self, *args)

    def big_operator(self, term: BigOperator) -> Ball:
        if term.low is None or term.high is None:
            raise Undefined
        if term.kind == "int":
            return self.integral(term)
        low, high = self.value(term.low), self.value(term.high)
        first, last = _integer(low), _integer(high)
        if first is None or last is None or last - first > MAX_SUMMANDS:
            raise Undefined
        result: Ball = arb(0) if term.kind == "sum" else arb(1)
        for index in range(first, last + 1):
            self.budget.step(3)
            value = self.inner(term.name, arb(index)).value(term.body)
            if self.measuring and (size := magnitude(value)) is not None:
                # A summand may be far below the digits that would be compared.
                self.least = min(self.least, size)
                self.note(abs(size))
            result = result + value if term.kind == "sum" else result * value
        return result

    def inner(self, name: str, value: Ball) -> Evaluator:
        return Evaluator({**self.names, name: value}, self.budget, real=self.real, log10=self.log10)

    def integral(self, term: BigOperator) -> Ball:
        low, high = self.value(term.low), self.value(term.high)  # type: ignore[arg-type]
        is_late = False

        def integrand(at: acb, analytic: bool) -> acb:
            nonlocal is_late
            names = {**self.names, term.name: at}
            try:
                evaluator = Evaluator(names, self.budget, real=False, log10=self.log10)
                return acb(evaluator.value(term.body))
            except (Undefined, KeyError, OverflowError):
                return acb("nan")
            except (WorkBudgetSpent, RecursionError):  # Arb would swallow the exception
                is_late = True
                return acb("nan")

        if any(_has_cuts(part) for part in walk(term.body)):
            raise Undefined  # bounds would be wrong across a cut
        if ctx.prec > _MAX_BITS_OF_INTEGRAL:
            raise Undefined
        self.budget.check()
        result = acb.integral(integrand, acb(low), acb(high), eval_limit=2_000)
        if is_late:
            raise WorkBudgetSpent
        return result.real if self.real else result


_ENTIRE = {"sin", "cos", "exp", "sinh", "cosh", "degrees", "percent"}


def _has_cuts(part: Value) -> bool:
    if isinstance(part, Pow):
        exponent = rational_value(part.exponent)
        whole = exponent is not None and exponent.denominator == 1
        return not whole and part.base != Const("e")
    return isinstance(part, Root) or (isinstance(part, Call) and part.name not in _ENTIRE)


def _integer(value: Ball) -> int | None:
    """None for other numbers and beyond 256 bits, since a power of two may fill the memory."""
    if not isinstance(value, arb) or not value.is_exact() or not abs(value) < _MAX_INTEGER:
        return None
    whole = value.unique_fmpz()
    return None if whole is None else int(whole)


def determinant(matrix: Term) -> Term:
    """Expanded along the first row. Raises Undefined beyond 5 by 5."""
    charge(operation_work.MINOR)
    rows = matrix.rows if isinstance(matrix, Matrix) else ()
    if not rows or len(rows) != len(rows[0]) or len(rows) > 5:
        raise Undefined
    if len(rows) == 1:
        return rows[0][0]  # type: ignore[return-value]
    parts: list[Term] = []
    for column, entry in enumerate(rows[0]):
        minor = Matrix(tuple((*row[:column], *row[column + 1 :]) for row in rows[1:]))
        part = Mul((entry, determinant(minor)))  # type: ignore[arg-type]
        parts.append(Neg(part) if column % 2 else part)
    return Add(tuple(parts))


_METHODS: dict[type, Callable[[Evaluator, Term], Ball]] = {
    Num: Evaluator.number,  # type: ignore[dict-item]
    Const: Evaluator.constant,  # type: ignore[dict-item]
    Sym: Evaluator.symbol,  # type: ignore[dict-item]
    Add: Evaluator.total,  # type: ignore[dict-item]
    Mul: Evaluator.product,  # type: ignore[dict-item]
    Neg: Evaluator.negative,  # type: ignore[dict-item]
    Div: Evaluator.quotient,  # type: ignore[dict-item]
    Pow: Evaluator.power,  # type: ignore[dict-item]
    Root: Evaluator.root,  # type: ignore[dict-item]
    Call: Evaluator.call,  # type: ignore[dict-item]
    BigOperator: Evaluator.big_operator,  # type: ignore[dict-item]
}
