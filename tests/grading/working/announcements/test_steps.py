"""How far the members of a sequence are apart, and numbers that have to be rounded up."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks

SEQUENCE = "A sequence starts 3, 7, 11, 15. Find a formula for the nth term."
TWO_CHANGES = "A price rises by 10 % and then falls by 10 %. By how much has it changed in all?"
BUSES = "A bus holds 40 people. How many buses do 130 people need?"


@pytest.mark.parametrize(
    "line", ["goes up by 4", "goes up by 4 each time", "goes up by 4 so 4n + c", "d = 4"]
)
def test_the_step_of_a_listed_sequence_is_proved(line):
    assert marks([line], SEQUENCE) == "p"


@pytest.mark.parametrize("line", ["goes up by 3", "goes up by 4 so 3n + c", "goes down by 4"])
def test_another_step_is_not_proved(line):
    assert marks([line], SEQUENCE) != "p"


def test_as_many_as_are_enough():
    assert marks(["130/40 = 3.25", "so 4 buses are enough"], BUSES) == "pp"
    assert marks(["130/40 = 3.25", "so 3 buses are enough"], BUSES) == "pu"
    assert marks(["130/40 = 3.25", "so 5 buses are enough"], BUSES) == "pu"


@pytest.mark.parametrize(
    "line", ["+10% then -10% cancel out", "they cancel each other, so 0%", "ça s'annule"]
)
def test_a_rise_and_a_fall_do_not_cancel(line):
    assert marks([line], TWO_CHANGES) == "r"


@pytest.mark.parametrize(
    "line", ["they do not cancel out", "do they cancel out?", "1.1·0.9 = 0.99"]
)
def test_who_says_so_is_right(line):
    assert marks([line], TWO_CHANGES) != "r"
    assert marks(["they cancel out"], "Simplify (3x)/(3y).") != "r"
