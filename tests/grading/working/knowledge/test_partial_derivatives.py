"""Partial derivatives of functions of several variables, and their values at points."""

import pytest

from tests.grading.working.marking import marks, refuted_check
from tutor.grading.steps.claim_results import Slip

CUBIC = r"Calculer les dérivées partielles de \( f(x,y)=x^2y+y^3 \)."
PRODUCT = r"Berechne die partiellen Ableitungen von \( z=x^2y \)."
WAVE = r"求 \( f(x,y)=\sin(xy) \) 的偏导数。"
SADDLE = r"Find the stationary points of \( f(x,y)=x^2-2xy+2y^2-4y \)."


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (CUBIC, ["∂f/∂x = 2xy", "∂f/∂y = x² + 3y²"], "pp"),
        (CUBIC, [r"\frac{\partial f}{\partial x} = 2xy", "f_y(x,y) = x² + 3y²"], "pp"),
        (CUBIC, ["f_xx = 2y", "∂²f/∂y² = 6y", "f_xy = 2x", "∂²f/∂x∂y = 2x"], "pppp"),
        (CUBIC, ["f_x(1;2) = 2·1·2 = 4", "f_y(1;2) = 1 + 12 = 13", "f(1;2) = 10"], "ppp"),
        (CUBIC, ["f'_x = 2xy", "f_y' = x² + 3y²"], "pp"),
        (PRODUCT, ["∂z/∂x = 2xy", r"\frac{\partial z}{\partial y} = x^2"], "pp"),
        (WAVE, ["∂f/∂x = y cos(xy)", "∂_y f = x cos(xy)"], "pp"),
        (SADDLE, ["f_x = 2x - 2y = 0", "f_y = -2x + 4y - 4 = 0", "x = y", "x = 2, y = 2"], "pppp"),
        (SADDLE, ["f(2,2) = 4 - 8 + 8 - 8 = -4", "f_xx(2,2) = 2"], "pp"),
        (r"Find \( f_x(1,3) \) for \( f(x,y)=x^3y \).", ["f_x = 3x²y", "f_x(1,3) = 9"], "pp"),
    ],
)
def test_right_derivatives_are_proved(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "line", "slip"),
    [
        (CUBIC, "∂f/∂x = 2xy + 3y²", Slip.OTHER_LETTER_NOT_CONSTANT),
        (CUBIC, "f_x = 2x + 3y²", Slip.OTHER_LETTER_NOT_CONSTANT),
        (CUBIC, "f_x(1;2) = 13", Slip.OTHER_LETTER_NOT_CONSTANT),
        (CUBIC, "f(1;2) = 11", Slip.ARITHMETIC),
        (CUBIC, "f_xy = 2y", Slip.OTHER_LETTER_NOT_CONSTANT),
        (PRODUCT, "∂z/∂x = 2x", Slip.OTHER_LETTER_NOT_CONSTANT),
        (WAVE, "∂f/∂x = cos(xy)", Slip.CHAIN_RULE),
    ],
)
def test_wrong_derivatives_are_refuted(statement, line, slip):
    assert marks([line], statement) == "r"
    assert refuted_check([line], statement).refuted.slip == slip


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (SADDLE, ["f_x = 0", "2x - 2y = 0"]),
        (SADDLE, ["y = 2", "f_x = 2x - 4"]),
        (SADDLE, ["x = 1, y = 1", "f_x = 0", "f_y = -2"]),
        (r"Maximise \( f(x,y)=xy \) subject to \( x+y=4 \).", ["f_x = λ", "y = λ", "x = λ"]),
        (r"Maximise \( f(x,y)=xy \) subject to \( x+y=4 \).", ["f_x = λ g_x", "f_y = λ g_y"]),
        (r"Berechne \( F=m\cdot a \) für m = 2 kg.", ["F_m = 3a"]),
        (r"\( f(x,y)=xy \)", ["f_n = 3x", "f_a = 2y"]),
        (r"\( f(x,y)=xy \)", ["f_y = 3 für die Niveaulinie"]),
        (r"\( f(x,y)=xy \)", ["f(x,2) = 2x", "f(t,t) = t²"]),
        (r"\( f(x,y)=xy \)", ["f(x,y) = 6", "xy = 6"]),
    ],
)
def test_lines_that_look_like_derivatives_are_not_refuted(statement, lines):
    assert "r" not in marks(lines, statement)
