"""A true sum of percentages that are of different amounts is no step that leads on."""

import pytest

from tests.grading.working.marking import marks

CUT = (
    "A price of 200 € is cut by 40 % and then again by 50 %. By how many percent is it cut in all?"
)
RISE = "A salary rises by 40 % in the first year and by 50 % in the second year. Total rise?"
EVENTS = "The events A and B are independent with P(A) = 40% and P(B) = 50%. Find P(A or B)."
DAYS = (
    "The chance of rain is 40 % on Saturday and 50 % on Sunday, independently. What is the chance "
    "that it rains on at least one day?"
)
PREIS = "Ein Preis wird um 40 % gesenkt und danach noch einmal um 50 %. Wie teuer ist es jetzt?"


@pytest.mark.parametrize("statement", [CUT, RISE, EVENTS, DAYS, PREIS])
@pytest.mark.parametrize("line", ["40% + 50% = 90%", "40 + 50 = 90", "0.4 + 0.5 = 0.9"])
def test_the_sum_is_not_praised(statement, line):
    assert marks([line], statement) in ("u", "r")


@pytest.mark.parametrize("statement", [CUT, EVENTS, DAYS])
def test_the_sum_is_right_where_their_product_is_taken_off(statement):
    lines = ["40% + 50% = 90%", "90% - 20% = 70%"]
    assert marks(lines, statement) == "pp"


@pytest.mark.parametrize(
    "statement",
    [
        "In a class 40 % play football, 50 % play tennis and the rest play nothing. How many play?",
        "A salad is 40 % carrots and 50 % peas. How many percent is that together?",
    ],
)
def test_percentages_of_one_amount_are_added(statement):
    assert marks(["40% + 50% = 90%"], statement) == "p"


def test_the_right_steps_are_proved():
    assert marks(["100% - 40% = 60%", "60% * 50% = 30%", "100% - 30% = 70%"], CUT) == "ppp"
