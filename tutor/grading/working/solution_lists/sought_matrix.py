"""Equations of matrices with letters, such as AX = C - B, where the statement asks for X.

The statement tells the other matrices, so that X is known: an equation holds or does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    Call,
    Comparison,
    Const,
    Matrix,
    Mul,
    Neg,
    Pow,
    Sym,
    Term,
    free_names,
    is_term,
    rebuild,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.linear_systems import MAX_VARIABLES, LinearSystem
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.matrices import compare_matrices, evaluate
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.knowledge.vectors import matrices_in
from tutor.grading.working.task import Task

_UNIT_MATRICES = ("I", "E")
_UNDECIDED = unchecked(ClaimRelation.EQUAL)


@dataclass
class SoughtMatrix:
    """values: of the letters, also of the one that is sought."""

    name: str
    values: dict[str, Matrix]

    @classmethod
    def of(cls, task: Task) -> SoughtMatrix | None:
        """None for a statement that asks for no matrix, or does not tell the others."""
        values = dict(_told(task))
        equations = [e for e in task.equations if isinstance(e, Comparison)] if values else []
        for equation in equations:
            names = _letters(equation) - values.keys() - set(_UNIT_MATRICES)
            if len(names) != 1 or not min(names).isupper():
                continue
            sought = min(names)
            for letter in _UNIT_MATRICES:
                values.setdefault(letter, _unit_matrix(values))
            solution = _solution(equation, sought, values)
            return cls(sought, values | {sought: solution}) if solution is not None else None
        return None

    def judge(self, equation: Comparison, budget: WorkBudget) -> ClaimResult | None:
        """None where it is about anything else. Raises WorkBudgetSpent."""
        if not (is_term(equation.left) and is_term(equation.right)):
            return None
        names = _letters(equation)
        left, right = _spelled(equation.left), _spelled(equation.right)
        if not names & self.values.keys():
            return None
        if names - self.values.keys():
            return self._named(left, right)
        before, after = evaluate(left, self.values), evaluate(right, self.values)
        if before is None or after is None:
            return _not_evaluated(left, right)
        result = compare_matrices(before, after, budget)
        if result.verdict == StepVerdict.REFUTED and self.name in names:
            self._go_on_from(equation)
        return result

    def _named(self, left: Term, right: Term) -> ClaimResult | None:
        """D = C - B, a new letter for what is known."""
        value = evaluate(right, self.values)
        if not isinstance(left, Sym) or value is None:
            return None
        self.values[left.name] = value
        return proved(ClaimRelation.DEFINE)

    def _go_on_from(self, equation: Comparison) -> None:
        """Later lines are judged by the wrong one."""
        solution = _solution(equation, self.name, self.values)
        if solution is not None:
            self.values[self.name] = solution


def _told(task: Task) -> Iterator[tuple[str, Matrix]]:
    for name, matrix in matrices_in(task.text).items():
        if name.isalpha() and not free_names(matrix):
            yield name, matrix


def _letters(equation: Comparison) -> frozenset[str]:
    """A and X for AX, which may be read as the name of a segment."""
    return frozenset().union(*(free_names(side) for side in _sides(equation))) - {"T"}


def _sides(equation: Comparison) -> list[Term]:
    sides = (equation.left, equation.right)
    return [_spelled(side) for side in sides if is_term(side)]


def _spelled(term: Term) -> Term:
    match term:
        case Const("i") | Sym("I_0"):
            return Sym("I")
        case Sym(name) if _is_pair(name):
            return Mul((Sym(name[0]), Sym(name[2])))
        case Pow(Sym(name), exponent) if _is_pair(name):
            return Mul((Sym(name[0]), Pow(Sym(name[2]), exponent)))
    spelled: Term = rebuild(term, lambda part: _spelled(part) if is_term(part) else part)
    return spelled


def _is_pair(name: str) -> bool:
    return len(name) == 3 and name[1] == "_" and name[::2].isupper()


def _not_evaluated(left: Term, right: Term) -> ClaimResult | None:
    """Letters in an order in which their matrices have no product; None for determinants."""
    parts = [*walk(left), *walk(right)]
    if any(isinstance(part, Call) for part in parts):
        return None
    is_of_letters = bool(free_names(left) and free_names(right))
    if is_of_letters and not any(isinstance(part, Matrix) for part in parts):
        return refuted(ClaimRelation.EQUAL, Witness({}, latex(left), latex(right)))
    return _UNDECIDED


def _unit_matrix(values: dict[str, Matrix]) -> Matrix:
    size = max(len(matrix.rows) for matrix in values.values())
    return Matrix(tuple(tuple(ONE if i == j else ZERO for j in range(size)) for i in range(size)))


def _solution(equation: Comparison, name: str, values: dict[str, Matrix]) -> Matrix | None:
    """The only matrix that solves a linear equation."""
    sizes = {n for m in values.values() for n in (len(m.rows), len(m.rows[0]))}
    sides = _sides(equation)
    if len(sides) != 2:
        return None
    whole = Add((sides[0], Neg(sides[1])))
    for rows, columns in product(sorted(sizes), repeat=2):
        if rows * columns > MAX_VARIABLES:
            continue
        entries = [[f"entry_{i}_{j}" for j in range(columns)] for i in range(rows)]
        unknown = Matrix(tuple(tuple(map(Sym, row)) for row in entries))
        difference = evaluate(whole, values | {name: unknown})
        if difference is None:
            continue
        names = [entry for row in entries for entry in row]
        rows_of_zero = [entry for row in difference.rows for entry in row if is_term(entry)]
        system = LinearSystem.of(rows_of_zero, names)
        fixed = system.fixed if system is not None and system.is_consistent else {}
        if len(fixed) == len(names):
            return Matrix(tuple(tuple(number_term(fixed[e]) for e in row) for row in entries))
    return None
