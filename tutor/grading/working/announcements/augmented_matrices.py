"""Systems and inverses by row operations: R2 - 2R1: [1 3 | 0 1; 0 -1 | 1 -2]."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Matrix, free_names, is_term
from tutor.grading.solving.linear_systems import Row, reduced, rows_of
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    proved,
    unchecked,
)
from tutor.grading.working.knowledge.vectors import matrices_in
from tutor.grading.working.task import Task

MAX_ROWS = 4
_AUGMENTED = re.compile(r"[\[(]([-−\d\s./,;|]{7,120})[\])]")
_ENTRY = re.compile(r"-?\d{1,6}(?:[./]\d{1,6})?")
_GAP = re.compile(r"[\s,]+")


def judge_augmented(text: str, task: Task) -> ClaimResult | None:
    """Proved where the rows come from those of the statement by row operations, given for them.

    None where the statement has no system and no matrix, or the line no rows with a bar.
    """
    written = [rows for match in _AUGMENTED.finditer(text) if (rows := _rows(match[1]))]
    begun = _stated(task) if written else None
    if begun is None or any(len(rows[0]) != len(begun[0]) for rows in written):
        return None
    if written == [begun]:
        return unchecked(ClaimRelation.DEFINE)
    is_equivalent = all(reduced(rows) == reduced(begun) for rows in written)
    return proved(ClaimRelation.EQUIVALENT) if is_equivalent else None


def _rows(text: str) -> list[Row] | None:
    """None for anything else than rows of one length, each with a bar at the same entry."""
    rows: list[Row] = []
    bars = set()
    for part in text.replace("−", "-").split(";"):
        sides = [_GAP.split(side.strip()) for side in part.split("|")]
        entries = [entry for side in sides for entry in side]
        if len(sides) != 2 or not all(map(_ENTRY.fullmatch, entries)):
            return None
        bars.add(len(sides[0]))
        rows.append([Fraction(entry) for entry in entries])
    is_whole = 1 < len(rows) <= MAX_ROWS and len(bars) == len({len(row) for row in rows}) == 1
    return rows if is_whole else None


def _stated(task: Task) -> list[Row] | None:
    """Of the linear equations, or of the only matrix with the unit matrix beside it."""
    unknowns = sorted(frozenset[str]().union(*map(free_names, task.equations)))
    matrices = list(matrices_in(task.text).values())
    if len(matrices) == 1:
        return _with_unit_matrix(matrices[0])
    if not 1 < len(task.equations) <= MAX_ROWS or not 1 < len(unknowns) <= MAX_ROWS:
        return None
    return rows_of(task.equations, unknowns)


def _with_unit_matrix(matrix: Matrix) -> list[Row] | None:
    rows: list[Row] = []
    for number, row in enumerate(matrix.rows):
        entries = [rational_value(entry) for entry in row if is_term(entry)]
        if len(entries) != len(matrix.rows) or None in entries:
            return None
        unit = [Fraction(column == number) for column in range(len(matrix.rows))]
        rows.append([*(entry for entry in entries if entry is not None), *unit])
    return rows
