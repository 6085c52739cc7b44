"""Calculations with two numbers, divisors and multiples, units and times."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        (r"\(402 - 156\)", "246", "354", MistakeName.SMALLER_FROM_LARGER_DIGIT),
        (r"\(402 - 156\)", "246", "346", MistakeName.BORROW_FORGOTTEN),
        (r"\(402 - 156\)", "246", "558", MistakeName.ADDED_INSTEAD_OF_SUBTRACTED),
        (r"\(458 + 367\)", "825", "715", MistakeName.CARRY_FORGOTTEN),
        ("12 boxes of 15 pens each", "180", "27", MistakeName.ADDED_INSTEAD_OF_MULTIPLIED),
        ("The lcm of 8 and 20", "40", "4", MistakeName.LCM_FOR_GCD),
        ("The lcm of 8 and 20", "40", "160", MistakeName.PRODUCT_FOR_MULTIPLE_OR_DIVISOR),
        ("The gcd of 48 and 60", "12", "6", MistakeName.DIVISOR_NOT_GREATEST),
        ("What is half of 26?", "13", "52", MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED),
        (r"\(0.4 \cdot 0.7\)", "0.28", "2.8", MistakeName.PLACE_VALUE_SHIFTED),
    ],
)
def test_numbers(statement, value, response, name):
    assert mistake(statement, value, response) == name


@pytest.mark.parametrize(
    ("statement", "value", "unit", "response", "name"),
    [
        ("From 9:50 to 11:20?", "90", "min", "170 min", MistakeName.MINUTES_AS_DECIMALS),
        ("From 9:50 to 11:20?", "90", "min", "150 min", MistakeName.SMALLER_FROM_LARGER_DIGIT),
        ("How long does it take?", "2.25", "h", "2.15 h", MistakeName.MINUTES_AS_DECIMALS),
        ("How many grams are 4.2 kg?", "4200", "g", "0.0042 g",
         MistakeName.CONVERTED_THE_WRONG_WAY),
        ("How many grams are 4.2 kg?", "4200", "g", "420 g", MistakeName.CONVERSION_FACTOR),
    ],
)  # fmt: skip
def test_units(statement, value, unit, response, name):
    assert mistake(statement, value, response, "quantity", unit=unit) == name
