"""Chances of normal and binomial variables that the statement tells."""

import pytest

from tests.grading.working.marking import assert_marks, marks

HEIGHTS = (
    "The heights are normally distributed with mean 170 cm and standard deviation 8 cm. "
    "Find the chance of a height between 162 and 186 cm."
)
SHORT = r"\(X\sim N(50,16)\). Find \(P(X>58)\)."
MIRROR = r"已知随机变量\(X\sim N(3,\sigma^2)\)，\(P(X\le 5)=0.7\)，求\(P(1<X<5)\)。"
PARTS = r"\(X\sim B(8, 0.25)\). Find \(P(X\ge 2)\)."
THROWS = "某人投篮命中率为0.7，投4次，求恰好命中3次的概率。"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (HEIGHTS, ["z1 = (162-170)/8 = -1", "z2 = (186 - 170)/8 = 2"]),
        (HEIGHTS, ["P(162<X<186) = 0.9772 - 0.1587 = 0.8185"]),
        (HEIGHTS, ["P(X<162) = 1 - 0.8413 = 0.1587, so about 15.9 %"]),
        (SHORT, ["z = (58-50)/4 = 2", "P(X>58) = P(Z>2) = 1 - 0.9772 = 0.0228"]),
        (MIRROR, ["P(X>5)=1-0.7=0.3", "由对称性，P(X<1)=P(X>5)=0.3", "P(1<X<5)=1-2×0.3=0.4"]),
        (PARTS, ["P(X≥2) = 1 - P(X≤1)", "P(X>=2) = 1 - P(X=0) - P(X=1)"]),
        (THROWS, ["X~B(4,0.7)", "n=4，p=0.7，k=3"]),
    ],
)
def test_right_lines(statement, lines):
    assert_marks(statement, lines)


@pytest.mark.parametrize(
    ("statement", "line", "slip"),
    [
        (SHORT, "z = (58-50)/16 = 0.5", "root_forgotten"),
        (MIRROR, "P(1<X<5)=1-0.3=0.7", "half_forgotten"),
    ],
)
def test_usual_mistakes(statement, line, slip):
    assert_marks(statement, [(line, slip)])


def test_the_other_side_is_refuted():
    assert marks(["P(X>186) = 0.9772"], HEIGHTS) == "r"
    assert marks(["P(X<1) = P(X<5)"], MIRROR) == "r"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (PARTS, "P(X≥2) = 1 - P(X≤2)"),
        (THROWS, "X~B(3,0.7)"),
        (THROWS, "n=4，p=0.7，k=2"),
        (SHORT, "P(Y>58) = 0.5"),
        (MIRROR, "P(X>6) = 0.3"),
        (HEIGHTS, "z = (162-170)/8 = -1.5"),
    ],
)
def test_lines_that_are_not_proved(statement, line):
    assert marks([line], statement) in "ur"


def test_another_variable_is_not_refuted():
    assert marks(["P(Y>58) = 0.5"], SHORT) == "u"
