"""Lines whose words decide: kinds of extrema, obtuse angles, shares of a whole, counted things."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks, refuted_check
from tutor.grading.steps.claim_results import Slip

CUBIC = r"Determine the extrema of \(g(x)=x^3-27x\)."
TRIANGLE = (
    r"In triangle ABC, \(a=1\), \(b=\sqrt3\), \(A=30^\circ\), and the angle B is obtuse. Find B."
)
RATIO = "In a club of 40 members the ratio of girls to boys is 3 : 5. How many girls are there?"
CARDS = "How many different four-digit numbers can be made of the digits 7, 7, 2, 5?"
COIN = "A coin is tossed 5 times. What is the probability of exactly three heads?"

HITS = (
    "A player hits with probability 0.3 and throws four times. Find the probability that he hits "
    "at least once."
)


@pytest.mark.parametrize(
    ("statement", "line", "slip"),
    [
        (CUBIC, "so the minimum is g(-3) = 54", Slip.EXTREMUM_KIND),
        (r"求函数 \(f(x)=x^3-3x^2\) 的极值。", "极小值f(0)=0，极大值f(2)=-4", Slip.EXTREMUM_KIND),
        (TRIANGLE, "B = 60°", Slip.WRONG_BRANCH),
        (RATIO, "girls = 3/5 of 40 = 24", Slip.PART_FOR_WHOLE),
        (CARDS, "there are 24 numbers", Slip.REPETITION_FORGOTTEN),
        (COIN, "P = 0.5^3 * 0.5^2", Slip.ORDER_FORGOTTEN),
        (CUBIC, "g''(3) = 18 > 0 so (3, -54) is a maximum", Slip.EXTREMUM_KIND),
        (HITS, "P = 1 - 0.3^4", Slip.SET_UP),
        ("Two consecutive odd numbers add up to 56. Find them.", "n and n + 1", Slip.SET_UP),
        ("从 8 名队员中选正、副队长各一名，有多少种选法？", "答：共有28种选法", Slip.SET_UP),
        (
            "A coat of 90 € is reduced by 20 %, and then by 10 % of the new price. What is it now?",
            "20% + 10% = 30%",
            Slip.PERCENT_BASE,
        ),
        (
            "Eine Münze wird viermal geworfen. Wie groß ist die Wahrscheinlichkeit für genau "
            "zweimal Zahl?",
            "P = 0.5² * 0.5²",
            Slip.ORDER_FORGOTTEN,
        ),
        (
            r"Trouve le maximum de \(f(x)=x^3-12x\) sur [0, 3].",
            "le maximum est 16 et il est en x = -2",
            Slip.OUTSIDE_INTERVAL,
        ),
    ],
)
def test_a_line_whose_words_are_wrong_is_refuted(statement, line, slip):
    refuted = refuted_check([line], statement).refuted
    assert refuted is not None
    assert refuted.slip == slip


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (CUBIC, ["the maximum is g(-3) = 54", "min: g(3) = -54"]),
        (TRIANGLE, ["B = 60°", "B = 180° - 60° = 120°"]),
        (RATIO, ["girls = 3/8 of 40 = 15"]),
        (CARDS, ["4!/2! = 12", "there are 12 numbers"]),
        (
            "A coin is tossed 5 times. What is the probability of exactly three heads?",
            ["P = 10/32"],
        ),
        (CUBIC, ["g''(3) = 18 > 0 so (3, -54) is a minimum"]),
        (HITS, ["P(at least one) = 1 - P(none)", "= 1 - 0.7^4"]),
        ("Two consecutive odd numbers add up to 56. Find them.", ["n and n + 2"]),
        ("一件衣服 300 元，打八五折出售，卖多少元？", ["300×0.85=255"]),
        (COIN, ["P(HHHTT) = 0.5^3 * 0.5^2 = 1/32"]),
        (
            "There are 40 boys in a club, and the ratio of girls to boys is 3 : 5. Find the girls.",
            ["girls = 3/5 of 40 = 24"],
        ),
    ],
)
def test_a_line_whose_words_are_right_is_not(statement, lines):
    assert "r" not in marks(lines, statement)


@pytest.mark.parametrize("leader", ["------", "........", "---->"])
def test_a_line_of_dashes_between_two_amounts_is_no_difference(leader):
    statement = "4 kg of pears cost 9.20 €. What do 5 kg cost?"
    lines = [f"4 kg {leader} 9.20 €", f"1 kg {leader} 2.30 €", f"5 kg {leader} 11.50 €"]
    assert "r" not in marks(lines, statement)


def test_bounds_in_brackets_behind_a_bar_are_read():
    statement = r"Calculate \(\int_0^{\pi}\sin x\,dx\)."
    assert marks(["= -cos x |(0 to π)", "= 2"], statement) == "pp"
    assert marks(["= cos x |(0到π)"], statement) == "r"
