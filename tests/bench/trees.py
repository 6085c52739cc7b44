"""Compares typed lines as trees, up to the order of summands, factors, cases and sides."""

from __future__ import annotations

from typing import Any

from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Add,
    Bracketed,
    Comparison,
    Listing,
    Logic,
    Mul,
    Neg,
    Num,
    Unreadable,
    Value,
    rebuild,
)
from tutor.grading.steps.definitions import with_primes

_CALLED = frozenset("fgFGA")
_TURNED = {">": "<", ">=": "<="}


def is_like(line: str, other: str) -> bool:
    """Whether both are one line, but for the order."""
    if _plain(line) == _plain(other):
        return True
    try:
        trees = [_sorted(_read(text)) for text in (line, other)]
    except (Unreadable, RecursionError):
        return False
    return bool(trees[0] == trees[1])


def _plain(line: str) -> str:
    return line.replace(" ", "").replace("*", "").casefold()


def _read(line: str) -> Value:
    text = line.replace(" oder ", " or ").replace(" ou ", " or ").replace(" 或 ", " or ")
    return read_expression(with_primes(text), _CALLED)


def _sorted(value: Value) -> Any:
    value = rebuild(value, _sorted)
    match value:
        case Num(number):
            return Num(number)  # the text does not matter
        case Add(parts):
            return Add(_in_order(part for whole in parts for part in _parts(whole, Add)))
        case Mul(parts):
            return Mul(_in_order(part for whole in parts for part in _parts(whole, Mul)))
        case Logic(op, parts):
            return Logic(op, _in_order(parts))
        case Listing(parts):
            return Logic("or", _in_order(parts))
        case Bracketed("{" | "{set" as opening, parts, closing):
            return Bracketed(opening, _in_order(parts), closing)
        case Comparison("=", left, right):
            return Comparison("=", *_in_order((left, right)))
        case Comparison(">" | ">=" as op, left, right):
            return Comparison(_TURNED[op], right, left)
        case Neg(Num(number)):
            return Num(-number)
        case Neg(Mul((Num(number), *rest))):
            return Mul(_in_order((Num(-number), *rest)))
    return value


def _parts(value: Any, kind: type) -> tuple[Any, ...]:
    return value.parts if isinstance(value, kind) else (value,)


def _in_order(parts: Any) -> tuple[Any, ...]:
    return tuple(sorted(parts, key=repr))
