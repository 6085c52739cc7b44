"""Several values where one is asked for, and one where several entries are."""

import pytest

from tutor.grading import FeedbackCode, Verdict, grade_response, read_key


def judged(response, value="8", kind="number", **fields):
    return grade_response(response, read_key({"value": value, "kind": kind, **fields}))


@pytest.mark.parametrize(
    "response", ["x=8 or x=9", "x = 8 oder x = 9", "x=8 或 x=9", "8 or 9", "3 or 4"]
)
def test_of_several_values_one_is_asked_for(response):
    grade = judged(response)
    assert grade.verdict == Verdict.UNREADABLE
    assert grade.feedback.code == FeedbackCode.ONE_VALUE_ASKED


@pytest.mark.parametrize("response", ["7.5 + 0.5 or 8", "8 or 8.0"])
def test_one_value_written_twice_is_right(response):
    assert judged(response).verdict == Verdict.CORRECT


@pytest.mark.parametrize(
    ("response", "fields"),
    [
        ("9", {}),
        ("x > 8 or x < 3", {}),
        ("3 m and 20 cm", {"value": "3", "kind": "quantity", "unit": "m"}),
        ("x=8 or x=9", {"value": "5, 8", "kind": "list"}),
    ],
)
def test_of_other_answers_it_is_not_said(response, fields):
    feedback = judged(response, **fields).feedback
    assert feedback is None or feedback.code != FeedbackCode.ONE_VALUE_ASKED


@pytest.mark.parametrize("response", ["5 cm, 6 cm", "5 cm and 6 cm", "5, 6", "5 cm; 6 cm"])
def test_of_a_list_too_one_value_is_asked_for(response):
    grade = judged(response, "5", "quantity", unit="cm")
    assert grade.feedback.code == FeedbackCode.ONE_VALUE_ASKED


@pytest.mark.parametrize(
    ("response", "value"),
    [("30°", "30°, 150°"), ("x = 30°", "30°, 150°"), ("3 cm", "3 cm, 4 cm"), ("50 %", "50%, 20%")],
)
@pytest.mark.parametrize("kind", ["list", "set"])
def test_of_several_quantities_one_is_a_part(response, value, kind):
    grade = judged(response, value, kind)
    assert (grade.verdict, grade.score) == (Verdict.INCORRECT, 0.5)
    assert grade.feedback.code == FeedbackCode.VALUES_MISSING


@pytest.mark.parametrize("kind", ["list", "set"])
def test_a_quantity_is_never_told_to_be_one(kind):
    for response in ("45°", "30 cm", "45 %"):
        feedback = judged(response, "30°, 150°", kind).feedback
        assert feedback is None or feedback.code != FeedbackCode.NOT_A_QUANTITY


def test_one_number_for_a_pair_is_told_how_many_entries_it_needs():
    grade = judged("1", "(1, 2)", "tuple")
    assert grade.verdict == Verdict.INCORRECT
    assert str(grade.feedback) == "The answer needs 2 entries. This one has another number of them."
