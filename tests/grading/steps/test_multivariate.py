"""Implication between equations in several variables."""

import pytest

from tests.grading.steps.checking import verdicts


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["v=d/t", "d=v*t", "t=d/v"], "upp"),
        (["v=d/t", "t=v/d"], "ur"),
        (["x+y=10, x-y=2", "2x=12", "x=6", "y=4"], "uppp"),
        (["x+y=10, x-y=2", "2x=12", "x=6", "y=5"], "uppr"),
        (["y=x", "y=|x|"], "ur"),
        (["a=b", "a^2=b^2"], "up"),
    ],
)
def test_a_system_and_a_curve_imply_what_holds_on_them(lines, expected):
    assert verdicts(lines) == expected
