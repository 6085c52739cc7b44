"""A line's equation is finished in the form that the statement names, if the stored one has it."""

import pytest

from tutor.grading import FeedbackCode, Rule, Verdict, by_statement, grade_response, read_key

GENERAL = r"Give the line in the form \(ax + by = c\) with integers a, b, c."
ZERO = "Écris l'équation sous la forme ax + by + c = 0."
SLOPE = "Write the equation of the line in the form y = mx + b."


def judged(statement, value, response, **fields):
    key = read_key({"value": value, "kind": "equation", **fields})
    return by_statement(grade_response(response, key), response, key, statement)


@pytest.mark.parametrize(
    ("statement", "value", "response", "form"),
    [
        (GENERAL, "3x-2y=4", "y = 1.5x - 2", "ax + by = c"),
        (GENERAL, "3x-2y=4", "1.5x - y = 2", "ax + by = c"),
        (GENERAL, "3x-2y=4", "3x/2 - y = 2", "ax + by = c"),
        (GENERAL, "3x-2y=4", "3x - 2y - 4 = 0", "ax + by = c"),
        (r"Give it as \(a \cdot x + b \cdot y = c\).", "3x-2y=4", "3x-2y-4=0", "ax + by = c"),
        (ZERO, "3x-2y-4=0", "3x-2y=4", "ax + by + c = 0"),
        (SLOPE, "y=2x+1", "2x - y = -1", "y = mx + b"),
        (SLOPE, "y=2x+1", "y - 3 = 2(x - 1)", "y = mx + b"),
        (SLOPE, "y=2x+1", "y = 2(x-1) + 3", "y = mx + b"),
        (SLOPE, "y=2x+1", "2y = 4x + 2", "y = mx + b"),
        (SLOPE, "y=2x+1", "y = x + x + 1", "y = mx + b"),
    ],
)
def test_the_right_line_in_another_form_is_not_finished(statement, value, response, form):
    grade = judged(statement, value, response)
    assert (grade.verdict, grade.rule) == (Verdict.INCORRECT, Rule.FORM)
    assert grade.is_unfinished
    assert grade.feedback.code == FeedbackCode.NOT_A_LINE_OF_FORM
    assert grade.feedback.params == {"text": form}


@pytest.mark.parametrize(
    ("statement", "value", "response"),
    [
        (GENERAL, "3x-2y=4", "-3x + 2y = -4"),
        (GENERAL, "3x-2y=4", "6x - 4y = 8"),
        (GENERAL, "3x-2y=4", "-2y + 3x = 4"),
        (GENERAL, "3x-2y=4", r"3x-2y=4"),
        (ZERO, "3x-2y-4=0", "-3x+2y+4=0"),
        (ZERO, "3x-2y-4=0", "1,5x - y - 2 = 0"),
        (SLOPE, "y=2x+1", "y = 1 + 2x"),
        (SLOPE, "y=x/2-3", "y = 0.5x - 3"),
        (SLOPE, "y=x/2-3", "x/2 - 3 = y"),
        (SLOPE, "2x-y=-1", "2x - y + 1 = 0"),  # the stored answer has another form itself
        ("Find the line through A and B.", "y=2x+1", "2x - y = -1"),
    ],
)
def test_what_has_the_form_is_right(statement, value, response):
    fields = {"decimal_comma": True} if "," in response else {}
    assert judged(statement, value, response, **fields).verdict == Verdict.CORRECT


@pytest.mark.parametrize(
    ("statement", "value", "response", "verdict"),
    [
        ("Give an equation of the tangent.", "y=x-2", "x-2", Verdict.INCORRECT),
        ("Write it with y alone on the left.", "y=-5(x-8)^2-8", "-5(x-8)^2-8", Verdict.INCORRECT),
        ("求切线的方程。", "y=x-2", "x-2", Verdict.INCORRECT),
        ("Give an equation of the tangent.", "y=x-2", "y-x=-2", Verdict.CORRECT),
        ("Solve the equation of motion.", "x=5", "5", Verdict.CORRECT),
        ("Solve v = u + at for u.", "u=v-at", "v-at", Verdict.CORRECT),
    ],
)
def test_one_side_is_not_the_equation_of_a_curve(statement, value, response, verdict):
    assert judged(statement, value, response).verdict == verdict
