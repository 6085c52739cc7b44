"""Points and vectors, however they are written: (2, -3), x = 2 and y = -3, 2i - 3j."""

from __future__ import annotations

from tutor.grading.comparison.predicates import brackets
from tutor.grading.parsing.shapes import Solutions, definition
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    Bracketed,
    Const,
    Div,
    Listing,
    Logic,
    Matrix,
    Mul,
    Neg,
    Sym,
    Term,
    Value,
    is_term,
)


def in_brackets(value: Value, point: Value) -> Value:
    """The point (2, -3) for 2, -3 without brackets."""
    if not isinstance(value, Listing) or value.either or not all(is_term(p) for p in value.parts):
        return value
    needs_brackets = isinstance(point, Bracketed) and brackets(point) == ("(", ")")
    needs_brackets = needs_brackets or (isinstance(point, Matrix) and len(point.rows[0]) == 1)
    return Bracketed("(", value.parts, ")") if needs_brackets else value


def without_brackets(value: Value, key: Listing) -> Value:
    """2, 4, 8 for the list (2, 4, 8), where the key is a list of numbers."""
    if not isinstance(value, Bracketed) or len(value.parts) < 2:
        return value
    if brackets(value) not in (("(", ")"), ("[", "]")):
        return value
    return Listing(value.parts) if all(map(is_term, (*value.parts, *key.parts))) else value


# The names of coordinates, in their order
_COORDINATES = ("xyz", "abc", "mn", "pq", "rs", "st", "uvw")


def named_coordinates(value: Value, count: int) -> dict[int, Value]:
    """The values in x = 2, z = 5 of three by their positions; empty for all of them, or others."""
    stated = value.parts if isinstance(value, Logic) and value.op == "and" else (value,)
    pairs = [definition(part) for part in stated]
    if None in pairs or not all(isinstance(pair[0], Sym) for pair in filter(None, pairs)):
        return {}
    named = {n.name: meant for n, meant in filter(None, pairs) if isinstance(n, Sym)}
    if len(named) >= count:
        return {}
    letters = next((row for row in _COORDINATES if named.keys() <= set(row)), "")[:count]
    return {letters.find(name): meant for name, meant in named.items() if name in letters}


def length_of(vector: Value) -> int:
    """How many components a vector has, up to three; else 0."""
    count = 0
    if isinstance(vector, Matrix) and len(vector.rows[0]) == 1:
        count = len(vector.rows)
    elif isinstance(vector, Bracketed):
        count = len(vector.parts)
    return count if count <= 3 else 0


# Unit vectors as i, bold i or i with a hat.
_AXES: dict[Value, int] = {
    Const("i"): 0,
    **{
        Sym(style + name): index
        for style in ("", "bold ", "line ")
        for index, name in enumerate("ijk")
    },
}


def as_components(value: Value, count: int) -> Value:
    """(1, 2, 3) for i + 2j + 3k; other values as they are."""
    parts = value.parts if isinstance(value, Add) else (value,)
    components: list[Term] = [ZERO] * count
    for part in parts:
        factors = _factors_of(part)
        along = [index for factor in factors if (index := _AXES.get(factor, count)) < count]
        if len(along) != 1 or components[along[0]] != ZERO:
            return value
        rest = tuple(factor for factor in factors if factor not in _AXES)
        components[along[0]] = Mul(rest) if rest else ONE
    return Bracketed("(", tuple(components), ")")


def _factors_of(term: Value) -> list[Term]:
    match term:
        case Neg(part):
            return [Neg(ONE), *_factors_of(part)]
        case Mul(parts):
            return list(parts)
        case Div(top, bottom):
            return [*_factors_of(top), Div(ONE, bottom)]
    return [term] if is_term(term) else []


def _are_coordinates(names: list[str]) -> bool:
    """x, y and z, or x_1, x_2 and x_3."""
    if all(len(name) == 1 for name in names):
        return True
    numbered = [name.partition("_") for name in sorted(names)]
    numbers = [index for _, _, index in numbered]
    expected = [str(number) for number in range(1, len(names) + 1)]
    return len({stem for stem, _, _ in numbered}) == 1 and numbers == expected


def has_an_order(solutions: Solutions) -> bool:
    """Whether the names say which coordinate is the first: x and y do, p and n do not."""
    names = {name.name for name in solutions.names if isinstance(name, Sym)}
    return any(names <= set(row) for row in _COORDINATES) or any("_" in name for name in names)


def as_point(solutions: Solutions) -> Solutions | None:
    """The point (1, 2) for x = 1, y = 2.

    Usual names of coordinates are in the order of the alphabet, others as they were written: a
    problem may ask for (p, n).
    """
    pairs = zip(solutions.names, solutions.values, strict=True)
    named = [(symbol.name, value) for symbol, value in pairs if isinstance(symbol, Sym)]
    if len(named) != len(solutions.values) or not _are_coordinates([name for name, _ in named]):
        return None
    if has_an_order(solutions):
        named.sort(key=lambda pair: pair[0])
    values = tuple(value for _, value in named)
    return Solutions((Bracketed("(", values, ")"),), (None,))
