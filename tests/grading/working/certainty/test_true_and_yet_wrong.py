"""Lines that are true by themselves, and neither proved nor called right where they are."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks, refuted_check
from tutor.grading.steps.claim_results import Slip

ROW = "Ein Dreieck hat die Grundseite 8 cm und die Höhe 5 cm. Berechne den Flächeninhalt."
HALF_YEAR = "Ein Kapital von 700 € wird ein halbes Jahr zu 4 % verzinst. Wie viel Zinsen gibt es?"
HITS = "Two archers hit with 0.9 and 0.6. Find the probability that at least one of them hits."
SUM = "The sum of two consecutive even numbers is 58. Find the larger number."
AGES = "Tom is 6 years older than Eva. Together they are 40 years old. How old is Tom?"
COMPOSED = r"Let \(f(x) = 3x + 1\) and \(g(x) = x^2\). Find \(f(g(2))\)."
PRODUCT = (
    r"Let \(A=\begin{pmatrix}1&2\\3&4\end{pmatrix}\) and"
    r" \(B=\begin{pmatrix}5&6\\7&8\end{pmatrix}\). Compute \(AB\)."
)
COMMITTEE = "In how many ways can a committee of 3 be chosen from 9 people?"
INDUCTION = r"Prove by induction that \(1+3+5+\dots+(2n-1)=n^2\) for all \(n\ge 1\)."
SINE = r"Solve \(\sin x = \frac{1}{2}\) in \([0, 2\pi]\)."
WINDOW = "A window is a square of side 4 m with a semicircle on top (diameter 4 m). Find its area."


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (ROW, ["8·5 = 40 cm²"], "u"),  # which is a common multiple of 8 and 5 as well
        (ROW, ["8·5 = 40 cm²", "40 : 2 = 20 cm²"], "pp"),
        ("Un carré a pour côté 9 cm. Calculer son aire.", ["9×4 = 36 cm²"], "u"),
        ("Find the sum of the interior angles of a hexagon.", ["6 × 180 = 1080"], "u"),
        ("Find the sum of the interior angles of a hexagon.", ["4 × 180 = 720"], "p"),
        ("How many diagonals does a regular octagon have?", ["8·5 = 40"], "u"),
        ("How many diagonals does a regular octagon have?", ["8·5/2 = 20"], "p"),
        ("Combien d'anagrammes du mot ANANAS ?", ["6!/(3+2) = 720/5", "= 144"], "uu"),
        (HALF_YEAR, ["700·0,04 = 28 €".replace(",", ".")], "u"),
        (HALF_YEAR, ["700·0.04:2 = 14 €"], "p"),
        (HITS, ["0.9 + 0.6 = 1.5", "so it is certain"], "uu"),
        (HITS, ["0.9 + 0.6 = 1.5", "1.5 - 0.9·0.6 = 0.96"], "pp"),
    ],
)
def test_what_is_not_asked_for_is_not_proved(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (SUM, ["n + n + 2 = 58", "2n = 56", "n = 28", "The larger number is 28."], "gppu"),
        (SUM, ["n + n + 2 = 58", "2n = 56", "n = 28", "The smaller number is 28."], "gppp"),
        (AGES, ["x + x + 6 = 40", "2x = 34", "x = 17", "Tom is 17 years old."], "gppu"),
        (AGES, ["x + x + 6 = 40", "2x = 34", "x = 17", "Eva is 17 years old."], "gppp"),
    ],
)
def test_the_letter_is_not_the_larger_summand(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (COMPOSED, ["f(2) = 7", "g(7) = 49", "f(g(2)) = 49"], "upr"),
        (COMPOSED, ["g(2) = 4", "f(4) = 13", "f(g(2)) = 13"], "ppp"),
        (PRODUCT, ["top row: 1*5=5, 2*6=12", "AB = [5 12; 21 32]"], "ur"),
        (COMMITTEE, ["9·8·7 = 504", "There are 504 committees."], "pr"),  # 504/6 is right
    ],
)
def test_what_a_refuted_line_takes_for_something_else_is_not_proved(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (INDUCTION, ["Assume it is true for every n: 1+3+...+(2n-1)=n^2"], "u"),
        (SINE, ["x = π/6 is the only solution"], "u"),
        (r"Solve \(3x - 6 = 0\).", ["x = 2", "x^2 = 4", "x = 2 or x = -2"], "ppu"),
        (r"Solve \(x^2 = 4\).", ["x = 2 or x = -2"], "p"),
        (r"Simplify \(\frac{16}{64}\).", ["cancel the 6: 16/64 = 1/4"], "u"),
        (r"Simplify \(\frac{16}{64}\).", ["cancel the 8: 16/64 = 2/8"], "p"),
        (WINDOW, ["semicircle = π·r² = π·4 = 12.57"], "u"),
        (WINDOW, ["semicircle = π·r²/2 = 2π = 6.28"], "p"),
    ],
)
def test_what_does_not_follow_is_not_proved(statement, lines, expected):
    assert marks(lines, statement) == expected


CROSS = r"Compute the cross product of \(\vec{a} = (1, 2, 4)\) and \(\vec{b} = (3, 5, 6)\)."
INTEREST = (
    "Frau K. legt 2000 € zu 5 % Zinsen an, die mitverzinst werden. Wie viel hat sie nach 3 Jahren?"
)
WAY = "A car drives 240 km in 4 hours. How far does it drive in 6 hours at this rate?"
OUTFITS = "Ben has 5 shirts and 3 pairs of trousers. How many outfits can he make?"
RECIPE = "A recipe for 4 persons needs 300 g of rice. How much rice is needed for 6 persons?"
WORK = "A needs 6 days alone and B needs 12 days alone. How many days do they need together?"
PAINTERS = "6 painters need 10 days. How long do 4 painters need, working at the same rate?"
MINIMUM = r"Find the smallest value of \(f(x) = x + \frac{9}{x}\) on \([1, 9]\)."
COSINE = r"Solve \(2\cos x + \sqrt{3} = 0\) for \(0^\circ \le x < 360^\circ\)."


@pytest.mark.parametrize(
    ("statement", "line", "slip"),
    [
        (CROSS, "second component: 1·6 - 4·3 = -6", Slip.LOST_SIGN),
        (INTEREST, "Zinsen: 2000·0.05·3 = 300", Slip.PERCENT_BASE),
        (WAY, "240/6 = 40", Slip.INVERSE_RATIO),
        (OUTFITS, "5 + 3 = 8", Slip.SUM_FOR_PRODUCT),
        (RECIPE, "300·4/6 = 200", Slip.INVERSE_RATIO),
        (WORK, "(6 + 12)/2 = 9", Slip.SET_UP),
        (MINIMUM, "both are candidates on [1, 9]: f(3) = 6, f(-3) = -6", Slip.OUTSIDE_INTERVAL),
        (COSINE, "other one: 180 - 150 = 30", Slip.NONE),
    ],
)
def test_a_calculation_of_something_else_is_refuted(statement, line, slip):
    assert refuted_check([line], statement).refuted.slip == slip


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (CROSS, "second component: 4·3 - 1·6 = 6"),
        (INTEREST, "2000·0.05 = 100"),
        (WAY, "240/4 = 60"),
        (OUTFITS, "5·3 = 15"),
        (RECIPE, "300·6/4 = 450"),
        (WORK, "1/6 + 1/12 = 1/4"),
        (PAINTERS, "60/4 = 15"),
        (MINIMUM, "only x = 3 is a candidate on [1, 9]: f(3) = 6"),
        (COSINE, "other one: 360 - 150 = 210"),
    ],
)
def test_the_right_one_is_not_refuted(statement, line):
    assert marks([line], statement) in ("p", "u")
