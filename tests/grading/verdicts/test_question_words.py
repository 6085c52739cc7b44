"""The words of the question may stand around the amount that it asks for."""

import pytest

from tutor.grading import Verdict, by_statement, grade_response, read_key

PETROL = "A car uses 6 litres of petrol per 100 km. How much petrol does it use for 350 km?"
GASOLINA = "Un coche gasta 6 litros cada 100 km. ¿Cuánta gasolina consume en 350 km?"
SHEEP = "Tom has 12 sheep. Ann has 9 more. How many sheep does Ann have?"


def _verdict(response, value, kind, statement):
    key = read_key({"value": value, "kind": kind})
    return by_statement(grade_response(response, key), response, key, statement).verdict


@pytest.mark.parametrize(
    ("response", "value", "kind", "statement"),
    [
        ("21 litres of petrol", "21 litres", "quantity", PETROL),
        ("consume 21 litros de gasolina", "21 litros", "quantity", GASOLINA),
        ("21 sheep", "21", "number", SHEEP),
        ("Ann has 21 sheep", "21", "number", SHEEP),
    ],
)
def test_the_words_of_the_question_may_stand_around_the_amount(response, value, kind, statement):
    assert _verdict(response, value, kind, statement) == Verdict.CORRECT


@pytest.mark.parametrize(
    ("response", "value", "kind", "statement"),
    [
        ("21 litres of water", "21 litres", "quantity", PETROL),
        ("21 litres per km", "21 litres", "quantity", PETROL),
        ("no 21 litres of petrol", "21 litres", "quantity", PETROL),
        ("Tom 21 sheep", "21", "number", SHEEP),
        ("21 more sheep", "21", "number", SHEEP),
    ],
)
def test_other_words_may_not(response, value, kind, statement):
    assert _verdict(response, value, kind, statement) != Verdict.CORRECT
