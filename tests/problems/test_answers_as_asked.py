"""Answers judged with their statements, which ask for a form, an order, a unit or a solution."""

import csv
import io
import json
from pathlib import Path

from tests.factories import make_content
from tutor.grading import Verdict, by_statement, grade_response, read_key
from tutor.problems.asked_form import with_asked_forms

TABLE = Path(__file__).parents[1] / "data" / "asked_answers.csv"
ROWS = list(csv.DictReader(io.StringIO(TABLE.read_text(encoding="utf-8"), newline="")))


def grade_of(row):
    key = read_key({"value": row["key"], **json.loads(row["options"])})
    key = with_asked_forms(make_content(statement=row["statement"], key=key)).key
    grade = grade_response(row["response"], key)
    if grade.rule == "deadline":  # SymPy was still loading in its child
        grade = grade_response(row["response"], key)
    return by_statement(grade, row["response"], key, row["statement"])


def test_what_is_asked_for_is_right_and_nothing_else():
    """A row with a verdict is a known miss: it names what is said instead."""
    graded = [(row, grade_of(row).verdict) for row in ROWS]
    wrong = [(row, verdict) for row, verdict in graded if not _is_expected(verdict, row)]
    assert wrong == []


def _is_expected(verdict, row):
    if row["verdict"]:
        return verdict == row["verdict"]
    return (verdict == Verdict.CORRECT) == (row["expected"] == "correct")
