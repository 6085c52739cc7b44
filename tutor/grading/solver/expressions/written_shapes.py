"""The shape of a value: what is left of the way it is written without the order of its parts."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TypeAlias

from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Comparison,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    children,
)
from tutor.grading.processes.work_budget import charge

Shape: TypeAlias = tuple[int, Hashable]  # sign, and the shape without it

_ONE = ("number", "1")


def shape(value: Value) -> Shape:
    """Equal for 2x - 3 and -3 + x*2, and different for 2(x - 3) and 2x - 6, for 0.5 and 1/2."""
    charge(3)
    match value:
        case Num(number):
            return (-1 if number < 0 else 1), ("number", str(abs(number)))
        case Neg(part):
            sign, inner = shape(part)
            return -sign, inner
        case Add():
            return _sum(value)
        case Mul():
            return _product([shape(factor) for factor in value.parts])
        case Div(Mul(parts), bottom) if any(isinstance(part, Div) for part in parts[:-1]):
            return shape(Mul((*parts[:-1], Div(parts[-1], bottom))))
        case Div(top, bottom):
            (above, top_shape), (below, bottom_shape) = shape(top), shape(bottom)
            return above * below, ("/", top_shape, bottom_shape)
        case Call("exp", (exponent,)):
            return shape(Pow(Const("e"), exponent))
    return 1, (_label(value), *(shape(part) for part in children(value)))


def same_shape(left: Value, right: Value) -> bool:
    return shape(left) == shape(right)


def _label(value: Value) -> str:
    match value:
        case Sym(name) | Const(name) | Call(name):
            return f"{type(value).__name__} {name}"
        case Comparison(op):
            return op
        case BigOperator(kind, _, name, low):
            return f"{kind} {name} {low is None}"
    return type(value).__name__ if children(value) else repr(value)


def _sum(whole: Add) -> Shape:
    parts = sorted(_summand_shapes(whole), key=repr)
    return parts[0] if len(parts) == 1 else (1, ("+", *parts))


def _summand_shapes(term: Term) -> Iterator[Shape]:
    if isinstance(term, Add):
        for part in term.parts:
            yield from _summand_shapes(part)
    else:
        yield shape(term)


def _product(shapes: list[Shape]) -> Shape:
    sign = 1
    parts: list[Hashable] = []
    for factor_sign, factor in shapes:
        sign *= factor_sign
        if isinstance(factor, tuple) and factor[0] == "*":
            parts += factor[1:]
        elif factor != _ONE:
            parts.append(factor)
    if not parts:
        return sign, _ONE
    return sign, (parts[0] if len(parts) == 1 else ("*", *sorted(parts, key=repr)))
