"""Numbers as statements write them: decimal commas, lists without dots, map scales."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName as N

APPLES = "4 kg de pommes coûtent 9,60 €. Combien coûtent 7 kg ?"
UNION = "Gegeben sind P(A) = 0,45 und P(B) = 0,4, unabhängig. Wie groß ist P(A und B)?"
SEQUENCE = "Eine arithmetische Folge beginnt mit 4, 7, 10. Bestimme das 12. Glied."
MAP = "On a map with the scale 1 : 50000 a road is 6 cm long. How many kilometres is it?"
TOWER = "The shadow of a tower is 30 m long, the sun stands at 35°. How high is it, to 1 decimal?"


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        (APPLES, "16.8", "12,60", N.ADDITIVE_FOR_MULTIPLICATIVE),
        (UNION, "0.18", "0,85", N.ADDED_INSTEAD_OF_MULTIPLIED),
        (SEQUENCE, "37", "40", N.OFF_BY_ONE),
        (SEQUENCE, "37", "246", N.TERM_FOR_SUM),
        (MAP, "3", "300", N.CONVERSION_FACTOR),
        (TOWER, "21.0", "17.2", N.WRONG_TRIGONOMETRIC_FUNCTION),
        (TOWER, "21.0", "19.4", None),
    ],
)
def test_numbers_of_statements(statement: str, value: str, response: str, name: N | None) -> None:
    assert mistake(statement, value, response) == name
