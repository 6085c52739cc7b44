"""Sides of equations in prose."""

import pytest

from tutor.grading.parsing.answers import read_expression
from tutor.grading.steps.equation_side import read_side


@pytest.mark.parametrize(
    ("text", "expression", "words"),
    [
        ("8 hours", "8", {"hour"}),
        (r"3 \text{ boxes} \times 4", r"3 \times 4", {"box"}),
        (r"\$12.50", "12.50", {"$"}),
        (r"\boxed{5}", "(5)", set()),
        ("6 berries", "6", {"berry"}),
        ("2 x 3", r"2 \times 3", set()),
        ("2x", "2x", set()),
        ("1/3 x π x 6^2 x 10", r"1/3 \times \pi \times 6^2 \times 10", set()),
        ("2x7x9xcos60", r"2 \times 7 \times 9 \times cos60", set()),
        ("8 x cos 35", r"8 \times cos 35", set()),
        ("2xcos 2x", "2xcos 2x", set()),
        (r"\frac{18,600}{3}", r"\frac{18600}{3}", set()),
        ("$8,000 + ($8,000 x 0.01)", r"8000 + (8000 \times 0.01)", {"$"}),
        ("216π cubic inches", "216π", {"cubic", "inch"}),
    ],
)
def test_number_and_units_are_separated(text, expression, words):
    side = read_side(text)
    assert side.term == read_expression(expression)
    assert side.words == words


def test_a_per_cent_sign_is_noted():
    assert read_side("20%").percent
    assert not read_side("20").percent


def test_a_side_of_words_is_a_name():
    side = read_side("Total cost")
    assert (side.name, side.term) == ("total cost", None)


def test_a_name_may_have_a_number_in_it():
    assert read_side("Time to heat up to 400 degrees").name == "time to heat up to degrees"


def test_a_comma_in_a_point_parts_two_numbers():
    assert read_side("(1,200)").term is None


@pytest.mark.parametrize("text", ["1 + ...", r"\text{ten} + 1", "3/"])
def test_what_is_not_read_as_a_whole_has_no_term(text):
    assert read_side(text).term is None
