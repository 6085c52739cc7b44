"""Vectors, matrices and complex numbers in students' working."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks, refuted_check

PLANE = r"Given \(\vec a=(3,-1)\) and \(\vec b=(2,5)\), find \(\vec a\cdot\vec b\)."
SPACE = r"Find \(\vec u\times\vec v\) for \(\vec u=(2,1,-1)\), \(\vec v=(1,3,2)\)."
ANGLE = r"Berechne den Winkel zwischen \(\vec a=(1,2)\) und \(\vec b=(3,1)\)."
RIGHT_ANGLE = r"已知向量\(\vec a=(3,2)\)，\(\vec b=(x,-6)\)，且\(\vec a\perp\vec b\)，求\(x\)。"
MATRIX = r"A=\begin{pmatrix}3&1\\2&4\end{pmatrix}"
DETERMINANT = rf"Find the determinant of \({MATRIX}\)."
EIGENVALUES = rf"Bestimme die Eigenwerte von \({MATRIX}\)."
PRODUCT = r"Compute \(\begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{pmatrix}2&0\\1&5\end{pmatrix}\)."
QUADRATIC = r"Solve \(z^2-4z+13=0\) over \(\mathbb C\)."
POLAR = r"Find \(z^4\) for \(z=1+i\) with the polar form."
FACTORS = r"\begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{pmatrix}2&0\\1&5\end{pmatrix}"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (PLANE, ["a·b = 3*2 + (-1)*5 = 6 - 5 = 1"]),
        (PLANE, [r"\vec a \cdot \vec b = 6-5", "= 1"]),
        (PLANE, ["|a| = √(9+1) = √10", "|b| = √(4+25) = √29"]),
        (SPACE, [r"\vec u\times\vec v=\begin{pmatrix}1\cdot2+1\cdot3\\-1-4\\6-1\end{pmatrix}"]),
        (SPACE, ["u × v = (2+3, -1-4, 6-1) = (5, -5, 5)"]),
        (ANGLE, ["cos φ = (3+2)/(√5*√10) = 5/√50", "φ = 45°"]),
        (RIGHT_ANGLE, ["a·b=0", "3x+2×(-6)=0", "3x=12", "x=4"]),
        (DETERMINANT, ["det(A) = 3*4 - 1*2 = 10"]),
        (DETERMINANT, ["det A = 12 - 2", "= 10"]),
        (EIGENVALUES, ["det(A-λI) = (3-λ)(4-λ)-2", "λ²-7λ+10 = 0", "λ = 2 oder λ = 5"]),
        (PRODUCT, [FACTORS + r"=\begin{pmatrix}2+2&0+10\\6+4&0+20\end{pmatrix}"]),
        (QUADRATIC, ["z = (4 ± √(-36))/2", "z = (4 ± 6i)/2", "z = 2 ± 3i"]),
        (QUADRATIC, ["z_1 = 2+3i, z_2 = 2-3i"]),
        (POLAR, ["|z| = √2", "z^4 = (√2)^4(cos π + i sin π) = -4"]),
        (r"Find the conjugate of \(z=2-5i\).", ["z* = 2+5i"]),
        (r"Berechne \((2+i)(3-2i)\).", ["(2+i)(3-2i) = 6-4i+3i-2i²", "= 8 - i"]),
    ],
)
def test_right_workings_are_not_refuted(statement: str, lines: list[str]) -> None:
    assert set(marks(lines, statement)) <= {"p", "g"}


@pytest.mark.parametrize(
    ("statement", "line", "slip"),
    [
        (PLANE, "a·b = 6 + 5", "lost_sign"),
        (PLANE, "|a| = 9+1", "root_forgotten"),
        (PLANE, "|a| = 3+1", "split_root"),
        (SPACE, "u × v = (5, 5, 5)", "lost_sign"),
        (RIGHT_ANGLE, "3x+12=0", "lost_sign"),
        (DETERMINANT, "det(A) = 12 + 2", "lost_sign"),
        (EIGENVALUES, "det(A-λI) = (3-λ)(4-λ)+2", "lost_sign"),
        (PRODUCT, FACTORS + r"=\begin{pmatrix}2&0\\3&20\end{pmatrix}", "entry_by_entry"),
        (QUADRATIC, "z = (4 ± 36i)/2", "root_forgotten"),
        (QUADRATIC, "z = (-4 ± 6i)/2", "lost_sign"),
        (POLAR, "z^4 = 4√2(cos π + i sin π)", "power_as_product"),
        (r"Berechne \((2+i)(3-2i)\).", "(2+i)(3-2i) = 8 + i", "lost_sign"),
    ],
)
def test_usual_mistakes_are_named(statement: str, line: str, slip: str) -> None:
    assert refuted_check([line], statement).refuted.slip == slip


BETWEEN = r"Find the angle between \(a=(2,1,-2)\) and \(b=(1,2,2)\)."
BARRED = r"Berechne die Länge von \(\vec a=(2\,|\,-3\,|\,6)\)."


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (BETWEEN, ["a.b = 2 + 2 - 4 = 0", "|a| = |b| = 3", "cos θ = 0/9 = 0", "θ = 90°"], "pppp"),
        (BARRED, ["|a| = √(2² + (-3)² + 6²)", "= √49 = 7"], "pp"),
        (BARRED, ["|a| = √(4 - 9 + 36)"], "r"),
        (BETWEEN, ["|a| = |b| = 4"], "r"),
        (r"Find the distance of \(a=2\) and \(b=(1,2)\).", ["|b| = 4"], "u"),
    ],
)
def test_vectors_that_no_word_names(statement, lines, expected):
    assert marks(lines, statement) == expected
