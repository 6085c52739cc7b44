"""Proportions, shares, speeds, sums and differences, angles."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName

WORKERS = "5 painters need 6 days. How many days do 3 painters need?"
SHARE = "Share 90 euros in the ratio 4 : 5. How large is the larger share?"
NUMBERS = "Two numbers have the sum 60 and the difference 8. Find the larger one."
RIDE = "A cyclist rides 45 km in 2 h 30 min. How fast is that in km/h?"


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        (WORKERS, "10", "18/5", MistakeName.DIRECT_FOR_INVERSE_PROPORTION),
        (WORKERS, "10", "30", MistakeName.STOPPED_EARLY),
        (SHARE, "50", "40", MistakeName.OTHER_PART_ANSWERED),
        (SHARE, "50", "10", MistakeName.STOPPED_EARLY),
        (NUMBERS, "34", "52", MistakeName.SUBTRACTED_ONCE),
        (NUMBERS, "34", "68", MistakeName.HALF_FORGOTTEN),
        (RIDE, "18", "19.57", MistakeName.MINUTES_AS_DECIMALS),
        (WORKERS, "10", "17", None),
    ],
)
def test_it_names_the_mistake(statement, value, response, name):
    assert mistake(statement, value, response) == name


def test_angles_of_an_equation():
    statement = r"Find all \(x\) with \(0 \le x < 2\pi\) and \(2\sin x = \sqrt{3}\)."
    right = r"\{\frac{\pi}{3}, \frac{2\pi}{3}\}"
    assert mistake(statement, right, "{60,120}", "set") == MistakeName.DEGREES_FOR_RADIANS
    name = MistakeName.WRONG_TRIGONOMETRIC_VALUE
    assert mistake(statement, right, "{π/3,4π/3}", "set") == name
    assert mistake(statement, right, "{π/6,5π/6}", "set") == name
