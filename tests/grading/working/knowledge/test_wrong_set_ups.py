"""Set-ups that only a usual mistake leads to, beside the right ones."""

import pytest

from tests.grading.working.marking import assert_marks

DISCOUNT = "A jacket costs $68 after a 15% discount. What was the price before the discount?"
SALE = "The original price is $68. What is it before tax, after a 15% discount?"
GROWTH = "A town grew from 4800 to 5640 people. By what percentage did it grow?"
SHARE = "Omar got 45 out of 60 points. What percent is that?"
SPEED = "A car drives at 54 km/h. How many metres per second is that?"
ROUND_TRIP = "Rosa drives to the coast at 60 km/h and returns at 40 km/h. Find her average speed."
CONE = r"A cone has a diameter of 12 cm and a height of 9 cm. What is its volume?"
KITE = "A kite flies on an 80 m string that makes an angle of 35° with the ground. How high is it?"
ANGLES = r"The angles of a triangle are \(x\), \(2x\) and \(3x + 12\) degrees. Find \(x\)."
TILE = "A tile has an area of 20 cm². What is the area if the sides are three times as long?"
PAINTERS = "Six painters need 10 days. How many days do four painters need?"
SEQUENCE = r"On a \(u_0 = 3\), \(u_{n+1} = 2u_n - 1\), \(v_n = u_n - 1\). Exprimer \(u_n\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (DISCOUNT, ["0.85p = 68", "p = 68/0.85 = 80", "15% of 80 = 12"]),
        (SALE, ["15% of 68 = 10.20", "68 - 10.20 = 57.80"]),
        (GROWTH, ["5640-4800=840", "840/4800 = 0.175"]),
        (SHARE, ["45/60 = 0.75"]),
        (SPEED, ["54 / 3.6 = 15"]),
        (ROUND_TRIP, ["average = 2*60*40/(60+40) = 48"]),
        (CONE, ["V = 1/3 π r² h", "V = 1/3 · π · 6² · 9 = 108π"]),
        (KITE, ["sin 35 = h/80", "h = 80 sin 35 = 45.9"]),
        (ANGLES, ["x + 2x + 3x + 12 = 180", "x = 28"]),
        (TILE, ["3² = 9", "9*20 = 180"]),
        (PAINTERS, ["6*10 = 60", "60/4 = 15"]),
    ],
)
def test_right_set_ups(statement, lines):
    assert_marks(statement, lines)


@pytest.mark.parametrize(
    ("statement", "line", "slip"),
    [
        (DISCOUNT, "15% of 68 = 10.20", "percent_base"),
        (DISCOUNT, "68 * 1.15 = 78.20", "percent_base"),
        (GROWTH, "840/5640 = 0.149", "percent_base"),
        (SHARE, "60/45 = 4/3", "inverse_ratio"),
        (SPEED, "54 * 3.6 = 194.4", "unit_conversion"),
        (ROUND_TRIP, "average = (60+40)/2 = 50", "unweighted"),
        (CONE, "V = 1/3 · π · 12² · 9", "diameter_for_radius"),
        (KITE, "cos 35 = h/80", "wrong_ratio"),
        (KITE, "h = 80 tan(35)", "wrong_ratio"),
        (TILE, "3 * 20 = 60", "square_forgotten"),
        (PAINTERS, "10/6 = 1.67", "inverse_ratio"),
    ],
)
def test_usual_mistakes(statement, line, slip):
    assert_marks(statement, [(line, slip)])


def test_members_of_a_sequence_are_no_products():
    assert_marks(SEQUENCE, [("vn = 2*2^n", "…"), ("un = vn+1 = 2*2^n + 1", "…")])
