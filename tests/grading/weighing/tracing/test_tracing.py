"""Lines that are true by themselves, and with which the right answer does not come out."""

import pytest

from tests.grading.weighing.weighing import marks, refuted, weighed
from tutor.grading.steps.checks import Mark
from tutor.grading.steps.claim_results import Slip


@pytest.mark.parametrize(
    ("statement", "answer", "lines", "wrong"),
    [
        (
            r"Wo schneidet die Gerade \(y = 3x - 12\) die x-Achse?",
            "(4, 0)",
            ("x = 0 einsetzen: y = -12", "also Schnittpunkt (0|-12)"),
            (0, Slip.IMAGE_FOR_PREIMAGE),
        ),
        (
            r"Déterminer les antécédents de 7 par la fonction \(f(x) = x^2 - 9\).",
            "-4 et 4",
            ("f(7) = 49 - 9", "f(7) = 40", "l'antécédent est 40"),
            (0, Slip.IMAGE_FOR_PREIMAGE),
        ),
        (
            "Find the y-intercept of y = 2x + 10",
            "10",
            ("y = 0: 2x = -10", "x = -5"),
            (0, Slip.IMAGE_FOR_PREIMAGE),
        ),
        (
            "A shirt rises from $40 to $50. Find the percentage increase.",
            "25%",
            ("50 - 40 = 10", "10/50 = 0.2", "20%"),
            (1, Slip.PERCENT_BASE),
        ),
        (
            "Tickets cost $14 each. How much do 23 tickets cost?",
            "$322",
            ("14 * 32 = 448",),
            (0, Slip.COPIED_WRONGLY),
        ),
        (
            r"Löse \(e^{2x} = 7\) auf drei Nachkommastellen.",
            "x ≈ 0.973",
            ("x = ln(7)/2 ≈ 0.97296", "x ≈ 0.974"),
            (1, Slip.SET_UP),
        ),
        (
            "In 4 years Ann is three times as old as her son. He is 6 now. How old is she?",
            "26",
            ("x + 4 = 3*6 + 4", "x = 18"),
            (0, Slip.SET_UP),
        ),
        (
            r"Löse \(x^2 - 4x - 21 = 0\).",
            "x = 7 oder x = -3",
            ("x1/2 = 2 ± √(4 + 21)", "= 2 ± 5", "x1 = 7 , x2 = 3"),
            (2, Slip.LOST_SIGN),
        ),
    ],
)
def test_the_line_that_began_it_is_refuted(statement, answer, lines, wrong):
    assert refuted(weighed(statement, answer, *lines)) == wrong


@pytest.mark.parametrize(
    ("statement", "answer", "lines"),
    [
        (r"¿Dónde corta la recta \(y = 2x - 8\) al eje x?", "(4, 0)", ("2x - 8 = 0", "x = 4")),
        ("Ein Preis steigt von 80 € auf 92 €. Um wie viel Prozent?", "15 %", ("12/80 = 0.15",)),
        (r"Solve \(3^x = 20\) to 2 decimals", "2.73", ("x = ln 20/ln 3 = 2.7268", "x ≈ 2.73")),
    ],
)
def test_right_lines_of_the_kind_are_not_blamed(statement, answer, lines):
    assert Mark.REFUTED not in marks(statement, answer, *lines)


def test_a_wrong_result_is_not_traced_to_the_formula_before_it():
    statement = "In the triangle ABC, AB = 5, AC = 8 and the angle A is 60°. Find BC."
    lines = (
        "BC² = AB² + AC² - 2·AB·AC·cos A",
        "BC² = 25+64-2×5×8×0.5",
        "BC² = 89-80 = 9",
        "BC = 3",
    )
    checks = weighed(statement, "7", *lines)
    assert refuted(checks) is not None
    assert refuted(checks)[0] == 2
