"""Lines that tell what is used or done: rules, factors, hypotheses, counts."""

from __future__ import annotations

import pytest

from tests.grading.weighing.weighing import marks as weighed_marks
from tests.grading.working.marking import marks
from tutor.grading.steps.checks import Mark

LINE = "Bestimme die Steigung der Geraden durch \\((-1|3)\\) und \\((5|-9)\\)."
DETERMINANT = r"Find the determinant of \(\begin{pmatrix} 6 & 1 \\ -2 & 3 \end{pmatrix}\)."
TRAIN = "A train covers 45 km in 20 minutes. What is its speed in metres per second?"
TRAPEZIUM = "A trapezium has parallel sides of 6 m and 9 m and a height of 4 m. Find its area."
ANGLES = "Two angles of a triangle are 35° and 80°. Find the third."
SERIES = "Find the sum of the infinite geometric series 8 + 4 + 2 + ..."
PERPENDICULAR = r"For which \(m\) are \((m, 2)\) and \((3, -6)\) perpendicular?"

MEMBERS = r"An arithmetic sequence has \(a_1 = 3\) and \(a_5 = 23\). Find the common difference."
ADDED = r"Une suite arithmétique vérifie \(u_0 = 3\) et \(u_5 = 23\). Calcule la raison."
GROWING = r"Une suite géométrique vérifie \(u_0 = 3\) et \(q = 2\). Calcule \(u_5\)."


@pytest.mark.parametrize(
    ("statement", "right", "wrong"),
    [
        (LINE, "m = (y2-y1)/(x2-x1)", "m = (x2-x1)/(y2-y1)"),
        (LINE, "Steigung = (yB - yA)/(xB - xA)", "Steigung = (yB - yA)/(xA - xB)"),
        (DETERMINANT, "det = ad - bc", "det = ad + bc"),
        (TRAIN, "speed = distance / time", "speed = distance * time"),
        (
            TRAPEZIUM,
            "area = half of (sum of the parallel sides) times height",
            "area = (sum of the parallel sides) times height",
        ),
        (ANGLES, "angles add up to 180°", "angles add up to 360°"),
        (SERIES, "S = a/(1-r)", "S = a/(1+r)"),
        (MEMBERS, "an = a1 + (n-1)d", "an = a1*r^(n-1)"),
        (GROWING, "un = u0*q^n", "un = u0 + nr"),
        (ADDED, "un = u0 + nr", "un = u0 * r^n"),
        (PERPENDICULAR, "perpendicular means dot product 0", "perpendicular means dot product 1"),
    ],
)
def test_a_general_formula_is_given(statement, right, wrong):
    assert marks([right], statement) == "g"
    assert marks([wrong], statement) in ("u", "r")


ROOTS = r"Rationalise the denominator: \(\frac{4}{\sqrt{11} - 3}\)."
COMPLEX = r"Schreibe \(\frac{5-i}{2+3i}\) in der Form \(a+bi\)."
ZH_ROOTS = r"分母有理化：\(\frac{2}{\sqrt7+\sqrt3}\)"


@pytest.mark.parametrize(
    ("statement", "right", "wrong"),
    [
        (ROOTS, "multiply top and bottom by √11 + 3", "multiply top and bottom by √11 - 3"),
        (ROOTS, "times (√11+3)/(√11+3)", "times (√11+3)/(√11-3)"),
        (COMPLEX, "erweitern mit (2-3i)", "erweitern mit (2+3i)"),
        (ZH_ROOTS, "分子分母同乘(√7-√3)", "分子分母同乘(√7+√3)"),
    ],
)
def test_the_conjugate_is_proved(statement, right, wrong):
    assert marks([right], statement) == "p"
    assert marks([wrong], statement) == "u"


FRACTIONS = r"Solve \(\frac{x}{x-4} = \frac{2}{x+1}\)."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x can't be 4 or -1", "p"),
        ("not allowed: x = 4, x = -1", "p"),
        ("D = R \\ {-1, 4}", "p"),
        ("x can't be 4", "u"),
        ("x can't be -4 or 1", "u"),
    ],
)
def test_excluded_values_are_those_of_the_denominators(line, expected):
    assert marks([line], FRACTIONS) == expected


INDUCTION = r"Prove by induction that \(5^n - 1\) is divisible by 4 for all \(n \ge 1\)."


def test_the_hypothesis_of_an_induction_is_given_and_its_end_rests_on_the_lines():
    lines = [
        "n = 1: 5 - 1 = 4",
        "assume 4 | 5^k - 1",
        "5^(k+1) - 1 = 5·5^k - 1 = 5(5^k - 1) + 4",
        "so true for k+1, hence for all n",
    ]
    assert marks(lines, INDUCTION) == "pgpp"
    assert marks(["assume 4 | 5^k + 1"], INDUCTION) == "u"
    lines[2] = "5^(k+1) - 1 = 5·5^k - 3 + h"
    assert marks(lines, INDUCTION)[-1] == "u"


DIGIT = r"What is the last digit of \(8^{31}\)?"
REST = r"Welchen Rest lässt \(3^{40}\) bei Division durch 5?"


@pytest.mark.parametrize(
    ("statement", "right", "wrong"),
    [
        (DIGIT, "last digits 8, 4, 2, 6, then repeats", "last digits 8, 4, 6, 2, then repeats"),
        (DIGIT, "8^1 ends in 8, 8^2 in 4, repeats every 4", "8^1 ends in 8, 8^2 in 6, repeats"),
        (DIGIT, "8, 4, 2, 6 repeats every 4", "8, 4, 2, 6 repeats every 5"),
        (REST, "3, 4, 2, 1, dann wiederholt es sich, Periode 4", "3, 4, 1, 2, dann wiederholt"),
    ],
)
def test_the_row_of_last_digits_is_worked_out(statement, right, wrong):
    assert marks([right], statement) == "p"
    assert marks([wrong], statement) in ("u", "r")


HANDS = "At a meeting 15 people shake hands, each with each other once. How many handshakes?"
WORD = "In how many ways can the letters of the word TEETER be arranged?"
FIVE = "Find the median of 8, 2, 11, 5, 9."
SIX = "求数据 7, 1, 12, 5, 9, 4 的中位数。"


@pytest.mark.parametrize(
    ("statement", "right", "wrong"),
    [
        (HANDS, "each person shakes 14 hands", "each person shakes 15 hands"),
        (WORD, "6 letters, 6! = 720", "5 letters, 5! = 120"),
        (WORD, "6 letters: T x2, E x3, R x1", "6 letters: T x3, E x2, R x1"),
        (FIVE, "there are 5 values so the median is the 3rd one", "5 values so it is the 2nd one"),
        (SIX, "一共6个数,取中间两个的平均数", "一共5个数,取中间两个的平均数"),
    ],
)
def test_counts_are_compared_with_the_statement(statement, right, wrong):
    assert marks([right], statement) == "p"
    assert marks([wrong], statement) in ("u", "r")


ENDLESS = r"Find \(\lim_{x\to\infty} \frac{3x^2 + x}{7x^2 - 1}\)."


def test_what_grows_and_what_vanishes():
    assert marks(["top → ∞", "Nenner → ∞"], ENDLESS) == "pp"
    assert marks(["1/x -> 0 and 1/x² -> 0", "3x² + x -> 0"], ENDLESS) in ("pu", "pr")


def test_bounds_may_be_told_behind_an_integral():
    statement = r"Find the area enclosed by \(y = x^2\) and \(y = 4x\)."
    assert marks(["A = ∫(4x - x²) dx from 0 to 4"], statement) == "p"
    assert marks(["A = ∫(4x + x²) dx from 0 to 4"], statement) in ("u", "r")


RIGHT, OTHER = Mark.PROVED, Mark.UNCHECKED


@pytest.mark.parametrize(
    ("statement", "answer", "lines", "number", "expected"),
    [
        pytest.param(
            "A chord of a circle of radius 17 cm lies 8 cm from the centre. How long is it?",
            "30 cm",
            ("half² = 17² - 8² = 289 - 64 = 225", "half = 15", "chord = 30"),
            0,
            RIGHT,
            id="a square whose root is used",
        ),
        pytest.param(
            r"Two positive numbers \(x\) and \(y\) add up to 18. Find the greatest \(x y^2\).",
            "864",
            ("x = 18 - y", "P = (18 - y)y² = 18y² - y³", "y = 12", "P = 6·144 = 864"),
            1,
            RIGHT,
            id="a term multiplied out",
        ),
        pytest.param(
            "Find the line through \\((2, 7)\\) with slope \\(-\\frac12\\).",
            "y = -1/2 x + 8",
            ("y - 7 = -1/2 (x - 2)", "y = -1/2 x + 8"),
            0,
            RIGHT,
            id="the answer in another form",
        ),
        pytest.param(
            "Find the line through \\((2, 7)\\) with slope \\(-\\frac12\\).",
            "y = -1/2 x + 8",
            ("y - 7 = -1/2 (x + 2)", "y = -1/2 x + 8"),
            0,
            OTHER,
            id="not the answer in another form",
        ),
        pytest.param(
            "A chord of a circle of radius 17 cm lies 8 cm from the centre. How long is it?",
            "30 cm",
            ("a triangle with sides 19 and 23", "half = 15", "chord = 30"),
            0,
            OTHER,
            id="numbers that nothing gives",
        ),
    ],
)
def test_a_right_answer_confirms_what_is_true_in_itself(statement, answer, lines, number, expected):
    assert (weighed_marks(statement, answer, *lines)[number] == RIGHT) == (expected == RIGHT)


CONE = "Calculer le volume d'un cône de rayon 3 cm et de hauteur 7 cm."
RIGHT_ANGLED = (
    "En un triángulo rectángulo la hipotenusa mide 13 cm y un cateto 5 cm. Calcula el otro."
)
ODD = "The sum of three consecutive odd numbers is 87. Find the numbers."
AGES = "Jo is 8 years older than Kim. The sum of their ages is 34. How old is Jo?"


@pytest.mark.parametrize(
    ("statement", "before", "right", "wrong"),
    [
        (CONE, [], "r = 3 cm et h = 7 cm", "r = 7 cm et h = 3 cm"),
        (RIGHT_ANGLED, [], "hipotenusa = 13, cateto = 5", "hipotenusa = 5, cateto = 13"),
        (ODD, [], "n + (n+2) + (n+4) = 87", "n + (n+3) + (n+4) = 87"),
        (AGES, ["kim=k, jo=k+8"], "k+k+8=34", "k+8k=34"),
    ],
)
def test_what_the_statement_tells_is_given(statement, before, right, wrong):
    assert marks([*before, right], statement)[-1] == "g"
    assert marks([*before, wrong], statement)[-1] == "u"


TREE = r"On donne \(P(A)=0.3\), \(P_A(B)=0.4\), \(P_{\overline A}(B)=0.1\). Calculer \(P(B)\)."
SCORE = (
    "Marks are normally distributed with mean 70 and standard deviation 8. Find the z-score of 86."
)
ADJACENT = (
    "Dans un triangle rectangle, l'hypoténuse mesure 8 cm et un angle aigu 35°. Côté adjacent ?"
)


@pytest.mark.parametrize(
    ("statement", "right", "wrong"),
    [
        (TREE, "P(B) = P(A)×P_A(B) + P(Ā)×P_Ā(B)", "P(B) = P(A)×P_A(B) + P(A)×P_Ā(B)"),
        (SCORE, "z = (x - mean)/sd", "z = (x - sd)/mean"),
        (ADJACENT, "cos(35°) = adjacent / hypoténuse", "sin(35°) = adjacent / hypoténuse"),
        ("A car of 9 kg has 4 m/s. Find its kinetic energy.", "Ek = 1/2 m v^2", "Ek = 2 m v^2"),
    ],
)
def test_a_formula_of_chances_sides_and_energies_is_given(statement, right, wrong):
    assert marks([right], statement) == "g"
    assert marks([wrong], statement) in ("u", "r")


DISCOUNT = (
    "Ein Rad kostet nach einem Rabatt von 15 % noch 544 €. Wie hoch war der ursprüngliche Preis?"
)
CAR = "A car of mass 1200 kg travels at 15 m/s. Calculate its kinetic energy in kJ."
BARRED = r"Sind \(\vec a=(2\mid-1\mid3)\) und \(\vec b=(4\mid5\mid-1)\) orthogonal?"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (DISCOUNT, ["85% ≙ 544 €", "1% ≙ 544 : 85 = 6.40 €", "100 % ≙ 640 €"]),
        (CAR, ["Ek=0.5*1200*15^2", "Ekin = 135 kJ"]),
        (BARRED, ["a·b = 2*4 + (-1)*5 + 3*(-1)"]),
    ],
)
def test_signs_of_one_country_are_read(statement, lines):
    assert marks(lines, statement) == "p" * len(lines)
