"""A product of two matrices, with nothing but gaps between its entries: AB = (1·2 + 2·4  3 ; …)."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Matrix, Unreadable, is_term
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.vectors import matrices_in
from tutor.grading.working.task import Task

MAX_ENTRIES = 9
_PRODUCT = re.compile(
    r"([A-Z])\s?[·×*⋅]?\s?(?:([A-Z])|[²2]|\^\s?2)\s?=\s?[(\[]\s?(?P<rows>.{3,150})[)\]]\s?[.;]?"
)
_ROWS = re.compile(r";|\||\\\\")
_GAPS = (re.compile(","), re.compile(r"\s{2,}|\t|&"), re.compile(r"\s+"))
Rows = tuple[tuple[Fraction, ...], ...]


def judge_matrix_product(text: str, task: Task) -> ClaimResult | None:
    """Refuted only where it is multiplied entry by entry; None for anything else."""
    match = _PRODUCT.fullmatch(text.strip())
    matrices = matrices_in(task.text) if match else {}
    if match is None or not {match[1], match[2] or match[1]} <= matrices.keys():
        return None
    first, second = (_numbers(matrices[name]) for name in (match[1], match[2] or match[1]))
    written = _rows(match["rows"])
    if first is None or second is None or written is None or len(first[0]) != len(second):
        return None
    right = _product(first, second)
    if written == right:
        return proved(ClaimRelation.EVALUATE)
    is_same_shape = [len(row) for row in first] == [len(row) for row in second]
    if not is_same_shape or written != _entry_by_entry(first, second):
        return None
    witness = Witness({}, _shown(written), _shown(right))
    return refuted(ClaimRelation.EVALUATE, witness, Slip.ENTRY_BY_ENTRY)


def _product(first: Rows, second: Rows) -> Rows:
    columns = list(zip(*second, strict=True))
    return tuple(
        tuple(
            sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0))
            for column in columns
        )
        for row in first
    )


def _entry_by_entry(first: Rows, second: Rows) -> Rows:
    return tuple(
        tuple(a * b for a, b in zip(*rows, strict=True)) for rows in zip(first, second, strict=True)
    )


def _rows(text: str) -> Rows | None:
    """By the first way to set entries apart with which all of them can be read."""
    for gap in _GAPS:
        rows = [[_number(entry) for entry in gap.split(row.strip())] for row in _ROWS.split(text)]
        is_whole = len({len(row) for row in rows}) == 1 and len(rows) > 1 and len(rows[0]) > 1
        if is_whole and sum(map(len, rows)) <= MAX_ENTRIES and all(None not in row for row in rows):
            return tuple(tuple(n for n in row if n is not None) for row in rows)
    return None


def _number(text: str) -> Fraction | None:
    try:
        value = read_expression(text)
        return rational_value(value) if is_term(value) else None
    except (Unreadable, RecursionError, ArithmeticError):
        return None


def _numbers(matrix: Matrix) -> Rows | None:
    rows = [
        [rational_value(entry) if is_term(entry) else None for entry in row] for row in matrix.rows
    ]
    if any(entry is None for row in rows for entry in row):
        return None
    return tuple(tuple(n for n in row if n is not None) for row in rows)


def _shown(rows: Rows) -> str:
    body = r" \\ ".join(" & ".join(map(str, row)) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"
