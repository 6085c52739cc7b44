"""Problems that a condition decides: how they are checked, stored and carried elsewhere."""

import json
from dataclasses import replace

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from tests.factories import make_content, make_problem
from tutor.grading import AnswerKey, Grade, InvalidKey, Kind, Rule, Verdict, read_key
from tutor.grading.conditions.faults import CONDITION_SENTENCES
from tutor.grading.mistakes.explain import explain
from tutor.grading.multipart import grade_parts
from tutor.grading.weighing.weigh import weigh
from tutor.problems.checks import sample_variants
from tutor.problems.conditions import check_condition
from tutor.problems.content import InvalidRecord
from tutor.problems.expected import Expected, with_foreseen
from tutor.problems.interchange.csv_table import write_table
from tutor.problems.interchange.file_reader import read_file
from tutor.problems.interchange.moodle.writer import why_not as why_not_moodle
from tutor.problems.interchange.qti.writer import why_not as why_not_qti
from tutor.problems.records import ProblemRecord

RECORD = {
    "slug": "zeros",
    "title": "Zeros",
    "statement": "Give a polynomial with the zeros [[a]] and [[b]].",
    "parameters": "a = 1..3\nb = 4..6",
    "key": {
        "kind": "expression",
        "value": "(x - [[a]])(x - [[b]])",
        "condition": "answer is a polynomial in x with roots [[a]] and [[b]]",
    },
    "expected": [
        {"answer": "if answer at x = [[a]] is 0", "feedback": "Half of it.", "percent": 50}
    ],
    "solution": r"Multiply: \(\boxed{(x - [[a]])(x - [[b]])}\)",
}


def record(**changes):
    return ProblemRecord.from_dict(RECORD | changes)


def key(**changes):
    return RECORD["key"] | changes


def test_a_condition_decides_in_every_variant():
    sample = sample_variants(record().content)
    assert (sample.bad, sample.size) == ([], 100)
    variant = record().content.variant(1)
    assert "[[" not in variant.key.condition


@pytest.mark.parametrize(
    ("changes", "name", "reason"),
    [
        ({"key": key(value="x - [[a]]")}, "condition", "does not hold"),
        ({"key": key(value="x - [[a]]")}, "condition", "with a = "),
        # Right for a = 1 alone.
        ({"key": key(value="(x - 1)(x - [[b]])")}, "condition", "with a = "),
        ({"key": key(condition="answer is nice")}, "condition", "“nice” is not a property"),
        ({"key": key(condition="answer > a")}, "condition", "A parameter is written [[a]]"),
        (
            {"key": key(condition="answer is a multiple of (x - a)(x - b)")},
            "condition",
            "a is a parameter: write [[a]]",
        ),
        ({"key": key(condition="answer = 1/(0*[[a]])")}, "condition", "has no value"),
        ({"key": key(condition="if answer > 1")}, "condition", "“if” is not a word"),
        ({"key": key(condition="  ")}, "condition", "The condition is empty"),
        ({"key": key(condition="x" * 501)}, "condition", "at most 500 characters"),
        ({"key": key(condition="answer > 1\x00")}, "condition", ""),
        ({"key": key(kind="logic", value="p")}, "condition", "“logical expression” is judged"),
        ({"key": key(condition=7)}, "key", "text in quotes"),
        (
            {"expected": [{"answer": "if answer = a*x", "feedback": "No."}]},
            "expected",
            "a is a parameter",
        ),
    ],
)
def test_what_cannot_be_is_named(changes, name, reason):
    with pytest.raises(InvalidRecord) as refusal:
        record(**changes)
    assert refusal.value.name == name
    assert reason in refusal.value.reason


def test_an_example_that_cannot_be_decided_is_not_taken():
    condition = "answer is a polynomial in x with roots 0"
    fields = {"kind": "expression", "value": "x sin(x)", "condition": condition}
    with pytest.raises(InvalidRecord, match="cannot be decided for the example x sin"):
        record(key=fields, parameters="", statement="?", expected=[], solution="?")


def test_it_is_stored_and_read_the_same(db):
    content = record().content
    version = make_problem("zeros").revise(content)
    assert version.content() == content
    whole = version.variant(2).checked_key.whole
    assert whole.condition.startswith("answer is a polynomial in x with roots ")


def test_json_lines_and_tables_carry_it():
    original = record()
    data = json.loads(json.dumps(original.to_dict()))
    assert ProblemRecord.from_dict(data) == original
    [problem] = read_file(write_table([original]).encode(), "en")
    assert (problem.reason, problem.record) == ("", original)


def test_other_systems_cannot_judge_it():
    fields = {"kind": "number", "value": "12", "condition": "answer > 10"}
    asked = ProblemRecord("p", make_content("12", key=read_key(fields)))
    assert "by a condition" in why_not_moodle(asked)
    assert "by a condition" in why_not_qti(asked)


def parts(**changes):
    first = {"kind": "tuple", "value": "(1, 9)", "condition": "answer is (a, b) with a + b = 10"}
    rows = [
        {"prompt": "Two numbers.", "key": first | changes},
        {"prompt": "Their sum.", "key": {"kind": "number", "value": "10"}},
    ]
    return {"parts": rows, "key": None, "parameters": "", "expected": [], "statement": "?"}


def part_record(**changes):
    fields = RECORD | parts(**changes) | {"solution": r"\(\boxed{10}\)"}
    return ProblemRecord.from_dict(
        {name: value for name, value in fields.items() if value is not None}
    )


def test_a_part_can_have_one():
    keys = [part.for_grading() for part in part_record().content.variant(1).parts]
    assert grade_parts(["(3, 7)", "10"], keys).verdict == Verdict.CORRECT
    assert grade_parts(["(3, 8)", "10"], keys).score == 0.5
    with pytest.raises(InvalidRecord, match=r"a\) the example \(1, 8\) does not fulfil"):
        part_record(value="(1, 8)")
    with pytest.raises(InvalidRecord, match=r"part a.*is not a property"):
        part_record(condition="answer is nice")


def test_a_part_has_no_formula_beside_it():
    data = part_record().to_dict()
    data["parts"][1] |= {
        "carried": "2*5",
        "key": {"kind": "number", "value": "10", "condition": "answer = 10"},
    }
    with pytest.raises(InvalidRecord, match="either a condition or a formula"):
        ProblemRecord.from_dict(data)


def test_a_row_that_cannot_be_decided_is_left_to_a_teacher():
    expression = AnswerKey("x", Kind.EXPRESSION)
    wrong = Grade(Verdict.INCORRECT, 0, Rule.NUMBERS)
    row = Expected("if answer is a polynomial in x with roots 0", "Half.", 50)
    grade = with_foreseen(wrong, "x sin(x)", expression, [row])
    assert (grade.verdict, grade.rule, grade.score) == ("undecided", "condition", 0)
    assert with_foreseen(wrong, "x^3", expression, [row]).score == 0.5
    told = replace(row, percent=0)
    assert with_foreseen(wrong, "x sin(x)", expression, [told]) == wrong


def test_a_row_with_a_value_is_not_judged_by_the_condition():
    odd = read_key({"kind": "number", "value": "3", "condition": "answer is odd"})
    rows = [Expected("4", "Half of it is 2.")]
    wrong = Grade(Verdict.INCORRECT, 0, Rule.CONDITION)
    assert str(with_foreseen(wrong, "8/2", odd, rows).feedback) == "Half of it is 2."
    assert with_foreseen(wrong, "6", odd, rows) == wrong


def test_an_example_explains_no_mistake_and_refutes_no_line():
    """12 is no slip of 11, where every number above 10 is right."""
    asked = read_key({"kind": "number", "value": "12", "condition": "answer > 10"})
    plain = read_key({"kind": "number", "value": "12"})
    assert explain("-12", plain, "What is 5 + 7?") is not None
    assert explain("-12", asked, "What is 5 + 7?") is None
    assert weigh(["5 + 7 = 12"], [], "What is 5 + 7?", asked, is_finished=True) == []


@pytest.mark.parametrize("sentence", CONDITION_SENTENCES.values())
def test_every_sentence_is_in_chinese_too(sentence):
    with override("zh-hans"):
        assert gettext(sentence) != sentence


def test_the_reason_within_a_sentence_is_in_chinese_too():
    with override("zh-hans"), pytest.raises(InvalidKey) as refusal:
        check_condition("answer > 2 3")
    assert "Two numbers" not in str(refusal.value)


def documented():
    page = (settings.BASE_DIR / "docs" / "problems.md").read_text("utf-8")
    chapter = page.split("## Answers by condition")[1].split("\n## ")[0]
    rows = [line.split("|") for line in chapter.splitlines() if line.startswith("| Give")]
    return [(row[2].strip(" `"), row[3].strip(" `")) for row in rows]


@pytest.mark.parametrize(("condition", "example"), documented())
def test_the_documented_examples_fulfil_their_conditions(condition, example):
    kinds = {"(": "tuple", "y": "equation", "x": "expression", "4": "list"}
    fields = {"kind": kinds[example[0]], "value": example, "condition": condition}
    asked = {"parameters": "", "statement": "?", "expected": [], "solution": "?"}
    assert record(key=fields, **asked).content.key.condition == condition


def test_five_examples_are_documented():
    assert len(documented()) == 5
