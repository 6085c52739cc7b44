"""Percentages: changes, shares, rates."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName

RISE = "A ticket for 40 euros becomes 15 % dearer. What does it cost now?"
SALE = "Nach 20 % Rabatt kostet ein Rad 360 Euro. Was kostete es vorher?"
SAVINGS = "500 euros earn 4 % interest a year. How much is it after 3 years?"
TWICE = "一台电脑原价 5000 元，先涨价 10%，再降价 10%，现价多少元？"
SHARE = "Combien font 35 % de 80 ?"
RATE = "The rent rises from 600 to 690 euros. By how many percent does it rise?"
COUPON = "Eine Hose kostet 60 Euro. Erst gibt es 10 % Rabatt, dann noch 5 Euro. Was kostet sie?"


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        (RISE, "46", "6", MistakeName.CHANGE_FOR_RESULT),
        (RISE, "46", "55", MistakeName.PERCENT_AS_AMOUNT),
        (RISE, "46", "34", MistakeName.INCREASE_FOR_DECREASE),
        (RISE, "46", "600", MistakeName.FORGOT_TO_DIVIDE_BY_HUNDRED),
        (SALE, "450", "432", MistakeName.PERCENT_OF_WRONG_BASE),
        (SALE, "450", "380", MistakeName.PERCENT_AS_AMOUNT),
        (SALE, "450", "1800", MistakeName.OTHER_PART_ANSWERED),
        (SAVINGS, "562.432", "560", MistakeName.LINEAR_FOR_EXPONENTIAL),
        (SAVINGS, "562.432", "540.80", MistakeName.OFF_BY_ONE),
        (SAVINGS, "562.432", "62.432", MistakeName.CHANGE_FOR_RESULT),
        (TWICE, "4950", "5000", MistakeName.PERCENTS_ADDED),
        (TWICE, "4950", "5500", MistakeName.STOPPED_EARLY),
        (SHARE, "28", "52", MistakeName.RESULT_FOR_CHANGE),
        (SHARE, "28", "35", MistakeName.PERCENT_AS_AMOUNT),
        (RATE, "15", "90", MistakeName.PERCENT_AS_AMOUNT),
        (RATE, "15", "115", MistakeName.RESULT_FOR_CHANGE),
        (COUPON, "49", "49.5", MistakeName.STEPS_IN_WRONG_ORDER),
        (COUPON, "49", "54", MistakeName.STOPPED_EARLY),
        (RISE, "46", "47.5", None),
        (SAVINGS, "562.432", "581", None),
    ],
)
def test_it_finds_the_mistake_by_the_numbers(statement, value, response, name):
    assert mistake(statement, value, response) == name
