"""A linear system in matrices: (3 2; 4 3)(x; y) = (12; 17), inverse = (3 -2; -4 3)."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Matrix,
    Mul,
    Sym,
    Term,
    Unreadable,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.linear_systems import rows_of
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.steps.matrices import equal_entries, evaluate
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.task import Task

MAX_SIZE = 3
_ENTRY = r"(?:[^\[\]()]|\([^()\[\];]{1,20}\))"
_GROUP = re.compile(rf"[\[(]({_ENTRY}{{1,60}}(?:;{_ENTRY}{{1,60}}){{1,2}})[\])]")
_SCALAR = re.compile(r"[-\d/()\s·*×.]{0,12}")
_GAP = re.compile(r"\s*,\s*|(?<![*·×+/^-])\s+(?![*·×+/^]|-\s)")
_NAMES_INVERSE = re.compile(
    r"(?:[A-Z]\s?(?:\^\{?\(?-1\)?\}?|⁻¹)|(?:the\s|la\s|die\s|l')?(?:inverse?|inversa|逆矩阵)"
    r"(?:\s(?:matrix|matrix is|is|of [A-Z]))?)\s?",
    re.IGNORECASE,
)
_NAMES_DETERMINANT = re.compile(
    r"(?:\|[A-Z]\||det(?:erminante?|erminant)?\.?(?:\s?\(?[A-Z]\)?)?|Δ|D)\s?"
)


def judge_matrix_equation(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Proved where every side is right; None without a linear system, and for anything else.

    Raises WorkBudgetSpent.
    """
    system = _system(task)
    sides = [side.strip() for side in text.replace("−", "-").strip(" .").split("=")]
    if system is None or len(sides) < 2:
        return None
    coefficients, right_sides, unknowns = system
    if not sides[0] or sides[0] == "X":
        sides[0] = f"({';'.join(unknowns)})"
    if _NAMES_DETERMINANT.fullmatch(sides[0]):
        return _proved_if(_is_determinant(sides[1:], coefficients, budget))
    inverse = _NAMES_INVERSE.fullmatch(sides[0]) is not None
    values = [_value(side) for side in sides[inverse:]]
    if any(value is None for value in values):
        return None
    solution = _solution(coefficients, right_sides)
    known = dict(zip(unknowns, solution, strict=True)) if solution else {}
    written = [_put_in(value, known) for value in values if value is not None]
    if inverse:
        unit = _of_numbers(
            [[Fraction(i == j) for j in range(len(unknowns))] for i in range(len(unknowns))]
        )
        products = (evaluate(Mul((value, _of_numbers(coefficients))), {}) for value in written)
        return _proved_if(all(p is not None and equal_entries(p, unit, budget) for p in products))
    if len(written) < 2 or not known:
        return None
    sought = [_of_numbers([[n] for n in solution]), _of_numbers([[n] for n in right_sides])]
    is_about_system = any(equal_entries(written[-1], column, budget) for column in sought)
    is_right = all(equal_entries(written[0], value, budget) for value in written[1:])
    return _proved_if(is_about_system and is_right)


def _proved_if(is_right: bool) -> ClaimResult | None:
    return proved(ClaimRelation.EVALUATE) if is_right else None


def _system(task: Task) -> tuple[list[list[Fraction]], list[Fraction], list[str]] | None:
    """Coefficients, right sides and unknowns of as many linear equations as unknowns."""
    unknowns = sorted(frozenset[str]().union(*map(free_names, task.equations)))
    if not 1 < len(unknowns) == len(task.equations) <= MAX_SIZE:
        return None
    rows = rows_of(task.equations, unknowns)
    if rows is None:
        return None
    return [list(row[:-1]) for row in rows], [row[-1] for row in rows], unknowns


def _is_determinant(
    sides: list[str], coefficients: list[list[Fraction]], budget: WorkBudget
) -> bool:
    if len(coefficients) != 2:
        return False
    (a, b), (c, d) = coefficients
    values = [_term(side) for side in sides]
    right = number_term(a * d - b * c)
    return all(value is not None and same_value(value, right, budget).equal for value in values)


def _solution(coefficients: list[list[Fraction]], right_sides: list[Fraction]) -> list[Fraction]:
    """By Cramer's rule for two unknowns; empty for more, and where it is not the only one."""
    if len(coefficients) != 2:
        return []
    (a, b), (c, d) = coefficients
    e, f = right_sides
    determinant = a * d - b * c
    return [(e * d - b * f) / determinant, (a * f - e * c) / determinant] if determinant else []


def _value(side: str) -> Matrix | None:
    """Of a number, and one or two matrices in rows."""
    factors: list[Term] = []
    position = 0
    for group in _GROUP.finditer(side):
        scalar, matrix = side[position : group.start()].strip(" ·*×"), _matrix(group[1])
        if matrix is None or not _SCALAR.fullmatch(scalar):
            return None
        if scalar:
            number = _term(scalar)
            if number is None:
                return None
            factors.append(number)
        factors.append(matrix)
        position = group.end()
    if not factors or side[position:].strip():
        return None
    return evaluate(Mul(tuple(factors)), {}) if len(factors) > 1 else evaluate(factors[0], {})


def _matrix(text: str) -> Matrix | None:
    rows = []
    for row in text.split(";"):
        entries = [_term(entry) for entry in _GAP.split(row.strip())]
        if None in entries:
            return None
        rows.append(tuple(entry for entry in entries if entry is not None))
    return Matrix(tuple(rows)) if len(set(map(len, rows))) == 1 else None


def _term(text: str) -> Term | None:
    try:
        value = read_expression(text)
    except (Unreadable, RecursionError):
        return None
    return value if is_term(value) else None


def _put_in(matrix: Matrix, known: dict[str, Fraction]) -> Matrix:
    """With the numbers of the unknowns."""
    return Matrix(
        tuple(
            tuple(_known(entry, known) if is_term(entry) else entry for entry in row)
            for row in matrix.rows
        )
    )


def _known(entry: Term, known: dict[str, Fraction]) -> Term:
    for name, number in known.items():
        entry = substitute(entry, Sym(name), number_term(number))
    return entry


def _of_numbers(rows: list[list[Fraction]]) -> Matrix:
    return Matrix(tuple(tuple(map(number_term, row)) for row in rows))
