"""Formulas of a topic in letters, words and the signs of a country."""

import pytest

from tests.grading.working.marking import marks

_INTEREST = "$5000 is invested at 6% per year compounded monthly. How much is there after 3 years?"
_POT = (
    "Une casserole cylindrique a un rayon de 10 cm et une hauteur de 12 cm. Quel est son volume ?"
)
_PIZZA = "Eine runde Pizza hat einen Durchmesser von 30 cm. Wie groß ist ihre Fläche?"
_TRAIN = "A train travels 240 km in 3 hours. What is its speed?"
_LINE = "求点 \\((2,-1)\\) 到直线 \\(3x-4y+5=0\\) 的距离。"
_SPACE = (
    "Dans un repère, on donne \\(A(2;-1;3)\\) et \\(B(-1;4;1)\\). Calculer la distance \\(AB\\)."
)
_CHOICE = "Combien de comités de 3 personnes peut-on former avec 10 personnes ?"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (_INTEREST, "A=P(1+r/n)^(nt)"),
        (_POT, "V = π r² h"),
        (_PIZZA, "A = π r²"),
        (_PIZZA, "A = π·15²"),
        (_TRAIN, "speed = dist/time"),
        (_LINE, "d=|Ax0+By0+C|/√(A²+B²)"),
        (_SPACE, "AB(xB-xA ; yB-yA ; zB-zA)"),
        (_CHOICE, "nb de comités : 3 parmi 10 = 120"),
        (_CHOICE, "10 choose 3 = 120"),
        (_CHOICE, "10 über 3 = 120"),
    ],
)
def test_it_knows_the_formula(statement, line):
    assert marks([line], statement) in ("p", "g")


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (_INTEREST, "A=P(1+r/n)^t"),
        (_POT, "V = 2π r h"),
        (_PIZZA, "A = 2πr"),
        (_TRAIN, "speed = time/dist"),
        (_LINE, "d=|Ax0+By0+C|/(A²+B²)"),
        (_SPACE, "AB(xA-xB ; yA-yB ; zA-zB)"),
        (_CHOICE, "3 parmi 10 = 720"),
    ],
)
def test_it_proves_no_wrong_one(statement, line):
    assert marks([line], statement) not in ("p", "g")
