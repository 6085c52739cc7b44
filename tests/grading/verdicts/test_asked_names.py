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
