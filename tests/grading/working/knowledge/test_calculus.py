"""Integrals, substitutions and derivatives that lines name or tell in words."""

import pytest

from tests.grading.working.marking import marks, refuted_check
from tutor.grading.steps.claim_results import Slip

PARTS = r"Find \( \int x \sin x\,dx \)."
SUBSTITUTION = r"Find \( \int x\sqrt{x^2+1}\,dx \)."
QUOTIENT = r"求函数 \( f(x)=\frac{\sin x}{x} \) 的导数。"


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (PARTS, ["I = -x cos x + ∫ cos x dx", "I = -x cos x + sin x + c"], "pp"),
        (SUBSTITUTION, ["let u = x^2+1", "du = 2x dx", "x dx = du/2", "dx = du/(2x)"], "gppp"),
        (QUOTIENT, ["f'(x)=((sinx)'x-sinx·(x)')/x^2", "=(xcosx-sinx)/x^2"], "pp"),
        (r"\( \int_1^4 (\sqrt{x}+2/x^2) dx \)", ["una primitiva de 2/x² es -2/x"], "p"),
        (r"Leite \( \ln(x^2+1) \) ab.", ["Ableitung von x^2+1 ist 2x"], "p"),
        (r"Dériver \( x e^{3x} \).", ["la dérivée de e^(3x) est 3e^(3x)"], "p"),
        (r"求 \( x\cos x \) 的导数。", ["cosx的导数是-sinx"], "p"),
        (
            r"Welche Fläche schließen \( f(x)=x^2 \) und \( g(x)=x+2 \) ein?",
            ["h(x) = g(x)-f(x) = -x^2+x+2", "H(x) = -1/3x^3+1/2x^2+2x"],
            "gp",
        ),
        (r"Find the area between \( y=x^2 \) and \( y=x+2 \).", ["F(x) = x^2/2+2x-x^3/3"], "g"),
        ("How fast does it fall?", ["the derivative of distance is speed"], "u"),
    ],
)
def test_a_right_line_is_proved(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "slip"),
    [
        (PARTS, ["I = -x cos x - sin x + c"], Slip.INTEGRAL_RULE),
        (SUBSTITUTION, ["u = x^2+1", "du/dx = 2x", "x dx = 2 du"], Slip.DIVIDED_WRONGLY),
        (SUBSTITUTION, ["u = x^2+1", "dx = 2x du"], Slip.DIVIDED_WRONGLY),
        (QUOTIENT, ["f'(x)=(sinx)'/(x)'=cosx"], Slip.QUOTIENT_RULE),
        (r"Leite \( f(x)=x^2e^x \) ab.", ["f'(x)=(x^2)'·(e^x)'"], Slip.PRODUCT_RULE),
        (r"\( \int_1^4 2/x^2 dx \)", ["una primitiva de 2/x² es 2·ln(x²)"], Slip.INTEGRAL_RULE),
        (r"Dériver \( x \sin 2x \).", ["la dérivée de sin(2x) est cos(2x)"], Slip.CHAIN_RULE),
        (r"Let \( f(x)=x^2 \). Find the area.", ["F(x) = 2x"], Slip.INTEGRAL_RULE),
    ],
)
def test_a_wrong_line_is_refuted(statement, lines, slip):
    assert marks(lines, statement).endswith("r")
    assert refuted_check(lines, statement).refuted.slip == slip
