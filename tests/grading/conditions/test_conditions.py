"""Conditions over an answer: what holds, what does not, and what cannot be decided."""

import pytest

from tutor.grading import Rule, Verdict, grade_response, read_key
from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.conditions import ConditionTruth, check_condition, failed_clause, truth_of
from tutor.grading.parsing.answers import read_answer
from tutor.grading.processes.work_budget import WorkBudget

# By the condition: answers for which it holds, does not hold, stays open, or does not fit.
TRUTHS = {
    "answer is a polynomial in x with roots 1 and 2": {
        ConditionTruth.YES: [
            "3(x-1)(x-2)",
            "x^2-3x+2",
            "(x-1)(x-2)(x-3)",
            "p(x)=x^2-3x+2",
            "sqrt(2)(x-1)(x-2)",
        ],
        ConditionTruth.NO: ["x-1", "0", "5", "sin(x)"],
        ConditionTruth.OPEN: ["(x-1)(x-2)sin(x)"],
        ConditionTruth.UNFIT: ["(1,2)"],
    },
    "answer is a polynomial in x with roots 1 and 2 of degree 2": {
        ConditionTruth.NO: ["(x-1)(x-2)(x-3)"],
        ConditionTruth.YES: ["-(x-1)(x-2)/2"],
    },
    "answer is a polynomial in x of degree 2 with roots 1 and 2 and answer at x = 0 is 4": {
        ConditionTruth.YES: ["2(x-1)(x-2)"],
        ConditionTruth.NO: ["(x-1)(x-2)"],
    },
    "answer is a polynomial with roots 1, 1": {
        ConditionTruth.NO: ["(x-1)(x-2)"],
        ConditionTruth.YES: ["(x-1)^2"],
    },
    "answer is a multiple of (1, -2, 0)": {
        ConditionTruth.YES: [
            "(2,-4,0)",
            "(sqrt(2),-2sqrt(2),0)",
            r"\begin{pmatrix}-1\\2\\0\end{pmatrix}",
        ],
        ConditionTruth.NO: ["(0,0,0)", "(1,2,0)", "i-2j"],
    },
    "answer is a multiple of 6": {ConditionTruth.YES: ["18"], ConditionTruth.NO: ["9"]},
    "answer is a multiple of x^2-1": {
        ConditionTruth.YES: ["pi(x-1)(x+1)"],
        ConditionTruth.NO: ["x^3-x"],
    },
    "answer is a multiple of sin(x)": {ConditionTruth.YES: ["2 sin(x)"]},
    "answer differs from x^2 by a constant": {
        ConditionTruth.YES: ["x^2+7", "x^2 + C"],
        ConditionTruth.NO: ["x^3"],
    },
    "answer at x = 2 is 5": {ConditionTruth.YES: ["x^2+1", "y=2x+1"], ConditionTruth.NO: ["x^2"]},
    "answer at x = 2 > 4": {ConditionTruth.YES: ["x^2+1"]},
    "(answer at x = 1) + (answer at x = 2) = 3": {ConditionTruth.YES: ["x"]},
    "derivative of answer is 2x": {ConditionTruth.YES: ["x^2+4"]},
    "the second derivative of answer is 2": {ConditionTruth.YES: ["x^2+4"]},
    "derivative of answer at x = 1 is 2": {ConditionTruth.YES: ["x^2"]},
    "answer at x = 2 and y = 3 is 5": {ConditionTruth.YES: ["x+y"]},
    "answer holds at x = 1, y = 2": {
        ConditionTruth.YES: ["y = 2x", "x + y < 4", "f(x) = x+1"],
        ConditionTruth.NO: ["y = 3x"],
        ConditionTruth.UNFIT: ["2x"],
    },
    "answer holds at x=1 and y=2 and answer does not hold at x=0, y=0": {
        ConditionTruth.YES: ["y = x+1"]
    },
    "answer is (a, b) with a + b = 10": {ConditionTruth.YES: ["(3,7)"]},
    "answer is (a, b) with a + b = 10 and a > b": {ConditionTruth.NO: ["(3,7)"]},
    "answer is a, b with a + b = 10 and a > b": {ConditionTruth.YES: ["3, 7"]},
    "answer is (a,b) with a is even and b is prime": {ConditionTruth.YES: ["(4,7)"]},
    "answer lies on y = x^2": {ConditionTruth.YES: ["(3,9)"], ConditionTruth.NO: ["(3,8)"]},
    "answer solves x^2 = 4": {ConditionTruth.YES: ["-2", "x = 2 or x = -2"]},
    "answer solves x^2=4": {ConditionTruth.NO: ["3"]},
    "1 < answer < 5": {
        ConditionTruth.YES: ["3"],
        ConditionTruth.NO: ["5"],
        ConditionTruth.UNFIT: ["x"],
    },
    "not answer > 3": {ConditionTruth.UNFIT: ["x"]},
    "answer > 10 or answer = -4": {ConditionTruth.YES: ["-4"]},
    "gcd(answer, 6) = 2": {ConditionTruth.YES: ["10"]},
    "answer^2 = 2 and answer > 0": {ConditionTruth.YES: ["sqrt(2)"]},
    "answer^2 > 2": {ConditionTruth.NO: ["sqrt(2)"]},
    "answer^2 >= 2": {ConditionTruth.YES: ["sqrt(2)"]},
    "answer is even": {ConditionTruth.NO: ["7"]},
    "answer is not even": {ConditionTruth.YES: ["7"]},
    "answer is prime": {ConditionTruth.YES: ["97"]},
    "answer is divisible by 4": {ConditionTruth.YES: ["12"]},
    "answer is divisible by x-1": {ConditionTruth.YES: ["x^2-1"]},
    "answer is a factor of 12": {ConditionTruth.NO: ["5"], ConditionTruth.YES: ["4"]},
    "answer is perpendicular to (1, 2)": {
        ConditionTruth.YES: ["(2,-1)"],
        ConditionTruth.NO: ["(0,0)", "(1,2)"],
    },
    "answer is (1, 2) or answer is (2, 1)": {ConditionTruth.YES: ["(2,1)"]},
    "(answer > 3 and answer < 5) or answer = 0": {ConditionTruth.YES: ["4"]},
    "not (answer > 3 or answer < 0)": {ConditionTruth.YES: ["2"]},
    "answer is not 5": {ConditionTruth.YES: ["x"]},
    "answer is x+1": {ConditionTruth.YES: ["1+x"]},
    "answer is a whole number": {
        ConditionTruth.YES: [
            "sqrt(16)",
            "(1+sqrt(2))^2 + (1-sqrt(2))^2",
            "(1+sqrt(2))^90+(1-sqrt(2))^90",
        ],
        ConditionTruth.NO: ["sqrt(15)", "sqrt(10^60+1)"],
    },
    r"answer > \left(-\frac{3}{2}\right)": {ConditionTruth.YES: ["-1"]},
    "4 > 3 and answer > 2": {ConditionTruth.YES: ["3"]},
}
KEY = AnswerKey("1", Kind.EXPRESSION)
ROOTS = "answer is a polynomial in x with roots 1 and 2"
SUM = "answer is a, b with a + b = 10"
ON_LINE = "answer holds at x = 1, y = 2"
EITHER = "answer is 5 or answer is 7"
ALONG = "answer is a multiple of (1, -2, 0)"


@pytest.mark.parametrize(
    ("condition", "answer", "truth"),
    [
        (condition, answer, truth)
        for condition, answers in TRUTHS.items()
        for truth, texts in answers.items()
        for answer in texts
    ],
)
def test_a_condition_holds_for_what_it_says(condition, answer, truth):
    check_condition(condition)
    with WorkBudget(1.2) as budget:
        assert truth_of(condition, read_answer(answer), KEY, budget) is truth


def key(value, kind, condition, **fields):
    return read_key({"value": value, "kind": kind, "condition": condition, **fields})


@pytest.mark.parametrize(
    ("answer_key", "response", "verdict", "rule"),
    [
        (key("x^2-3x+2", "expression", ROOTS), "5(x-2)(x-1)", "correct", "condition"),
        (key("x^2-3x+2", "expression", ROOTS), "p(x) = 5(x-2)(x-1)", "correct", "condition"),
        (key("x^2-3x+2", "expression", ROOTS), "It is 3(x-1)(x-2).", "correct", "condition"),
        (key("x^2-3x+2", "expression", ROOTS), "x^2+3x+2", "incorrect", "condition"),
        (key("x^2-3x+2", "expression", ROOTS), "x^2+)", "unreadable", "parse"),
        (key("x^2-3x+2", "expression", ROOTS), "(x-1)(x-2)cos(x)", "undecided", "condition"),
        (key("x^2-3x+2", "expression", ROOTS, form="factored"), "x^2-3x+2", "incorrect", "form"),
        (key("y=x+1", "equation", ON_LINE), "3y = 6", "correct", "condition"),
        (key("y=x+1", "equation", ON_LINE), "y = 2x-1", "incorrect", "condition"),
        (key("(1,-2,0)", "tuple", ALONG), "(-3,6,0)", "correct", "condition"),
        (key("4 cm", "quantity", "answer > 3"), "0.04 m", "correct", "condition"),
        (key("4 cm", "quantity", "answer > 3"), "0.02 m", "incorrect", "condition"),
        (key("4 cm", "quantity", "answer > 3"), "4 s", "incorrect", "condition"),
        (key("4 cm", "quantity", "answer > 3"), "4", "incorrect", "units"),
        (key("3; 7", "list", SUM, decimal_comma=True), "2,5; 7,5", "correct", "condition"),
        (key("5", "number", EITHER, tolerance="0.1"), "7.05", "correct", "condition"),
        (key("5", "number", "answer is a wish"), "5", "undecided", "invalid_key"),
    ],
)  # fmt: skip
def test_a_condition_decides_in_place_of_the_value(answer_key, response, verdict, rule):
    grade = grade_response(response, answer_key)
    assert (grade.verdict, grade.rule, grade.score) == (verdict, rule, verdict == "correct")


def test_a_value_beside_a_wrong_answer_does_not_count():
    """Of one stored value it would be sure that it is meant; of a condition it is not."""
    odd = key("3", "number", "answer is odd")
    assert grade_response("4", odd).verdict == Verdict.INCORRECT
    assert grade_response("4 or 5", odd).verdict != Verdict.CORRECT


@pytest.mark.parametrize(
    ("condition", "answer", "clause"),
    [
        (ROOTS + " and answer at x = 0 is 4", "(x-1)(x-2)", "answer at x = 0 is 4"),
        ("answer > 1 and not answer > 5", "7", "not answer > 5"),
        ("answer = 1 or answer = 2", "3", "answer = 1 or answer = 2"),
        ("answer is not even and 1 < answer < 9", "4", "answer is not even"),
        ("answer is odd and 1 < answer < 9", "11", "1 < answer < 9"),
        ("answer is odd", "11", ""),
    ],
)
def test_the_test_that_fails_is_named(condition, answer, clause):
    with WorkBudget(1.2) as budget:
        assert failed_clause(condition, read_answer(answer), KEY, budget) == clause


@pytest.mark.parametrize(
    "condition",
    ["answer = 2^{20000}", "answer is prime", "answer is a polynomial in x of degree 60"],
)
@pytest.mark.parametrize(
    "response", ["9^{9^{9^{9}}}", "(x+1)^{10^9}", "((((3!)!)!)!)!", "10^{300}+7"]
)
def test_a_huge_answer_ends_within_its_work(condition, response):
    answer_key = key("2", "expression", condition)
    grade = grade_response(response, answer_key, max_work_s=0.3)
    assert grade.verdict in (Verdict.INCORRECT, Verdict.UNDECIDED, Verdict.UNREADABLE)
    assert grade.rule in (Rule.CONDITION, Rule.DEADLINE, Rule.PARSE)
