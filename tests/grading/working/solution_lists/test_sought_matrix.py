"""Equations with letters for matrices that the statement tells."""

import pytest

from tests.grading.working.marking import marks

A = r"\(A=\begin{pmatrix}3&1\\5&2\end{pmatrix}\)"
B = r"\(B=\begin{pmatrix}2\\-1\end{pmatrix}\)"
C = r"\(C=\begin{pmatrix}9\\11\end{pmatrix}\)"
COLUMN = rf"Solve \(AX + B = C\) for {A}, {B}, {C}."
SQUARE = (
    rf"Find the matrix \(X\) with \(XA = D\), where {A} and "
    r"\(D=\begin{pmatrix}1&0\\4&2\end{pmatrix}\)."
)
UNIT = rf"Solve \(X - 2A = 5I\), where {A}."


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (COLUMN, ["AX = C - B", "X = A^{-1}(C - B)", "C - B = (7; 12)", "X = (2; 1)"], "pppp"),
        (COLUMN, ["AX = C + B", "X = A^-1 (C + B)"], "rs"),
        (COLUMN, ["AX = C - B", "X = (C - B) A^{-1}"], "pr"),
        (COLUMN, ["A^-1 = (2 -1; -5 3)", "X = A^-1 C"], "pr"),
        (COLUMN, ["A^-1 = (2 -1; 5 3)"], "r"),
        (COLUMN, ["D = C - B", "X = A⁻¹D", "X = (2; 2)"], "ppr"),
        (COLUMN, ["det A = 6 - 5 = 1", "X = A⁻¹(C − B)"], "pp"),
        (SQUARE, ["X = DA^{-1}", "A^{-1} = (2 -1 / -5 3)", "X = (2 -1 / -2 2)"], "ppp"),
        (SQUARE, ["X = A^{-1}D"], "r"),
        (UNIT, ["X = 5I + 2A", "X = [5 0; 0 5] + [6 2; 10 4]", "X = [11 2; 10 9]"], "ppp"),
        (UNIT, ["X = 5I - 2A"], "r"),
    ],
)
def test_equations_hold_for_the_matrix_that_is_sought(statement, lines, expected):
    assert marks(lines, statement) == expected
