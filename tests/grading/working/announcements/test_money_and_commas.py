"""Currencies before an amount, and commas that separate or are decimal."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks
from tutor.grading.comparison.decimal_commas import with_decimal_points
from tutor.grading.parsing.currencies import with_currency_signs

FAN = (
    "The marked price of a fan is ₹ 850 and the shopkeeper allows a discount of 12%."
    " Find the selling price."
)
TELEVISION = (
    "The cash price of a television is Ksh 24,000. A customer pays a deposit of 20% of the"
    " cash price and 12 monthly instalments of Ksh 2,000 each. How much more does the customer pay?"
)
BIKE = "Ein Velo kostet Fr. 1200. Der Preis wird um 10 % gesenkt. Wie viel kostet es jetzt?"
BOOKS = "Un libro cuesta S/ 40 y un cuaderno S/ 12. ¿Cuánto cuestan 2 libros y 3 cuadernos?"
PHONE = "A phone costs US$ 250. Sales tax is 8%. What is the total price?"
RENT = "Rent is ₹ 4500 a month. How much is it for a year?"
COAT = "一件衣服原价￥200，打八折后多少钱？"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (FAN, ["M.P. = Rs 850, discount = 12%", "Discount = 12/100 × 850 = Rs 102"]),
        (FAN, ["Discount = 12/100 × 850 = Rs 102", "S.P. = 850 − 102 = Rs. 748"]),
        (
            TELEVISION,
            [
                "deposit = 20/100 × 24000 = sh 4800",
                "instalments = 12 × 2000 = sh 24000",
                "total HP price = 4800 + 24000 = KSh 28,800/=",
            ],
        ),
        (BIKE, ["10 % von Fr. 1200 = Fr. 120", "CHF 1200 - CHF 120 = CHF 1080"]),
        (BOOKS, ["2 × 40 = S/ 80", "3 × S/ 12 = S/ 36", "80 + 36 = S/. 116"]),
        (PHONE, ["tax = 0.08 × 250 = US$20", "250 + 20 = US$ 270"]),
        (RENT, ["₹4500 × 12 = ₹54000", "= ₹ 54,000"]),
        (COAT, ["200×0.8=￥160"]),
    ],
)
def test_currencies_are_units_of_money(statement: str, lines: list[str]) -> None:
    assert set(marks(lines, statement)) <= set("pg"), lines


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (TELEVISION, "12 × 2000 = sh 26000"),
        (RENT, "₹4500 × 12 = ₹45000"),
        (BIKE, "Fr. 1200 - Fr. 120 = Fr. 1180"),
    ],
)
def test_wrong_arithmetic_with_money_is_refuted(statement: str, line: str) -> None:
    assert marks([line], statement) == "r"


@pytest.mark.parametrize("text", ["= sh 4800", "Rs. 2520 + Rs 30", "S/ 12", "US$ 20", "500/-"])
def test_signs_of_currencies_keep_the_indices(text: str) -> None:
    signed = with_currency_signs(text)
    assert signed != text
    assert len(signed) == len(text)


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (r"Löse \(2x = 9\).", ["x = 4,5", "L = {4,5}"]),
        (r"Löse \(2x = 9\).", ["IL = {4,5}"]),
        (r"Löse \((x-4)(x-5) = 0\).", ["x = 4 oder x = 5", "L = {4,5}"]),
        (r"Résoudre \(4x = 6\).", ["S = {1,5}"]),
        (r"Löse \(2x^2 - 5x + 2 = 0\).", ["L = {0,5,2}"]),
        (r"Löse \(4x^2 = 9\).", ["L={-1,5,1,5}"]),
        (r"Löse \(x + y = 4\), \(x - y = 1\).", ["x = 2,5 und y = 1,5", "L = {(2,5|1,5)}"]),
    ],
)
def test_a_list_is_right_if_it_is_in_one_reading_of_its_commas(
    statement: str, lines: list[str]
) -> None:
    read = [with_decimal_points(line) for line in lines]
    result = marks(read, with_decimal_points(statement))
    assert "r" not in result
    assert result[-1] in "pu"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (r"Löse \(2x = 9\).", "L = {4,6}"),
        (r"Löse \((x-4)(x-5) = 0\).", "L = {4,6}"),
        (r"Löse \(4x^2 = 9\).", "L = {2,5}"),
    ],
)
def test_a_list_is_wrong_if_it_is_in_each_reading(statement: str, line: str) -> None:
    assert marks([with_decimal_points(line)], with_decimal_points(statement)) == "r"


def test_one_number_may_have_been_a_list() -> None:
    line = with_decimal_points("x = 1,2")
    assert marks([line], r"Resuelve \(x^2 - 3x + 2 = 0\).") == "u"
