"""How else people may mean an equation of two numbers.

With a per cent sign as a unit, log of base ten, 3.14 for π, 24/2π as 24/(2π), degrees without
their sign.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.numeric.degrees import in_degrees
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Term,
    Value,
    rebuild,
    walk,
)

HUNDRED = Num(Fraction(100))
PI = Const("pi")
# What people write for π.
_SURE_PI = tuple(Num(Fraction(text)) for text in ("3.14", "3.1416", "3.142", "3.14159"))
_ROUGH_PI: tuple[Term, ...] = (
    *_SURE_PI,
    Num(Fraction(3)),
    Div(Num(Fraction(22)), Num(Fraction(7))),
)

Pair = tuple[Term, Term]


def certain_readings(before: Term, after: Term, percent: tuple[bool, bool]) -> Iterator[Pair]:
    """As written, and readings whose equality leaves no doubt that they are meant.

    percent: whether each side has a per cent sign.
    """
    yield before, after
    for change in (_with_log_of_ten, _without_degrees, _with_long_denominators):
        changed = change(before), change(after)
        if changed != (before, after):
            yield changed
    yield from _with_rough_pi(before, after)
    if all(percent) and isinstance(before, Add):
        yield without_percent(before), without_percent(after)  # 100% - 30 = 70%
    elif percent == (False, True):
        if isinstance(before, Add) or HUNDRED in walk(before):
            yield before, without_percent(after)  # 2/4 * 100 = 50%
    elif percent == (True, False) and all(map(_is_percentage, _summands(before))):
        yield Mul((before, HUNDRED)), after  # 100% - 20% = 80


def possible_readings(before: Term, after: Term, percent: tuple[bool, bool]) -> Iterator[Pair]:
    """Readings that are too uncertain for a proof."""
    yield in_degrees(before), in_degrees(after)
    if percent[1]:
        yield before, without_percent(after)
    if percent[0]:
        yield Mul((before, HUNDRED)), without_percent(after)
    if percent[0] and isinstance(before, Add):  # 200 + 10% = 220
        first, *rest = before.parts
        yield Mul((first, Add((ONE, *rest)))), after
    if isinstance(after, Add | Mul | Div):  # 14 + 9 = 23 + 46 = 69, a running total
        first = after.top if isinstance(after, Div) else after.parts[0]
        yield before, first


def without_percent(term: Value) -> Term:
    if isinstance(term, Call) and term.name == "percent":
        return term.args[0]
    result: Term = rebuild(term, without_percent)
    return result


def _summands(term: Term) -> tuple[Term, ...]:
    parts = term.parts if isinstance(term, Add) else (term,)
    return tuple(part.part if isinstance(part, Neg) else part for part in parts)


def _is_percentage(term: Term) -> bool:
    """80%, or 0.8 * 100%."""
    if isinstance(term, Mul):
        return any(part == Call("percent", (HUNDRED,)) for part in term.parts)
    return isinstance(term, Call) and term.name == "percent"


def _with_log_of_ten(term: Value) -> Term:
    result: Term = rebuild(term, _with_log_of_ten)
    match result:
        case Call("log", (argument,)):
            return Call("lg", (argument,))
    return result


def _without_degrees(term: Value) -> Term:
    """180° - 48° as 180 - 48, but sin 48° as it is."""
    match term:
        case Call("degrees", (number,)):
            return number
        case Call():
            return term
    result: Term = rebuild(term, _without_degrees)
    return result


def _with_long_denominators(term: Value) -> Term:
    """24/2π as 24/(2π)."""
    result: Term = rebuild(term, _with_long_denominators)
    match result:
        case Mul((Div(top, Num() as bottom), *rest)) if rest and not isinstance(rest[0], Num | Div):
            return Div(top, Mul((bottom, *rest)))
    return result


def _with_rough_pi(before: Term, after: Term) -> Iterator[Pair]:
    """With the number for π that the other side has."""
    for left, right, is_turned in ((before, after, False), (after, before, True)):
        if PI not in walk(left) or PI in walk(right):
            continue
        numbers = [number for number in _ROUGH_PI if number in walk(right)] or _SURE_PI
        for number in numbers:
            changed = _with_number(left, number)
            yield (right, changed) if is_turned else (changed, right)


def _with_number(term: Value, number: Term) -> Term:
    if term == PI:
        return number
    result: Term = rebuild(term, lambda part: _with_number(part, number))
    return result
