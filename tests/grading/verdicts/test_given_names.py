"""A value with the name of what the statement gives is no answer."""

import pytest

from tutor.grading import Verdict, read_key
from tutor.grading.feedback import FeedbackCode
from tutor.grading.grade import by_statement, grade_response

TRIANGLE = (
    r"In triangle \(ABC\), \(\angle A=48^\circ\) and \(\angle B=67^\circ\). Find \(\angle C\)."
)
SIDES = r"Im Dreieck ist \(a = 4\) cm und \(b = 6\) cm. Berechne \(c\)."
PROPORTIONAL = (
    r"\(y\) is proportional to \(x\), and \(y = 12\) when \(x = 3\). Find \(x\) when \(y = 20\)."
)


def grade(statement, value, response):
    key = read_key({"value": value, "kind": "quantity" if value[-1] not in "5" else "number"})
    return by_statement(grade_response(response, key), response, key, statement)


@pytest.mark.parametrize(
    ("statement", "value", "response"),
    [
        (TRIANGLE, "65°", "angle A = 65°"),
        (TRIANGLE, "65°", "∠B = 65°"),
        (TRIANGLE, "65°", r"\angle A = 65^\circ"),
        (SIDES, "5 cm", "b = 5 cm"),
    ],
)
def test_the_name_of_a_given_value_is_another_one(statement, value, response):
    result = grade(statement, value, response)
    assert (result.verdict, result.feedback.code) == (Verdict.INCORRECT, FeedbackCode.OTHER_NAME)


@pytest.mark.parametrize(
    ("statement", "value", "response"),
    [
        (TRIANGLE, "65°", "angle C = 65°"),
        (TRIANGLE, "65°", "C = 65°"),
        (TRIANGLE, "65°", "x = 65°"),
        (SIDES, "5 cm", "c = 5 cm"),
        (PROPORTIONAL, "5", "x = 5"),
        ("A rectangle has area \\(A = 20\\). What is its area \\(A\\) after 5?", "25", "A = 25"),
    ],
)
def test_the_name_asked_for_and_new_names_are_right(statement, value, response):
    assert grade(statement, value, response).verdict == Verdict.CORRECT
