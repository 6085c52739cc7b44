"""Common multiples and divisors, remainders, and last digits of powers."""

import pytest

from tests.grading.working.marking import assert_marks, marks

LAST = r"What is the last digit of \(7^{101}\)?"
REST = r"求 \(3^{50}\) 除以7的余数。"
DAYS = r"Which weekday is it 100 days after a Wednesday? Find \(2^{50}\) divided by 7 too."


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


def test_right_remainders():
    assert_marks(LAST, ["101 = 4*25 + 1", "the last digit is 7"])
    assert_marks(REST, ["50=6×8+2", "余数是2"])


def test_wrong_remainders():
    assert marks(["the last digit is 1"], LAST) == "u"
    assert_marks(LAST, [("101 = 4*25 + 3", "arithmetic")])
    assert_marks(DAYS, [("100 = 14*7 + 3", "arithmetic")])


@pytest.mark.parametrize("line", ["100÷7=14……2", "100 : 7 = 14 Rest 2", "100 ÷ 7 = 14 R 2"])
def test_quotients_with_remainder(line):
    assert_marks("Share 100 sweets among 7 children.", [line])
    wrong = line.replace("14", "13")
    assert_marks("Share 100 sweets among 7 children.", [(wrong, "arithmetic")])


def test_odd_numbers_in_letters_of_their_own():
    proof = "Beweise: Das Produkt zweier ungerader Zahlen ist ungerade."
    assert_marks(proof, ["a = 2m+1, b = 2n+1 mit m, n aus Z", "(2m+1)(2n+1) = 4mn+2m+2n+1"])


@pytest.mark.parametrize(
    "line", ["8/5 x 15/4", "= 5/8 * 15/4", "= 8/5 * 4/15", "5/8 : 15/4 = 5/8 · 15/4"]
)
def test_a_fraction_that_was_not_turned_over(line):
    assert_marks(r"Work out \(\frac58 : \frac{15}{4}\).", [(line, "not_inverted")])
    assert_marks(r"Work out \(\frac58 : \frac{15}{4}\).", ["5/8 x 4/15", "= 1/6"])


def test_the_radius_of_a_sphere_from_its_surface():
    sphere = r"The surface area of a sphere is \(36\pi\ \text{cm}^2\). Find its volume."
    assert_marks(sphere, ["4 pi r^2 = 36 pi", "r = 3"])
