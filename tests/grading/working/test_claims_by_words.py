"""What is true as algebra or arithmetic, and not what the words beside it say."""

import pytest

from tests.grading.working.marking import assert_marks, marks
from tutor.grading.steps.claim_results import Slip


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (
            r"Calcula \(\int_1^2 \frac{8}{x^2}\,dx\).",
            ["8/x² = 8x^(-2)", ("primitiva: 8x^(-3)/(-3) = -8/3·x^(-3)", Slip.INTEGRAL_RULE)],
        ),
        (
            r"Berechne \(\int_0^2 (3x^2+2)\,dx\).",
            ["Stammfunktion: 3x^3/3 + 2x = x^3 + 2x"],
        ),
        (
            r"计算 \(\int_1^e \left(\frac{3}{x}+2\right)dx\)。",
            ["原函数 F(x)=3lnx+2x", "F(e)=3+2e", ("F(1)=0", Slip.ARITHMETIC)],
        ),
        (
            r"Evaluate \( \int_{-1}^{2} (x^2-2)\,dx \).",
            ["= [x^3/3 - 2x] from -1 to 2", "top: 8/3 - 4 = -4/3", ("bottom: -1/3 - 2", "…")],
        ),
        (
            r"Find the slope of \(y = (3x-1)^4\) at \(x = 1\).",
            ["let u = 3x-1, so y = u^4", "dy/du = 4u^3", ("y' = 4(3x-1)^3", Slip.CHAIN_RULE)],
        ),
        (
            r"求函数 \(y=\ln(4x+1)\) 的导数。",
            ["令u=4x+1，y=lnu", ("y'=1/(4x+1)", Slip.CHAIN_RULE)],
        ),
        (r"Leite ab: \(y = (x^2+1)^3\)", ["u = x²+1, y = u³", "y' = 6x(x²+1)²"]),
        (
            r"For which x is \((x-2)(x+3) < 0\)?",
            ["zeros are 2 and -3", ("test x=0: (-2)(3) = 6 positive", Slip.LOST_SIGN)],
        ),
        (
            "Partager 540 € entre trois enfants proportionnellement à 4, 5 et 9.",
            [
                "540/18 = 30",
                "1er : 4×30 = 120 ; 2e : 5×30 = 150",
                ("3e : 9×30 = 240", "arithmetic"),
            ],
        ),
        (
            r"Löse \(x^2 - 6x + 5 = 0\).",
            ["x = (6 ± 4)/2 : x = 5 oder x = 1"],
        ),
        (
            r"已知 z=3-4i，求 \(|z|\) 与 \(z^2\)。",
            ["|z|=√(9+16)=5", ("z²=9-24i+16", Slip.LOST_SIGN)],
        ),
    ],
)
def test_lines_are_judged_by_what_they_say(statement, lines):
    assert_marks(statement, lines)


def test_percentages_of_a_problem_stand_below_each_other():
    lines = ["+10% → mal 1.1", "-30% → mal 0.7"]
    assert "r" not in marks(lines, "Ein Preis steigt um 10 % und fällt dann um 30 %.")


def test_a_power_is_no_result_that_is_repeated():
    lines = ["(3x^2y)^3 = 27 x^6 y^3", "27/9 = 3", "so its 3 x^6 y^3"]
    assert marks(lines, r"Simplify \(\dfrac{(3x^2y)^3}{9xy}\).")[-1] != "p"
