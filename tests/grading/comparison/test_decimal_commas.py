"""Decimal commas in lines: of numbers, and of points that look like them."""

import pytest

from tutor.grading import AnswerKey, Kind, Verdict, grade_response
from tutor.grading.comparison.decimal_commas import with_decimal_points


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("3,5 + (2,5)·2", "3.5 + (2.5)·2"),
        ("f(2,5) = 3,5", "f(2.5) = 3.5"),
        ("12:(2,5)", "12:(2.5)"),
        ("2(2,5)", "2(2.5)"),
        ("((2,5)+1)", "((2.5)+1)"),
        ("soluciones: (7,3) y (3,7)", "soluciones: (7,3) y (3,7)"),
        ("P(7,3)", "P(7,3)"),
        ("a = (2,-3,6)", "a = (2,-3,6)"),
        ("mcm(2,3) = 6", "mcm(2,3) = 6"),
        ("C(4,2) × 0,3²", "C(4,2) × 0.3²"),
        ("(2,6)(3,5)(4,4) → 3", "(2,6)(3,5)(4,4) → 3"),
        ("x = (7,3), d = 2,5", "x = (7,3), d = 2.5"),
        ("[[a+3,1],[2+3b,b]] + 2,5", "[[a+3,1],[2+3b,b]] + 2.5"),
        ("[[0,5;0];[0;0,25]]", "[[0.5;0];[0;0.25]]"),
        ("x1,2 = 3,5", "x1,2 = 3.5"),
        (r"por \((4,1)\) y \(2,5\)", r"por \((4,1)\) y \(2.5\)"),
    ],
)
def test_a_comma_between_two_coordinates_stays(line, read):
    assert with_decimal_points(line) == read


def test_the_comma_of_an_interval_is_no_decimal_comma():
    assert with_decimal_points(r"max en \([0,3]\)") == r"max en \([0,3]\)"
    assert with_decimal_points("L = {1,2} et 2,5 · [1,5 + 2]") == "L = {1,2} et 2.5 · [1.5 + 2]"


@pytest.mark.parametrize(
    ("response", "verdict"),
    [
        ("[[0,5;0];[0;0,25]]", Verdict.CORRECT),
        ("[[0,5 ; 0] ; [0 ; 0,25]]", Verdict.CORRECT),
        ("0,5 0; 0 0,25", Verdict.CORRECT),
        ("(0,5 0; 0 0,25)", Verdict.CORRECT),
        ("[[0,25;0];[0;0,5]]", Verdict.INCORRECT),
    ],
)
def test_the_entries_of_a_matrix_have_decimal_commas(response, verdict):
    key = AnswerKey("[[1/2;0];[0;1/4]]", Kind.MATRIX, decimal_comma=True)
    assert grade_response(response, key).verdict == verdict


def test_commas_alone_part_the_entries_of_a_matrix():
    key = AnswerKey("[[1;2];[3;4]]", Kind.MATRIX, decimal_comma=True)
    for response in ("1,2;3,4", "[1,2;3,4]", "1, 2; 3, 4", "1 2; 3 4"):
        assert grade_response(response, key).verdict == Verdict.CORRECT


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Dom f = R-{-2,2}", "Dom f = R-{-2,2}"),
        (r"D = ℝ\{2,5}", r"D = ℝ\{2,5}"),
        ("3-{2,5}", "3-{2.5}"),
        ("son 27,28 y 29", "son 27, 28 y 29"),
        ("2,5 und 3", "2.5 und 3"),
        ("12,50 et 13", "12.50 et 13"),
    ],
)
def test_commas_part_what_is_left_out_and_what_rises_evenly(line, read):
    assert with_decimal_points(line) == read
