"""What decides about every implication, in one variable or in several."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED
from tutor.grading.parsing.answers import read_answer
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.implication import implies, is_rounded_solution


def verdict(*texts):
    *premises, claim = map(read_answer, texts)
    return implies(premises, claim, WorkBudget(10)).verdict


def test_the_last_premise_is_compared_with_the_claim():
    assert verdict("x = 5", "2x = 6", "x = 3") == PROVED
    assert verdict("2x = 6", "x = 4") == REFUTED


def test_an_earlier_premise_may_exclude_a_root():
    assert verdict("x^2 - 9x + 8 = 0", "x = 8") == REFUTED
    assert verdict("sqrt(x+8) = x-4", "x^2 - 9x + 8 = 0", "x = 8") == PROVED


def test_a_plain_logarithm_refutes_what_fails_for_every_usual_base():
    assert verdict(r"\log x = 2", "x = 100") == verdict(r"\log x = 2", "x = e^2") == PROVED
    assert verdict(r"\log x = 2", "x = 4") == UNCHECKED
    assert verdict(r"\log x = 2", "x = 50") == REFUTED
    assert verdict(r"\ln x = 2", "x = 100") == REFUTED


@pytest.mark.parametrize("claim", ["x", "2x + 1", "so it is"])
def test_only_statements_follow(claim):
    assert verdict("2x = 6", claim) == UNCHECKED


@pytest.mark.parametrize(
    ("claim", "is_rounded"),
    [
        ("x = 2.33", True),
        ("x = 2.3", True),
        ("x = 2.34", False),
        ("x = 2", False),
        ("-x = 2.3", False),
    ],
)
def test_a_solution_may_be_rounded_to_the_decimals_that_are_written(claim, is_rounded):
    budget = WorkBudget(10)
    assert is_rounded_solution(read_answer("3x = 7"), read_answer(claim), budget) == is_rounded


def test_out_of_time_it_raises():
    with pytest.raises(WorkBudgetSpent):
        implies([read_answer("y = x")], read_answer("y = |x|"), WorkBudget(-1))
