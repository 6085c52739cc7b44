"""An equation that is to be solved is not solved by an equation that has the same solutions."""

import pytest

from tutor.grading import FeedbackCode, Rule, Verdict, by_statement, grade_response, read_key

SOLVE = r"Solve \(x^2-2x-15=0\)."


def judged(statement, kind, value, response, **fields):
    key = read_key({"value": value, "kind": kind, **fields})
    return by_statement(grade_response(response, key), response, key, statement)


@pytest.mark.parametrize("response", ["(x-5)(x+3)=0", "x-5=0 or x+3=0", "x^2-2x=15"])
def test_an_equation_on_the_way_is_not_finished(response):
    grade = judged(SOLVE, "equation", "x=5 or x=-3", response)
    assert (grade.verdict, grade.rule) == (Verdict.INCORRECT, Rule.FORM)
    assert grade.is_unfinished
    assert grade.feedback.code == FeedbackCode.NOT_THE_SUBJECT
    assert grade.feedback.params == {"text": "x"}


@pytest.mark.parametrize(
    "response",
    ["x=5 or x=-3", "x=-3, x=5", "-3 = x or 5 = x", "x_1=5, x_2=-3", "L={-3,5}"],
)
def test_solutions_are_right_however_they_are_written(response):
    assert judged(SOLVE, "equation", "x=5 or x=-3", response).verdict == Verdict.CORRECT


@pytest.mark.parametrize(
    ("statement", "value", "response", "is_solved"),
    [
        ("Löse \\(5^x=12\\).", r"x=\ln(12)/\ln(5)", "x ln5 = ln12", False),
        ("Solve the system.", "x=3, y=2", "x+y=5, x-y=1", False),
        ("Solve the system.", "x=3, y=2", "(x,y)=(3,2)", True),
        ("Solve 2x+3y=12 for y.", "y=4-2x/3", "x=6-3y/2", False),
        ("Solve 2x+3y=12 for y.", "y=4-2x/3", "y=(12-2x)/3", True),
        ("Solve for x.", "x=5", "x=12-7", False),
        ("Solve for x.", "x=5", "x=10/2", True),
        ("Find the line.", "y=2x+1", "2x-y+1=0", True),
        ("Find the vertical asymptote.", "x=4", "x-4=0", True),
    ],
)
def test_the_letter_of_the_answer_stands_alone(statement, value, response, is_solved):
    grade = judged(statement, "equation", value, response)
    assert (grade.verdict == Verdict.CORRECT) == is_solved
    assert is_solved or grade.is_unfinished


@pytest.mark.parametrize(
    ("statement", "response", "verdict"),
    [
        (r"What is \(x\) if \(x+7=12\)?", "y=5", Verdict.UNDECIDED),
        (r"¿Cuánto vale \(x\)?", "y=5", Verdict.UNDECIDED),
        (r"Solve \(5x=25\) for \(x\).", "y=5", Verdict.UNDECIDED),
        (r"What is \(x\) if \(x+7=12\)?", "X = 5", Verdict.CORRECT),
        (r"Find \(f(2)\).", "y = 5", Verdict.CORRECT),
        ("How many are there?", "n=5", Verdict.CORRECT),
    ],
)
def test_the_value_of_another_letter_is_left_to_a_teacher(statement, response, verdict):
    assert judged(statement, "number", "5", response).verdict == verdict
