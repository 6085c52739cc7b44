"""Vectors and matrices, compared entry by entry; a vector is a matrix of one column."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeGuard

from flint import fmpq, fmpq_mat

from tutor.grading.numeric import operation_work
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Bracketed,
    Div,
    Matrix,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    has_part,
    is_term,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget, charge
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
    unchecked,
)

MAX_SIZE = 8  # rows or columns
MAX_POWER = 6
Rows = tuple[tuple[Term, ...], ...]


def as_column(value: Value) -> Matrix | None:
    """(1, 2) and (1 | 2); None for anything that is no point."""
    if isinstance(value, Bracketed) and (value.opening, value.closing) == ("(", ")"):
        parts = [part for part in value.parts if is_term(part)]
        if len(parts) == len(value.parts) and 2 <= len(parts) <= MAX_SIZE:
            return Matrix(tuple((part,) for part in parts))
    return None


def as_matrix(value: Value) -> Matrix | None:
    """A column, or [[1, 2], [3, 4]] and ((1, 2), (3, 4)); None for anything else."""
    if (
        not isinstance(value, Bracketed)
        or value.opening not in "[("
        or not all(_is_row(part) for part in value.parts)
    ):
        return as_column(value)
    rows = [part.parts for part in value.parts if isinstance(part, Bracketed)]
    is_whole = 2 <= len(rows) <= MAX_SIZE and len({len(row) for row in rows}) == 1
    return Matrix(tuple(rows)) if is_whole else None


def _is_row(value: Value) -> bool:
    return _is_bracketed(value) and len(value.parts) <= MAX_SIZE and all(map(is_term, value.parts))


def _is_bracketed(value: Value) -> TypeGuard[Bracketed]:
    return isinstance(value, Bracketed) and value.opening in ("[", "(")


def has_matrix(term: Term) -> bool:
    return has_part(term, Matrix)


def is_calculated(term: Term | None) -> bool:
    """Whether it has (2·1 + 3c, 4), which works something out and is no equation's side."""
    if term is None or not has_matrix(term):
        return False
    products = (part for part in walk(term) if isinstance(part, Mul))
    return any(all(isinstance(factor, Num) for factor in part.parts) for part in products)


def compare_matrices(left: Term, right: Term, budget: WorkBudget) -> ClaimResult:
    """Raises WorkBudgetSpent."""
    before, after = evaluate(left, {}), evaluate(right, {})
    if before is None or after is None or before.rows == ():
        return unchecked(ClaimRelation.EQUAL)
    verdict = equal_entries(before, after, budget)
    if verdict:
        return proved(ClaimRelation.EQUAL)
    if verdict is None:
        return unchecked(ClaimRelation.EQUAL)
    slip = _slip(left, before, after, budget)
    return refuted(ClaimRelation.EQUAL, Witness({}, latex(before), latex(after)), slip)


def equal_entries(left: Matrix, right: Matrix, budget: WorkBudget) -> bool | None:
    """None where it is not known. A column and a row of the same entries are not compared."""
    if [len(row) for row in left.rows] != [len(row) for row in right.rows]:
        return None
    results = [
        same_value(a, b, budget).equal for a, b in zip(_entries(left), _entries(right), strict=True)
    ]
    if False in results:
        return False
    return None if None in results else True


def evaluate(term: Term, known: Mapping[str, Matrix]) -> Matrix | None:
    """Sums, products and powers of matrices; None where there is no such matrix.

    known: by name. The entries stay unevaluated.
    """
    match term:
        case Matrix(rows):
            is_plain = all(is_term(entry) for row in rows for entry in row)
            return term if is_plain else None
        case Sym(name):
            return known.get(name.removeprefix("bold "))
        case Neg(part):
            inner = evaluate(part, known)
            return None if inner is None else _scaled(Neg(ONE), inner)
        case Add(parts):
            return _sum([evaluate(part, known) for part in parts])
        case Div(top, bottom):
            inner = evaluate(top, known)
            return None if inner is None else _scaled(Div(ONE, bottom), inner)
        case Pow(base, Num(exponent)) if exponent in range(2, MAX_POWER + 1):
            return _product((base,) * int(exponent), known)
        case Pow(base, Neg(Num(exponent))) if exponent == 1:
            inner = evaluate(base, known)
            return None if inner is None else inverse(inner)
        case Pow(base, Sym("T")) if "T" not in known:
            inner = evaluate(base, known)
            return None if inner is None else Matrix(tuple(zip(*inner.rows, strict=True)))
        case Mul(parts):
            return _product(parts, known)
    return None


def _product(parts: tuple[Term, ...], known: Mapping[str, Matrix]) -> Matrix | None:
    product: Matrix | None = None
    factors: list[Term] = []
    for part in parts:
        matrix = evaluate(part, known)
        if matrix is None:
            if has_matrix(part):
                return None
            factors.append(part)
        elif product is None:
            product = matrix
        else:
            product = _times(product, matrix)
            if product is None:
                return None
    return _scaled(Mul(tuple(factors)), product) if factors and product else product


def _times(left: Matrix, right: Matrix) -> Matrix | None:
    if len(left.rows[0]) != len(right.rows):
        return None
    columns = list(zip(*right.rows, strict=True))
    rows = (
        tuple(
            Add(tuple(Mul((a, b)) for a, b in zip(row, column, strict=True)))  # type: ignore[arg-type]
            for column in columns
        )
        for row in left.rows
    )
    return Matrix(tuple(rows))


def _sum(parts: list[Matrix | None]) -> Matrix | None:
    matrices = [part for part in parts if part is not None]
    shapes = {tuple(len(row) for row in matrix.rows) for matrix in matrices}
    if len(matrices) < len(parts) or len(shapes) != 1:
        return None
    rows = zip(*(matrix.rows for matrix in matrices), strict=True)
    return Matrix(tuple(tuple(map(Add, zip(*row, strict=True))) for row in rows))


def inverse(matrix: Matrix) -> Matrix | None:
    """None for a matrix that has none, or whose entries are no fractions."""
    numbers = [rational_value(entry) for entry in _entries(matrix)]
    size = len(matrix.rows)
    if None in numbers or len(numbers) != size * size or size > MAX_SIZE:
        return None
    known = [number for number in numbers if number is not None]
    charge(size * size * size * sum(map(operation_work.of_fraction, known)))
    entries = [fmpq(number.numerator, number.denominator) for number in known]
    try:
        inverted = fmpq_mat(size, size, entries).inv()
    except ZeroDivisionError:
        return None
    return Matrix(tuple(tuple(map(_number, inverted.tolist()[row])) for row in range(size)))


def _number(value: fmpq) -> Term:
    top, bottom = Num(Fraction(abs(int(value.p)))), Num(Fraction(int(value.q)))
    size = top if value.q == 1 else Div(top, bottom)
    return Neg(size) if value < 0 else size


def _scaled(factor: Term, matrix: Matrix) -> Matrix:
    return Matrix(tuple(tuple(Mul((factor, entry)) for entry in row) for row in matrix.rows))  # type: ignore[arg-type]


def _slip(left: Term, before: Matrix, after: Matrix, budget: WorkBudget) -> Slip:
    if isinstance(left, Mul) and len(left.parts) == 2:
        first, second = (evaluate(part, {}) for part in left.parts)
        if first and second and len(first.rows) == len(second.rows):
            pairs = zip(_entries(first), _entries(second), strict=False)
            products = [Mul(pair) for pair in pairs]
            entries = list(zip(products, _entries(after), strict=False))
            if all(same_value(a, b, budget).equal for a, b in entries):
                return Slip.ENTRY_BY_ENTRY
    return _slip_in_entry(before, after, budget)


def _slip_in_entry(before: Matrix, after: Matrix, budget: WorkBudget) -> Slip:
    """Of the only entry that differs."""
    pairs = [
        (a, b)
        for a, b in zip(_entries(before), _entries(after), strict=True)
        if same_value(a, b, budget).equal is False
    ]
    if len(pairs) != 1:
        return Slip.NONE
    [(right, wrong)] = pairs
    if any(same_value(other, wrong, budget).equal for other in with_a_sign_lost(right)):
        return Slip.LOST_SIGN
    return Slip.ARITHMETIC


def with_a_sign_lost(term: Term) -> list[Term]:
    """The term with the sign of one summand, or of all, changed."""
    parts = term.parts if isinstance(term, Add) else (term,)
    changed = [Neg(term)]
    for index, part in enumerate(parts):
        changed.append(Add((*parts[:index], Neg(part), *parts[index + 1 :])))  # type: ignore[arg-type]
    return changed  # type: ignore[return-value]


def _entries(matrix: Matrix) -> list[Term]:
    return [entry for row in matrix.rows for entry in row if is_term(entry)]
