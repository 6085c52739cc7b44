"""The usual mistake that explains a refuted line."""

import pytest

from tutor.grading.parsing.answers import read_answer
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.checks import (
    ClaimRelation,
    Slip,
)
from tutor.grading.steps.derivative_slips import slip_in_derivative
from tutor.grading.steps.slips import slip_between
from tutor.grading.steps.statements import as_statement
from tutor.grading.working.checker import check_working

SLIPS = [
    ("x+3 = 7", "x = 10", Slip.MOVED_SIGN),
    ("3-7", "4", Slip.LOST_SIGN),
    ("2(x+3)", "2x+3", Slip.HALF_DISTRIBUTED),
    ("x-(a+b)", "x-a+b", Slip.MINUS_BRACKET),
    ("(a+b)^2", "a^2+a*b+b^2", Slip.MIDDLE_TERM),
    ("(a+b)^2", "a^2+b^2", Slip.SPLIT_SQUARE),
    (r"\sqrt{a+b}", r"\sqrt{a}+\sqrt{b}", Slip.SPLIT_ROOT),
    ("x^2+x-6", "(x-3)(x+2)", Slip.FACTOR_SIGN),
    ("(x-2)(x+5) = 0", "x-2 = x+5", Slip.ZERO_PRODUCT),
    ("(x-2)(x+5) = 8", "x-2 = 8 or x+5 = 8", Slip.ZERO_PRODUCT),
    ("-3x = 15", "x = 5", Slip.LOST_SIGN),
    ("2x^2-8x+3 = 0", r"x = \frac{-8 \pm \sqrt{40}}{4}", Slip.LOST_SIGN),
    ("(3x^2*y)^3", "3x^6*y^3", Slip.POWER_OF_PRODUCT),
    ("x^2 = 4", "x = 2", Slip.LOST_ROOT),
    ("3x = 12", "x = 36", Slip.DIVIDED_WRONGLY),
    (r"\frac{x^2+x}{x}", "x^2+1", Slip.CANCELLED_TERM),
    (r"\frac{6}{8}", r"\frac{2}{4}", Slip.REDUCED_WRONGLY),
    (r"\frac{1}{2}+\frac{1}{3}", r"\frac{2}{5}", Slip.ADDED_DENOMINATORS),
    (r"\ln a + \ln b", r"\ln(a+b)", Slip.LOG_OF_SUM),
    (r"2\ln a", r"\ln(2a)", Slip.POWER_OF_LOG),
    ("-2x < 6", "x < -3", Slip.INEQUALITY_NOT_TURNED),
    ("x < 3", r"x \le 3", Slip.STRICT_CHANGED),
    ("x+y=10, x-y=2", "2x = 8, x+y=10", Slip.ELIMINATION),
    ("x+y=10, x-y=2", "x=6, y=5", Slip.BACK_SUBSTITUTION),
    ("3+4", "8", Slip.ARITHMETIC),
    ("x^2 = 4", "x^3 = 9", Slip.NONE),
]


@pytest.mark.parametrize(("premise", "claim", "slip"), SLIPS)
def test_the_slip_by_which_a_claim_comes_out_is_named(premise, claim, slip):
    before, after = as_statement(read_answer(premise)), as_statement(read_answer(claim))
    assert slip_between(before, after, WorkBudget(10)) == slip


@pytest.mark.parametrize(
    ("function", "wrong", "slip"),
    [
        ("x*sin(x)", "cos(x)", Slip.PRODUCT_RULE),
        (r"\frac{x^2}{x+1}", "2x", Slip.QUOTIENT_RULE),
        (r"\frac{x^2}{x+1}", r"\frac{x^2-2x(x+1)}{(x+1)^2}", Slip.QUOTIENT_RULE),
        (r"\frac{5}{x^2}", r"-\frac{10}{x}", Slip.POWER_RULE),
        ("sin(2x)", "cos(2x)", Slip.CHAIN_RULE),
        ("x^3", "3x^3", Slip.POWER_RULE),
        ("cos(x)", "sin(x)", Slip.LOST_SIGN),
        ("x^2", "x+5", Slip.NONE),
    ],
)
def test_the_slip_in_a_derivative_is_named(function, wrong, slip):
    budget = WorkBudget(10)
    assert slip_in_derivative(read_answer(function), read_answer(wrong), "x", budget) == slip


def test_a_refuted_line_says_for_which_values_and_why():
    line = check_working(["2(x+3)=10", "2x+3=10"])[1].refuted
    assert line.relation == ClaimRelation.EQUIVALENT
    assert line.slip == "half_distributed"
    assert line.witness.values == {"x": "2"}
    assert (line.witness.left, line.witness.right) == ("7", "10")
