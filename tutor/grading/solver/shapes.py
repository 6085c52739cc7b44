"""The form of a line, apart from the order of its summands and factors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from fractions import Fraction

from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Div,
    Listing,
    Logic,
    Mul,
    Neg,
    Num,
    Value,
    children,
)
from tutor.grading.processes.work_budget import charge
from tutor.grading.solving.inequalities import TURNED

_UNORDERED = ("=", "!=")


def same_form(left: Value, right: Value) -> bool:
    """Whether two lines differ at most in the order of summands, factors, sides and cases."""
    return left == right or form_of(left) == form_of(right)


def form_of(value: Value) -> Hashable:
    charge(4)
    match value:
        case Num() | Neg() | Mul() | Div():
            return _product(value)
        case Add():
            return "sum", _tallied(_summands(value))
        case Comparison(op, left, right) if op in _UNORDERED:
            return op, frozenset((form_of(left), form_of(right)))
        case Comparison(op, left, right) if op in (">", ">="):
            return TURNED[op], form_of(right), form_of(left)
        case Comparison(op, left, right):
            return op, form_of(left), form_of(right)
        case Logic(op, parts):
            return op, frozenset(map(form_of, parts))
        case Listing(parts):
            return "listing", tuple(map(form_of, parts))
    inner = children(value)
    return (type(value).__name__, _name(value), *map(form_of, inner)) if inner else value


def _name(value: Value) -> Hashable:
    return tuple(
        getattr(value, field, "") for field in ("name", "op", "opening", "closing", "sign")
    )


def _tallied(forms: Iterable[Hashable]) -> frozenset[tuple[Hashable, int]]:
    return frozenset(Counter(forms).items())


def _summands(value: Value) -> Iterator[Hashable]:
    if isinstance(value, Add):
        for part in value.parts:
            yield from _summands(part)
    else:
        yield form_of(value)


def _product(value: Value) -> Hashable:
    """2/3·x, 2x/3 and (2x)/3 have the same; 2·3·x and 6x have not."""
    above: list[Hashable] = []
    below: list[Hashable] = []
    sign = _sort_factors(value, above, below)
    above, below = ([form for form in forms if form != 1] for forms in (above, below))
    if not below and not above:
        return Fraction(sign)
    if sign == 1 and not below and len(above) == 1:
        return above[0]
    return "product", sign, _tallied(above), _tallied(below)


def _sort_factors(value: Value, above: list[Hashable], below: list[Hashable]) -> int:
    """The sign of the product, after its factors were sorted into the two lists."""
    match value:
        case Neg(part):
            return -_sort_factors(part, above, below)
        case Mul(parts):
            sign = 1
            for part in parts:
                sign *= _sort_factors(part, above, below)
            return sign
        case Div(top, bottom):
            return _sort_factors(top, above, below) * _sort_factors(bottom, below, above)
        case Num(number):
            above.append(Fraction(abs(number).numerator))
            below.append(Fraction(number.denominator))
            return -1 if number < 0 else 1
    above.append(form_of(value))
    return 1
