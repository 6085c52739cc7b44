"""Names whose values the statement tells: vectors, matrices, and the two roots of an equation.

A claim about nothing else is right or wrong, whatever was done to find it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Div,
    Matrix,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    free_names,
    is_term,
    rebuild,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    refuted,
)
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.matrices import evaluate, has_matrix
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.side_comparison import compare_sides, with_slip_between_sides
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.quadratics import coefficients_of
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.knowledge.vectors import determinant, matrices_in, vectors_in
from tutor.grading.working.task import Task

_ROOTS = words(
    r"roots?|solutions?|zeros?|zeroes|lösungen|nullstellen|wurzeln|racines?|raíces|soluciones",
    "根|解|零点",
)
_TWO = Num(Fraction(2))
_PAIR = re.compile(
    r"(?<![A-Za-z\\_])(x_\{?1\}?|\\alpha|α|[a-z])\s{0,2}(?:\\\)|\$)?\s{0,2}"
    r"(?:,|，|、|and|und|et|y|e|和|与)\s{0,2}(?:\\\(|\$)?\s{0,2}"
    r"(x_\{?2\}?|\\beta|β|[a-z])(?![A-Za-z_])"
)
_GREEK = {"α": "alpha", "β": "beta"}
Values = Mapping[str, Term]


@dataclass(frozen=True)
class StatedValues:
    """alternatives: ways in which the names may have their values, such as x₁ and x₂ swapped."""

    alternatives: tuple[Values, ...] = ()

    @classmethod
    def of(cls, task: Task) -> StatedValues:
        roots = tuple(_roots(task))
        return cls(roots or tuple(filter(None, [_vectors_and_matrices(task)])))

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.alternatives[0]) if self.alternatives else frozenset()

    def compare(self, equation: Comparison, facts: Facts, budget: WorkBudget) -> ClaimResult | None:
        """None where the equation has other names, or none. Raises WorkBudgetSpent."""
        left, right = equation.left, equation.right
        names = free_names(equation)
        if not is_term(left) or not is_term(right) or not names or isinstance(right, Sym):
            return None
        if isinstance(left, Sym) and left.name in self.names:
            return None  # it repeats the statement, or names something else
        result = None
        for values in self.alternatives:
            before, after = _side(left, values), _side(right, values)
            if before is None or after is None:
                return None
            if _is_column_for_number(before, right):
                witness = Witness({}, latex(left), latex(right))
                return refuted(ClaimRelation.EVALUATE, witness, Slip.ENTRY_BY_ENTRY)
            result = compare_sides(before, after, equation.op, facts, budget)
            if result.verdict != StepVerdict.REFUTED:
                return result if result.is_decided else None
            assert before.term is not None  # noqa: S101 - `_side` puts in a term
            result = with_slip_between_sides(result, before.term, right, budget)
            if free_names(right) and result.witness is not None:
                result = replace(result, slip=Slip.NONE)
                result = with_slip_between_sides(result, left, right, budget)
        return result


def _is_column_for_number(side: EquationSide, right: Term) -> bool:
    """a·b = (6, -4), where a and b are vectors: a scalar product is a number."""
    is_number = side.term is not None and not has_matrix(side.term)
    return is_number and isinstance(right, Matrix) and len(right.rows) > 1


def _side(term: Term, values: Values) -> EquationSide | None:
    """The side with the values put in; None where names or products of vectors are left."""
    written = _written(term, values)
    if free_names(written) or (has_matrix(written) and evaluate(written, {}) is None):
        return None
    return EquationSide("", written)


def _written(term: Term, values: Values) -> Term:
    """With lengths, determinants and scalar products worked out."""
    match term:
        case Sym(name):
            known = _value_of(name, values)
            return term if known is None else known
        case Call("abs", (inner,)) if is_term(inner):
            written = _written(inner, values)
            column = evaluate(written, {}) if has_matrix(written) else None
            if column is not None and all(len(row) == 1 for row in column.rows):
                squares = (Pow(row[0], _TWO) for row in column.rows)  # type: ignore[arg-type]
                return Root(Add(tuple(squares)), _TWO)
            return Call("abs", (written,))
        case Call("det", (inner,)) if is_term(inner):
            matrix = evaluate(_written(inner, values), {})
            value = determinant(matrix) if matrix is not None else None
            return value if value is not None else term
        case Mul(parts):
            return _product([_written(part, values) for part in parts])
        case Pow(base, exponent) if exponent == _TWO:
            written = _written(base, values)
            return _product([written, written]) if has_matrix(written) else Pow(written, exponent)
    result: Term = rebuild(term, lambda part: _written(part, values) if is_term(part) else part)
    return result


def _value_of(name: str, values: Values) -> Term | None:
    """Of a name, or of AB, which is read as the name of a segment."""
    plain = name.removeprefix("bold ")
    if plain in values:
        return values[plain]
    first, _, second = plain.partition("_")
    if first in values and second in values:
        return Mul((values[first], values[second]))
    return None


def _product(parts: list[Term]) -> Term:
    """A number for two columns; as it stands otherwise."""
    columns = [evaluate(part, {}) for part in parts if has_matrix(part)]
    others = [part for part in parts if not has_matrix(part)]
    if len(columns) == 2:
        first, second = columns
        if first is not None and second is not None and _are_columns(first, second):
            return Mul((*others, _dot(first, second)))
    return Mul(tuple(parts))


def _are_columns(first: Matrix, second: Matrix) -> bool:
    rows = (*first.rows, *second.rows)
    return len(first.rows) == len(second.rows) > 1 and all(len(row) == 1 for row in rows)


def _dot(first: Matrix, second: Matrix) -> Term:
    pairs = zip(first.rows, second.rows, strict=True)
    return Add(tuple(Mul((a[0], b[0])) for a, b in pairs))  # type: ignore[arg-type]


def _vectors_and_matrices(task: Task) -> Values:
    """Without those that have unknowns in them."""
    columns = {
        name: Matrix(tuple((entry,) for entry in entries))
        for name, entries in vectors_in(task).items()
    }
    named = {name: m for name, m in matrices_in(task.text).items() if name.isalpha()}
    return {name: m for name, m in {**named, **columns}.items() if not free_names(m)}


def _roots(task: Task) -> Iterator[Values]:
    """x₁ and x₂, or α and β, are the roots of the only quadratic equation."""
    quadratics = list(filter(None, map(coefficients_of, task.equations)))
    if len(quadratics) != 1 or not _ROOTS.search(task.text):
        return
    name, (c, b, a) = quadratics[0]
    discriminant = b * b - 4 * a * c
    names = next((pair for pair in _pairs(task.text) if name not in pair), None)
    if names is None or discriminant < 0:
        return
    root = Root(number_term(discriminant), _TWO)
    low, high = (
        Div(Add((number_term(-b), step)), number_term(2 * a)) for step in (Neg(root), root)
    )
    for values in ((low, high), (high, low)):
        yield dict(zip(names, values, strict=True))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for match in _PAIR.finditer(text):
        first, second = (_plain(match[number]) for number in (1, 2))
        if first != second:
            yield first, second


def _plain(name: str) -> str:
    name = name.lstrip("\\").replace("{", "").replace("}", "")
    return _GREEK.get(name, name)
