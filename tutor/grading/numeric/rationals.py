"""Exact values of terms that are rational numbers of limited size."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from flint import fmpz

from tutor.grading.numeric import operation_work
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    has_part,
    substitute,
)
from tutor.grading.processes.work_budget import charge

MAX_BITS = 60_000  # 2000! has 19,053
MAX_FACTORIAL = 3_000
MAX_FOLDED = 400  # terms of one sum or product


def rational_value(term: Term) -> Fraction | None:
    """The value of a term without variables; None if it is not rational or too large.

    Raises WorkBudgetSpent where a budget is open.
    """
    match term:
        case Num(value):
            return value
        case Neg(part):
            inner = rational_value(part)
            return None if inner is None else -inner
        case Add(parts):
            return _total(parts)
        case Mul(parts):
            return _product(parts)
        case Div(top, bottom):
            above = rational_value(top)
            below = None if above is None else rational_value(bottom)
            return None if above is None or not below else _small(above / below)
        case Pow(base, exponent):
            power = rational_value(exponent)
            return None if power is None else _power(rational_value(base), power)
        case Root(inner, index):
            degree = rational_value(index)
            return None if degree is None else _root(rational_value(inner), degree)
        case Call(name, args):
            return _value_of_call(name, [rational_value(arg) for arg in args])
        case BigOperator("sum" | "prod"):
            return _folded(term)
    return None


def _folded(term: BigOperator) -> Fraction | None:
    """A sum or product with whole bounds, worked out one by one."""
    low, high = (None if end is None else rational_value(end) for end in (term.low, term.high))
    if low is None or high is None or low.denominator != 1 or high.denominator != 1:
        return None
    if high - low > MAX_FOLDED or has_part(term.body, BigOperator):
        return None
    numbers = range(low.numerator, high.numerator + 1)
    # One after the other, since usually the first is no rational number.
    parts = (substitute(term.body, Sym(term.name), Num(Fraction(n))) for n in numbers)
    return _total(parts) if term.kind == "sum" else _product(parts)


def _small(value: Fraction) -> Fraction | None:
    charge(operation_work.of_fraction(value))
    return value if operation_work.bits_of(value) <= MAX_BITS else None


def _total(parts: Iterable[Term]) -> Fraction | None:
    total = Fraction(0)
    for part in parts:
        value = rational_value(part)
        if value is None or _small(total) is None:
            return None
        total += value
    return _small(total)


def _product(parts: Iterable[Term]) -> Fraction | None:
    total = Fraction(1)
    for part in parts:
        value = rational_value(part)
        if value is None or _small(total) is None:
            return None
        total *= value
    return _small(total)


def _power(base: Fraction | None, exponent: Fraction) -> Fraction | None:
    if base is None or (base == 0 and exponent <= 0):
        return None
    if exponent.denominator != 1:
        root = _root(base, Fraction(exponent.denominator))  # of a negative number the real one
        return _power(root, Fraction(exponent.numerator))
    bits = operation_work.bits_of(base)
    if abs(exponent) * bits > MAX_BITS and base not in (0, 1, -1):
        return None
    if base in (1, -1):
        return Fraction(1) if base == 1 or exponent.numerator % 2 == 0 else Fraction(-1)
    return _small(base**exponent.numerator)


def _root(inner: Fraction | None, index: Fraction) -> Fraction | None:
    if inner is None or index.denominator != 1 or not 1 <= index <= 64:
        return None
    if inner < 0:
        root = _root(-inner, index) if index.numerator % 2 else None
        return None if root is None else -root
    above = _integer_root(inner.numerator, index.numerator)
    below = _integer_root(inner.denominator, index.numerator)
    return None if above is None or below is None else Fraction(above, below)


def _integer_root(value: int, index: int) -> int | None:
    if value < 2 or index == 1:
        return value
    charge(operation_work.of_whole_number(value.bit_length()))
    root = int(fmpz(value).root(index))
    return root if root**index == value else None


def _value_of_call(name: str, args: list[Fraction | None]) -> Fraction | None:
    if any(arg is None for arg in args):
        return None
    values = [arg for arg in args if arg is not None]
    first = values[0]
    whole = all(value.denominator == 1 for value in values)
    charge(sum(operation_work.of_whole_number(operation_work.bits_of(value)) for value in values))
    match name:
        case "abs":
            return abs(first)
        case "percent":
            return first / 100
        case "floor":
            return Fraction(math.floor(first))
        case "ceil":
            return Fraction(math.ceil(first))
        case "min":
            return min(values)
        case "max":
            return max(values)
        case "factorial" if whole and 0 <= first <= MAX_FACTORIAL:
            charge(_work_of_factorial(first.numerator))
            return Fraction(math.factorial(first.numerator))
        case "binomial" | "permutations" if whole and len(values) == 2:
            return _combinations(name, values[0].numerator, values[1].numerator)
        case "gcd" if whole:
            return Fraction(math.gcd(*(value.numerator for value in values)))
        case "lcm" if whole:
            return _small(Fraction(math.lcm(*(value.numerator for value in values))))
    return None


def _work_of_factorial(n: int) -> float:
    return 1 + n * n / 30_000


def _combinations(name: str, n: int, k: int) -> Fraction | None:
    if not 0 <= k <= n <= MAX_FACTORIAL:
        return None
    charge(_work_of_factorial(n))
    return Fraction(math.comb(n, k) if name == "binomial" else math.perm(n, k))


def median_of(data: Sequence[Fraction]) -> Fraction:
    """Of data in order: the one in the middle, or the mean of the two there."""
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2
