"""What docs/answers.md promises teachers, tried."""

import json
import re
from pathlib import Path

import pytest

from tutor.grading import ANSWER_KINDS, Verdict, grade_response, infer_key, read_key

PAGE = (Path(__file__).parents[2] / "docs" / "answers.md").read_text(encoding="utf-8")
RULED = "Kinds that are judged by what they must satisfy"
FORMS = {"lowest terms": "3/4", "factored": "2x^2-8", "expanded": "(x+1)^2"}
FORMS |= {
    "simplified surd": r"\sqrt{12}",
    "worked out": "391",
    "decimal": "0.375",
    "fraction": "0.375",
    "mixed number": "9/4",
    "lowest mixed number": "9/4",
    "prime powers": "360",
    "scientific": "1500",
    "partial fractions": "2/(x^2-1)",
    "single fraction": "1/x+1/(x+1)",
    "completed square": "x^2+6x+5",
    "polar": "1+i√3",
    "cartesian": "2e^{i\\pi/3}",
    "subject": "a=(v-u)/t",
}


def table(heading):
    """Its rows as cells of text."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("| ") for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)] for row in rows]


def answers(cell):
    return [code.replace("\\|", "|") for code in re.findall(r"`([^`]*)`", cell)]


def key_of(kind, code):
    if kind == "quantity":
        return read_key({"value": code, "kind": kind, "unit": "cm"})
    if kind == "text":
        return read_key({"value": code, "kind": kind})
    return infer_key(code)


@pytest.mark.parametrize(("kind", "key", "right", "wrong"), table("Kinds of keys"))
def test_the_table_of_kinds_is_true(kind, key, right, wrong):
    key = key_of(kind, answers(key)[0])
    for response in answers(right):
        if response in ("星期二", "周二"):
            assert grade_response("星期二", key_of("text", "周二")).verdict == Verdict.CORRECT
        else:
            assert grade_response(response, key).verdict == Verdict.CORRECT, response
    for response in answers(wrong):
        assert grade_response(response, key).verdict == Verdict.INCORRECT, response


@pytest.mark.parametrize(("kind", "key", "right", "wrong"), table(RULED))
def test_the_table_of_kinds_with_rules_of_their_own_is_true(kind, key, right, wrong):
    fields = json.loads(answers(key)[1]) if len(answers(key)) > 1 else {}
    data = {"value": answers(key)[0], "kind": kind.replace(" ", "_"), **fields}
    for response in answers(right):
        assert grade_response(response, read_key(data)).verdict == Verdict.CORRECT, response
    for response, share in re.findall(r"`([^`]*)`( \(half of the points\))?", wrong):
        grade = grade_response(response, read_key(data))
        assert (grade.verdict, grade.score) == (Verdict.INCORRECT, 0.5 if share else 0), response


def test_every_kind_with_rules_of_its_own_is_in_the_table():
    kinds = {row[0].replace(" ", "_") for row in table(RULED)}
    assert kinds == set(ANSWER_KINDS)


@pytest.mark.parametrize(("form", "right", "wrong"), table("Forms"))
def test_the_table_of_forms_is_true(form, right, wrong):
    for verdict, cell in ((Verdict.CORRECT, right), (Verdict.INCORRECT, wrong)):
        for response in answers(cell):
            value = response if verdict == Verdict.CORRECT else FORMS[form]
            kind = "expression" if "x" in value else "equation" if "=" in value else "number"
            key = read_key({"value": value, "kind": kind, "form": form.replace(" ", "_")})
            assert grade_response(response, key).verdict == verdict, response
