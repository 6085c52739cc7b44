"""Values as people type them, such as 3x^2 - sqrt(2)/5."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from tutor.grading.parsing.names import SHORT_PROSE
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Bracketed,
    Call,
    Comparison,
    Const,
    Div,
    Listing,
    Logic,
    Matrix,
    Mul,
    NamedSet,
    Neg,
    Num,
    PlusMinus,
    Pow,
    Quantity,
    Ratio,
    Root,
    SetBuilder,
    SetOperation,
    Sym,
    TimeOfDay,
    Value,
    Words,
)

MAX_BITS = 2_000  # of a number
_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_RELATIONS = {"!=": "≠", "<=": "≤", ">=": "≥", "in": "∈"}
_SETS = {"union": "∪", "intersection": "∩", "minus": "\\"}
_NO_FUNCTIONS = frozenset("abcknmxyz")  # their letter before a bracket is a factor
_TOUCHING = frozenset("abcxyz")  # two of them are no unit
_BEHIND = {"factorial": "!", "percent": "%", "degrees": "°"}


def typed(value: Value) -> str:
    """Reads back as the same value. Raises OverflowError for a number that nobody would type."""
    match value:
        case Comparison(op, left, right):
            return f"{typed(left)} {_RELATIONS.get(op, op)} {typed(right)}"
        case Logic("and", (Comparison(op, left, middle), Comparison() as second)) if (
            middle == second.left
        ):
            return f"{typed(left)} {_RELATIONS.get(op, op)} {typed(second)}"
        case Logic(op, parts):
            return f" {op} ".join(map(typed, parts))
        case Listing(parts, either):
            return (" or " if either else ", ").join(map(typed, parts))
        case Bracketed(opening, parts, closing):
            return f"{opening}{_listed(parts)}{closing}"
        case SetBuilder(element, condition):
            return f"{{{typed(element)} | {typed(condition)}}}"
        case SetOperation(op, left, right):
            return f"{typed(left)} {_SETS[op]} {typed(right)}"
        case Ratio(parts):
            return " : ".join(_within(part, _POWER) for part in parts)
        case Matrix(rows):
            return f"[{', '.join(f'[{_listed(row)}]' for row in rows)}]"
        case Quantity(amount, unit):
            return f"{typed(amount)} {unit}"
        case TimeOfDay(minutes, half):
            return f"{minutes // 60}:{minutes % 60:02}{half}"
        case Words(text) | NamedSet(text):
            return text
    return _term(value)


def _term(term: Value) -> str:
    match term:
        case Add(parts):
            return _sum(parts)
        case Mul(parts):
            return _product(parts)
        case Neg(part):
            return f"-{_within(part, _PRODUCT)}"
        case PlusMinus(part, sign):
            return f"{'±' if sign > 0 else '∓'}{_within(part, _PRODUCT)}"
        case Div(top, bottom):
            above = typed(top) if _is_plain_product(top) else _within(top, _POWER)
            return f"{above}/{_within(bottom, _POWER)}"
        case Pow(base, exponent):
            return f"{_within(base, _ATOM)}^{_within(exponent, _ATOM)}"
        case Root(inner, index):
            name = {"2": "sqrt", "3": "cbrt"}.get(typed(index))
            return f"{name}({typed(inner)})" if name else f"root({typed(inner)}, {typed(index)})"
        case Call(name, args):
            return _call(name, args)
        case BigOperator():
            return _big_operator(term)
        case Num(value, text):
            return text or _number(value)
        case Const("oo"):
            return "∞"
        case Const(name) | Sym(name):
            return name
    raise TypeError(f"not a value: {term!r}")


def _number(value: Fraction) -> str:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        raise OverflowError("a number with too many digits")
    return str(value)


def _big_operator(operator: BigOperator) -> str:
    body = _within(operator.body, _POWER)
    low, high = (
        "" if end is None else _within(end, _ATOM) for end in (operator.low, operator.high)
    )
    match operator.kind:
        case "int":
            return f"∫{f'_{low}^{high}' if low else ''} {body} d{operator.name}"
        case "lim":
            return f"\\lim_{{{operator.name}→{low}}} {body}"
    return f"\\{operator.kind}_{{{operator.name}={low}}}^{{{high}}} {body}"


def _tightness(term: Value) -> int:
    match term:
        case Add() | PlusMinus() | Neg():
            return _SUM
        case Mul() | BigOperator() | Div():
            return _PRODUCT
        case Num(value, text) if "/" in (text or _number(value)):
            return _PRODUCT
        case Num(value) if value < 0:
            return _SUM
        case Pow():
            return _POWER
    return _ATOM


def _within(term: Value, tightness: int) -> str:
    """The term, in brackets unless it binds at least as tightly."""
    text = typed(term)
    return text if _tightness(term) >= tightness else f"({text})"


def _sum(parts: tuple[Value, ...]) -> str:
    text = _within(parts[0], _PRODUCT) if isinstance(parts[0], Add) else typed(parts[0])
    for part in parts[1:]:
        match part:
            case Neg(positive):
                text += f" - {_within(positive, _PRODUCT)}"
            case PlusMinus(positive, sign):
                text += f" {'±' if sign > 0 else '∓'} {_within(positive, _PRODUCT)}"
            case Num(value) if value < 0:
                text += f" - {typed(Num(-value))}"
            case _:
                text += f" + {_within(part, _PRODUCT)}"
    return text


def _product(parts: tuple[Value, ...]) -> str:
    text = _within(parts[0], _PRODUCT)
    for before, part in pairwise(parts):
        needs_brackets = isinstance(part, Div) and not _is_numeric_fraction(part)
        factor = _within(part, _POWER if needs_brackets else _PRODUCT)
        text += factor if _may_touch(before, text, factor) else f"*{factor}"
    return text


def _is_plain_product(top: Value) -> bool:
    """2x/3 reads as (2x)/3 does."""
    return isinstance(top, Mul) and not any(isinstance(part, BigOperator) for part in top.parts)


def _is_numeric_fraction(term: Div) -> bool:
    """4/10·3/9 is read as a quotient with the same value."""
    return isinstance(term.top, Num) and isinstance(term.bottom, Num)


def _may_touch(before: Value, text: str, factor: str) -> bool:
    """3x, xy, 2(x + 1), x(y + 1) and (x + 1)(x - 1), but not 2*3, c*m or f*(x + 1)."""
    if factor[0].isdigit():
        return False
    is_number = isinstance(before, Num) and text[-1].isdigit() and "/" not in text
    base = before.base if isinstance(before, Pow) and text[-1].isdigit() else before
    letter = base.name if isinstance(base, Sym) and base.name in _NO_FUNCTIONS else ""
    if letter and factor[0].isalpha() and not factor[1:2].isalpha():
        return _is_pair_of_letters(letter + factor[0])
    is_bracket = factor.startswith("(") and bool(letter or text.endswith(")"))
    return is_number or is_bracket


def _is_pair_of_letters(pair: str) -> bool:
    """ab and xy, but not cm, by and xx."""
    return set(pair) <= _TOUCHING and pair[0] != pair[1] and pair not in SHORT_PROSE


def _call(name: str, args: tuple[Value, ...]) -> str:
    if name in _BEHIND and len(args) == 1:
        return _within(args[0], _ATOM) + _BEHIND[name]
    if name == "between":
        inner, *ends = args
        low, high = (_bound(end) for end in ends)
        return f"[{typed(inner)}]_{low}^{high}"
    if name == "abs" and len(args) == 1:
        return f"|{typed(args[0])}|"
    if name == "log" and len(args) == 2:
        return f"log_{_within(args[1], _ATOM)}({typed(args[0])})"
    if name.endswith("_"):
        return f"{name}{_within(args[0], _ATOM)}"
    return f"{name}({_listed(args)})"


def _bound(end: Value) -> str:
    text = typed(end)
    return text if text.lstrip("-").isalnum() else f"{{{text}}}"


def _listed(values: Iterable[Value]) -> str:
    return ", ".join(map(typed, values))
