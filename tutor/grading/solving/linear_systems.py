"""Systems of linear equations in several variables, solved exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq, fmpq_mat

from tutor.grading.numeric import operation_work
from tutor.grading.numeric.equivalence import difference
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Comparison, Logic, Term, Value, free_names, is_term
from tutor.grading.processes.work_budget import charge
from tutor.grading.solving.inequalities import linear_coefficients

MAX_VARIABLES = 6
_WORK_OF_COEFFICIENT = (
    25.0  # microseconds: to separate a short sum into a variable's part and the rest
)

Row = list[Fraction]  # the coefficients, then the right side


def linear_row(whole: Term, names: Sequence[str]) -> Row | None:
    """The row of `whole = 0`; None if it is not linear in the variables."""
    row: Row = []
    for name in names:
        charge(_WORK_OF_COEFFICIENT)
        line = linear_coefficients(whole, name)
        slope = rational_value(line[0]) if line else None
        if line is None or slope is None:
            return None
        row.append(slope)
        whole = line[1]
    constant = None if free_names(whole) else rational_value(whole)
    return None if constant is None else [*row, -constant]


def rows_of(equations: Sequence[Value], names: Sequence[str]) -> list[Row] | None:
    """3, -2 and 4 of 3x - 2y = 4; None if one of them is no linear equation."""
    rows: list[Row] = []
    for equation in equations:
        match equation:
            case Comparison("=", left, right) if is_term(left) and is_term(right):
                row = linear_row(difference(left, right), names)
            case _:
                return None
        if row is None:
            return None
        rows.append(row)
    return rows


@dataclass(frozen=True, slots=True)
class LinearSystem:
    """rows: in reduced echelon form, without rows of zeros."""

    names: tuple[str, ...]
    rows: tuple[tuple[Fraction, ...], ...]

    @classmethod
    def of(cls, equations: Sequence[Term], names: Sequence[str]) -> LinearSystem | None:
        """None when an equation (its difference of sides) is not linear."""
        if len(names) > MAX_VARIABLES:
            return None
        rows = [linear_row(whole, names) for whole in equations]
        known = [row for row in rows if row is not None]
        return cls(tuple(names), reduced(known)) if len(known) == len(rows) else None

    @property
    def is_consistent(self) -> bool:
        return not any(not any(row[:-1]) for row in self.rows)

    @property
    def determined(self) -> frozenset[str]:
        """The variables that the equations restrict."""
        return frozenset(
            name for column, name in enumerate(self.names) if any(row[column] for row in self.rows)
        )

    @property
    def fixed(self) -> dict[str, Fraction]:
        """The variables that can have one value only, with it."""
        values: dict[str, Fraction] = {}
        for row in self.rows:
            columns = [column for column, value in enumerate(row[:-1]) if value]
            if len(columns) == 1:
                values[self.names[columns[0]]] = row[-1] / row[columns[0]]
        return values

    def implies(self, other: LinearSystem) -> bool:
        return reduced([*map(list, self.rows), *map(list, other.rows)]) == self.rows

    def joined(self, other: LinearSystem) -> LinearSystem:
        """Both systems, in the same variables."""
        return LinearSystem(self.names, reduced([*map(list, self.rows), *map(list, other.rows)]))

    def solution(self, free: Fraction) -> dict[str, Fraction]:
        """One solution of a consistent system, with `free` for each free variable."""
        leading = {next(i for i, value in enumerate(row) if value): row for row in self.rows}
        values = [Fraction(0) if i in leading else free for i in range(len(self.names))]
        for index, row in leading.items():
            known = (v * values[i] for i, v in enumerate(row[:-1]) if i not in leading)
            values[index] = row[-1] - sum(known, Fraction(0))
        return dict(zip(self.names, values, strict=True))


def same_linear_system(left: Logic, right: Logic) -> bool | None:
    """Whether two systems of equations have the same solutions; None where one is not linear."""
    names = sorted(free_names(left) | free_names(right))
    systems = [_system(logic, names) for logic in (left, right)]
    if not names or left.op != "and" or right.op != "and" or None in systems:
        return None
    known = [system for system in systems if system is not None]
    if not all(system.is_consistent for system in known):
        return None
    return known[0].rows == known[1].rows


def _system(logic: Logic, names: Sequence[str]) -> LinearSystem | None:
    terms = [
        difference(part.left, part.right)
        for part in logic.parts
        if isinstance(part, Comparison)
        and part.op == "="
        and is_term(part.left)
        and is_term(part.right)
    ]
    return LinearSystem.of(terms, names) if len(terms) == len(logic.parts) else None


def reduced(rows: Sequence[Row]) -> tuple[tuple[Fraction, ...], ...]:
    """In reduced echelon form, without rows of zeros."""
    if not rows:
        return ()
    width = len(rows[0])
    charge(width * width * sum(operation_work.of_fraction(value) for row in rows for value in row))
    entries = [fmpq(value.numerator, value.denominator) for row in rows for value in row]
    matrix, rank = fmpq_mat(len(rows), len(rows[0]), entries).rref()
    return tuple(
        tuple(Fraction(int(v.p), int(v.q)) for v in (matrix[i, j] for j in range(len(rows[0]))))
        for i in range(rank)
    )
