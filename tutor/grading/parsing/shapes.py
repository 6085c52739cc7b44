"""Reduces the notations of an answer to one: named values, lists, vectors, matrices."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Bracketed,
    Call,
    Comparison,
    Div,
    Listing,
    Logic,
    Matrix,
    Mul,
    Neg,
    PlusMinus,
    Ratio,
    SetBuilder,
    SetOperation,
    Sym,
    Term,
    Value,
    free_names,
    has_part,
    is_term,
    rebuild,
    walk,
)


@dataclass(frozen=True, slots=True)
class Solutions:
    """The values of an answer with the names before them, each None where none was written.

    together: x = 2, y = 3 is one solution, while x = 2 or x = 3 are two.
    """

    values: tuple[Value, ...]
    names: tuple[Value | None, ...]
    together: bool = False


def expand_plus_minus(value: Value) -> Value:
    """An answer with ± as two answers; all its signs change together."""
    if not has_part(value, PlusMinus):
        return value
    if isinstance(value, SetOperation | SetBuilder):
        return rebuild(value, expand_plus_minus)  # type: ignore[no-any-return]
    if isinstance(value, Listing | Bracketed):
        parts: list[Value] = []
        for part in value.parts:
            wider = expand_plus_minus(part)
            parts += wider.parts if isinstance(wider, Listing) else (wider,)
        if isinstance(value, Bracketed) and value.opening not in ("{", "{set"):
            return Listing((_signed(value, 1), _signed(value, -1)))
        if isinstance(value, Bracketed):
            return Bracketed(value.opening, tuple(parts), value.closing)
        return Listing(tuple(parts))
    both = (_signed(value, 1), _signed(value, -1))
    if isinstance(value, Comparison) and value.op == "!=":
        return Logic("and", both)
    return Logic("or", both) if isinstance(value, Comparison | Logic) else Listing(both)


def _signed(value: Value, sign: int) -> Value:
    if isinstance(value, PlusMinus):
        part = _signed(value.part, sign)
        # A plain minus, so that the result equals a typed one in structure.
        return part if value.sign * sign > 0 else Neg(part)  # type: ignore[arg-type]
    return rebuild(value, lambda part: _signed(part, sign))  # type: ignore[no-any-return]


def is_name(value: Value) -> bool:
    """Whether the value names something: x, a_1, AB, f(x), |AB|, A:B, (p, q)."""
    match value:
        case Sym():
            return True
        case Mul(parts):  # AB is a segment, xy a product
            return all(isinstance(part, Sym) and part.name[0].isupper() for part in parts)
        case Ratio(parts):
            return all(is_name(part) for part in parts)
        case Bracketed("(", parts, ")"):
            return bool(parts) and all(is_name(part) for part in parts)
        case Div(top, bottom):
            return is_name(top) and is_name(bottom)
        case Add(parts):  # a_1 + a_2, the sum of members of a sequence
            return all(isinstance(part, Sym) and "_" in part.name for part in parts)
        case Call("abs", (part,)):
            return is_name(part)
        case Call(name, _):
            return name not in KNOWN_FUNCTIONS
    return False


def definition(value: Value) -> tuple[Value, Value] | None:
    """The name and the value in x = 4 or 4 = x; None for anything else."""
    if not isinstance(value, Comparison) or value.op != "=":
        return None
    for name, meant in ((value.left, value.right), (value.right, value.left)):
        if is_name(name) and not _within(name, meant):
            return name, meant
    return None


def _within(name: Value, meant: Value) -> bool:
    if isinstance(name, Call):
        return name in walk(meant)
    return bool(free_names(name) & free_names(meant))


def solutions(value: Value) -> Solutions | None:
    """The values of a list, a set or named solutions; None for anything else."""
    match value:
        case Listing(parts):
            return _listed(parts)
        case Bracketed("{" | "{set", parts, _):
            if all(definition(part) for part in parts):
                return _listed(parts)
            return Solutions(parts, (None,) * len(parts))
        case Logic("or", parts):
            return _cases(parts)
        case Logic("and", parts):
            named = [definition(part) for part in parts]
            if None in named:
                return None
            pairs = [pair for pair in named if pair is not None]
            return Solutions(tuple(v for _, v in pairs), tuple(n for n, _ in pairs), True)
        case Comparison():
            pair = definition(value)
            return pair and Solutions((pair[1],), (pair[0],))
    if isinstance(value, Bracketed | Ratio) or is_term(value):
        return Solutions((value,), (None,))
    return None


def alternatives(value: Value) -> tuple[Value, ...]:
    """The parts of x = 1 or x = 2; of anything else, the value alone."""
    return value.parts if isinstance(value, Logic) and value.op == "or" else (value,)


def _listed(parts: tuple[Value, ...]) -> Solutions:
    pairs = [definition(part) or (None, part) for part in parts]
    return Solutions(tuple(v for _, v in pairs), tuple(n for n, _ in pairs))


def _cases(parts: tuple[Value, ...]) -> Solutions | None:
    cases = [solutions(part) for part in parts]
    if None in cases:
        return None
    values: list[Value] = []
    names: list[Value | None] = []
    for case in cases:
        if case is None:
            continue
        if case.together:
            values.append(Bracketed("(", case.values, ")"))
            names.append(None)
        else:
            values += case.values
            names += case.names
    return Solutions(tuple(values), tuple(names))


def as_matrix(value: Value) -> Matrix | None:
    """The matrix that is written as one, as lists of rows, or as sums and products."""
    match value:
        case Matrix():
            return value
        case Bracketed(_, (Matrix() as only,), _):
            return only
        case Bracketed("[" | "(" | "{", parts, _) if len(parts) > 1 or _is_row(parts):
            rows = [
                part.parts for part in parts if _is_row((part,)) and isinstance(part, Bracketed)
            ]
            if rows and len(rows) == len(parts) and len({len(row) for row in rows}) == 1:
                return Matrix(tuple(rows)) if parts[0].opening == "[" else None  # type: ignore[union-attr]
            return None
        case Add(parts):
            return _summed([as_matrix(part) for part in parts])
        case Mul(parts):
            return _multiplied(parts)
        case Div(top, bottom):
            inner = as_matrix(top)
            return inner and _scaled(Div(ONE, bottom), inner)
        case Neg(part):
            inner = as_matrix(part)
            return inner and _scaled(Neg(ONE), inner)
    return None


def _is_row(parts: tuple[Value, ...]) -> bool:
    return bool(parts) and all(
        isinstance(part, Bracketed) and part.opening == "[" for part in parts
    )


def _summed(parts: list[Matrix | None]) -> Matrix | None:
    matrices = [part for part in parts if part is not None]
    shapes = {(len(part.rows), len(part.rows[0])) for part in matrices}
    if len(matrices) != len(parts) or len(shapes) != 1:
        return None
    rows, columns = shapes.pop()
    sums = [
        tuple(Add(tuple(m.rows[r][c] for m in matrices)) for c in range(columns))  # type: ignore[misc]
        for r in range(rows)
    ]
    return Matrix(tuple(sums))


def _scaled(factor: Term, inner: Matrix) -> Matrix:
    return Matrix(tuple(tuple(Mul((factor, e)) for e in row) for row in inner.rows))  # type: ignore[arg-type]


def _multiplied(parts: tuple[Term, ...]) -> Matrix | None:
    factors = tuple(part for part in parts if as_matrix(part) is None)
    matrices = [matrix for part in parts if (matrix := as_matrix(part)) is not None]
    if not matrices or len(matrices) > 4:
        return None
    result = matrices[0]
    for other in matrices[1:]:
        if len(result.rows[0]) != len(other.rows) or len(other.rows) > 6:
            return None
        result = _product(result, other)
    return _scaled(Mul(factors), result) if factors else result


def _product(left: Matrix, right: Matrix) -> Matrix:
    columns = list(zip(*right.rows, strict=True))
    return Matrix(
        tuple(
            tuple(
                Add(tuple(Mul((a, b)) for a, b in zip(row, column, strict=True)))  # type: ignore[arg-type]
                for column in columns
            )
            for row in left.rows
        )
    )
