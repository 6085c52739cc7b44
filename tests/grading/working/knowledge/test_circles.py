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


CENTRE_AND_RADIUS = r"Write the equation of the circle with centre \((2,-3)\) and radius \(4\)."
CENTRE_AND_POINT = "Find the equation of the circle with centre (0,0) through (3,4)."


def test_the_equation_of_a_circle_that_words_tell():
    assert_marks(CENTRE_AND_RADIUS, ["(x-2)^2+(y+3)^2=4^2", "x^2-4x+4+y^2+6y+9=16"])
    assert_marks(CENTRE_AND_RADIUS, [("(x-2)^2+(y+3)^2=4", "square_forgotten")])
    assert_marks(CENTRE_AND_RADIUS, [("(x-2)^2+(y+3)^2=8", "doubled_for_squared")])
    assert_marks(CENTRE_AND_RADIUS, [("(x+2)^2+(y-3)^2=16", "lost_sign")])
    assert_marks(CENTRE_AND_POINT, ["x²+y²=25"])


def test_a_statement_with_two_circles_tells_of_none():
    text = (
        r"Where do the circle around (1,2) with radius 3 and that around (4,5) with radius 2 meet?"
    )
    assert_marks(text, [("(x-4)^2+(y-5)^2=4", "…")])
