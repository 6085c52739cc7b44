from fractions import Fraction

import pytest

from tutor.grading.parsing.answers import read_expression
from tutor.grading.solving.linear_systems import LinearSystem


def system(*sides):
    return LinearSystem.of([read_expression(side) for side in sides], ["x", "y"])


def test_a_system_has_its_solution_whatever_the_order_of_equations():
    first, second = system("x + y - 5", "x - y - 1"), system("x - y - 1", "2x + 2y - 10")
    assert first == second
    assert first.solution(Fraction(7)) == {"x": 3, "y": 2}
    assert first.determined == {"x", "y"}


def test_free_variables_take_the_value_that_is_given():
    assert system("x - 2y").solution(Fraction(3)) == {"x": 6, "y": 3}


@pytest.mark.parametrize(
    ("premise", "claim", "implied"),
    [
        (("x + y - 5", "x - y - 1"), ("x - 3",), True),
        (("x + y - 5",), ("x - 3",), False),
        (("x - 3",), ("2x - 6",), True),
    ],
)
def test_a_system_implies_what_all_its_solutions_fulfil(premise, claim, implied):
    assert system(*premise).implies(system(*claim)) == implied


def test_contradictions_and_other_equations():
    assert not system("x - 1", "x - 2").is_consistent
    assert system("x y - 1") is None
