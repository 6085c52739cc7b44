"""Calculations that are right as such, and that only a usual mistake leads to."""

import pytest

from tests.grading.working.marking import assert_marks, marks, refuted_check
from tutor.grading.steps.claim_results import Slip

AT_ZERO = r"Bestimme Hoch- und Tiefpunkte von \(f(x)=x^3-3x^2\)."
THEATRE = (
    "A theater has 20 rows. The first has 18 seats, each row 3 more seats than the one before."
)
URN = "Une urne contient 4 boules rouges et 6 boules noires. On tire deux boules sans remise."
TAX = "Ein Rad kostet 238 € inklusive 19 % Mehrwertsteuer. Wie hoch ist der Nettopreis?"
CHANGES = "Un prix augmente de 30 %, puis baisse de 25 %. Évolution globale ?"
PAINTERS = "It takes 6 painters 10 days to paint a school. How long would 4 painters take?"
COMMITTEE = "A club has 6 girls and 5 boys. A committee of 4 with exactly 2 girls: how many ways?"
LADDER = "A ladder of 6 m leans at 70°. How high does it reach?"
VIDEO = "Un vídeo recibe 5 visitas el primer día y cada día el doble. ¿Cuántas el octavo día?"
CURVE = r"Untersuche \( f(x)=x^3-6x^2+9x \) auf Extrempunkte."
QUIZ = r"Un QCM de 5 questions à 4 réponses. Calculer \( P(X=2) \)."
SYSTEM = r"Resuelve \( \begin{cases}2x+y=8\\x-y=1\end{cases} \)."
STRAIGHT = r"Find the line through \( A(4, 1) \) perpendicular to \( y = 2x - 1 \)."


@pytest.mark.parametrize(
    ("statement", "lines", "slip"),
    [
        (THEATRE, ["last row: 18 + 20*3 = 78"], Slip.OFF_BY_ONE),
        (VIDEO, ["5*2^8=1280"], Slip.OFF_BY_ONE),
        (URN, ["4/10 * 4/10 = 16/100"], Slip.WITH_REPLACEMENT),
        (TAX, ["MwSt = 238 * 0.19 = 45.22"], Slip.PERCENT_BASE),
        (CHANGES, ["+30% - 25% = +5%"], Slip.PERCENT_BASE),
        (PAINTERS, ["10/6*4 = 6.67 days"], Slip.INVERSE_RATIO),
        (COMMITTEE, ["6*5/2 = 15", "5*4/2 = 10", "total 15+10 = 25"], Slip.SUM_FOR_PRODUCT),
        (LADDER, ["h = 6 sin 70 = 4.64"], Slip.DEGREES_RADIANS),
        (CURVE, ["f''(1)=-6<0 => Tiefpunkt T(1|4)"], Slip.EXTREMUM_KIND),
        (CURVE, ["maximum at x=3"], Slip.EXTREMUM_KIND),
        (AT_ZERO, ["f''(0) = -6 also Tiefpunkt T(0|0)"], Slip.EXTREMUM_KIND),
        (AT_ZERO, ["minimum at x=0"], Slip.EXTREMUM_KIND),
        (r"求函数 \(f(x)=x-\ln x\) 的最小值。", ["所以x=1时最大"], Slip.EXTREMUM_KIND),
        (QUIZ, ["P(X=2) = (1/4)^2*(3/4)^3 = 27/1024"], Slip.WRONG_COUNT),
        (STRAIGHT, ["m = 2, m_perp = -2"], Slip.LOST_SIGN),
        (SYSTEM, ["x=3", "y=2", "Solución: (2, 3)"], Slip.NONE),
        (
            r"Solve \( \frac{x}{x-2}=\frac{2}{x-2}+3 \).",
            ["D=R\\{2}", "L={2}"],
            Slip.EXTRANEOUS_ROOT,
        ),
    ],
)
def test_it_is_refuted(statement, lines, slip):
    assert marks(lines, statement).endswith("r")
    assert refuted_check(lines, statement).refuted.slip == slip


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (THEATRE, ["last row: 18 + 19*3 = 75", "(18+75)/2 = 46.5", "46.5*20 = 930"]),
        (VIDEO, ["5*2^7=640"]),
        (URN, ["4/10 * 3/9 = 2/15", "4/10 * 6/9 + 6/10 * 4/9 = 8/15"]),
        (TAX, ["238 : 1.19 = 200", "MwSt = 238-200 = 38"]),
        (CHANGES, ["1.3*0.75 = 0.975", "-2.5%"]),
        (PAINTERS, ["6*10 = 60", "60/4 = 15 days"]),
        (COMMITTEE, ["15*10 = 150"]),
        (LADDER, ["h = 6 sin 70 = 5.64"]),
        (QUIZ, ["P(X=2) = 10*(1/4)^2*(3/4)^3", "P(X=0) = (3/4)^5"]),
        (CURVE, ["f''(1)=-6<0 => Hochpunkt H(1|4)", "minimum at x=3"]),
        (STRAIGHT, ["m = 2, m_perp = -1/2"]),
        (SYSTEM, ["x=3", "y=2", "Solución: (3, 2)"]),
    ],
)
def test_a_right_calculation_is_never_refuted(statement, lines):
    assert "r" not in marks(lines, statement)


DATA = "求数据 2，4，6，8 的方差。"
SPREAD = "Berechne die Standardabweichung von 2, 4, 6, 8."
VARIANCE = "Calculer la variance de 2, 4, 6, 8."
FIVE = "Find the variance of 1, 2, 3, 4, 5."


@pytest.mark.parametrize(
    ("statement", "line", "slip"),
    [
        (DATA, "方差=(3+1+1+3)÷4", "square_forgotten"),
        (SPREAD, "s = (3+1+1+3)/4 = 2", "square_forgotten"),
        (FIVE, "variance = (-2-1+0+1+2)/5 = 0", "square_forgotten"),
        (FIVE, "variance = (2+1+0+1+2)/5 = 1.2", "square_forgotten"),
        (VARIANCE, "V = (4+16+36+64)/4 = 30", "wrong_formula"),
    ],
)
def test_a_variance_without_its_squares_is_named(statement, line, slip):
    assert_marks(statement, [(line, slip)])


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (DATA, ["平均数=(2+4+6+8)÷4=5", "方差=(9+1+1+9)÷4", "=5"]),
        (SPREAD, ["Mittelwert = 5", "Varianz = (9+1+1+9)/4 = 5", "s = √5 ≈ 2.24"]),
        (SPREAD, ["Varianz = 20/3", "s = √(20/3) ≈ 2.58"]),
        (SPREAD, ["mittlere Abweichung: (3+1+1+3)/4 = 2"]),
        (VARIANCE, ["V = (4+16+36+64)/4 - 25 = 30 - 25 = 5"]),
        (VARIANCE, ["V = (4+16+36+64)/4 - 5²", "= 5"]),
        (VARIANCE, ["écart moyen = (3+1+1+3)/4 = 2", "V = 20/4 = 5"]),
        ("Halla la varianza de 2, 4, 6, 8.", ["media de los cuadrados: 120/4 = 30"]),
        (FIVE, ["deviations -2, -1, 0, 1, 2", "their sum is -2-1+0+1+2 = 0"]),
        (FIVE, ["squares 4, 1, 0, 1, 4", "variance = (4+1+0+1+4)/5 = 2"]),
        ("Find the variance of 1, 1, 3, 3.", ["variance = (1+1+1+1)/4 = 1"]),
    ],
)
def test_right_spreads_are_not_refuted(statement, lines):
    assert "r" not in marks(lines, statement)


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (AT_ZERO, ["f''(0) = -6, Hochpunkt H(0|0)", "f''(2) = 6, Tiefpunkt T(2|-4)"]),
        (AT_ZERO, ["maximum at x=0", "minimum at x=2"]),
        (r"求函数 \(f(x)=x-\ln x\) 的最小值。", ["所以x=1时最小", "f(1)=1"]),
    ],
)
def test_extrema_of_the_right_kind_are_proved(statement, lines):
    assert_marks(statement, lines)
