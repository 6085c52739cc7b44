"""Zeros of a term between two points where its signs differ."""

from fractions import Fraction

import pytest

from tutor.grading.numeric.intervals import BASE_BITS, precision
from tutor.grading.parsing.answers import read_answer
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.crossings import crossings, starts_at

STARTS = starts_at(Fraction(step, 4) + Fraction(1, 97) for step in range(-20, 21))


def zeros(text, budget=None):
    with precision(BASE_BITS):
        return list(crossings(read_answer(text), "x", STARTS, budget or WorkBudget(1.0)))


def work_s(text):
    budget = WorkBudget(1.0)
    zeros(text, budget)
    return 1.0 - budget.left_s


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("e^x-2", [0.6931471805599453]),
        ("cos(x)-x", [0.7390851332151607]),
        ("x^3-2", [1.2599210498948732]),
        ("e^(9x)-1", [0.0]),
        ("(x-1)^5+(x-1)^7", [1.0]),
        ("ln(x)*(x-3)", [1.0, 3.0]),
    ],
)
def test_it_finds_each_zero_closely(text, where):
    near_zeros = zeros(text)
    assert [float(zero.mid()) for zero in near_zeros] == pytest.approx(where, abs=1e-9)
    assert all(float(zero.rad()) < 1e-9 for zero in near_zeros)


@pytest.mark.parametrize("text", ["1/x", "1/(x-1)^3", "tan(x)/sin(x)"])
def test_a_pole_is_no_zero(text):
    assert zeros(text) == []


def test_constant_parts_are_worked_out_once():
    assert work_s(r"x-\sqrt{1+\sqrt{2+7}}") < 1.2 * work_s("x-2")


def test_nothing_is_searched_where_a_constant_part_has_no_value():
    assert work_s(r"x-\sqrt{1-\sqrt{2+7}}") < 0.2 * work_s("x-2")
