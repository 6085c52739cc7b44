"""Lines that are true of something else prove nothing; set-ups contradict nothing."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks, refuted_check
from tutor.grading.steps.claim_results import Slip

VECTORS = (
    r"已知 \(\vec a=(2,-1)\)，\(\vec b=(3,k)\)，\(\vec a\perp\vec b\)。求 \(|\vec a+\vec b|\)。"
)
LINE = r"Find the y-intercept of the line through \((1, 3)\) and \((3, 7)\)."
ROOT = r"Solve \(\sqrt{x + 7} = x - 5\)."
TRIANGLE = (
    "In einem rechtwinkligen Dreieck ist die Hypotenuse 17 cm lang, eine Kathete 8 cm. Wie lang "
    "ist die andere Kathete?"
)
LEGS = ["Hyp c=17, Kathete a=8, ges. b"]
CONE = "Calculer le volume d'un cône de révolution de rayon 6 cm et de hauteur 5 cm."
BUSES = "Van 330 alumnos en autobuses de 50 plazas. ¿Cuántos autobuses se necesitan?"
JUG = "A jug already holds 2/3 cup of milk and 3/5 cup of water. How much is that together?"
CRAMER = r"Resuelve por Cramer: \(3x-2y=4\), \(4x+5y=36\). Da el valor de \(x\)."
GARDEN = "A rectangle has a perimeter of 34 cm and an area of 60 cm². Find its sides."
QUARTIC = r"解方程：\(x^4-13x^2+36=0\)。"
SHARED = "Kim and Lee share £84 in the ratio 3:4. How much does each get?"
TUNNEL = "A train goes through a tunnel of 620 m at 72 km/h. How long does it take?"


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        pytest.param(VECTORS, ["a·b=0", "k=6", "|a+b|=|a|+|b|=√5+√45"], "puu", id="no numbers"),
        pytest.param(LINE, ["m = 2", "c = 1", "The y-intercept is 2."], "ppr", id="the slope"),
        pytest.param(LINE, ["m = 2", "c = 1", "The y-intercept is 1."], "ppp", id="its own name"),
        pytest.param(
            ROOT, ["(x-2)(x-9)=0", "so the solutions are x = 2 and x = 9"], "pu", id="one is none"
        ),
        pytest.param(
            r"Find the domain of \(f(x) = \frac{1}{x^2 - 4}\).",
            ["x² = 4", "x = 2"],
            "ur",
            id="both are excluded",
        ),
        pytest.param(TRIANGLE, [*LEGS, "b² = c² - a²"], "gp", id="a leg"),
        pytest.param(TRIANGLE, [*LEGS, "b² = c² + a²"], "gr", id="a leg as the hypotenuse"),
        pytest.param(
            CONE, ["V = base × hauteur = 36π×5 = 180π cm3"], "r", id="a formula in words between"
        ),
        pytest.param(BUSES, ["330 : 50 = 6.6", "o sea se necesitan 6"], "pu", id="Spanish o sea"),
        pytest.param(JUG, ["in the jug: 2/3 + 3/5 = 5/8"], "r", id="wherever it is"),
        pytest.param(
            r"Bestimme alle \(x\) mit \(0^\circ \le x < 360^\circ\) und \(2\sin x = 1\).",
            ["x = 30°, das ist die einzige Lösung"],
            "r",
            id="there is another one",
        ),
        pytest.param("Add in base 5.", ["in base 5: 3 + 4 = 12"], "u", id="in another base"),
        pytest.param("Add.", ["in binary: 1 + 1 = 10"], "u", id="in binary"),
    ],
)
def test_only_what_follows_is_proved(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        pytest.param(GARDEN, ["a + b = 17", "a × b = 60"], "gg", id="two set-ups"),
        pytest.param(GARDEN, ["2(L+l) = 34", "xy = 60"], "gg", id="letters of any kind"),
        pytest.param(GARDEN, ["a + b = 34"], "u", id="the whole perimeter"),
        pytest.param(QUARTIC, ["x=3,-2,-3,2 四个根"], "p", id="words behind a list"),
        pytest.param(
            "Un QCM a 5 questions avec 4 réponses. Calculer P(X=2).",
            ["P(X=2) = (5 parmi 2) × 0.25² × 0.75³", "= 10 × 0.0625 × 0.421875"],
            "up",
            id="said the wrong way round",
        ),
    ],
)
def test_what_may_be_meant_is_not_refuted(statement, lines, expected):
    assert marks(lines, statement) == expected


def test_determinants_of_a_system_are_known():
    right = ["Dx = 4·5 - (-2)·36 = 92", "D = 3·5 - (-2)·4 = 23", "x = Dx/D = 92/23"]
    assert marks(right, CRAMER) == "ppp"
    wrong = refuted_check(["D = 3·5 - 2·4 = 15 - 8 = 7"], CRAMER)
    assert wrong.refuted is not None
    assert wrong.refuted.slip == Slip.LOST_SIGN


def test_a_speed_converted_the_wrong_way_is_named():
    assert marks(["72 km/h = 72/3.6 = 20 m/s"], TUNNEL) == "p"
    wrong = refuted_check(["72km/h=72×3.6=259.2 m/s"], TUNNEL)
    assert wrong.refuted is not None
    assert wrong.refuted.slip == Slip.UNIT_CONVERSION


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (r"Soit \(z=1+i\sqrt3\). Calculer \(z^3\).", ["z² = 2z - 4", "z³ = 2z² - 4z"], "pp"),
        (r"Soit \(z=1+i\sqrt3\). Calculer \(z^3\).", ["z² = 2z + 4"], "r"),
        (r"Compute \(\int_1^3 (4x-1)\,dx\).", ["F = 2x^2 - x"], "p"),
        (r"Compute \(\int_1^3 (4x-1)\,dx\).", ["F = 4x^2 - x"], "r"),
        ("已知 α 为锐角，sinα=3/5，求 tanα。", ["cosα=√(1-9/25)=4/5"], "p"),
        (
            "Nach einem Jahr mit 2.5 % Zinsen sind es 1640 €. Wie viel war es am Anfang?",
            ["102.5% = 1640€", "0.5% = 1640 : 205 = 8€", "100% = 1600 €", "1% = 15 €"],
            "uppu",
        ),
        (
            r"Find \(\int x\sqrt{x^2+1}\,dx\).",
            ["u = x^2+1, du = 2x dx, so x dx = du/2", "1/2 ∫ u^(1/2) du"],
            "pp",
        ),
        (
            r"Find \(\int x\sqrt{x^2+1}\,dx\).",
            ["u = x^2+1, du = 2x dx, so x dx = du/2", "2 ∫ u^(1/2) du"],
            "pu",
        ),
        (SHARED, ["7 parts", "1 part = 84/7 = £12", "3 parts = £36, 4 parts = £48"], "ppp"),
        (SHARED, ["12 parts", "1 part = 84/7 = £12", "3 parts = £32"], "upu"),
        (
            r"Differentiate \(f(x) = x e^{-x}\).",
            ["f'(x)  =  e^(-x)  -  x  e^(-x)  =  (1-x)e^(-x)"],
            "p",
        ),
    ],
)
def test_unusual_right_ways_are_followed(statement, lines, expected):
    assert marks(lines, statement) == expected
