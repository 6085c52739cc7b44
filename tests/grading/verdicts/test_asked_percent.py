"""Whoever is asked how many percent may write the sign, though the stored number has none."""

import pytest

from tutor.grading import Verdict, by_statement, grade_response, read_key


def verdict_of(response, statement, value="15", **fields):
    key = read_key({"value": value, "kind": "number", **fields})
    return by_statement(grade_response(response, key), response, key, statement).verdict


@pytest.mark.parametrize(
    "statement",
    [
        "What percent of 80 is 12?",
        "By what percentage did the price rise?",
        "Um wie viel Prozent ist er gestiegen?",
        "Quel pourcentage des élèves porte des lunettes ?",
        "¿Qué tanto por ciento es?",
        "降价了百分之几？",
    ],
)
@pytest.mark.parametrize("response", ["15%", "15 %", r"15\%", "x = 15%", "15 percent"])
def test_the_sign_may_be_written(statement, response):
    assert verdict_of(response, statement) == Verdict.CORRECT


@pytest.mark.parametrize("response", ["0.15", "0.15%", "16%", "15 km", "%"])
def test_another_number_stays_wrong(response):
    assert verdict_of(response, "What percent of 80 is 12?") != Verdict.CORRECT


@pytest.mark.parametrize("statement", ["How much is 12 + 3?", "What is 20 % of 75?"])
def test_where_no_percent_is_asked_for_the_sign_is_wrong(statement):
    assert verdict_of("15%", statement) != Verdict.CORRECT


def test_a_part_of_one_may_still_be_said_in_percent():
    assert verdict_of("15%", "What percentage is it?", value="0.15") == Verdict.CORRECT
