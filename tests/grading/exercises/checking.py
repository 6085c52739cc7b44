"""Checks the lines of an exercise."""

from __future__ import annotations

from tutor.grading.exercises.proved_solution import PROVED
from tutor.grading.steps.checks import Mark
from tutor.grading.working.checker import check_working


def marks(statement, lines):
    return [check.mark for check in check_working(lines, statement)]


def assert_one_line_is_refuted(wrong):
    """The one that is meant to be wrong; those below it rest on it."""
    line_marks = marks(wrong.statement, wrong.lines)
    assert set(line_marks[: wrong.wrong_index]) <= PROVED
    assert line_marks[wrong.wrong_index] == Mark.REFUTED
    assert set(line_marks[wrong.wrong_index + 1 :]) <= {Mark.RESTING}
