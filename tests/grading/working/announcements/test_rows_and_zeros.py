"""Rows of matrices, members of sequences and zeros of functions that a line lists."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks

INVERSE = r"Find the inverse of \(A=\begin{pmatrix}2&5\\1&3\end{pmatrix}\)."
SYSTEM = r"Solve \(2x+y=5\), \(x-3y=-8\) by row reduction."
SEQUENCE = r"等比数列 \(\{a_n\}\) 中，\(a_1=3\)，公比 \(q=2\)，\(S_n=381\)，求 \(n\)。"
CURVE = r"Berechne die Fläche, die der Graph von \(f(x)=4-x^2\) mit der x-Achse einschließt."
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
        (INEQUALITY, ["raices: x = 5, x = -1"], "p"),
    ],
)
def test_lists_are_held_against_the_statement(statement, lines, expected):
    assert marks(lines, statement) == expected
