"""The trees of answers: expressions, and lists, sets and comparisons of expressions.

A tree keeps the form of the text (a fraction stays a fraction), since a key may demand a form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from operator import attrgetter
from typing import Any, Literal, TypeAlias, TypeGuard

from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.processes.work_budget import WorkBudgetSpent, charge

_PORTION = 2_000  # of the parts of a tree, between two counts of work


class Unreadable(ValueError):
    """The text cannot be read as an answer; the feedback tells the student why."""

    def __init__(self, code: FeedbackCode, **params: str | int) -> None:
        super().__init__(code, params)
        self.feedback = Feedback(code, params)

    def __str__(self) -> str:
        return str(self.feedback)


# What reading a text and calculating with it may raise, where the question is then left open.
FAILURES = (WorkBudgetSpent, Unreadable, RecursionError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Num:
    """text: as written, such as "0.50" or "204_5"."""

    value: Fraction
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Const:
    """pi, e, i or oo."""

    name: str


@dataclass(frozen=True, slots=True)
class Sym:
    name: str


@dataclass(frozen=True, slots=True)
class Add:
    parts: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Mul:
    parts: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Neg:
    part: Term


@dataclass(frozen=True, slots=True)
class Div:
    top: Term
    bottom: Term


@dataclass(frozen=True, slots=True)
class Pow:
    base: Term
    exponent: Term


@dataclass(frozen=True, slots=True)
class Root:
    """The real root where there is one: the cube root of -8 is -2."""

    inner: Term
    index: Term


@dataclass(frozen=True, slots=True)
class PlusMinus:
    """sign: 1 for ±, -1 for ∓; all signs of one answer change together."""

    part: Term
    sign: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function of arguments; its name may be unknown, as f in f(x)."""

    name: str
    args: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class BigOperator:
    """The sum, prod, int or lim of `body` over `name`.

    A limit has no `high`, an indefinite integral neither `low` nor `high`.
    """

    kind: Literal["sum", "prod", "int", "lim"]
    body: Term
    name: str
    low: Term | None
    high: Term | None


@dataclass(frozen=True, slots=True)
class Matrix:
    rows: tuple[tuple[Value, ...], ...]


Term: TypeAlias = (
    "Num | Const | Sym | Add | Mul | Neg | Div | Pow | Root | PlusMinus | Call | BigOperator"
    " | Matrix"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """op: = != < <= > >= or in."""

    op: str
    left: Value
    right: Value


@dataclass(frozen=True, slots=True)
class Logic:
    """op: "and" or "or"."""

    op: Literal["and", "or"]
    parts: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A bracketed list: a point, an open, closed or half-open interval, or a set."""

    opening: str
    parts: tuple[Value, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class Listing:
    """1, 2, 3 without brackets. either: joined by "or", so it cannot be a point."""

    parts: tuple[Value, ...]
    either: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class SetBuilder:
    """The elements of the domain (or all reals) for which the condition holds."""

    element: Value
    condition: Value


@dataclass(frozen=True, slots=True)
class SetOperation:
    """op: union, intersection or minus."""

    op: str
    left: Value
    right: Value


@dataclass(frozen=True, slots=True)
class NamedSet:
    """R, Q, Z, N, C or empty."""

    name: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """unit: in words or LaTeX, as `units.read_unit` reads it."""

    amount: Term
    unit: str


@dataclass(frozen=True, slots=True)
class Ratio:
    parts: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """minutes: since midnight. half: "am", "pm", or "" where neither was written."""

    minutes: int
    half: str


@dataclass(frozen=True, slots=True)
class Words:
    text: str


Value: TypeAlias = (
    "Term | Comparison | Logic | Bracketed | Listing | SetBuilder | SetOperation | NamedSet"
    " | Quantity | Ratio | TimeOfDay | Words"
)
TERM_TYPES = (Num, Const, Sym, Add, Mul, Neg, Div, Pow, Root, PlusMinus, Call, BigOperator, Matrix)

ONE = Num(Fraction(1))
ZERO = Num(Fraction(0))


def signed(value: Fraction) -> Num | Neg:
    """As one numeral, which is never negative, and a sign."""
    return Num(value) if value >= 0 else Neg(Num(-value))


def has_decimals(value: Value) -> bool:
    """Whether a number in it is written with a decimal point, so that it may be rounded."""
    return any(isinstance(part, Num) and "." in part.text for part in walk(value))


def is_term(value: Value) -> TypeGuard[Term]:
    return isinstance(value, TERM_TYPES)


# By type, since `match` tries one pattern after the other, and every walk of a tree needs this.
_CHILDREN: dict[type, Callable[[Any], tuple[Value, ...]] | None] = {
    **dict.fromkeys((Num, Const, Sym, NamedSet, Words, TimeOfDay)),
    **dict.fromkeys((Add, Mul, Listing, Ratio, Logic, Bracketed), attrgetter("parts")),
    **dict.fromkeys((Neg, PlusMinus), lambda value: (value.part,)),
    **dict.fromkeys((Comparison, SetOperation), attrgetter("left", "right")),
    Call: attrgetter("args"),
    Quantity: lambda value: (value.amount,),
    Div: attrgetter("top", "bottom"),
    Pow: attrgetter("base", "exponent"),
    Root: attrgetter("inner", "index"),
    SetBuilder: attrgetter("element", "condition"),
    BigOperator: lambda value: (value.body, *bounds(value)),
    Matrix: lambda value: tuple(chain.from_iterable(value.rows)),
}


def children(value: Value) -> tuple[Value, ...]:
    parts_of = _CHILDREN[type(value)]
    return parts_of(value) if parts_of else ()


def bounds(fold: BigOperator) -> tuple[Term, ...]:
    """The bounds that it has, the lower one first."""
    return tuple(bound for bound in (fold.low, fold.high) if bound is not None)


def walk(value: Value) -> Iterator[Value]:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        yield value
        if parts_of := _CHILDREN[type(value)]:
            waiting.extend(parts_of(value))


def has_part(value: Value, kinds: type | tuple[type, ...]) -> bool:
    """Whether the value or a part of it is of one of these kinds."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, kinds):
            return True
        if parts_of := _CHILDREN[type(value)]:
            waiting.extend(parts_of(value))
    return False


def has_constant(value: Value, name: str) -> bool:
    """Whether pi, e, i or oo stands in it."""
    return any(isinstance(part, Const) and part.name == name for part in walk(value))


def free_names(value: Value) -> frozenset[str]:
    """The names of variables, without the bound variables of sums and integrals.

    In the bounds themselves the variable is free: the integral of x dx from 0 to x depends on x.
    """
    names: set[str] = set()
    waiting = [value]
    count = 0
    while waiting:
        count += 1
        if count == _PORTION:  # a derivative may have millions of parts
            charge(0.5 * count)
            count = 0
        value = waiting.pop()
        if isinstance(value, Sym):
            names.add(value.name)
        elif isinstance(value, BigOperator):
            names |= free_names(value.body) - {value.name}
            waiting.extend(bounds(value))
        elif parts_of := _CHILDREN[type(value)]:
            waiting.extend(parts_of(value))
    charge(0.5 * count)
    return frozenset(names)


def substitute(value: Any, old: Value, new: Value) -> Any:
    """The value with every `old` in it replaced."""
    if value == old:
        return new
    if not children(value):
        return value
    return rebuild(value, lambda part: substitute(part, old, new))


def rebuild(value: Any, change: Callable[[Any], Any]) -> Any:
    """The value with `change` applied to each of its parts."""
    charge(4)
    match value:
        case Add(parts) | Mul(parts) | Listing(parts) | Ratio(parts):
            return type(value)(tuple(change(part) for part in parts))
        case Logic(op, parts):
            return Logic(op, tuple(change(part) for part in parts))
        case Call(name, parts):
            return Call(name, tuple(change(part) for part in parts))
        case Bracketed(opening, parts, closing):
            return Bracketed(opening, tuple(change(part) for part in parts), closing)
        case Neg(part):
            return Neg(change(part))
        case PlusMinus(part, sign):
            return PlusMinus(change(part), sign)
        case Quantity(part, unit):
            return Quantity(change(part), unit)
        case Div(a, b) | Pow(a, b) | Root(a, b) | SetBuilder(a, b):
            return type(value)(change(a), change(b))
        case Comparison(op, a, b) | SetOperation(op, a, b):
            return type(value)(op, change(a), change(b))
        case BigOperator(kind, body, name, low, high):
            changed = [None if bound is None else change(bound) for bound in (low, high)]
            return BigOperator(kind, change(body), name, *changed)
        case Matrix(rows):
            return Matrix(tuple(tuple(change(entry) for entry in row) for row in rows))
    return value
