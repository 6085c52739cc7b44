"""Relations that a line writes down in letters or words, and that the statement contradicts."""

import pytest

from tests.grading.working.marking import marks, refuted_check
from tutor.grading.steps.claim_results import Slip

RIGHT_AT_B = "Le triangle ABC est rectangle en B, AC = 8 cm. Calculer BC."
RIGHT_AT_C = "In triangle PQC the angle C is 90°, PQ = 13 cm and PC = 5 cm. Find angle P."
RAYS = (
    r"Von Z gehen zwei Strahlen aus. Auf dem einen liegen A und B mit \(\overline{ZA}=4\) cm und"
    r" \(\overline{AB}=6\) cm, auf dem anderen C und D. AC und BD sind parallel,"
    r" \(\overline{AC}=5\) cm. Berechne \(\overline{BD}\)."
)
TRIANGLE = r"In triangle PQR, S is on PQ and T is on PR, and \(ST \parallel QR\). PS = x, SQ = 4."
THALES = "Dans le triangle KLM, N est sur [KL] et O sur [KM]. (NO) est parallèle à (LM)."
PARALLEL = "两条射线交于点P，A、B在一条上，C、D在另一条上，AC平行于BD，PA=2，AB=3，AC=4，求BD。"
MATRICES = (
    r"Soit \( A = \begin{pmatrix}1&2\\0&3\end{pmatrix} \) et"
    r" \( B = \begin{pmatrix}2&1\\4&-1\end{pmatrix} \). Calculer AB."
)
SQUARE = r"Given \( M = \begin{pmatrix}1&2\\3&-4\end{pmatrix} \), find \( M^2 \)."
SORTING = "Find the median of these numbers: 7, 3, 9, 4, 12, 5."
QUADRATIC = r"Find the roots of \( 2x^2 - 7x - 4 = 0 \)."
NORMAL = r"Löse die Gleichung \( x^2 - 6x - 16 = 0 \)."
ISOSCELES = "In triangle ABC, AB = AC and ∠A = 40°. Find ∠C."
BASE_TOLD = "Im Dreieck PQR gilt PQ = QR und ∠P = 70°. Wie groß ist ∠Q?"
SINE = r"Solve \( \sin x = -\frac{1}{2} \) for \( 0 \le x \le 360^\circ \)."
QUOTIENT = r"Find \( \lim_{x \to 4} \frac{x^2-4x}{x^2-16} \)."
FRACTION = r"Vereinfache \( \frac{a^2+3a}{a^2-9} \)."
POINTS = "The points A and B have coordinates (1, -2) and (4, 2). Find the length of vector AB."
GROWTH = "On place 2000 € à intérêts composés au taux annuel de 3 %. Quel capital après 4 ans ?"
PUMPS = "4 gleiche Pumpen leeren ein Becken in 9 Stunden. Wie lange brauchen 6 solche Pumpen?"

WRONG = [
    (RIGHT_AT_B, "cos(BAC) = BC/AC", Slip.WRONG_RATIO),
    (RIGHT_AT_B, "cos A = BC : AC", Slip.WRONG_RATIO),
    (RIGHT_AT_B, "sin(∠BAC) = AB/AC", Slip.WRONG_RATIO),
    (RIGHT_AT_B, r"\tan(\widehat{BAC}) = \frac{AB}{BC}", Slip.WRONG_RATIO),
    (RIGHT_AT_B, "sin C = BC/AC", Slip.WRONG_RATIO),
    (RIGHT_AT_C, "sin P = PC/PQ", Slip.WRONG_RATIO),
    (RIGHT_AT_C, "tan P = PC/QC", Slip.WRONG_RATIO),
    (RAYS, "BD : AC = AB : ZA", Slip.WRONG_FORMULA),
    (RAYS, "BD/AC = AB/ZA", Slip.WRONG_FORMULA),
    (RAYS, "ZA : AB = AC : BD", Slip.WRONG_FORMULA),
    (TRIANGLE, "ST/QR = PS/SQ", Slip.WRONG_FORMULA),
    (TRIANGLE, "PT : TR = ST : QR", Slip.WRONG_FORMULA),
    (THALES, "KN/NL = NO/LM", Slip.WRONG_FORMULA),
    (PARALLEL, "AC:BD=PA:AB", Slip.WRONG_FORMULA),
    (MATRICES, "AB = (1×2  2×1 ; 0×4  3×(-1))", Slip.ENTRY_BY_ENTRY),
    (MATRICES, "AB = (1·2, 2·1; 0·4, 3·(-1))", Slip.ENTRY_BY_ENTRY),
    (SQUARE, "M² = (1  4 ; 9  (-4)²)", Slip.ENTRY_BY_ENTRY),
    (SORTING, "3rd number is 9, 4th number is 4", Slip.NOT_SORTED),
    (SORTING, "the 3rd is 9 and the 4th is 4", Slip.NOT_SORTED),
    ("Halla la mediana de 7, 3, 9, 5, 12, 4.", "el tercero es 9 y el cuarto es 5", Slip.NOT_SORTED),
    ("求7, 3, 9, 4, 12, 5的中位数。", "第三个数是9，第四个数是4", Slip.NOT_SORTED),
    (QUADRATIC, "Here a = 2, b = -7, c = 4", Slip.LOST_SIGN),
    (QUADRATIC, "a = 2, b = 7, c = -4", Slip.LOST_SIGN),
    (QUADRATIC, "a=2; b=-4; c=-7", Slip.COPIED_WRONGLY),
    (QUADRATIC, "其中a=2，b=7，c=-4", Slip.LOST_SIGN),
    (NORMAL, "p = 6, q = -16", Slip.LOST_SIGN),
    (NORMAL, "p = -6 und q = 16", Slip.LOST_SIGN),
    (ISOSCELES, "∠B = ∠A = 40°", Slip.WRONG_FORMULA),
    (ISOSCELES, "angle C = angle A", Slip.WRONG_FORMULA),
    (ISOSCELES, "∠BAC = ∠ABC", Slip.WRONG_FORMULA),
    (BASE_TOLD, "∠P = ∠Q = 70°", Slip.WRONG_FORMULA),
    (SINE, "sin is negative in the 2nd and 3rd quadrants", Slip.WRONG_BRANCH),
    (SINE, "sin x < 0 im 2. und 3. Quadranten", Slip.WRONG_BRANCH),
    (
        "Résoudre cos x = -1/2.",
        "le cosinus est négatif dans le 3e et le 4e quadrant",
        Slip.WRONG_BRANCH,
    ),
    ("解方程 tan x = -1。", "正切在第一、三象限为负", Slip.WRONG_BRANCH),
    (QUOTIENT, "the x^2 cancel, so limit of (-4x)/(-16)", Slip.CANCELLED_TERM),
    (QUOTIENT, "cancel x²", Slip.CANCELLED_TERM),
    (FRACTION, "a² kürzt sich weg", Slip.CANCELLED_TERM),
    (POINTS, "AB = (4 - 1, 2 - 2)", Slip.LOST_SIGN),
    (GROWTH, "augmenter de 3% revient à multiplier par 1.3", Slip.DECIMAL_PLACE),
    (GROWTH, "+3 % → × 1.3", Slip.DECIMAL_PLACE),
    ("A car loses 15 % of its value each year.", "a fall of 15% leaves 98.5%", Slip.DECIMAL_PLACE),
    (PUMPS, "1 Pumpe ... 9 : 4 = 2.25 h", Slip.INVERSE_RATIO),
    (NORMAL, "x₁,₂ = -3 ± √(9 + 16)", Slip.LOST_SIGN),
    (NORMAL, "x₁;₂ = -3 ± 5", Slip.LOST_SIGN),
]


@pytest.mark.parametrize(("statement", "line", "slip"), WRONG)
def test_a_wrong_relation_is_refuted(statement, line, slip):
    assert refuted_check([line], statement).refuted.slip == slip


def test_a_difference_of_points_may_go_on_from_the_line_before():
    lines = ["AB = OB - OA", "= (4 - 1, 2 - 2)"]
    assert refuted_check(lines, POINTS).refuted.slip == Slip.LOST_SIGN
    assert marks(["AB = OB - OA", "= (4 - 1, 2 + 2)"], POINTS) == "pp"


RIGHT = [
    (RIGHT_AT_B, "sin(BAC) = BC/AC"),
    (RIGHT_AT_B, "cos(A) = AB/AC"),
    (RIGHT_AT_B, r"\cos(\widehat{BCA}) = \frac{BC}{AC}"),
    (RIGHT_AT_C, "tan P = QC/PC"),
    (MATRICES, "AB = (1×2+2×4  1×1+2×(-1) ; 0×2+3×4  0×1+3×(-1))"),
    (SQUARE, "M² = (7  -6 ; -9  22)"),
    (SORTING, "3rd number is 5, 4th number is 7"),
    (QUADRATIC, "Here a = 2, b = -7, c = -4"),
    (QUADRATIC, "a = -2, b = 7, c = 4"),
    (NORMAL, "p = -6, q = -16"),
    (ISOSCELES, "∠B = ∠C"),
    (BASE_TOLD, "∠P = ∠R"),
    (SINE, "sin is negative in the 3rd and 4th quadrants"),
    (SINE, "Sinus ist negativ im dritten und vierten Quadranten"),
    ("解方程 tan x = -1。", "正切在第二、四象限为负"),
    (POINTS, "AB = (4 - 1, 2 + 2)"),
    (GROWTH, "augmenter de 3% revient à multiplier par 1.03"),
    (NORMAL, "x₁,₂ = 3 ± √(9 + 16)"),
]


@pytest.mark.parametrize(("statement", "line"), RIGHT)
def test_a_right_relation_is_proved_or_given(statement, line):
    assert marks([line], statement) in ("p", "g")


NOT_REFUTED = [
    (RAYS, "BD : AC = ZB : ZA"),
    (RAYS, "ZA : AB = ZC : CD"),
    (TRIANGLE, "ST/QR = PS/PQ"),
    (TRIANGLE, "PS/SQ = PT/TR"),
    ("In triangle ABC, AB = AC and ∠A = 60°. Find ∠C.", "∠B = ∠A = 60°"),
    ("In triangle ABC, AB = AC = BC.", "∠A = ∠B"),
    ("In triangle ABC, AB = AC. Show that the base angles are equal.", "∠A = ∠B"),
    (r"Solve \( x^2+bx+c=0 \) with the roots 1 and 2.", "a = 1, b = 3, c = 2"),
    (r"Factor \( x^2 - 6x - 16 = 0 \).", "p = 2, q = -8"),
    (r"\( \lim_{x \to \infty} \frac{x^2-4x}{x^2-16} \)", "divide by x², then the x² cancel"),
    (r"Simplify \( \frac{x(x+1)}{x(x+2)} \).", "the x cancel"),
    (QUOTIENT, "the x - 4 cancel"),
    (SINE, "sin is not negative in the 1st and 2nd quadrants"),
    (SINE, "x is in the 3rd or 4th quadrant"),
    (GROWTH, "3% de 2000 = 60"),
    ("A price rises by 3 % and then by 30 %.", "30 % more means times 1.3"),
]


@pytest.mark.parametrize(("statement", "line"), NOT_REFUTED)
def test_what_may_be_right_is_not_refuted(statement, line):
    assert "r" not in marks([line], statement)
