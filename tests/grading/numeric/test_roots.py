from fractions import Fraction

import pytest

from tutor.grading.numeric.roots import polynomial_of, polynomial_without_roots, zeros_of
from tutor.grading.parsing.answers import read_expression


def zeros(text):
    return zeros_of(polynomial_of(read_expression(text), "x"))


def test_rational_zeros_come_first_then_real_then_complex_ones():
    numbers = zeros("(x-3)^2 (x^2-2) (x^2+1) (2x-1)")
    assert [zero.exact for zero in numbers] == [3, Fraction(1, 2), None, None, None, None]
    assert [zero.is_real for zero in numbers] == [True, True, True, True, False, False]


@pytest.mark.parametrize(("text", "count"), [("x", 1), ("5", 0), ("(x-1)/(x-1)", 0), ("1/x", 0)])
def test_a_quotient_has_the_zeros_of_its_reduced_top(text, count):
    assert len(zeros(text)) == count


@pytest.mark.parametrize(
    ("text", "solution"),
    [(r"\sqrt{x+3} - x + 3", 6), (r"\sqrt{x} + \sqrt{x+5} - 5", 4), ("x^2 - 4", 2)],
)
def test_squaring_keeps_every_zero(text, solution):
    polynomial = polynomial_without_roots(read_expression(text), "x")
    assert polynomial(solution) == 0


def test_other_functions_have_no_polynomial():
    assert polynomial_of(read_expression(r"\sin x"), "x") is None
    assert polynomial_without_roots(read_expression(r"\sqrt{x} + \sin x"), "x") is None
