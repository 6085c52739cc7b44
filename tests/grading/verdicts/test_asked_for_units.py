"""A bare number is asked for its unit, right or wrong, where only a measure can be right."""

import pytest

from tutor.grading import FeedbackCode, Verdict, grade_response, read_key
from tutor.grading.verdicts.asked_for_units import asking_for_unit, needs_unit


@pytest.mark.parametrize(
    ("value", "kind", "is_needed"),
    [
        ("5 cm", "quantity", True),
        ("16 km/h", "quantity", True),
        ("5 apples", "quantity", False),
        ("35%", "number", False),
        ("5", "number", False),
        ("x + 1", "expression", False),
    ],
)
def test_only_a_measure_needs_its_unit(value, kind, is_needed):
    assert needs_unit(read_key({"value": value, "kind": kind})) is is_needed


@pytest.mark.parametrize("response", ["5", "7", "10/2"])
def test_right_and_wrong_numbers_are_asked_alike(response):
    key = read_key({"value": "5 cm", "kind": "quantity"})
    grade = asking_for_unit(grade_response(response, key), response, key)
    assert (grade.verdict, grade.feedback.code) == (Verdict.UNREADABLE, FeedbackCode.UNIT_ASKED)


@pytest.mark.parametrize("response", ["5 cm", "7 cm", "5 kg"])
def test_an_answer_with_a_unit_is_graded(response):
    key = read_key({"value": "5 cm", "kind": "quantity"})
    grade = grade_response(response, key)
    assert asking_for_unit(grade, response, key) == grade
