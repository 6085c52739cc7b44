"""Rows of matrices, members of sequences, zeros of functions and drawn colours."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks

INVERSE = r"Find the inverse of \(A=\begin{pmatrix}2&5\\1&3\end{pmatrix}\)."
SYSTEM = r"Solve \(2x+y=5\), \(x-3y=-8\) by row reduction."
SEQUENCE = r"等比数列 \(\{a_n\}\) 中，\(a_1=3\)，公比 \(q=2\)，\(S_n=381\)，求 \(n\)。"
CURVE = r"Berechne die Fläche, die der Graph von \(f(x)=4-x^2\) mit der x-Achse einschließt."
BALLS = (
    "A bag has 4 red and 6 green balls. Two are drawn without replacement. Find the probability "
    "that both have the same colour."
)
INEQUALITY = r"Resuelve \(x^2-4x-5<0\)."


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (
            INVERSE,
            [
                "[2 5 | 1 0 ; 1 3 | 0 1]  row reduce",
                "swap rows: [1 3 | 0 1 ; 2 5 | 1 0]",
                "R2 - 2R1: [1 3 | 0 1 ; 0 -1 | 1 -2]",
                "R1 + 3R2: [1 0 | 3 -5; 0 -1 | 1 -2]",
            ],
            "gppp",
        ),
        (INVERSE, ["R2 - 2R1: [1 3 | 0 1 ; 0 -1 | 1 2]"], "u"),
        (SYSTEM, ["(2 1 | 5; 1 -3 | -8)", "II: (2 1 | 5; 0 -3.5 | -10.5)"], "gp"),
        (SYSTEM, ["(2 1 | 5; 0 -3.5 | 10.5)"], "u"),
        (SYSTEM, ["(2 1 | 5; 0 | 3)", "(1 | 0; 1 | 1/0)"], "uu"),
        (SEQUENCE, ["各项: 3, 6, 12, 24, 48", "和: 3, 9, 21, 45, 93"], "pp"),
        (SEQUENCE, ["各项: 3, 6, 12, 25, 48"], "u"),
        (SEQUENCE, ["和: 3, 9, 21, 46, 93"], "u"),
        (CURVE, ["Nullstellen x=-2 und x=2"], "p"),
        (CURVE, ["Nullstellen x=-2 und x=3"], "u"),
        (BALLS, ["1) P(RR) = 4/10*3/9 = 12/90", "P(GR) = 6/10·4/9 = 24/90"], "pp"),
        (BALLS, ["P(RR) = 4/10*4/10 = 16/100", "P(RB) = 4/10*3/9"], "ru"),
        (BALLS.replace("out", ""), ["P(RR) = 4/10*4/10 = 16/100"], "p"),
        (INEQUALITY, ["raices: x = 5, x = -1"], "p"),
    ],
)
def test_lists_are_held_against_the_statement(statement, lines, expected):
    assert marks(lines, statement) == expected
