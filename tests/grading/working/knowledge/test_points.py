"""Vectors between named points, and matrices typed in rows."""

import pytest

from tests.grading.working.marking import assert_marks, marks

POINTS = r"Gegeben sind \(A(1|4|-2)\) und \(B(5|-2|6)\). Länge und Mittelpunkt von AB?"
PLANE = r"Find the distance between \(A(2,-1)\) and \(B(5,3)\)."
PAIR = r"For which \(k\) are \((4, -1, 2)\) and \((k, 3, -5)\) perpendicular?"
PRODUCT = (
    r"Compute \(\begin{pmatrix} 1 & 2 \\ 0 & 3 \end{pmatrix}"
    r" \begin{pmatrix} 4 & 1 \\ -1 & 2 \end{pmatrix}\)."
)
SQUARE = r"Let \(A = \begin{pmatrix} 2 & 1 \\ 3 & 0 \end{pmatrix}\). Find \(A^2\)."
INVERSE = r"Find the inverse of \(\begin{pmatrix} 4 & 7 \\ 1 & 2 \end{pmatrix}\)."
TRIANGLE = r"在△ABC中，\(a=7\)，\(b=8\)，\(C=60^\circ\)，求 \(c\)。"
SINES = r"In triangle ABC, \(A = 40^\circ\), \(B = 75^\circ\) and \(a = 12\). Find \(b\)."


def test_points():
    assert_marks(POINTS, ["AB = (5-1 | -2-4 | 6+2) = (4 | -6 | 8)", "|AB| = √(16+36+64) = √116"])
    assert_marks(POINTS, ["BA = (-4 | 6 | -8)", "M(3|1|2)"])
    assert_marks(POINTS, [("M(2|-3|4)", "wrong_formula")])
    assert_marks(POINTS, [("|AB| = 16+36+64", "root_forgotten")])
    assert_marks(PLANE, ["AB = (3, 4)", "|AB| = √(9+16) = √25 = 5"])


def test_vectors_without_names():
    assert_marks(PAIR, ["4k - 3 - 10 = 0", "k = 13/4"])
    assert_marks(PAIR, [("4k + 3 - 10 = 0", "lost_sign")])


def test_matrices_in_rows():
    assert_marks(PRODUCT, ["AB = [2 5; -3 6]"])
    assert_marks(PRODUCT, [("AB = (4, 2; 0, 6)", "entry_by_entry")])
    assert_marks(SQUARE, ["A² = [2*2+1*3, 2*1+1*0; 3*2+0*3, 3*1+0*0]", "= (7 2 ; 6 3)"])
    assert_marks(SQUARE, [("A² = (2² 1² ; 3² 0²)", "entry_by_entry")])
    assert_marks(INVERSE, ["det = a*d - b*c", "det = 4·2 - 7·1 = 1", "inverse = (2 -7 ; -1 4)"])
    assert_marks(INVERSE, [("det = a*d + b*c", "lost_sign")])


def test_letters_without_brackets_and_signs():
    assert_marks(TRIANGLE, ["c²=a²+b²-2ab·cosC", "c²=57", "∵c>0 ∴c=√57"])
    assert_marks(SINES, ["a/sinA = b/sinB", "b = 12·sin75/sin40 ≈ 18.0"])


def test_components_of_a_cross_product():
    product = r"Compute the cross product \((1,2,3)\times(4,0,-1)\)."
    assert_marks(product, ["x: 2*(-1) - 3*0 = -2", "y: 3*4 - 1*(-1) = 13"])
    assert_marks(product, [("y: 1*(-1) - 3*4 = -13", "lost_sign")])
    named = r"设 \(\vec a = (1, 2, 3)\)，\(\vec b = (4, 0, -1)\)，求 \(\vec a \times \vec b\)。"
    assert_marks(named, [("y分量：1×(-1)-3×4=-13", "lost_sign")])


def test_angle_sums_of_polygons():
    assert_marks("求七边形的内角和。", ["内角和=(7-2)×180°", "=5×180°=900°"])
    assert_marks("Find the sum of the interior angles of an octagon.", ["sum = 6*180° = 1080°"])


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (r"Find where \(y=x+2\) meets \(y=x^2\).", "points (2, 4) and (-1, 1)"),
        (r"Halla los puntos de corte de \(y=x^2\) y \(y=x+6\).", "puntos (3, 9) y (-2, 4)"),
        (r"Bestimme die Schnittpunkte von \(y=x^2\) und \(y=x+2\).", "S (2|4) und (-1|1)"),
        (r"Déterminer les points communs de \(y=x^2\) et \(y=x+2\).", "points (2 ; 4) et (-1 ; 1)"),
        (r"求抛物线\(y=x^2\)与直线\(y=x+2\)的交点。", "交点为(2,4)和(-1,1)"),
    ],
)
def test_points_of_two_curves_behind_a_word_are_proved(statement, line):
    assert marks([line], statement) == "p"


def test_points_of_which_one_lies_elsewhere_are_not_proved():
    assert marks(["points (2, 4) and (-1, -1)"], r"Find where \(y=x+2\) meets \(y=x^2\).") == "u"
