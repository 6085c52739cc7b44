"""Whole solutions, right and wrong, as models and teachers write them."""

import json
import tomllib
from pathlib import Path

import pytest

from tutor.grading.prose.step_cutter import cut_steps
from tutor.grading.steps.checks import StepVerdict
from tutor.grading.steps.worked.step_checker import StepChecker

DATA = Path(__file__).parents[3] / "data"
STARTER = Path(__file__).parents[4] / "tutor" / "problems" / "starter"
MIN_HITS = 41  # of the wrong solutions


def solutions(name):
    return tomllib.loads((DATA / name).read_text("utf-8"))["solution"]


def refuted_steps(statement, text):
    checker = StepChecker(statement)
    return [step for step in cut_steps(text.strip()) if checker.check(step).refuted]


def name_of(solution):
    return solution["name"]


def starter_solutions():
    for path in sorted(STARTER.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            problem = json.loads(line)
            if "solution" in problem:
                yield problem


@pytest.mark.parametrize("solution", solutions("right_solutions.toml"), ids=name_of)
def test_no_step_of_a_right_solution_is_refuted(solution):
    assert refuted_steps(solution["statement"], solution["text"]) == []


@pytest.mark.parametrize("solution", solutions("wrong_solutions.toml"), ids=name_of)
def test_no_step_before_the_mistake_is_refuted(solution):
    refuted = refuted_steps(solution["statement"], solution["text"])
    steps = [step.strip() for step in cut_steps(solution["text"].strip())]
    mistake = next(n for n, step in enumerate(steps) if step.startswith(solution["wrong"]))
    assert all(steps.index(step.strip()) >= mistake for step in refuted)


def test_most_mistakes_are_hit():
    hits = 0
    for solution in solutions("wrong_solutions.toml"):
        refuted = refuted_steps(solution["statement"], solution["text"])
        hits += bool(refuted) and refuted[0].strip().startswith(solution["wrong"])
    assert hits >= MIN_HITS


@pytest.mark.parametrize("problem", list(starter_solutions()), ids=lambda row: row["slug"])
def test_no_step_of_the_problems_that_come_with_lemma_is_refuted(problem):
    assert refuted_steps(problem["statement"], problem["solution"]) == []


def test_a_mistake_is_refuted_with_what_it_comes_to():
    checker = StepChecker("Convert 72 km/h to m/s.")
    check = checker.check("72 km/h = 25 m/s")
    assert check.verdict == StepVerdict.REFUTED
    assert check.refuted is not None
    assert check.refuted.witness is not None
    assert (check.refuted.witness.left, check.refuted.witness.right) == ("20", "25")
