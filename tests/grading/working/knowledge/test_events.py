"""Chances of single events in words, sums of two dice, and exact numbers of hits."""

import pytest

from tests.grading.working.marking import assert_marks, marks

BALLS = "A bag has 5 red and 3 blue balls. Two are drawn without replacement. Find P(both red)."
RETURNED = "An urn has 4 green and 6 white balls. Two are drawn with replacement."
TEST = (
    "A disease affects 2 % of people. A test is positive for 95 % of the ill and for 10 % of the"
    " healthy. A person tests positive. How likely is it that the person is ill?"
)
DICE = "Two dice are rolled. What is the probability that the sum is 9?"
WHEEL = "Ein Rad gewinnt mit der Wahrscheinlichkeit 0.2. Es wird fünfmal gedreht. P(genau zwei)?"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (BALLS, "P(1st red) = 5/8"),
        (BALLS, "P(red first) = 5/8 = 0.625"),
        (BALLS, "P(2nd red) = 4/7"),
        (BALLS, "P(then blue) = 3/7"),
        (RETURNED, "P(2nd green) = 4/10 = 2/5"),
        ("A fair die is rolled twice. Find the chance of two sixes.", "P(six) = 1/6"),
        ("A fair die is rolled twice. Find the chance of two sixes.", "P(no six) = 5/6"),
        (TEST, "P(+ and D) = 0.02*0.95 = 0.019"),
        (TEST, "P(+ and not D) = 0.98*0.10 = 0.098"),
        (DICE, "P = 4/36 = 1/9"),
        ("同时掷两枚骰子，点数之和为8的概率是多少？", "P=5/36"),
        (WHEEL, "P(X=2) = 10 · 0.2² · 0.8³"),
    ],
)
def test_right_chances(statement, line):
    assert_marks(statement, [line])


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (BALLS, "P(both red) = 5/8"),
        (BALLS, "P(1st red) = 3/8"),
        (BALLS, "P(2nd red) = 5/8"),
        (RETURNED, "P(2nd green) = 3/9"),
        (TEST, "P(+ and D) = 0.02+0.95 = 0.97"),
    ],
)
def test_what_the_words_do_not_tell_is_not_proved(statement, line):
    assert marks([line], statement) == "u"


def test_wrong_counts():
    assert_marks(DICE, [("P = 2/36 = 1/18", "wrong_count")])
    assert_marks(WHEEL, [("P(X=2) = 0.2² · 0.8³", "order_forgotten")])
