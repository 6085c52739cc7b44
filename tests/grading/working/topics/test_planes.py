"""Values of a term at points, and the corners of a region."""

import pytest

from tests.grading.working.marking import marks

BAKERY = (
    r"A bakery makes \(x\) scones and \(y\) muffins with \(x+y\le 10\), \(2x+y\le 16\) and "
    r"\(x,y\ge 0\). The profit is \(P=5x+4y\). Maximise \(P\)."
)


@pytest.mark.parametrize("line", ["P(8,0)=40", "P(6,4) = 30+16 = 46", "P(6|4) = 5·6+4·4"])
def test_a_value_at_a_point_is_proved(line):
    assert marks([line], BAKERY) == "p"


def test_another_value_is_refuted():
    assert marks(["P(8,0)=45"], BAKERY) == "r"
    assert marks(["Q(8,0)=45"], BAKERY) != "r"


def test_all_corners_are_proved_and_other_points_refuted():
    assert marks(["corners (0,0) (8,0) (6,4) (0,10)"], BAKERY) == "p"
    assert marks(["corners: (0,0), (10,0), (6,4), (0,10)"], BAKERY) == "r"
    assert marks(["corners: (0,0), (8,0), (6,4)"], BAKERY) not in ("p", "r")
