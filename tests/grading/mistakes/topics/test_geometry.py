"""Figures and solids: which formula, which factor, which length."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName

DISC = "A disc has the radius 4 cm. Give its exact area."
MIRROR = "A round mirror is 18 cm across. What is its exact area?"
ROUND = "Ein Kreis hat den Durchmesser 12 cm. Wie groß ist sein Umfang?"
CAN = "A cylindrical can has radius 5 cm and height 8 cm. What is its exact volume?"
CONE = "圆锥的底面半径为 6，高为 5，求体积。"
CUBE = "Un cube a une arête de 4 cm. Quel est son volume ?"
LADDER = "A ladder of 10 m leans against a wall; its foot is 6 m away. How high does it reach?"
SIDES = "The legs of a right triangle are 8 and 15. How long is the hypotenuse?"
BOX = "A box is 2 by 6 by 9. How long is its space diagonal?"
TREE = r"The top of a tree 30 m away is seen at \(40^\circ\). How high is it?"
HEXAGON = "How large is each interior angle of a regular hexagon?"
TRIANGLE = "A triangle has the base 14 and the height 6. What is its area?"
SCALE = "The edges of a cube are tripled. By which factor does its volume grow?"
PEN = "60 m of fence enclose three sides of a rectangle at a wall. What is the largest area?"


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        (DISC, r"16\pi", "64π", MistakeName.RADIUS_FOR_DIAMETER),
        (DISC, r"16\pi", "8π", MistakeName.AREA_FOR_CIRCUMFERENCE),
        (DISC, r"16\pi", "4π", MistakeName.RADIUS_FOR_DIAMETER),
        (MIRROR, r"81\pi", "9π", MistakeName.RADIUS_NOT_SQUARED),
        (ROUND, r"12\pi", "36π", MistakeName.AREA_FOR_CIRCUMFERENCE),
        (ROUND, r"12\pi", "24π", MistakeName.RADIUS_FOR_DIAMETER),
        (CAN, r"200\pi", "40π", MistakeName.RADIUS_NOT_SQUARED),
        (CAN, r"200\pi", "130π", MistakeName.SURFACE_FOR_VOLUME),
        (CAN, r"200\pi", "800π", MistakeName.RADIUS_FOR_DIAMETER),
        (CONE, r"60\pi", "180π", MistakeName.THIRD_FORGOTTEN),
        (CUBE, "64", "96", MistakeName.SURFACE_FOR_VOLUME),
        (CUBE, "64", "12", MistakeName.POWER_AS_PRODUCT),
        (LADDER, "8", "64", MistakeName.ROOT_FORGOTTEN),
        (LADDER, "8", "4", MistakeName.ADDED_WITHOUT_SQUARING),
        (LADDER, "8", "11.66", MistakeName.HYPOTENUSE_AS_LEG),
        (SIDES, "17", "23", MistakeName.ADDED_WITHOUT_SQUARING),
        (SIDES, "17", "289", MistakeName.ROOT_FORGOTTEN),
        (BOX, "11", "√40", MistakeName.FACE_DIAGONAL),
        (BOX, "11", "17", MistakeName.ADDED_WITHOUT_SQUARING),
        (TREE, "25.17", "19.28", MistakeName.WRONG_TRIGONOMETRIC_FUNCTION),
        (TREE, "25.17", "35.75", MistakeName.QUOTIENT_UPSIDE_DOWN),
        (HEXAGON, "120", "60", MistakeName.EXTERIOR_ANGLE),
        (HEXAGON, "120", "720", MistakeName.STOPPED_EARLY),
        (TRIANGLE, "42", "84", MistakeName.HALF_FORGOTTEN),
        (SCALE, "27", "3", MistakeName.LENGTH_RATIO_FOR_AREA),
        (PEN, "450", "225", MistakeName.WALL_COUNTED),
        (PEN, "450", "15", MistakeName.POSITION_FOR_VALUE),
        (CAN, r"200\pi", "77π", None),
        (SIDES, "17", "20", None),
    ],
)
def test_it_names_the_mistake(statement, value, response, name):
    assert mistake(statement, value, response) == name
