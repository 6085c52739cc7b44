import pytest

from tutor.grading.parsing.quantities import (
    read_compound_quantity,
    read_time_of_day,
    split_letter_units,
    split_plain_quantity,
    split_unit,
)
from tutor.grading.parsing.tree import Num, Quantity, TimeOfDay


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("5 cm", "5", "cm"),
        ("1/2 m/s", "1/2", "m/s"),
        (r"\frac13\text{ m}", r"\frac13", r"\text{ m}"),
        ("7个", "7", "个"),
        ("$1,250.50", "1250.50", " $"),
        ("3 apples", "3", "apples"),
    ],
)
def test_an_amount_and_its_unit_are_split(text, amount, unit):
    assert split_unit(text) == (amount, unit)


@pytest.mark.parametrize("text", ["5x", "5 m", "x + 1", "12", ""])
def test_a_product_is_not_split(text):
    assert split_unit(text) is None
    assert split_plain_quantity(text) is None


def test_a_letter_may_be_a_unit_where_one_is_expected():
    assert ("5", "m") in list(split_letter_units("5 m"))
    assert split_plain_quantity("5 m") is None


def test_several_units_add_up():
    assert read_compound_quantity("1 hour 30 minutes") == Quantity(Num(3 / 2), "hour")
    assert read_compound_quantity("5 ft,6 in") == Quantity(Num(11 / 2), "ft")
    assert read_compound_quantity("5 ft 6 kg") is None
    assert read_compound_quantity("5 cm, 8 cm") is None
    assert read_compound_quantity("5 cm, 1 m") is None


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("12:30", TimeOfDay(750, "")),
        ("3:00 p.m.", TimeOfDay(900, "pm")),
        ("12 am", TimeOfDay(0, "am")),
        (r"08:34 \text{P.M.}", TimeOfDay(1234, "pm")),
        ("25:00", None),
    ],
)
def test_times_of_day(text, time):
    assert read_time_of_day(text) == time
