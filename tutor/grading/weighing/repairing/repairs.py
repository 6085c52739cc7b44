"""Small changes of a calculation that a usual mistake would explain, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

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
    Term,
    children,
    is_term,
    rebuild,
)
from tutor.grading.steps.claim_results import Slip

_TWO = Num(Fraction(2))
MIN_INDEX = 3  # an exponent above it counts something
_COUNTS = range(3, 41)
_CO_FUNCTIONS = {"sin": ("cos", "tan"), "cos": ("sin", "tan"), "tan": ("sin", "cos")}


@dataclass(frozen=True, slots=True)
class Repair:
    """formula: the calculation as it should be. cost: the less, the likelier."""

    formula: Term
    cost: float
    slip: Slip


def repairs(formula: Term, stated: Sequence[Fraction], right: Term | None) -> Iterator[Repair]:
    """stated: the numbers of the problem and of lines before. right: the stored answer."""
    yield from _of_whole(formula, stated)
    for changed, cost, slip in _within(formula, stated, right):
        yield Repair(changed, cost, slip)


def repairs_of_number(value: float) -> Iterator[Repair]:
    """Of a number that was counted or looked up."""
    number = Num(Fraction(value).limit_denominator(10**6))
    yield Repair(Mul((number, _TWO)), 1.2, Slip.SET_UP)
    yield Repair(Div(number, _TWO), 1.2, Slip.SET_UP)
    yield Repair(Neg(number), 1.2, Slip.LOST_SIGN)
    yield Repair(Num(number.value + 1), 1.4, Slip.OFF_BY_ONE)
    yield Repair(Num(number.value - 1), 1.4, Slip.OFF_BY_ONE)
    if value:
        yield Repair(Div(ONE, number), 1.4, Slip.INVERSE_RATIO)


def repairs_of_base(formula: Term, stated: Sequence[Fraction]) -> Iterator[Repair]:
    """9/45 for 9/36, where a percentage is asked for."""
    match formula:
        case Div(top, Num(base)):
            for other in stated:
                if other not in (0, base):
                    yield Repair(Div(top, Num(other)), 1.0, Slip.PERCENT_BASE)


def repairs_of_count(formula: Term, counts: Mapping[Fraction, int]) -> Iterator[Repair]:
    """30/5 for 30/4, where 30 is the sum of five numbers.

    counts: of how many numbers each sum of the lines before was made.
    """
    match formula:
        case Div(Add(parts), Num(divisor)):
            count = len(parts)
        case Div(Num(total), Num(divisor)):
            count = counts.get(total, 0)
        case _:
            return
    if count > 2 and divisor > 1 and divisor != count:
        yield Repair(Div(formula.top, Num(Fraction(count))), 0.4, Slip.WRONG_COUNT)


def _of_whole(formula: Term, stated: Sequence[Fraction]) -> Iterator[Repair]:
    if not isinstance(formula, Add):
        doubling = 1.0 if _is_product(formula) else 2.0
        yield Repair(Div(formula, _TWO), doubling, Slip.HALF_FORGOTTEN)
        yield Repair(Mul((formula, _TWO)), doubling, Slip.HALF_FORGOTTEN)
    yield Repair(Neg(formula), 1.4, Slip.LOST_SIGN)
    yield Repair(Div(ONE, formula), 1.4, Slip.INVERSE_RATIO)
    yield Repair(Root(formula, _TWO), 1.2, Slip.ROOT_FORGOTTEN)
    yield Repair(Pow(formula, _TWO), 1.5, Slip.SQUARE_FORGOTTEN)
    yield Repair(Add((ONE, Neg(formula))), 1.5, Slip.SET_UP)
    for value in stated:
        number = Num(value)
        yield Repair(Add((formula, Neg(number))), 2.0, Slip.SET_UP)
        yield Repair(Add((formula, number)), 2.2, Slip.SET_UP)


def _is_product(term: Term) -> bool:
    return isinstance(term, Mul | Pow) or (isinstance(term, Div) and _is_product(term.top))


_Change = tuple[Term, float, Slip]


def _within(term: Term, stated: Sequence[Fraction], right: Term | None) -> Iterator[_Change]:
    """The term with one place changed."""
    yield from _at(term, stated, right)
    for index, part in enumerate(children(term)):
        if is_term(part):
            for changed, cost, slip in _within(part, stated, right):
                yield _with_child(term, index, changed), cost, slip


def _with_child(term: Term, index: int, changed: Term) -> Term:
    counter = iter(range(len(children(term))))
    result: Term = rebuild(term, lambda part: changed if next(counter) == index else part)
    return result


def _at(term: Term, stated: Sequence[Fraction], right: Term | None) -> Iterator[_Change]:
    match term:
        case Num(value):
            yield from _of_number(term, value, stated, right)
        case Div(top, bottom):
            yield Div(bottom, top), 1.0, Slip.INVERSE_RATIO
            yield Mul((top, bottom)), 1.5, Slip.DIVIDED_WRONGLY
        case Mul((first, second)):
            yield Div(first, second), 1.5, Slip.SET_UP
            yield Div(second, first), 1.6, Slip.SET_UP
            yield Add((first, second)), 1.8, Slip.SET_UP
        case Add(parts):
            yield from _of_sum(parts)
            if len(parts) > 2 and all(isinstance(part, Num) for part in parts):
                yield Mul(parts), 1.2, Slip.SUM_FOR_PRODUCT
            if len(parts) == 2:
                first, second = parts
                yield Mul((first, second)), 1.8, Slip.SUM_FOR_PRODUCT
        case Call(name, args) if name in _CO_FUNCTIONS:
            for other in _CO_FUNCTIONS[name]:
                yield Call(other, args), 1.0, Slip.WRONG_RATIO
        case Pow(base, exponent):
            if isinstance(exponent, Num) and exponent.value > MIN_INDEX:
                yield Pow(base, Num(exponent.value - 1)), 0.95, Slip.OFF_BY_ONE
            yield Mul((base, exponent)), 1.5, Slip.DOUBLED_FOR_SQUARED
            yield base, 1.5, Slip.SET_UP
    if isinstance(term, Mul) and right is not None and any(map(_is_share, term.parts)):
        for index, part in enumerate(term.parts):
            if isinstance(part, Num) and not _is_share(part):
                factors = (*term.parts[:index], right, *term.parts[index + 1 :])
                yield Mul(factors), 1.2, Slip.PERCENT_BASE
    if isinstance(term, Mul):
        yield from _power_for_product(term.parts)
    if isinstance(term, Mul) and len(term.parts) > 2:
        for index in range(len(term.parts)):
            yield Mul(term.parts[:index] + term.parts[index + 1 :]), 2.0, Slip.SET_UP


def _power_for_product(factors: tuple[Term, ...]) -> Iterator[_Change]:
    """500·2⁴ for 500·2·4"""
    for index, (base, exponent) in enumerate(pairwise(factors)):
        match base, exponent:
            case Num(value), Num(count) if value not in (0, 1, count) and count in _COUNTS:
                rest = (*factors[:index], Pow(base, exponent), *factors[index + 2 :])
                yield (rest[0] if len(rest) == 1 else Mul(rest)), 0.9, Slip.POWER_AS_PRODUCT


def _is_share(term: Term) -> bool:
    """15 % and 0.15"""
    is_percentage = isinstance(term, Call) and term.name == "percent"
    return is_percentage or (isinstance(term, Num) and 0 < term.value < 1)


def _of_sum(parts: tuple[Term, ...]) -> Iterator[_Change]:
    for index, part in enumerate(parts):
        turned = part.part if isinstance(part, Neg) else Neg(part)
        yield Add((*parts[:index], turned, *parts[index + 1 :])), 1.2, Slip.LOST_SIGN
        rest = parts[:index] + parts[index + 1 :]
        yield (rest[0] if len(rest) == 1 else Add(rest)), 2.0, Slip.SET_UP


def _of_number(
    term: Num, value: Fraction, stated: Sequence[Fraction], right: Term | None
) -> Iterator[_Change]:
    for other in stated:
        if other != value:
            is_miscopied = value not in stated and _have_same_digits(value, other)
            yield Num(other), *((0.9, Slip.COPIED_WRONGLY) if is_miscopied else (1.6, Slip.SET_UP))
    if value not in (0, 1):
        yield Div(term, _TWO), 1.5, Slip.SET_UP
        yield Mul((term, _TWO)), 1.7, Slip.SET_UP
        yield Pow(term, _TWO), 1.4, Slip.SQUARE_FORGOTTEN
        yield Root(term, _TWO), 1.5, Slip.ROOT_FORGOTTEN
    yield Neg(term), 1.4, Slip.LOST_SIGN
    yield Num(value - 1), 1.7, Slip.OFF_BY_ONE
    yield Num(value + 1), 1.7, Slip.OFF_BY_ONE


def _have_same_digits(value: Fraction, other: Fraction) -> bool:
    """1.08 and 1.80, 48 and 84; and 45 and 46, which differ in one digit."""
    first, second = (f"{abs(float(number)):g}" for number in (value, other))
    if sorted(first.replace("0", "")) == sorted(second.replace("0", "")):
        return True
    differing = [a for a, b in zip(first, second, strict=False) if a != b]
    return len(first) == len(second) > 1 and len(differing) == 1
