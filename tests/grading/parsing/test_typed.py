"""Values written as people type them read back as the same values."""

import pytest

from tutor.grading.parsing.answers import read_expression
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
    ],
)
def test_value_is_written_as_typed(text, written):
    value = read_expression(text)
    assert typed(value) == written
    assert read_expression(written) == value
