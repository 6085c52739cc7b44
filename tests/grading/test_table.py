"""Every answer that was once judged wrongly, and one of each sort that a key may meet."""

import csv
import io
import json
from pathlib import Path

from tutor.grading import Verdict, grade_completion, grade_response, infer_key, read_key

TABLE = Path(__file__).parents[1] / "data" / "answers.csv"
ROWS = list(csv.DictReader(io.StringIO(TABLE.read_text(encoding="utf-8"), newline="")))


def key_of(row):
    if not row["options"]:
        return infer_key(row["key"])
    return read_key({"value": row["key"], **json.loads(row["options"])})


def grade_of(row):
    grader = grade_completion if row["how"] == "completion" else grade_response
    grade = grader(row["response"], key_of(row))
    if grade.rule == "deadline":  # SymPy was still loading in its child
        grade = grader(row["response"], key_of(row))
    return grade


def test_it_judges_as_the_table_says():
    graded = [(row, grade_of(row)) for row in ROWS]
    expected = [(Verdict(row["verdict"]), row["rule"]) for row in ROWS]
    pairs = zip(graded, expected, strict=True)
    assert [(row, it) for (row, it), stated in pairs if (it.verdict, it.rule) != stated] == []
