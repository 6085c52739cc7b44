"""Vectors in their notations: (1, 2, 3), <1, 2, 3>, columns, 2i - j + k; and ranks of vectors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from flint import fmpq, fmpq_mat

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import as_matrix
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    Bracketed,
    Const,
    Mul,
    Neg,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.real_sets import Undecidable

Vector = tuple[Term, ...]
MAX_ROWS = 12
_PAIRS = {"(": ")", "[": "]", "⟨": "⟩", "<": ">"}
_SIZES = re.compile(r"\\(?:left|right|big[lr]?|Big[lr]?|mathopen|mathclose)(?![a-z])")
_TRANSPOSED = re.compile(r"(?<=[\])>]) ?\^ ?\{? ?(?:[Tt]|\\top)(?![A-Za-z]) ?\}?")
# By the axis, the names that its unit vector may have.
_UNITS: tuple[tuple[Term, ...], ...] = (
    (Const("i"), Sym("i"), Sym("bold i"), Sym("line i"), Sym("e_1"), Sym("e_x")),
    (Sym("j"), Sym("bold j"), Sym("line j"), Sym("e_2"), Sym("e_y")),
    (Sym("k"), Sym("bold k"), Sym("line k"), Sym("e_3"), Sym("e_z")),
)


class NotLinear(Undecidable):
    """A term is not linear in its variables."""


def with_columns(text: str) -> str:
    """The text with every (1, 2, 3), [1, 2, 3]^T, <1, 2, 3> and (1|2|3) as a column."""
    text = (
        _TRANSPOSED.sub("", _SIZES.sub("", text)).replace(r"\langle", "⟨").replace(r"\rangle", "⟩")
    )
    pieces: list[str] = []
    open_at: list[int] = []
    for char in text:
        pieces.append(char)
        if char in _PAIRS:
            open_at.append(len(pieces) - 1)
        elif open_at and char in _PAIRS.values():
            start = open_at.pop()
            entries = re.split("[,;|]", "".join(pieces[start + 1 : -1]))
            is_pair = _PAIRS[pieces[start]] == char or {pieces[start], char} <= set("()[]")
            if is_pair and 2 <= len(entries) <= 4 and all(map(str.strip, entries)):
                column = r"\\".join(entries)
                pieces[start:] = [rf"\begin{{pmatrix}}{column}\end{{pmatrix}}"]
    return "".join(pieces)


def entries_of(value: Value, budget: WorkBudget) -> Vector | None:
    """The entries of a column, a row, a point or a sum of unit vectors; None for what is none."""
    if isinstance(value, Bracketed) and len(value.parts) > 1:
        entries = tuple(part for part in value.parts if is_term(part))
        return entries if len(entries) == len(value.parts) else None
    matrix = as_matrix(value)
    if matrix is not None:
        rows = matrix.rows if len(matrix.rows[0]) == 1 else tuple(zip(*matrix.rows, strict=True))
        entries = tuple(row[0] for row in rows if len(row) == 1 and is_term(row[0]))
        return entries if len(entries) == len(rows) > 1 else None
    return unit_vector_sum(value, budget) if is_term(value) else None


def unit_vector_sum(term: Term, budget: WorkBudget) -> Vector | None:
    """(3, -2, 1) for 3i - 2j + k; None where the term is no such sum."""
    parts = set(walk(term))
    units = [next((unit for unit in axis if unit in parts), None) for axis in _UNITS]
    if units[1] is None and (units[0] is None or units[2] is None):
        return None  # i alone is imaginary, and k alone a number
    known = [unit for unit in units if unit is not None]
    entries = tuple(ZERO if unit is None else _coefficient(term, unit, known) for unit in units)
    products = zip(entries, (unit or ZERO for unit in units), strict=True)
    whole = Add(tuple(map(Mul, products)))
    if not same_value(_with_letters(term, known), _with_letters(whole, known), budget):
        return None
    return entries[:2] if units[2] is None else entries


def _coefficient(term: Term, unit: Term, units: Sequence[Term]) -> Term:
    for other in units:
        term = substitute(term, other, ONE if other == unit else ZERO)
    return term


def _with_letters(term: Term, units: Sequence[Term]) -> Term:
    """With the imaginary unit as a letter like the others."""
    for index, unit in enumerate(units):
        term = substitute(term, unit, Sym(f"unit_{index}"))
    return term


def rank(rows: Sequence[Vector], budget: WorkBudget) -> int:
    """How many rows are independent. Raises Undecidable."""
    rows = [row for row in rows if row]
    if not rows:
        return 0
    if len(rows) > MAX_ROWS:
        raise Undecidable
    values = [[rational_value(entry) for entry in row] for row in rows]
    numbers = [v for row in values for v in row if v is not None]
    if len(numbers) == len(rows) * len(rows[0]):
        return _rational_rank(numbers, len(rows))
    for size in range(min(len(rows), len(rows[0])), 0, -1):
        if _has_minor(rows, size, budget):
            return size
    return 0


def _rational_rank(numbers: Sequence[Fraction], count: int) -> int:
    entries = [fmpq(v.numerator, v.denominator) for v in numbers]
    return int(fmpq_mat(count, len(numbers) // count, entries).rank())


def _has_minor(rows: Sequence[Vector], size: int, budget: WorkBudget) -> bool:
    """Whether some determinant of this size is not zero."""
    is_unsure = False
    for chosen in combinations(rows, size):
        for columns in combinations(range(len(rows[0])), size):
            budget.check()
            minor = _determinant([[row[column] for column in columns] for row in chosen])
            equal = same_value(minor, ZERO, budget).equal
            if equal is False:
                return True
            is_unsure = is_unsure or equal is None
    if is_unsure:
        raise Undecidable
    return False


def _determinant(rows: list[list[Term]]) -> Term:
    if len(rows) == 1:
        return rows[0][0]
    summands: list[Term] = []
    for column, entry in enumerate(rows[0]):
        minor = [[e for c, e in enumerate(row) if c != column] for row in rows[1:]]
        product = Mul((entry, _determinant(minor)))
        summands.append(Neg(product) if column % 2 else product)
    return Add(tuple(summands))


def difference_of(left: Vector, right: Vector) -> Vector:
    return tuple(Add((a, Neg(b))) for a, b in zip(left, right, strict=True))


def linear_parts(
    terms: Sequence[Term], names: Sequence[str], budget: WorkBudget
) -> tuple[Vector, list[Vector]]:
    """The constant part of each term, and for each name its coefficients in all terms.

    Raises NotLinear where a term is not linear in the names, or Undecidable.
    """
    constants = tuple(_at(term, names, "") for term in terms)
    slopes = [
        difference_of(tuple(_at(term, names, name) for term in terms), constants) for name in names
    ]
    for index, term in enumerate(terms):
        products = [Mul((Sym(n), slope[index])) for n, slope in zip(names, slopes, strict=True)]
        if free_names(term) & set(names):
            linear = Add((constants[index], *products))
            equal = same_value(term, linear, budget).equal
            if not equal:
                raise Undecidable if equal is None else NotLinear
    return constants, slopes


def _at(term: Term, names: Sequence[str], chosen: str) -> Term:
    """The value where one name is 1 and the others are 0."""
    for name in names:
        term = substitute(term, Sym(name), ONE if name == chosen else ZERO)
    return term
