"""True lines before a wrong answer: which of them it speaks against, and which stay as they are."""

from __future__ import annotations

import pytest

from tests.grading.weighing.test_weigh import marks, refuted, weighed
from tutor.grading.steps.checks import Mark
from tutor.grading.steps.claim_results import Slip


@pytest.mark.parametrize(
    ("statement", "answer", "lines", "wrong"),
    [
        (
            "A coat costs 250 €. The price rises by 10 % and then falls by 10 %. What is it now?",
            "247.5 €",
            ("250·(1+10%) = 275", "250·10% = 25", "275 - 25 = 250 €"),
            1,
        ),
        (
            "Jo spends 1/3 of 60 € on a book and 1/4 of the rest on a pen. What is left?",
            "30 €",
            ("book: 60/3 = 20 €", "60 - 20 = 40 € left", "pen: 60/4 = 15 €", "40 - 15 = 25 €"),
            2,
        ),
    ],
)
def test_a_share_of_the_old_amount_is_blamed_where_it_is_worked_out(
    statement, answer, lines, wrong
):
    assert refuted(weighed(statement, answer, *lines)) == (wrong, Slip.PERCENT_BASE)


@pytest.mark.parametrize(
    ("statement", "answer", "lines"),
    [
        (
            "The sum of three consecutive integers is 72. Find the largest.",
            "25",
            ("n + n+1 + n+2 = 72", "3n + 3 = 72", "n = 23", "the largest is 23"),
        ),
        (
            "Two numbers have sum 20 and difference 6. Find the smaller one.",
            "7",
            ("x + y = 20, x - y = 6", "2x = 26, x = 13", "the smaller is 13"),
        ),
        (
            "Find the minimum value of \\(f(x) = x^2 - 6x + 11\\).",
            "2",
            ("f'(x) = 2x - 6 = 0", "x = 3", "minimum value is 3"),
        ),
    ],
)
def test_only_the_answer_is_wrong_where_another_number_of_the_working_is_asked_for(
    statement, answer, lines
):
    checks = weighed(statement, answer, *lines)
    assert refuted(checks) == (len(lines) - 1, Slip.NOT_PUT_BACK)
    assert {check.mark for check in checks[:-1]} <= {Mark.PROVED, Mark.GIVEN}


def test_a_part_of_a_ratio_is_not_the_whole():
    text = (
        "For a cake the ratio of flour to sugar is 5 : 2. You use 350 g of flour. How much sugar?"
    )
    lines = ("1 part: 350 g : 7 = 50 g", "sugar is 2 parts: 2 * 50g = 100g")
    assert Mark.PROVED not in marks(text, "140 g", *lines)


def test_a_right_answer_vouches_for_no_running_equals_sign():
    text = "A farmer has 1250 eggs. He fills 48 boxes of 12 and 20 boxes of 30. How many are left?"
    lines = ("48 x 12 = 576", "20 x 30 = 600", "1250 - 576 = 674 - 600 = 74 eggs")
    assert refuted(weighed(text, "74", *lines)) == (2, Slip.RUNNING_EQUALS)


def test_false_arithmetic_in_the_solution_that_is_dropped_stays_refuted():
    text = "The height of a rectangle is 3 cm less than its base b, the area 40 cm². Find the base."
    lines = ("b(b-3) = 40", "b = (3+13)/2 = 16/2 = 8 or b = (3-13)/2 = -10", "so b = 8 cm")
    assert marks(text, "8 cm", *lines)[1] == Mark.REFUTED


def test_an_acute_angle_for_an_obtuse_one_is_blamed_where_the_arcsine_is_taken():
    text = "In triangle ABC, a = 9 cm, c = 6 cm, γ = 35° and α is obtuse. Find α."
    lines = ("sin α = 9·sin 35°/6 ≈ 0.860", "α = arcsin(0.860) ≈ 59.3°")
    assert refuted(weighed(text, "120.6°", *lines)) == (1, Slip.WRONG_BRANCH)
