"""Answers as students of several countries type them, against keys of every kind.

The column `expected` is what a teacher would say; `miss` is what the grader still says instead.
"""

import csv
import io
import json
from pathlib import Path

from tutor.grading import Grade, Verdict, grade_response, read_key

TABLE = Path(__file__).parents[1] / "data" / "typed_answers.csv"
ROWS = list(csv.DictReader(io.StringIO(TABLE.read_text(encoding="utf-8"), newline="")))
MAX_MISSES = 0.01  # of the rows


def grade_of(row) -> Grade:
    key = read_key({"value": row["key"], **json.loads(row["options"])})
    grade = grade_response(row["response"], key)
    if grade.rule == "deadline":  # SymPy was still loading in its child
        grade = grade_response(row["response"], key)
    return grade


def is_as_expected(grade, expected):
    match expected:
        case "partly right":
            return grade.verdict == Verdict.INCORRECT and 0 < grade.score < 1
        case "not read":
            return grade.verdict in (Verdict.UNREADABLE, Verdict.UNDECIDED)
        case "not correct":
            return grade.verdict != Verdict.CORRECT
    return grade.verdict == expected


def test_it_judges_as_a_teacher_would():
    graded = [(row, grade_of(row)) for row in ROWS if not row["miss"]]
    assert [(row, it) for row, it in graded if not is_as_expected(it, row["expected"])] == []


def test_what_it_misses_is_marked():
    graded = [(row, grade_of(row)) for row in ROWS if row["miss"]]
    assert [(row, it) for row, it in graded if it.verdict != row["miss"]] == []
    assert [row for row, it in graded if is_as_expected(it, row["expected"])] == []


def test_few_are_missed_and_none_is_wrongly_accepted():
    misses = [row for row in ROWS if row["miss"]]
    assert len(misses) <= MAX_MISSES * len(ROWS)
    assert all(row["miss"] != Verdict.CORRECT for row in misses)
