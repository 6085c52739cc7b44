"""Every answer that was once judged wrongly, and one of each sort that a key may meet."""

import csv
import io
import json
from pathlib import Path

import pytest

from tutor.grading import Verdict, grade_completion, grade_response, infer_key, read_key

TABLE = Path(__file__).parents[1] / "data" / "answers.csv"
ROWS = list(csv.DictReader(io.StringIO(TABLE.read_text(encoding="utf-8"), newline="")))


def key_of(row):
    if not row["options"]:
        return infer_key(row["key"])
    return read_key({"value": row["key"], **json.loads(row["options"])})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['key']} | {row['response']}"[:60])
def test_it_judges_as_the_table_says(row):
    grader = grade_completion if row["how"] == "completion" else grade_response
    grade = grader(row["response"], key_of(row))
    if grade.rule == "deadline":  # SymPy was still loading in its child
        grade = grader(row["response"], key_of(row))
    assert (grade.verdict, grade.rule) == (Verdict(row["verdict"]), row["rule"]), grade
