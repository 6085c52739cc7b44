"""Checks lines as students type them, who may have another decimal sign than the problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tutor.grading.comparison.decimal_commas import with_decimal_points
from tutor.grading.steps.checks import StepCheck
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.working.checker import check_working


def check_typed_lines(lines: Sequence[str], statement: str) -> list[StepCheck]:
    """As `check_working`, but x = 2,5 is not refuted where 2.5 is right.

    It is unchecked then, and so are other lines with commas; the lines between and after them are
    checked with decimal points.
    """
    checks = check_working(lines, statement)
    with_points = list(map(with_decimal_points, lines))
    refuted = next((number for number, check in enumerate(checks) if check.refuted), None)
    if refuted is None or with_points[refuted] == lines[refuted]:
        return checks
    others = check_working(with_points, statement)
    if others[refuted].refuted:
        return checks
    return [
        other if line == text else replace(other, verdict=StepVerdict.UNCHECKED, claims=())
        for other, line, text in zip(others, lines, with_points, strict=True)
    ]
