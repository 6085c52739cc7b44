"""The sums of the benchmark of step checks, and the arithmetic beside which it is measured."""

import json

import pytest

from tests.bench.arithmetic import check
from tests.bench.steps import by_arithmetic, by_lemma, judge, measure, summary

SOLUTIONS = [
    {"problem": "", "steps": ["$3+4=7$", "So it is 7."], "label": -1},
    {"problem": "", "steps": ["$3+4=7$", r"$2\cdot7=15$"], "label": 1},
    {"problem": "", "steps": ["It is even.", "$1+1=3$"], "label": 0},
    {"lines": ["2x=4", "x=3"], "first_bad": 1},
]


@pytest.fixture
def solutions(tmp_path):
    path = tmp_path / "solutions.jsonl"
    path.write_text("\n".join(map(json.dumps, SOLUTIONS)), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        ("She has 3 + 4 = 7 left, and 7*2=14.", "proved"),
        ("2/3 = 0.67", "proved"),
        ("1,200 / 4 = 300", "proved"),
        (r"2 \times 7 = 15", "refuted"),
        ("x + 1 = 2", "unchecked"),
        ("1/0 = 3", "unchecked"),
        ("The answer is 7.", "unchecked"),
    ],
)
def test_arithmetic_alone(step, verdict):
    assert check(step)[0] == verdict


def test_the_shares_are_of_solutions_and_steps(solutions):
    figures = summary(judge(solutions, by_lemma))
    assert figures["alarms"] == 0
    assert figures["first_wrong_hit"] == pytest.approx(2 / 3)
    assert summary(judge(solutions, by_arithmetic))["first_wrong_hit"] == pytest.approx(1 / 3)


def test_the_misses_are_solutions_whose_first_wrong_step_was_not_the_refuted_one(
    solutions, tmp_path
):
    figures = measure(solutions, tmp_path / "misses.jsonl")
    assert set(figures) == {"alarms", "first_wrong_hit", "decided", "arithmetic"}
    [miss] = map(json.loads, (tmp_path / "misses.jsonl").read_text(encoding="utf-8").splitlines())
    assert (miss["label"], miss["refuted"]) == (0, 1)
