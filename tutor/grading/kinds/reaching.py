"""Can a term take a value if one letter in it is chosen freely? By undoing its operations."""

from __future__ import annotations

import math
from collections.abc import Callable

from tutor.grading.parsing.tree import (
    Add,
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Pow,
    Root,
    Term,
    free_names,
)

MAX_OPERATIONS = 40
ValueOf = Callable[[Term], "float | None"]  # of what does not have the letter in it

_INVERSES: dict[str, Callable[[float], float]] = {
    "ln": math.exp,
    "exp": math.log,
    "tan": math.atan,
    "atan": lambda y: math.tan(y) if abs(y) < math.pi / 2 else math.nan,
    "sinh": math.asinh,
    "asinh": math.sinh,
    "tanh": math.atanh,
    "abs": lambda y: y if y >= 0 else math.nan,
}


def can_take(term: Term, wanted: float, letter: str, value_of: ValueOf) -> bool:
    """True only if the letter stands in one place and some real number gives the wanted value."""
    try:
        for _ in range(MAX_OPERATIONS):
            if getattr(term, "name", None) == letter:
                return math.isfinite(wanted)
            term, wanted = _without_outer(term, wanted, letter, value_of)
    except (ArithmeticError, ValueError, TypeError):
        return False
    return False


def _without_outer(term: Term, wanted: float, letter: str, value_of: ValueOf) -> tuple[Term, float]:
    """The part with the letter, and what it must be. Raises ValueError where that is unknown."""

    def holds(part: Term) -> bool:
        return letter in free_names(part)

    def number(part: Term) -> float:
        value = None if holds(part) else value_of(part)
        if value is None:
            raise ValueError(part)
        return value

    match term:
        case Neg(part):
            return part, -wanted
        case Add(parts):
            [inner] = filter(holds, parts)
            return inner, wanted - sum(number(part) for part in parts if not holds(part))
        case Mul(parts):
            [inner] = filter(holds, parts)
            return inner, wanted / math.prod(number(part) for part in parts if not holds(part))
        case Div(top, bottom) if holds(top):
            return top, wanted * number(bottom)
        case Div(top, bottom):
            return bottom, number(top) / wanted
        case Pow(Const("e"), exponent):
            return exponent, math.log(wanted)
        case Pow(base, exponent) if holds(exponent):
            return exponent, math.log(wanted) / math.log(number(base))
        case Pow(base, exponent):
            return base, _root(wanted, number(exponent))
        case Root(inner, index):
            return inner, _root(wanted, 1 / number(index))
        case Call(name, (part,)) if name in _INVERSES:
            return part, _INVERSES[name](wanted)
    raise ValueError(term)


def _root(value: float, exponent: float) -> float:
    """The real number that gives the value when raised to the exponent."""
    is_odd = exponent == int(exponent) and int(exponent) % 2 == 1
    if value < 0 and is_odd:
        return -math.pow(-value, 1 / exponent)
    if value < 0:
        raise ValueError(value)
    return math.pow(value, 1 / exponent)
