"""The centre and the radius of a circle, from its equation."""

import pytest

from tests.grading.working.marking import assert_marks
from tutor.grading.working.knowledge.circles import circle_of
from tutor.grading.working.task import read_task

EXPANDED = r"Find the centre and the radius of the circle \(x^2 + y^2 - 6x + 4y - 12 = 0\)."
SQUARES = r"Mittelpunkt und Radius von \((x+4)^2 + (y-1)^2 = 36\)?"


def test_right_centres_and_radii():
    assert_marks(EXPANDED, ["(x-3)² + (y+2)² = 25", "C(3,-2)", "r = 5"])
    assert_marks(EXPANDED, ["centre (3, -2)", "radius = √25 = 5"])
    assert_marks(SQUARES, ["M(-4|1)", "r = √36 = 6"])
    assert_marks(SQUARES, ["Mittelpunkt: (-4|1)", "Radius = 6"])


def test_usual_mistakes():
    assert_marks(EXPANDED, [("M = (-3, 2)", "lost_sign")])
    assert_marks(EXPANDED, [("centre = (-6, 4)", "half_forgotten")])
    assert_marks(SQUARES, [("M(4|-1)", "lost_sign")])
    assert_marks(SQUARES, [("r = 36", "root_forgotten")])


@pytest.mark.parametrize("curve", ["y = x^2 + 1", "x^2 + 2y^2 = 4", "xy = 4", "x^3 + y^3 = 9"])
def test_other_curves_are_no_circles(curve):
    [equation] = read_task(rf"Draw \({curve}\).").equations
    assert circle_of(equation) is None
