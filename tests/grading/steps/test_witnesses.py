"""Values for which a claim fails, and how they are written."""

from fractions import Fraction

import pytest
from flint import arb

from tutor.grading.parsing.answers import read_answer
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    FailingStatement,
    Witness,
    WitnessReason,
)
from tutor.grading.steps.witnesses import failing_at, where_they_differ, written


def differing(left, right):
    return where_they_differ(read_answer(left), read_answer(right), WorkBudget(10))


def test_easy_numbers_are_tried_first():
    assert differing("(x+1)^2", "x^2+1") == Witness({"x": "2"}, "9", "5")
    assert differing("x^2", "x*x") is None


def test_a_number_at_which_a_side_is_undefined_is_no_witness():
    assert differing(r"\frac{1}{x-2}", "x").values == {"x": "3"}


def test_the_first_comparison_that_fails_is_the_witness():
    statement, values = read_answer("x > 1 and x < 4"), {"x": Fraction(5)}
    budget = WorkBudget(10)
    witness = failing_at(statement, values, budget, FailingStatement.PREMISE)
    assert witness == Witness({"x": "5"}, "5", "4", FailingStatement.PREMISE)
    assert failing_at(statement, {"x": Fraction(2)}, budget, FailingStatement.CLAIM) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(-3, 4), r"-\frac{3}{4}"),
        (arb(7), "7"),
        (arb(2).sqrt(), r"1.414214\ldots"),
        (3 * Fraction(10) ** 20, r"3.000000\ldots \cdot 10^{20}"),
    ],
)
def test_a_long_number_is_cut_off(value, text):
    assert written(value) == text


@pytest.mark.parametrize(
    ("witness", "relation", "reason"),
    [
        (Witness({}, "4", "5"), ClaimRelation.EQUAL, WitnessReason.SIDES),
        (Witness({"x": "2"}, "4", "5"), ClaimRelation.EVALUATE, WitnessReason.SIDES_AT),
        (Witness({"x": "2"}, "4", "5"), ClaimRelation.SOLVE, WitnessReason.CLAIM_FAILS_SIDES),
        (Witness({"x": "2"}, "", ""), ClaimRelation.SOLVE, WitnessReason.CLAIM_FAILS),
        (Witness({"x": "2"}, "", ""), ClaimRelation.EQUAL, None),
        (Witness({}, "", ""), ClaimRelation.SOLVE, None),
    ],
)
def test_a_witness_gives_a_reason(witness, relation, reason):
    assert witness.reason(relation) == reason
