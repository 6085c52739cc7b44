"""A term that the statement asks for may stand before its value."""

import pytest

from tutor.grading import Verdict, by_statement, grade_response, read_key


def _verdict(response, value, kind, statement):
    key = read_key({"value": value, "kind": kind})
    return by_statement(grade_response(response, key), response, key, statement).verdict


@pytest.mark.parametrize(
    ("response", "value", "kind", "statement"),
    [
        ("3v = (6, -3)", "(6, -3)", "tuple", r"Let v = (2, -1). Calculate \(3\vec{v}\)."),
        ("3v=(6,-3)", "(6, -3)", "tuple", "已知v=(2,-1)，计算3v的值。"),
        ("2x = 8", "8", "number", "If x + 1 = 5, find 2x."),
    ],
)
def test_a_term_that_is_asked_for_names_the_answer(response, value, kind, statement):
    assert _verdict(response, value, kind, statement) == Verdict.CORRECT


@pytest.mark.parametrize(
    ("response", "statement"),
    [
        ("2x = 8", "Solve 2x = 16."),
        ("2x = 8", "Find x, if 2x is twice as much as 8."),
        ("2x = 9", "If x + 1 = 5, find 2x."),
        ("2x = 8", "Find 2x + 1."),
    ],
)
def test_any_other_term_does_not(response, statement):
    assert _verdict(response, "8", "number", statement) == Verdict.INCORRECT


@pytest.mark.parametrize(
    ("response", "value", "statement"),
    [
        ("4.3782 ≈ 4.38", "4.38", "Round 4.3782 to two decimal places."),
        (r"4.3782 \approx 4.38", "4.38", r"Round \(4.3782\) to two decimal places."),
        ("7382≈7000", "7000", "Runde 7382 auf Tausender."),
    ],
)
def test_a_number_that_is_to_be_rounded_may_stand_before_its_answer(response, value, statement):
    assert _verdict(response, value, "number", statement) == Verdict.CORRECT


@pytest.mark.parametrize(
    ("response", "statement"),
    [
        ("14.3782 ≈ 4.38", "Round 4.3782 to two decimal places."),
        ("2 ≈ 4.38", "Round 4.3782 to 2 decimal places."),
        ("4.39 ≈ 4.38", "Round 4.3782 to 2 decimal places."),
    ],
)
def test_no_other_number_may(response, statement):
    assert _verdict(response, "4.38", "number", statement) != Verdict.CORRECT
