"""Problems of the kinds with rules of their own, through files and through the editor."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.urls import reverse

from tests.factories import make_content
from tutor.grading import Verdict, grade_response, read_key
from tutor.problems.interchange.csv_table import write_table
from tutor.problems.interchange.file_reader import read_file
from tutor.problems.interchange.jsonl import write_lines
from tutor.problems.interchange.moodle.writer import why_not
from tutor.problems.models import Problem
from tutor.problems.records import ProblemRecord

TABLE = Path(__file__).parents[2] / "data" / "kinds.csv"
ROWS = csv.DictReader(io.StringIO(TABLE.read_text(encoding="utf-8"), newline=""))
KEYS = {row["kind"]: row for row in ROWS}
FIELDS = {"kind": "general_solution", "value": "y = C e^([[a]]x)", "equation": "y' = [[a]]y"}


def key_of(row):
    options = json.loads(row["options"] or "{}")
    return read_key({"kind": row["kind"], "value": row["key"], **options})


def records():
    contents = [make_content(key=key_of(row), solution="…") for row in KEYS.values()]
    return [ProblemRecord(f"p-{n}", content) for n, content in enumerate(contents)]


@pytest.mark.parametrize("write", [write_table, write_lines])
def test_every_kind_comes_back_from_a_file_the_same(write):
    written = "".join(write(records()))
    assert [problem.record for problem in read_file(written.encode(), "en")] == records()


def test_moodle_does_not_get_what_it_cannot_judge():
    assert all("other systems cannot judge" in why_not(record) for record in records())


def test_placeholders_are_filled_in_the_equation_too():
    record = ProblemRecord.from_dict(
        {
            "slug": "growth",
            "title": "Growth",
            "statement": r"Solve \(y' = [[a]]y\).",
            "parameters": "a = 2..9",
            "key": FIELDS,
            "solution": r"\(\boxed{y = C e^{[[a]]x}}\)",
        }
    )
    content = record.content.variant(3)
    a = content.key.equation.removeprefix("y' = ").removesuffix("y")
    assert grade_response("y = K e^x", content.key).verdict == Verdict.INCORRECT
    assert grade_response(f"y = K e^({a}x)", content.key).verdict == Verdict.CORRECT


def test_a_teacher_writes_a_general_solution(client, carol, section):
    client.force_login(carol)
    data = {
        "action": "save",
        "title": "Growth",
        "language": "en",
        "level": "5",
        "form": "any",
        "statement": "Solve.",
        "kind": "general_solution",
        "value": "y = C e^(2x)",
        "name_optional": "on",
        "ignore_case": "on",
        "solution": r"\(\boxed{y = C e^{2x}}\)",
    }
    page = client.post(reverse("problem-new"), data)
    assert "The differential equation cannot be read" in page.content.decode()
    client.post(reverse("problem-new"), {**data, "equation": "y' = 2y"})
    assert Problem.objects.get().current.content().key.equation == "y' = 2y"
    page = client.get(reverse("problem-edit", args=[Problem.objects.get().code]))
    assert page.context["form"]["equation"].value() == "y' = 2y"


def test_such_an_answer_follows_from_no_earlier_part(client, carol, section):
    part = {"prompt": "Integrate.", "key": {"kind": "antiderivative", "value": "x^2 + C"}}
    first = {"prompt": "Add.", "key": {"kind": "number", "value": "2"}}
    with pytest.raises(ValueError, match="antiderivative"):
        ProblemRecord.from_dict(
            {
                "slug": "parts",
                "title": "Parts",
                "statement": "Do.",
                "solution": "…",
                "parts": [first, {**part, "carried": "a*x"}],
            }
        )
