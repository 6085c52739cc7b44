"""Common multiples and divisors, and how many summands a sum has."""

import pytest

from tests.grading.working.marking import assert_marks


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (
            "Bestimme das kgV von 12 und 18.",
            ["12 = 2²·3", ("kgV = 2·3 = 6", "wrong_formula")],
        ),
        ("Calcula el máximo común divisor de 48 y 36.", ["mcd = 2^2·3 = 12"]),
        (
            "Two bells ring at 8:00, one every 8, the other every 12 minutes. When again?",
            [("lcm = 2*2 = 4", "wrong_formula")],
        ),
        ("72有多少个正因数？", ["72=2³×3²", "因数个数=(3+1)(2+1)=12"]),
        (
            "Combien de diviseurs a le nombre 200 ?",
            ["200 = 2^3 × 5^2", ("nombre de diviseurs = 3×2 = 6", "off_by_one")],
        ),
        ("Find the sum 5 + 8 + 11 + ... + 62", ["n = (62-5)/3 + 1 = 20"]),
        (
            "Berechne die Summe 4 + 9 + 14 + … + 99.",
            [("Anzahl n = (99-4)/5 = 19", "off_by_one")],
        ),
    ],
)
def test_numbers_of_a_statement_have_multiples_and_divisors(statement, lines):
    assert_marks(statement, lines)
