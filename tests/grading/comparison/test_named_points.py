"""Points with their names, also those of images and of several points of one kind."""

import pytest

from tutor.grading import Verdict, grade_response, read_key


@pytest.mark.parametrize("value", ["(0, 4), (5, 5)", "A'(0, 4), B'(5, 5)"])
@pytest.mark.parametrize(
    "response", ["A'(0|4) und B'(5|5)", "A'(0,4), B'(5,5)", "A'(0; 4) and B'(5; 5)"]
)
def test_images_have_names(response, value):
    assert grade_response(response, read_key({"value": value, "kind": "list"})).verdict == (
        Verdict.CORRECT
    )


@pytest.mark.parametrize("response", ["S1(0|4), S2(5|5)", "S_1(0|4) et S_2(5|5)", "A(0|4), B(5|5)"])
def test_points_have_numbers(response):
    key = read_key({"value": "(0, 4), (5, 5)", "kind": "list"})
    assert grade_response(response, key).verdict == Verdict.CORRECT


@pytest.mark.parametrize(
    "response", ["A'(4|0) und B'(5|5)", "A'(0|4)", "A'(0|4) und B'(5|4)", "S1(0|4), S2(4|5)"]
)
def test_other_points_are_not_right(response):
    key = read_key({"value": "(0, 4), (5, 5)", "kind": "list"})
    assert grade_response(response, key).verdict != Verdict.CORRECT
