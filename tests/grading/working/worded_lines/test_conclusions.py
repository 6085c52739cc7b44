"""Conclusions and lists in words: a right angle, outcomes of two dice, a share of the whole."""

import pytest

from tests.grading.working.marking import assert_marks, marks

SIDES = "Un triangle a des côtés de 9 cm, 12 cm et 15 cm. Est-il rectangle ?"
OTHER_SIDES = "Ist ein Dreieck mit den Seiten 4 cm, 5 cm und 6 cm rechtwinklig?"
DICE = "Se lanzan dos dados. Calcula la probabilidad de que la suma sea 8."
SHARED = r"Amy and Ben share £84 in the ratio \(2:5\). How much does each get?"
REPARTO = "Reparte 360 € entre Ana y Luis en la razón 4 : 5. ¿Cuánto recibe cada uno?"
CONE = "Ein Kegel hat den Radius 5 cm und die Mantellinie 13 cm. Berechne das Volumen."
BOULES = "Une urne contient 4 boules rouges et 6 vertes. On tire deux boules sans remise."
BOULES += " Calculer la probabilité d'obtenir deux rouges."
OBTUSE = r"已知 \(\sin\alpha=\frac35\)，\(\alpha\) 是钝角，求 \(\tan\alpha\)。"
THIRD = r"Given \(\cos\alpha=-\frac35\), \(\alpha\) in the third quadrant. Find \(\sin\alpha\)."
POWER = r"Find \(\lim_{n\to\infty}\left(1+\frac{3}{n}\right)^n\)."
CUBIC = r"Bestimme die Nullstellen von \(f(x)=x^3-4x^2+3x\)."
FARM = "En una granja hay gallinas y conejos: 30 cabezas y 86 patas. ¿Cuántos hay de cada clase?"
SUBSTITUTED = r"Résoudre \(e^{2x}-3e^x+2=0\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (SIDES, ["9² + 12² = 225", "égalité vérifiée donc le triangle est rectangle"]),
        (OTHER_SIDES, ["16 + 25 = 41", "also ist das Dreieck nicht rechtwinklig"]),
        (DICE, ["favorables: (2,6) (3,5) (4,4) (5,3) (6,2) → 5", "P = 5/36"]),
        ("同时掷两枚骰子，求点数之和为 8 的概率。", ["和为8：(2,6)(3,5)(4,4)(5,3)(6,2)，5种"]),
        (SHARED, ["Amy gets 2/7 of 84", "84 : 7 · 2 = 24"]),
        (SHARED, [("Amy gets 2/5 of 84", "part_for_whole")]),
        (REPARTO, [("Ana recibe 4/5 de 360", "part_for_whole")]),
        (CONE, ["V = 1/3·π·r²·h", ("V = 1/3·π·25·13", "wrong_height")]),
        (BOULES, ["p(rouge) = 4/10", ("p(2 rouges) = 4/10 × 4/10", "with_replacement")]),
        (BOULES, ["p(rouge) = 4/10", "p(2 rouges) = 4/10 × 3/9", "= 2/15"]),
        (CUBIC, ["x(x² - 4x + 3) = 0", "x1 = 0 oder x² - 4x + 3 = 0", "x2/3 = 2 ± √(4-3) = 2 ± 1"]),
        (FARM, ["x gallinas, 30 - x conejos", "2x + 4(30 - x) = 86"]),
        (OBTUSE, ["cos²α=1-9/25=16/25", "α是钝角，cosα<0，cosα=-4/5"]),
        (THIRD, ["sin α < 0", "tan α > 0", ("sin α > 0", "wrong_branch")]),
        (POWER, ["1 + 3/n -> 1", ("1 to any power is 1, so the limit is 1", "one_to_infinity")]),
        (POWER, ["the limit is e^3"]),
        (CONE, ["h = √(169 - 25) = 12", "V = 1/3·π·25·12 = 100π"]),
        (SUBSTITUTED, ["X = e^x : X² - 3X + 2 = 0", "X = 1 ou X = 2", "x = 0 ou x = ln 2"]),
        (
            SUBSTITUTED,
            ["X = e^x : X² - 3X + 2 = 0", "X = 1 ou X = 2", ("S = {1 ; 2}", "not_put_back")],
        ),
        (SUBSTITUTED, ["On pose X = e^x : X² - 3X + 2 = 0", "Δ = 9 - 8 = 1"]),
        ("Find the HCF of 84 and 120.", ["84 = 2² x 3 x 7", "120 = 2³ x 3 x 5"]),
    ],
)
def test_they_are_decided(statement, lines):
    assert_marks(statement, lines)


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (SIDES, "donc le triangle n'est pas rectangle"),
        (SIDES, "le triangle est rectangle si l'égalité est vérifiée"),
        (OTHER_SIDES, "also ist das Dreieck rechtwinklig"),
        (DICE, "favorables: (2,6) (3,5) (4,4) → 3"),
        (DICE, "favorables: (2,6) (3,5) (4,4) (5,3) (6,2) → 6"),
        (SHARED, "Amy gets 2/5 of what Ben gets"),
        (r"Amy and Ben share money in the ratio \(2:5\). Ben gets £84.", "Amy gets 2/5 of 84"),
        (REPARTO, "Ana recibe 4/5 de lo que recibe Luis"),
        (SUBSTITUTED, "On pose X = e^x : X² - 3X + 5 = 0"),
        (THIRD.replace("in the third", "not in the third"), "sin α < 0"),
        (r"In an obtuse triangle \(\sin\alpha=\frac35\).", "cos α > 0"),
        (POWER, "so the limit of the base is 1"),
        (POWER, "the limit is not 1"),
        (FARM, "x gallinas, 86 - x conejos"),
        (FARM, "x gallinas, x - 30 conejos"),
    ],
)
def test_others_stay_open(statement, line):
    assert marks([line], statement) in (
        "u",
        "r" if "X" in line else "u",
        "g" if "α" in line else "u",
    )


TWO_ANGLES = (
    r"\(\alpha\) is acute with \(\sin\alpha=\frac35\), and \(90°<\beta<180°\) with"
    r" \(\sin\beta=\frac45\). Find \(\cos\alpha\cos\beta\)."
)
TEAMS = "How many teams of 3 can be chosen from 8 players?"
RIGHT_ANGLED = "Is the triangle with sides 3, 4 and 5 a right-angled triangle?"
SUM_OF_DICE = "Two dice are thrown. What is the probability that the sum is 8?"


@pytest.mark.parametrize(
    ("statement", "line", "mark"),
    [
        (TWO_ANGLES, "cos β < 0", "u"),  # the words are of the other angle
        (TWO_ANGLES, "cos β > 0", "u"),
        (TEAMS, "336 arrangements of teams", "u"),
        (TEAMS, "there are 336 groups in a row", "u"),
        (TEAMS, "there are 336 teams", "r"),
        (RIGHT_ANGLED, "so it is right-angled", "p"),
        (RIGHT_ANGLED, "the right angle is opposite the shortest side", "u"),
        (RIGHT_ANGLED, "right-angled and equilateral", "u"),
        (SUM_OF_DICE, "(2,6) (3,5) (4,4) (5,3) (6,2): 5 outcomes", "p"),
        (SUM_OF_DICE, "sum 8: (2,6) (3,5) (4,4) (5,3) (6,2)", "p"),
        (SUM_OF_DICE, "(2,6) (3,5) (4,4) (5,3) (6,2): 8 outcomes", "u"),
        (SUM_OF_DICE, "(2,6) (3,5) (4,4) (5,3) (6,2) are all impossible", "u"),
        (r"Is \(f(x)=x^2\) increasing on \((0,\infty)\)? Find its range.", "[0, ∞)", "u"),
    ],
)
def test_words_that_say_more_are_left_open(statement, line, mark):
    assert marks([line], statement) == mark
