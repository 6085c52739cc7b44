"""True calculations that give something else than what is asked for are never called proved."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks, refuted_check
from tutor.grading.steps.claim_results import Slip

CIRCLE = "A circle has diameter 12 cm. Find its area."
RECTANGLE = "A rectangle is 8 cm long and 5 cm wide. Find its perimeter."


@pytest.mark.parametrize(
    ("statement", "lines", "slip"),
    [
        (CIRCLE, ["π·12² = 144π", "Area is 144π cm²"], Slip.DIAMETER_FOR_RADIUS),
        (
            "Find the slope of the line through (1, 2) and (4, 11).",
            ["(4-1)/(11-2) = 3/9 = 1/3", "slope = 1/3"],
            Slip.SLOPE_INVERTED,
        ),
        (
            "Calcula la media de 12, 15, 18 y 23.",
            ["68/5 = 13.6", "La media es 13.6"],
            "wrong_count",
        ),
        (
            "一个正方体的棱长是 6 cm，求它的表面积。",
            ["6×6×4=144", "表面积是144"],
            Slip.WRONG_FORMULA,
        ),
        (
            "P(A) = 0.4, P(B) = 0.5, A and B are independent.",
            ["0.4 + 0.5 = 0.9", "P(A or B) = 0.9"],
            Slip.SET_UP,
        ),
    ],
)
def test_a_calculation_is_refuted_where_its_result_is(statement, lines, slip):
    assert marks(lines, statement) == "rs"
    assert refuted_check(lines, statement).refuted.slip == slip


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        # It is right as the square of the distance.
        ("Find the distance between (1, 2) and (4, 6).", ["3² + 4² = 25", "distance = 25"], "pr"),
        # The same number of something else, which the words name.
        (CIRCLE, ["radius: 12/2 = 6", "area = 6"], "pu"),
        (r"Solve \((x - 2)^2 = 25\).", ["√25 = 5", "x = 5"], "pr"),
    ],
)
def test_a_right_step_before_another_result_stays_proved(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (RECTANGLE, ["8 + 5 = 13 cm"], "u"),
        (RECTANGLE, ["8 + 5 = 13 cm", "2·13 = 26 cm"], "pp"),
        ("In how many ways can a captain and a vice-captain be chosen from 10 players?",
         ["C(10,2) = 45"], "u"),
        ("In a right triangle the hypotenuse is 10 and an acute angle is 30°. "
         "Find the side opposite to this angle.", ["10·cos 30° = 8.66"], "u"),
        ("How much simple interest does $800 earn at 3% for 5 years?",
         ["800·0.03 = 24", "interest = $24"], "uu"),
        ("How much simple interest does $800 earn at 3% for 5 years?",
         ["800·0.03 = 24", "24·5 = 120", "interest = $120"], "ppp"),
        ("Find the area between y = x and y = x².", ["area = -1/6"], "u"),
        ("A deposit of $2000 earns 5% per year.", ["1.05^2 = 1.10"], "u"),
        ("A deposit of $2000 earns 5% per year.", ["1.05^2 = 1.1025 ≈ 1.10"], "p"),
        ("What is 2/3 of 1?", ["2/3 = 0.67"], "p"),
        ("How likely is it?", ["0.019/0.117 ≈ 0.162", "so about 16%"], "pp"),
    ],
)  # fmt: skip
def test_what_is_not_what_is_asked_for_is_not_proved(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        ("A train needs 3 hours for 240 km.", ["240/3 = 80", "The average speed is 80 m/s."], "pr"),
        (
            "A train needs 3 hours for 240 km.",
            ["240/3 = 80", "The average speed is 80 km/h."],
            "pp",
        ),
        ("Convert 72 km/h to m/s.", ["72·3.6 = 259.2", "259.2 m/s"], "rs"),
        ("Convert 72 km/h to m/s.", ["72:3.6 = 20", "20 m/s"], "pg"),
    ],
)
def test_the_right_number_in_a_wrong_unit_is_refuted(statement, lines, expected):
    assert marks(lines, statement) == expected


SHARES = "She spends 1/4 of it on rent and 1/3 of the remainder on food. What is left?"
INTEREST = "On place 1000 € à 5 % par an (intérêts composés). Quel est le capital après 3 ans ?"
ODD = "Prove that the difference of the squares of two consecutive odd numbers is a multiple of 8."


@pytest.mark.parametrize(
    ("statement", "line", "slip"),
    [
        (SHARES, "1/4 + 1/3 = 7/12", Slip.PERCENT_BASE),
        (SHARES, "1 - 1/4 - 1/3 = 5/12", Slip.PERCENT_BASE),
        (
            "小明看了一本书的 1/3，第二天看了余下的 1/2，还剩几分之几？",
            "1/3+1/2=5/6",
            Slip.PERCENT_BASE,
        ),
        ("Von 200 € gibt er 30 % aus, dann 50 % des Restes.", "30 % + 50 % = 80 %", "percent_base"),
        (INTEREST, "5% × 3 = 15%", Slip.PERCENT_BASE),
        (r"Simplify \((5x+2) - (3x-4)\).", "5x+2-3x-4 = 2x-2", Slip.MINUS_BRACKET),
    ],
)
def test_shares_of_rests_are_not_added_and_brackets_not_lost(statement, line, slip):
    assert refuted_check([line], statement).refuted.slip == slip


def test_a_bracket_that_is_lost_below_both_terms_is_refuted():
    known = ["(2k+3)² = 4k²+12k+9", "(2k+1)² = 4k²+4k+1"]
    wrong, right = "diff = 4k²+12k+9-4k²+4k+1 = 16k+10", "diff = 4k²+12k+9-4k²-4k-1 = 8k+8"
    assert marks([*known, wrong], ODD) == "ppr"
    assert marks([*known, right], ODD) == "ppp"


@pytest.mark.parametrize("line", ["1 - 1/4 = 3/4", "3/4 · 1/3 = 1/4", "1/4 + 1/4 = 1/2"])
def test_right_shares_of_rests_are_proved(line):
    assert marks([line], SHARES) == "p"


def test_simple_interest_may_be_added():
    simple = "What simple interest does $800 earn at 3% per year for 5 years?"
    assert marks(["3% · 5 = 15%", "800·0.15 = 120"], simple) == "pp"
    savings = (
        "800 € bringen 3 % Zinsen pro Jahr, die jedes Mal abgehoben werden. Wie viel in 5 Jahren?"
    )
    assert marks(["3% · 5 = 15%"], savings) == "p"


def test_members_without_a_low_line_are_known():
    statement = "An arithmetic sequence has a1 = 5 and d = 3. Find a_10."
    assert refuted_check(["a_10 = 5 + 10·3 = 35"], statement).refuted.slip == Slip.OFF_BY_ONE
    assert marks(["a_10 = 5 + 9·3 = 32"], statement) == "p"
