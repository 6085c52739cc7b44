"""Mistakes that a line hides behind another name for what it works out."""

import pytest

from tests.grading.working.marking import assert_marks, marks

ARITHMETIC = (
    r"Find the sum of the first 20 terms of the arithmetic series \( 3 + 8 + 13 + \dots \)."
)


@pytest.mark.parametrize("name", ["a20", "T20", "T_20", "t20", "u20", "20th"])
def test_a_member_of_a_sequence_has_many_names(name):
    assert_marks(ARITHMETIC, [(f"{name} = 3 + 20×5 = 103", "off_by_one")])
    assert_marks(ARITHMETIC, [f"{name} = 3 + 19×5 = 98"])


def test_a_sum_that_a_statement_calls_t_is_no_member():
    statement = "等差数列 3, 8, 13, … 的前20项和为T20，求T20。"
    assert "r" not in marks(["T20 = 20×3 + 190×5 = 1010"], statement)


@pytest.mark.parametrize(
    "statement",
    [
        "20 g of salt is dissolved in 80 g of water. Find the concentration.",
        "把20克盐溶解在80克水中，求盐水的浓度。",
        "En 80 g de agua se disuelven 20 g de sal. ¿Cuál es la concentración?",
        "Man löst 20 g Salz in 80 g Wasser. Wie groß ist der Massenanteil?",
    ],
)
def test_a_concentration_is_of_the_whole_solution(statement):
    assert_marks(statement, [("20÷80 = 25%", "percent_base")])
    assert_marks(statement, ["20÷(20+80) = 20%"])


def test_in_a_told_solution_the_amount_is_the_whole():
    statement = "80 g of a salt solution contain 20 g of salt. Find the concentration."
    assert marks(["20/80 = 25%"], statement) == "p"


@pytest.mark.parametrize("told", [r"\( 25\,\% \)", r"\(25\,\%\)", "25 %", r"25\%"])
def test_blanks_in_the_layout_of_a_statement_change_nothing(told):
    statement = (
        rf"Después de una rebaja del {told}, una chamarra cuesta \( 600 \) pesos."
        " ¿Cuál era su precio original?"
    )
    assert_marks(statement, [("descuento = 0.25 × 600 = 150 pesos", "percent_base")])
