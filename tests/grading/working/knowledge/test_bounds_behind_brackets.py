"""Antiderivatives in brackets whose bounds stand in words, or only at the integral."""

import pytest

from tests.grading.working.marking import assert_marks, marks

TASK = r"Compute \(\int_1^{3} 2x\,dx\)."
AREA = r"Berechne den Inhalt der Fläche, die von \(f(x)=x^2\) und \(g(x)=2x\) eingeschlossen wird."


@pytest.mark.parametrize(
    "line",
    [
        "= [x²] (from 1 to 3)",
        "= [x²]",
        "= [x²] de 1 a 3",
        "= [x²] (de 1 à 3)",
        "= [x²] in den Grenzen von 1 bis 3",
        "原式=[x²] (1到3)",
        "= [x²] = 9 - 1 = 8",
    ],
)
def test_the_antiderivative_is_proved(line):
    assert_marks(TASK, [line])


@pytest.mark.parametrize("line", ["= [2x²]", "= [2x²] (1 bis 3)", "= [2x²] (1到3)"])
def test_a_wrong_antiderivative_is_named(line):
    assert_marks(TASK, [(line, "integral_rule")])


def test_bounds_in_words_belong_to_both_sides():
    assert_marks(AREA, ["A = ∫ (2x - x²) dx von 0 bis 2 = [x² - x³/3]"])


def test_another_variable_has_other_bounds():
    statement = r"Compute \(\int_0^{1} 2x(x^2+1)^3\,dx\)."
    assert "r" not in marks(["u = x²+1", "= [u⁴/4]", "= 4 - 1/4 = 15/4"], statement)
