"""A term where an equation is asked for is asked about, and costs nothing."""

import pytest

from tutor.grading import FeedbackCode, Verdict, grade_response, read_key

CIRCLE, LINE = "(x-2)^2+(y+1)^2=9", "y = 3x + 1"


def judged(response, value):
    return grade_response(response, read_key({"kind": "equation", "value": value}))


@pytest.mark.parametrize(
    ("response", "value"),
    [
        *((text, CIRCLE) for text in ("(x-2)²+(y+1)²", "5", "9", "30°", "x + y")),
        *((text, LINE) for text in ("5", "30°")),
    ],
)
def test_it_says_that_an_equation_is_asked_for(response, value):
    grade = judged(response, value)
    assert grade.verdict == Verdict.UNREADABLE
    assert grade.feedback.code == FeedbackCode.EQUATION_ASKED
    assert "… = …" in str(grade.feedback)


@pytest.mark.parametrize(
    ("response", "value", "verdict"),
    [
        ("3x + 1", LINE, Verdict.CORRECT),  # meant as y = 3x + 1
        ("3x", LINE, Verdict.INCORRECT),  # which must not be free to try out
        ("5", "x = 5", Verdict.CORRECT),
        ("6", "x = 5", Verdict.INCORRECT),
        ("(x-2)²+(y+1)² = 8", CIRCLE, Verdict.INCORRECT),
        ("(3, 4)", CIRCLE, Verdict.INCORRECT),
    ],
)
def test_what_may_be_meant_as_an_equation_is_judged(response, value, verdict):
    assert judged(response, value).verdict == verdict


@pytest.mark.parametrize(
    ("kind", "value", "example"),
    [
        ("quantity", "28 m^2", "5 cm^2"),
        ("equation", CIRCLE, "y = 2x+1"),
        ("inequality", "x > 2", "x > 3"),
        ("number", "28", "3/4"),
    ],
)
def test_examples_are_of_the_kind_that_is_asked_for(kind, value, example):
    feedback = grade_response(
        "ayudame por favor", read_key({"kind": kind, "value": value})
    ).feedback
    assert example in str(feedback)
