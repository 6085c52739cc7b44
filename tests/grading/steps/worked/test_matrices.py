"""Matrices and vectors of a worked solution."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_last
from tutor.grading.steps.checks import Mark

A, B = r"\begin{pmatrix} 1 \\ 3 \end{pmatrix}", r"\begin{pmatrix} 4 \\ 2 \end{pmatrix}"
C = r"\begin{pmatrix} 1 \\ 0 \\ 2 \end{pmatrix}"
D = r"\begin{pmatrix} 3 \\ 1 \\ 0 \end{pmatrix}"
OTHER = r"\begin{pmatrix} 1 & 1 \\ 0 & 3 \end{pmatrix}"
M = r"\begin{pmatrix} 2 & 1 \\ 0 & 3 \end{pmatrix}"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (rf"\({M}^2 = \begin{{pmatrix}} 4 & 5 \\ 0 & 9 \end{{pmatrix}}\)", PROVED),
        (rf"\({M}^2 = \begin{{pmatrix}} 4 & 1 \\ 0 & 9 \end{{pmatrix}}\)", REFUTED),
        (rf"\({A} \cdot {B} = 10\)", PROVED),
        (rf"\({A} \cdot {B} = 12\)", REFUTED),
        (rf"\({C} \times {D} = \begin{{pmatrix}} -2 \\ 6 \\ 1 \end{{pmatrix}}\)", PROVED),
        (rf"\({C} \times {D} = \begin{{pmatrix}} -2 \\ -6 \\ 1 \end{{pmatrix}}\)", REFUTED),
        # rows were changed, which makes no equal matrix; rounded; a letter
        (rf"\({M} = \begin{{pmatrix}} 2 & 1 \\ 0 & 1 \end{{pmatrix}}\)", UNCHECKED),
        (rf"\(\frac13 {M} = \begin{{pmatrix}} 0.67 & 0.33 \\ 0 & 1 \end{{pmatrix}}\)", UNCHECKED),
        (rf"\(k {M} = \begin{{pmatrix}} 4 & 2 \\ 0 & 6 \end{{pmatrix}}\)", UNCHECKED),
    ],
)
def test_products_are_worked_out(claim, verdict):
    assert check_last(claim).verdict == verdict


def test_a_matrix_gets_its_name_once():
    assert check_last(rf"Let \(\mathbf{{A}} = {M}\).").mark == Mark.GIVEN
    changed = check_last(rf"\(\mathbf{{A}} = {M}\)", rf"\(\mathbf{{A}} = {OTHER}\)")
    assert changed.mark == Mark.UNCHECKED
