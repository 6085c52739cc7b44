"""Rows of every format become problems; what cannot is named with its line and reason."""

import json
from pathlib import Path

import pytest

from tutor.evaluation.checked_json import read_as
from tutor.evaluation.problems import (
    MAX_LENGTH,
    EvaluationProblem,
    RejectedRow,
    UnusableRow,
    read_problems,
    read_row,
)
from tutor.grading import Kind, Verdict, grade_completion

STARTER = Path(__file__).parents[2] / "tutor" / "problems" / "starter"
BENCHMARKS = Path(__file__).parents[3] / "shared" / "data" / "benchmarks"


def row(**fields: object) -> EvaluationProblem:
    return read_row(json.dumps(fields).encode(), 7)


def test_gsm8k_has_its_answer_after_the_mark():
    problem = row(question="How many?", answer="2+3=<<2+3=5>>5\nshe has #### 1,080")
    assert (problem.code, problem.statement, problem.language) == ("7", "How many?", "en")
    assert grade_completion("\\boxed{1080}", problem.key).verdict == Verdict.CORRECT


def test_math_tells_subject_and_level():
    problem = row(
        problem="Find x.",
        solution="So $x = \\boxed{\\frac{1}{2}}$.",
        type="Algebra",
        level="Level 5",
    )
    assert (problem.subject, problem.level, problem.key.value) == ("Algebra", "5", "\\frac{1}{2}")
    problem = row(problem="Find x.", answer="(3, 4)", subject="Geometry", level=2, unique_id="a/1")
    assert (problem.code, problem.subject, problem.level) == ("a/1", "Geometry", "2")


def test_an_exported_problem_keeps_its_key_and_choices():
    problem = row(
        slug="which",
        statement="Which one?",
        key={"kind": "choice", "value": "B"},
        choices=["one", "two"],
        skills=["algebra.linear_equations", "sets"],
        language="zh-hans",
        level=2,
    )
    assert (problem.code, problem.key.kind, problem.choices) == (
        "which",
        Kind.CHOICE,
        ("one", "two"),
    )
    assert (problem.subject, problem.level, problem.language) == ("algebra", "2", "zh-hans")


def test_of_a_problem_in_parts_all_is_asked_and_the_last_one_judged():
    parts = [
        {"prompt": "A side?", "key": {"kind": "number", "value": "7"}},
        {"prompt": "Area?", "choices": ["7", "49"], "key": {"kind": "choice", "value": "B"}},
    ]
    problem = row(slug="square", statement="A square.", parts=parts)
    assert problem.statement == "A square.\n\na) A side?\n\nb) Area?\n\n(A) 7\n\n(B) 49"
    assert (problem.key.value, problem.choices) == ("B", ())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"question": "a?", "answer', "not JSON"),
        (b'{"question": "\xff"}', "not UTF-8 (byte 15)"),
        (b"[1, 2]", "need a JSON object"),
        (b"9" * 5_000, "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a": 1}', "need a field statement, problem or question, got a"),
        (b'{"question": "a?", "answer": "5"}', "final number after ####"),
        (b'{"question": "a?", "answer": "####"}', "answer: "),
        (b'{"question": "", "answer": "#### 5"}', "question: need a text"),
        (b'{"question": 5, "answer": "#### 5"}', "question: need a text, got 5"),
        (b'{"question": "\\ud800", "answer": "#### 5"}', "is not text"),
        (b'{"problem": "a", "solution": "5"}', "\\boxed{}"),
        (b'{"statement": "a", "key": 5}', "key: need an object"),
        (b'{"statement": "a", "key": {"kind": "number", "value": "x"}}', "answer: "),
        (b'{"statement": "a", "key": {"kind": "choice", "value": "A"}}', "at least two"),
        (b'{"statement": "[[a]]", "parameters": "a = 1..2"}', "--variant 1"),
        (b'{"statement": "a", "parts": 5}', "parts: need a list"),
        (json.dumps({"statement": "a" * (MAX_LENGTH + 1)}).encode(), "characters"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(line, reason):
    with pytest.raises(UnusableRow) as refused:
        read_row(line, 1)
    assert reason in str(refused.value)


def test_broken_lines_leave_the_others(tmp_path: Path):
    path = tmp_path / "problems.jsonl"
    good = b'{"question": "1 + 1 = ?", "answer": "#### 2"}'
    named = b'{"slug": "a", "statement": "s", "key": {"kind": "number", "value": "1"}}'
    path.write_bytes(b"\xef\xbb\xbf" + b"\n".join([good, b"{", b"", named, named, good]))
    file = read_problems(path)
    assert [problem.code for problem in file.problems] == ["1", "a", "6"]
    assert [rejection.line for rejection in file.rejections] == [2, 5]
    assert file.rejections[1] == RejectedRow(5, "line 4 has the name 'a' too")


def test_problems_come_back_from_what_a_run_keeps():
    problem = row(
        slug="a", statement="s", key={"kind": "quantity", "value": "2", "unit": "m"}, level=1
    )
    assert read_as(EvaluationProblem, json.loads(json.dumps(problem.to_dict()))) == problem


def test_the_starter_bank_can_be_asked():
    files = [read_problems(path) for path in sorted(STARTER.glob("*.jsonl"))]
    refused = [rejection for file in files for rejection in file.rejections]
    assert sum(len(file.problems) for file in files) > 100
    assert {"has parameters" in r.reason or "The answer is empty" in r.reason for r in refused} == {
        True
    }


@pytest.mark.labelled
@pytest.mark.parametrize(("name", "rows"), [("gsm8k_test.jsonl", 1319), ("math500.jsonl", 500)])
def test_every_row_of_the_benchmarks_can_be_asked_and_its_answer_is_right(name, rows):
    if not (BENCHMARKS / name).exists():
        pytest.skip("the benchmark is not on this machine")
    file = read_problems(BENCHMARKS / name)
    assert (len(file.problems), file.rejections) == (rows, [])
    for problem in file.problems:
        text = f"So \\boxed{{{problem.key.value}}}."
        assert grade_completion(text, problem.key).verdict == Verdict.CORRECT
