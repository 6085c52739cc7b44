"""Values written as people type them read back as the same values."""

import pytest

from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.typed import typed


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("3x²-2x+1=0", "3x^2 - 2x + 1 = 0"),
        ("x=2 or x=-2", "x = 2 or x = -2"),
        (r"\frac{(x+1)(x-3)}{x^2-1}", "(x + 1)(x - 3)/(x^2 - 1)"),
        ("-(x-2)^2", "-(x - 2)^2"),
        ("2^{-3}", "2^(-3)"),
        ("x-(-3)", "x - (-3)"),
        ("x-(a+b)", "x - (a + b)"),
        ("-3<=2x<6", "-3 ≤ 2x < 6"),
        ("(1,2)", "(1, 2)"),
        (r"\sqrt[4]{x}", "root(x, 4)"),
        (r"\log_3(x-2)=2", "log_3(x - 2) = 2"),
        ("sin(30°)", "sin(30°)"),
        ("25%*80", "25%*80"),
        (r"\int_1^2 (x + 1) dx", "∫_1^2 (x + 1) dx"),
        (r"\lim_{x\to 3} (x+3)", "\\lim_{x→3} (x + 3)"),
        (r"\sum_{k=1}^{5} k^2", r"\sum_{k=1}^{5} k^2"),
        # Letters touch where they make no unit and no word.
        ("6a*b", "6ab"),
        ("x^2*y*(x+1)", "x^2y(x + 1)"),
        ("c*m", "c*m"),
        ("b*y", "b*y"),
        ("x*x", "x*x"),
    ],
)
def test_value_is_written_as_typed(text, written):
    value = read_expression(text)
    assert typed(value) == written
    assert read_expression(written) == value


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("3*x", "3x"),
        ("6a*b^2*c", "6ab^{2}c"),
        ("2*pi*r", r"2\pi r"),
        ("2*sqrt(3)", r"2\sqrt{3}"),
        ("2(x+1)(x+2)", r"2\left(x + 1\right)\left(x + 2\right)"),
        ("x*sin(x)", r"x\,\sin\left(x\right)"),
        ("b*y", r"b\,y"),
        ("l*n*x", r"l\,nx"),
        ("2*3*x", r"2 \cdot 3x"),
    ],
)
def test_factors_stand_as_close_as_in_print(text, written):
    value = read_expression(text)
    assert latex(value) == written
    assert read_expression(written) == value
