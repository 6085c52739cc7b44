"""The right number of a final answer in a wrong unit: the line is wrong, and none before it."""

from __future__ import annotations

import pytest

from tests.grading.weighing.weighing import refuted, weighed
from tutor.grading.answer_key import Kind
from tutor.grading.steps.checks import Mark
from tutor.grading.steps.claim_results import Slip


@pytest.mark.parametrize(
    ("statement", "answer", "lines"),
    [
        ("A rectangle is 7 cm by 5 cm. Find its area.", "35 cm²", ["7·5 = 35", "It is 35 cm."]),
        ("How many ml are in 4 bottles of 750 ml?", "3000 ml", ["4·750 = 3000", "So 3000 l."]),
        ("A shelf is 1.2 m wide. How long are 5?", "6 m", ["5·1.2 = 6 m", "Answer: 6 cm"]),
        ("How long are 150 km at 60 km/h?", "2.5 h", ["t = 150/60 = 2.5", "2.5 minutes"]),
        ("A train needs 3 hours for 240 km. How fast?", "80 km/h", ["240/3 = 80", "It is 80 m/s."]),
    ],
)
def test_the_line_with_the_unit_is_refuted(statement, answer, lines):
    checks = weighed(statement, answer, *lines, kind=Kind.QUANTITY)
    assert checks[0].mark == Mark.PROVED
    assert refuted(checks) == (1, Slip.UNIT_CONVERSION)


@pytest.mark.parametrize("last", ["It is 35 cm².", "It is 35.", "It is 0.0035 m²."])
def test_a_right_unit_or_none_is_right(last):
    statement = "A rectangle is 7 cm by 5 cm. Find its area."
    assert refuted(weighed(statement, "35 cm²", "7·5 = 35", last, kind=Kind.QUANTITY)) is None


def test_a_price_for_one_kilogram_is_no_other_unit():
    statement = "3 kg zu 8 €/kg werden mit 2 kg zu 13 €/kg gemischt. Was kostet 1 kg der Mischung?"
    lines = ["3·8€ = 24€ und 2·13€=26€", "zusammen 50 € für 5 kg", "50€:5 = 10 € pro kg"]
    checks = weighed(statement, "10 €", *lines, kind=Kind.QUANTITY)
    assert [check.mark for check in checks] == [Mark.PROVED] * 3


def test_the_percentage_of_the_wrong_amount_is_blamed_and_not_the_difference():
    statement = (
        "Ein Gerät kostet 119 € einschließlich 19 % Mehrwertsteuer. Preis ohne Mehrwertsteuer?"
    )
    lines = ["19% von 119€ = 0.19·119 = 22.61€", "119-22.61=96.39", "Ohne MwSt kostet es 96.39 €"]
    assert refuted(weighed(statement, "100 €", *lines)) == (0, Slip.PERCENT_BASE)


def test_a_sentence_that_repeats_a_wrong_result_is_not_proved():
    statement = "Find the 12th term of 4, 7, 10, ..."
    checks = weighed(statement, "37", "4 + 12·3 = 40", "the 12th term is 40")
    assert checks[0].mark == Mark.UNCHECKED
    assert refuted(checks) == (1, Slip.SET_UP)
