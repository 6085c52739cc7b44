"""Lines that announce what the statement and arithmetic decide: ranks, halves, factors, sums."""

import pytest

from tests.grading.working.marking import marks

MEDIAN = "Find the median of 11, 7, 9, 15, 4, 20, 13, 2."
POINTS = r"On donne \(A(1;2)\), \(B(3;6)\), \(C(-1;-2)\). Les points sont-ils alignés ?"
BENT = r"On donne \(A(1;2)\), \(B(3;6)\), \(C(-1;0)\). Les points sont-ils alignés ?"
PRICE = "A price of 80 € falls by 30 %. What is it now?"
RHOMBUS = "The diagonals of a rhombus are 10 cm and 24 cm long. Find its perimeter."
COSINE = r"Solve \(2\cos x=1\) for \(0\le x<2\pi\)."
DICE = "掷两枚质地不同的骰子，求点数之和为 9 的概率。"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (MEDIAN, "8 numbers => the median is between the 4th and 5th one"),
        (MEDIAN, "there are 8 values, so the middle is between 4th and 5th"),
        (
            "Bestimme den Median von 3, 9, 4, 7, 5, 8.",
            "6 Werte, also Mitte zwischen 3. und 4. Wert",
        ),
        (POINTS, "AC = -AB donc colinéaires"),
        (POINTS, "A, B, C alignés"),
        (PRICE, "-30% → times 0.7"),
        (PRICE, "30% off means you pay 70%"),
        ("Ein Preis steigt um 20 %.", "+20 % → mal 1.2"),
        (RHOMBUS, "half diagonals: 5 and 12"),
        ("A regular pentagon has five equal angles.", "angles in a quad add to 360"),
        ("Ein regelmäßiges Vieleck hat Innenwinkel von 150°.", "Summe der Außenwinkel = 360"),
        (COSINE, "one solution is x = pi/3"),
        (DICE, "和为9: (3,6),(4,5),(5,4),(6,3) 共4种"),
        ("Un train part à 9 h 47 et arrive à 13 h 12.", "de 9h47 à 10h : 13 min"),
    ],
)
def test_what_is_right_is_proved(statement, line):
    assert marks([line], statement) == "p"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (MEDIAN, "8 numbers => the median is between the 3rd and 4th one"),
        (MEDIAN, "7 numbers => the median is between the 4th and 5th one"),
        (BENT, "A, B, C alignés"),
        (BENT, "AC = -AB donc colinéaires"),
        (POINTS, "A, B, C ne sont pas alignés"),
        (PRICE, "-30% → times 0.3"),
        (PRICE, "30% off means you pay 30%"),
        (PRICE, "30% of the price is 70%"),
        (RHOMBUS, "half diagonals: 5 and 13"),
        ("A regular pentagon has five equal angles.", "angles in a quad add to 180"),
        (COSINE, "one solution is x = pi/6"),
        (DICE, "和为9: (3,6),(4,5),(5,4) 共3种"),
        ("Un train part à 9 h 47 et arrive à 13 h 12.", "de 9 à 10 : 13"),
    ],
)
def test_what_is_not_is_never_proved(statement, line):
    assert marks([line], statement) in ("u", "r")


QUADRATIC = r"Solve \(2\sin^2 x-3\sin x-2=0\) for all real x."


@pytest.mark.parametrize(
    ("lines", "mark"),
    [
        (["sin x = -1/2 or sin x = 2", "x = -π/6 + 2kπ or x = 7π/6 + 2kπ"], "p"),
        (["sin x = -1/2 or sin x = 2", "x = -π/6 + 2kπ, 7π/6 + 2kπ"], "p"),
        (["sin x = -1/2 or sin x = 2", "x = -π/6 + 2kπ, or 7π/6 + 2kπ"], "p"),
        (["sin x = -1/2 or sin x = 2", "x = -π/6 + 2kπ or x = 5π/6 + 2kπ"], "r"),
    ],
)
def test_an_equation_without_solutions_beside_another_adds_none(lines, mark):
    assert marks(lines, QUADRATIC)[-1] == mark


def test_a_case_from_nowhere_beside_a_right_one_is_not_proved():
    statement = r"Find all solutions of \(\sqrt{2x+3} = x\)."
    lines = ["x^2-2x=3", "x(x-2)=3", "so x=3 or x-2=3"]
    assert marks(lines, statement)[:2] == "pp"
    assert marks(lines, statement)[-1] != "p"


def test_intervals_after_zeros_are_no_cases_from_nowhere():
    lines = ["x² - 2x - 8 = 0", "x1 = 4, x2 = -2", "x < -2 or x > 4"]
    assert marks(lines, r"Löse die Ungleichung \(x^2 - 2x - 8 > 0\).")[-1] == "p"


def test_the_only_solution_is_refuted_where_there_are_others():
    assert marks(["x = 3 is the only solution"], r"Solve \(x^2=9\).") == "r"
    assert marks(["x = 3 is the only solution"], r"Solve \(2x+1=7\).") == "p"


def test_the_length_between_two_points_is_one_number():
    statement = r"Gegeben sind \(A(1|2|3)\) und \(C(2|0|5)\). Berechne die Länge von AC."
    assert marks(["|AC| = √(1^2+2^2+2^2) = 3"], statement) == "p"
    assert marks(["|AC| = √(1^2-2^2+2^2) = 1"], statement) == "r"


def test_a_letter_of_a_formula_gets_the_number_that_was_told():
    statement = "A sphere has radius 6 cm. Find its volume in terms of π."
    assert marks(["V = 4/3 π r^3", "r = 6"], statement)[-1] == "g"


def test_products_of_a_determinant_are_known():
    statement = r"Find det \(\begin{pmatrix} 3 & -2 \\ 5 & 4 \end{pmatrix}\)."
    assert marks(["ad = 12, bc = -10"], statement) == "p"
    assert marks(["ad = 12, bc = 10"], statement) != "p"


def test_an_antiderivative_may_have_a_letter():
    statement = r"Evaluate \(\int_1^3 (3x^2-4x)\,dx\)."
    assert marks(["antiderivative F = x^3 - 2x^2"], statement) == "p"
    assert marks(["antiderivative F = x^3 - 4x^2"], statement) == "r"
