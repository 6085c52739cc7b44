"""Conclusions in words and short notations, behind the lines from which they follow."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks

INTEGERS = (
    r"解不等式组 \(\begin{cases} 3x-2 \ge x+4 \\ \frac{x+1}{2} < 4 \end{cases}\) 并写出它的整数解。"
)
PARABOLA = r"Find the vertex and the x-intercepts of \(y = x^2 - 4x + 3\)."
BELLS = "Three bells toll at intervals of 9, 12 and 15 minutes. When do they next toll together?"
OIL = "Se mezcla aceite de 4 €/L con otro de 7 €/L para obtener 30 L a 5 €/L. ¿Cuántos litros?"
MIXED = ["x + y = 30", "4x + 7y = 30·5 = 150", "y = 10", "x = 20"]
TERM = r"Which term of the AP \(21, 18, 15, \dots\) is \(-81\)?"
GEOMETRIC = "Which term of the GP 2, 6, 18, ... is 4374?"
SUM = "How many terms of the AP 9, 17, 25, ... must be taken to give a sum of 636?"
MEMBERS = r"等差数列 \(\{a_n\}\) 中,\(a_3 = 7\),\(a_5 = 13\),求前10项和 \(S_{10}\)。"
SYSTEM = r"Use the matrix method to solve \(3x + 2y = 12\) and \(4x + 3y = 17\)."
MATRICES = (
    r"Soit \(A = \begin{pmatrix}1&2\\0&3\end{pmatrix}\) et"
    r" \(B = \begin{pmatrix}2&1\\4&-1\end{pmatrix}\). Calculer \(AB\)."
)
POINTS = r"\(A(1;2)\), \(B(4;-2)\) et \(C(-2;6)\) sont-ils alignés ?"
VECTOR = (
    r"The points A and B have coordinates \((1, -2)\) and \((4, 2)\). Find the magnitude of AB."
)
TRIANGLE = r"在 \(\triangle ABC\) 中,\(b = 5\),\(c = 8\),\(A = 60^\circ\),求 \(a\) 及三角形的面积。"
CIRCLE = "Ein Kreis hat den Umfang 50 cm. Berechne den Radius."


@pytest.mark.parametrize(
    ("statement", "before", "right", "wrong"),
    [
        (INTEGERS, [], "整数解:3,4,5,6", "整数解:3,4,5,6,7"),
        (PARABOLA, [], "∴与x轴交于(1,0)、(3,0)", "∴与x轴交于(1,0)、(2,0)"),
        (
            PARABOLA,
            [],
            "cuts the x-axis at (1, 0) and (3, 0)",
            "cuts the x-axis at (1, 0) and (4, 0)",
        ),
        (PARABOLA, [], "axis of symmetry: x = 2", "axis of symmetry: x = 1"),
        (PARABOLA, [], "对称轴:直线x=2", "对称轴:直线x=1"),
        (PARABOLA, [], "since 1 > 0 the minimum is -1 when x = 2", "1 > 0 so the minimum is 3"),
        (BELLS, ["LCM = 180"], "after 180 min i.e. 3 hours", "after 170 min i.e. 3 hours"),
        (OIL, MIXED, "20 L de 4 €/L y 10 L de 7 €/L", "10 L de 4 €/L y 20 L de 7 €/L"),
        (TERM, [], "−81 = 21 + (n − 1)(−3)", "−81 = 21 + n(−3)"),
        (TERM, ["-102 = -3(n - 1)"], "n = 35, so 35th term", "n = 35, so 34th term"),
        (GEOMETRIC, [], "4374 = 2(3)^(n-1)", "4374 = 2(3)^n"),
        (SUM, [], "636 = n/2 [2(9) + (n-1)8]", "636 = n [2(9) + (n-1)8]"),
        (MEMBERS, ["d=3", "a1=1"], "S10=10a1+(10×9/2)d", "S10=10a1+(10×9)d"),
        (SYSTEM, [], "(3 2; 4 3)(x; y) = (12; 17)", "(3 4; 2 3)(x; y) = (12; 17)"),
        (SYSTEM, [], "inverse = (3 −2; −4 3)", "inverse = (3 2; −4 3)"),
        (SYSTEM, [], "(x; y) = (3 −2; −4 3)(12; 17)", "(x; y) = (3 2; −4 3)(12; 17)"),
        (
            MATRICES,
            [],
            "AB = (1×2+2×4  1×1+2×(-1) ; 0×2+3×4  0×1+3×(-1))",
            "AB = (1×2  2×1 ; 0×4  3×(-1))",
        ),
        (
            POINTS,
            [],
            "vecteur AB (4-1 ; -2-2) donc AB (3 ; -4)",
            "vecteur AB (4-1 ; -2-2) donc AB (3 ; 0)",
        ),
        (
            POINTS,
            [],
            "det(AB ; AC) = 3×4 - (-4)×(-3) = 12 - 12 = 0",
            "det(AB ; AC) = 3×4 + (-4)×(-3) = 24",
        ),
        (VECTOR, [], "AB = OB − OA", "AB = OA − OB"),
        (TRIANGLE, [], "S=(1/2)bc·sinA=(1/2)×5×8×(√3/2)=10√3", "S=bc·sinA=20√3"),
        (TRIANGLE, [], "S=(1/2)bcsinA", "S=bc·sinA=20√3"),
        (CIRCLE, ["u = 2πr"], "r = u : (2π) = 50 : (2π)", "r = u : π = 50 : π"),
        (CIRCLE, ["u = 2πr"], "r = 7.9577…", "r = 8.9577…"),
    ],
)
def test_what_follows_is_proved(statement: str, before: list[str], right: str, wrong: str) -> None:
    assert marks([*before, right], statement)[-1] in "pg"
    assert marks([*before, wrong], statement)[-1] not in "pg"
