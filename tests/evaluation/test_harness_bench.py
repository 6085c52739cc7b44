"""The comparison with lm-eval, by a stand-in for it: who is counted where, and what is listed."""

import json
import sys
from pathlib import Path

import pytest

from tests.bench.harness import differences, judge, read_gold, read_outputs, summed_up

# Right is what ends in the gold number, whatever stands before.
STAND_IN = """#!{python}
import json, sys
rows = json.load(sys.stdin)
names = ("strict-match", "flexible-extract")
def found(row):
    answer = row["text"].split()[-1]
    right = answer == row["answer"].split()[-1]
    return {{name: {{"answer": answer, "right": right}} for name in names}}
judged = [found(row) for row in rows]
share = sum(one["strict-match"]["right"] for one in judged) / len(judged)
results = {{f"exact_match{{more}},{{name}}": value for name in names
           for more, value in (("", share), ("_stderr", 0.1))}}
print("a line before")
print(json.dumps({{"version": "0", "task": 3.0, "results": results, "rows": judged}}))
"""


@pytest.fixture
def harness(tmp_path: Path) -> str:
    path = tmp_path / "harness"
    path.write_text(STAND_IN.format(python=sys.executable))
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [("1 + 1?", "So #### 2"), ("2 +\n2?", "So #### 4"), ("3 + 3?", "So #### 6")]
    path = tmp_path / "gsm8k.jsonl"
    texts = [json.dumps({"question": question, "answer": answer}) for question, answer in rows]
    path.write_text("\n".join(texts) + "\n")
    return path


def test_worked_answers_are_right_for_their_own_problem_alone(file, harness):
    outputs = read_outputs(file, read_gold(file))
    judged, version, results = judge(outputs, file, harness)
    assert [item.is_right for item in judged] == [item.output.label for item in judged]
    text = summed_up(judged, version, results)
    assert text.count("6 of 6") == 3
    assert "lm-eval 0, task 3.0, strict-match | 50.0% (30.4 to 69.6)" in text
    assert differences(judged) == "None is judged differently."


def test_who_judges_differently_is_listed_with_both_answers(file, harness, tmp_path):
    solutions = [
        ("a", "2 + 2?", ["We add.", "It is \\boxed{4} of the 5"], True),
        ("b", "3 + 3?", ["It is 6"], True),
        ("elsewhere", "7 + 7?", ["14"], True),
    ]
    names = ("id", "problem", "steps", "final_answer_correct")
    path = tmp_path / "solutions.jsonl"
    path.write_text(
        "\n".join(json.dumps(dict(zip(names, solution, strict=True))) for solution in solutions)
    )
    outputs = read_outputs(path, read_gold(file))
    assert [output.name for output in outputs] == ["a", "b"]
    judged, _, _ = judge(outputs, file, harness)
    assert "| a | 4 | 4: correct | 5: wrong | right |" in differences(judged)
    assert "| b |" not in differences(judged)
