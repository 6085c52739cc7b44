"""The functions of school mathematics for balls."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from inspect import signature
from typing import Protocol

from flint import acb, arb

from tutor.grading.numeric.intervals import Ball, Undefined


class EvaluationRules(Protocol):
    """The conventions of an evaluator that functions depend on."""

    real: bool
    log10: bool

    def exponential(self, exponent: Ball) -> Ball: ...


def unknown_function(name: str, args: list[Ball]) -> Ball:
    """A smooth function that depends on the name alone: equal arguments give equal values."""
    seeds = hashlib.sha256(name.encode()).digest()
    result: Ball = arb(1) + arb(seeds[0]) / 64
    for index, arg in enumerate(args):
        scale = arb(seeds[2 * index % 30 + 1] + 40) / 128
        result = result + (arg * scale + arb(seeds[2 * index % 30 + 2]) / 50).sin() / (index + 1)
    return result


def _logarithm(rules: EvaluationRules, x: Ball, base: Ball | None = None) -> Ball:
    value = _natural(rules, x)
    if base is not None:
        bottom = _natural(rules, base)
        if bottom == 0:
            raise Undefined
        return value / bottom
    return value / arb(10).log() if rules.log10 else value


def _natural(rules: EvaluationRules, x: Ball) -> Ball:
    if isinstance(x, arb):
        if x > 0:
            return x.log()
        if rules.real or x == 0:
            raise Undefined
    return acb(x).log()


def _inside(name: str, low: int, high: int) -> Callable[[EvaluationRules, Ball], Ball]:
    """A function that is real only between two bounds."""

    def function(rules: EvaluationRules, x: Ball) -> Ball:
        if isinstance(x, arb) and low <= x <= high:
            return _plain(name)(rules, x)
        if rules.real:
            raise Undefined
        return _plain(name)(rules, acb(x))

    return function


def _plain(name: str) -> Callable[[EvaluationRules, Ball], Ball]:
    def function(_: EvaluationRules, x: Ball) -> Ball:
        result: Ball = getattr(x, name)()
        return result

    return function


def _of_inverse(name: str) -> Callable[[EvaluationRules, Ball], Ball]:
    """arcsec x is arccos 1/x."""

    def function(rules: EvaluationRules, x: Ball) -> Ball:
        if x == 0:
            raise Undefined
        return FUNCTIONS[name](rules, 1 / x)

    return function


def _arccot(_: EvaluationRules, x: Ball) -> Ball:
    return arb.pi() / 2 - x.atan()


def _exponential(rules: EvaluationRules, x: Ball) -> Ball:
    return rules.exponential(x)


def _degrees(_: EvaluationRules, x: Ball) -> Ball:
    return x * arb.pi() / 180


def _factorial(_: EvaluationRules, x: Ball) -> Ball:
    return (x + 1).gamma()


def _binomial(_: EvaluationRules, n: Ball, k: Ball) -> Ball:
    return (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()


def _permutations(_: EvaluationRules, n: Ball, k: Ball) -> Ball:
    return (n + 1).gamma() * (n - k + 1).rgamma()


def _real_only(function: Callable[[arb], Ball]) -> Callable[[EvaluationRules, Ball], Ball]:
    def checked(_: EvaluationRules, x: Ball) -> Ball:
        if not isinstance(x, arb):
            raise Undefined
        return function(x)

    return checked


def _largest(_: EvaluationRules, *args: Ball) -> Ball:
    numbers = [arg for arg in args if isinstance(arg, arb)]
    largest = numbers[0] if len(numbers) == len(args) else arb("nan")
    for number in numbers:
        if not (number > largest or number <= largest):
            raise Undefined
        largest = number if number > largest else largest
    return largest


def _smallest(rules: EvaluationRules, *args: Ball) -> Ball:
    return -_largest(rules, *(-arg for arg in args))


OF_GAMMA = frozenset(["gamma", "factorial", "binomial", "permutations"])  # much slower than others
FUNCTIONS: dict[str, Callable[..., Ball]] = {
    **{name: _plain(name) for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh")},
    **{name: _plain(name) for name in ("tanh", "coth", "sech", "csch", "atan", "asinh", "gamma")},
    "asin": _inside("asin", -1, 1),
    "acos": _inside("acos", -1, 1),
    "acosh": _inside("acosh", 1, 10**30),
    "atanh": _inside("atanh", -1, 1),
    "acot": _arccot,
    "asec": _of_inverse("acos"),
    "acsc": _of_inverse("asin"),
    "acoth": _of_inverse("atanh"),
    "asech": _of_inverse("acosh"),
    "acsch": _of_inverse("asinh"),
    "ln": _natural,
    "log": _logarithm,
    "lg": lambda rules, x: _natural(rules, x) / arb(10).log(),
    "lb": lambda rules, x: _natural(rules, x) / arb(2).log(),
    "exp": _exponential,
    "cis": lambda rules, x: rules.exponential(acb(x) * acb(0, 1)),
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


@lru_cache(maxsize=256)
def takes_arguments(name: str, count: int) -> bool:
    """Whether the function can be evaluated for so many arguments: sin takes one."""
    try:
        signature(FUNCTIONS[name]).bind(None, *[None] * count)
    except TypeError:
        return False
    return True
