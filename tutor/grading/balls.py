"""Values with proven bounds: every number is a ball that contains the true one (Arb).

Two balls that do not meet prove that two values differ. Real numbers are arb, others acb.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction

from flint import acb, arb, ctx, fmpq, fmpz

from tutor.grading.deadline import Deadline
from tutor.grading.exact import exact
from tutor.grading.terms import (
    Add,
    Call,
    Const,
    Div,
    Fold,
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

Ball = arb | acb
BASE_BITS = 128
MAX_FOLD = 400  # terms of one sum
MAX_SPREAD = 24_000  # bits between the largest and the smallest number of one expression
_HUGE = arb(2) ** 200  # beyond it no exponential is worked out

# Arb's precision is one setting for the whole process. Balls stay right when another thread
# changes it in between, only wider or narrower; the lock keeps the raised one raised.
_raising = threading.RLock()


class Undefined(ArithmeticError):
    """No value there: a division by zero, a root of a negative, or a function nobody knows."""


@contextmanager
def precision(bits: int) -> Iterator[None]:
    with _raising:
        before, ctx.prec = ctx.prec, bits
        try:
            yield
        finally:
            ctx.prec = before


def ball(value: Fraction | int) -> arb:
    value = Fraction(value)
    return arb(fmpq(value.numerator, value.denominator))


def _magnitude(value: Ball) -> int | None:
    """The power of two that it is about; None for what may be zero."""
    if value.contains(0):
        return None
    size = abs(value).mid()
    mantissa, exponent = size.man_exp()
    return int(exponent) + int(mantissa).bit_length()


class Evaluator:
    """Works out terms at one point.

    real: roots and logarithms of negative numbers are undefined, as at school.
    log10: the base of a plain log is ten, not e.
    spread: bits that fewer would swallow, counted while measuring: those of the numbers as
    written, those between the largest and the smallest part of a sum, and those between 1 and
    the argument of a function. least: the power of two of the smallest part of a sum, if
    below 1.
    """

    def __init__(
        self,
        names: Mapping[str, Ball],
        deadline: Deadline,
        *,
        real: bool,
        log10: bool = False,
        measuring: bool = False,
    ) -> None:
        self.names = dict(names)
        self.deadline = deadline
        self.real = real
        self.log10 = log10
        self.measuring = measuring
        self.spread = 0
        self.least = 0
        self.steps = 0

    def value(self, term: Term) -> Ball:
        self.steps += 1
        if self.steps % 512 == 0:
            self.deadline.check()
        method = _METHODS.get(type(term))
        if method is None:
            raise Undefined
        result = method(self, term)
        if not result.is_finite():
            raise Undefined
        return result

    def number(self, term: Num) -> Ball:
        value = term.value
        if self.measuring:
            self.spread += max(value.numerator.bit_length(), value.denominator.bit_length())
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
            sizes = [size for value in values if (size := _magnitude(value)) is not None]
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
        rational = exact(term.exponent)
        if rational is None:
            # An integer that a letter stands for is as good as a written one.
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
        return base ** fmpz(exponent)

    def exponential(self, exponent: Ball) -> Ball:
        if not abs(exponent) < _HUGE:
            raise Undefined
        self.measure(exponent)
        return exponent.exp()

    def measure(self, argument: Ball) -> None:
        if self.measuring and (size := _magnitude(argument)) is not None:
            self.note(2 * abs(size))

    def note(self, bits: int) -> None:
        self.spread += bits if bits > 32 else 0

    def root(self, term: Root) -> Ball:
        index = exact(term.index)
        if index is None or index == 0:
            return self.power(Pow(term.inner, Div(Num(Fraction(1)), term.index)))
        inner = self.value(term.inner)
        if index == 2 and isinstance(inner, arb) and inner >= 0:
            return inner.sqrt()
        odd = index.denominator == 1 and index.numerator % 2 == 1
        if odd and isinstance(inner, arb) and inner < 0:
            return -self.rational_power(-inner, 1 / index)
        return self.rational_power(inner, 1 / index)

    def call(self, term: Call) -> Ball:
        if term.name == "det":
            return self.value(determinant(term.args[0]))
        function = _FUNCTIONS.get(term.name)
        args = [self.value(arg) for arg in term.args]
        for arg in args:
            self.measure(arg)
        if function is None:
            return _unknown(term.name, args)
        return function(self, *args)

    def fold(self, term: Fold) -> Ball:
        if term.low is None or term.high is None:
            raise Undefined
        if term.kind == "int":
            return self.integral(term)
        low, high = self.value(term.low), self.value(term.high)
        first, last = _integer(low), _integer(high)
        if first is None or last is None or last - first > MAX_FOLD:
            raise Undefined
        result: Ball = arb(0) if term.kind == "sum" else arb(1)
        for index in range(first, last + 1):
            value = self.inner(term.name, arb(index)).value(term.body)
            result = result + value if term.kind == "sum" else result * value
        return result

    def inner(self, name: str, value: Ball) -> Evaluator:
        inner = Evaluator(
            {**self.names, name: value}, self.deadline, real=self.real, log10=self.log10
        )
        inner.steps = self.steps
        self.steps += 16
        return inner

    def integral(self, term: Fold) -> Ball:
        low, high = self.value(term.low), self.value(term.high)  # type: ignore[arg-type]

        def integrand(at: acb, analytic: bool) -> acb:
            evaluator = Evaluator(
                {**self.names, term.name: at}, self.deadline, real=False, log10=self.log10
            )
            try:
                return acb(evaluator.value(term.body))
            except (Undefined, KeyError):
                return acb("nan")

        if any(_has_cuts(part) for part in walk(term.body)):
            raise Undefined  # bounds would be wrong across a cut
        result = acb.integral(integrand, acb(low), acb(high), eval_limit=2_000)
        return result.real if self.real else result


_ENTIRE = {"sin", "cos", "exp", "sinh", "cosh", "degrees", "percent"}


def _has_cuts(part: Value) -> bool:
    if isinstance(part, Pow):
        exponent = exact(part.exponent)
        whole = exponent is not None and exponent.denominator == 1
        return not whole and part.base != Const("e")
    return isinstance(part, Root) or (isinstance(part, Call) and part.name not in _ENTIRE)


def _integer(value: Ball) -> int | None:
    if not isinstance(value, arb) or not value.is_exact():
        return None
    whole = value.unique_fmpz()
    return None if whole is None else int(whole)


def _unknown(name: str, args: list[Ball]) -> Ball:
    """Some smooth function, the same for the same name: equal arguments, equal values."""
    seeds = hashlib.sha256(name.encode()).digest()
    result: Ball = arb(1) + arb(seeds[0]) / 64
    for index, arg in enumerate(args):
        scale = arb(seeds[2 * index % 30 + 1] + 40) / 128
        result = result + (arg * scale + arb(seeds[2 * index % 30 + 2]) / 50).sin() / (index + 1)
    return result


def determinant(matrix: Term) -> Term:
    """Worked out along the first row; raises Undefined beyond 5 by 5."""
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


def _logarithm(evaluator: Evaluator, x: Ball, base: Ball | None = None) -> Ball:
    value = _natural(evaluator, x)
    if base is not None:
        bottom = _natural(evaluator, base)
        if bottom == 0:
            raise Undefined
        return value / bottom
    return value / arb(10).log() if evaluator.log10 else value


def _natural(evaluator: Evaluator, x: Ball) -> Ball:
    if isinstance(x, arb):
        if x > 0:
            return x.log()
        if evaluator.real or x == 0:
            raise Undefined
    return acb(x).log()


def _inside(name: str, low: int, high: int) -> Callable[[Evaluator, Ball], Ball]:
    """A function that is real only between two bounds."""

    def function(evaluator: Evaluator, x: Ball) -> Ball:
        if isinstance(x, arb) and low <= x <= high:
            return _plain(name)(evaluator, x)
        if evaluator.real:
            raise Undefined
        return _plain(name)(evaluator, acb(x))

    return function


def _plain(name: str) -> Callable[[Evaluator, Ball], Ball]:
    def function(_: Evaluator, x: Ball) -> Ball:
        result: Ball = getattr(x, name)()
        return result

    return function


def _of_inverse(name: str) -> Callable[[Evaluator, Ball], Ball]:
    """arcsec x is arccos 1/x."""

    def function(evaluator: Evaluator, x: Ball) -> Ball:
        if x == 0:
            raise Undefined
        return _FUNCTIONS[name](evaluator, 1 / x)

    return function


def _arccot(_: Evaluator, x: Ball) -> Ball:
    return arb.pi() / 2 - x.atan()


def _exponential(evaluator: Evaluator, x: Ball) -> Ball:
    return evaluator.exponential(x)


def _degrees(_: Evaluator, x: Ball) -> Ball:
    return x * arb.pi() / 180


def _factorial(_: Evaluator, x: Ball) -> Ball:
    return (x + 1).gamma()


def _binomial(_: Evaluator, n: Ball, k: Ball) -> Ball:
    return (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()


def _permutations(_: Evaluator, n: Ball, k: Ball) -> Ball:
    return (n + 1).gamma() * (n - k + 1).rgamma()


def _real_only(function: Callable[[arb], Ball]) -> Callable[[Evaluator, Ball], Ball]:
    def checked(_: Evaluator, x: Ball) -> Ball:
        if not isinstance(x, arb):
            raise Undefined
        return function(x)

    return checked


def _largest(_: Evaluator, *args: Ball) -> Ball:
    numbers = [arg for arg in args if isinstance(arg, arb)]
    largest = numbers[0] if len(numbers) == len(args) else arb("nan")
    for number in numbers:
        if not (number > largest or number <= largest):
            raise Undefined
        largest = number if number > largest else largest
    return largest


def _smallest(evaluator: Evaluator, *args: Ball) -> Ball:
    return -_largest(evaluator, *(-arg for arg in args))


_FUNCTIONS: dict[str, Callable[..., Ball]] = {
    **{name: _plain(name) for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh")},
    **{name: _plain(name) for name in ("tanh", "coth", "sech", "csch", "atan", "asinh", "gamma")},
    "asin": _inside("asin", -1, 1),
    "acos": _inside("acos", -1, 1),
    "acosh": _inside("acosh", 1, 10**30),
    "atanh": _inside("atanh", -1, 1),
    "acot": _arccot,
    "asec": _of_inverse("acos"),
    "acsc": _of_inverse("asin"),
    "ln": _natural,
    "log": _logarithm,
    "lg": lambda evaluator, x: _natural(evaluator, x) / arb(10).log(),
    "lb": lambda evaluator, x: _natural(evaluator, x) / arb(2).log(),
    "exp": _exponential,
    "abs": lambda _, x: abs(x),
    "degrees": _degrees,
    "percent": lambda _, x: x / 100,
    "factorial": _factorial,
    "binomial": _binomial,
    "permutations": _permutations,
    "floor": _real_only(lambda x: x.floor()),
    "ceil": _real_only(lambda x: x.ceil()),
    "sign": _real_only(lambda x: x.sgn()),
    "re": lambda _, x: x.real if isinstance(x, acb) else x,
    "im": lambda _, x: x.imag if isinstance(x, acb) else arb(0),
    "arg": lambda _, x: acb(x).arg(),
    "min": _smallest,
    "max": _largest,
}
KNOWN_FUNCTIONS = frozenset(_FUNCTIONS) | {"det"}
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
    Fold: Evaluator.fold,  # type: ignore[dict-item]
}
