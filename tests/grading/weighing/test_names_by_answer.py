"""Wrong lines that the stored answer both finds and names."""

from __future__ import annotations

import pytest

from tests.grading.weighing.weighing import marks, refuted, weighed
from tutor.grading.steps.checks import Mark
from tutor.grading.steps.claim_results import Slip

GARDEN = "A garden is 3 m longer than it is wide. Its area is 40 m². How long is the garden?"
AT_LEAST_ONE = (
    "A bag holds 4 red and 6 blue balls. Two are drawn without replacement. Find the probability "
    "that at least one is red."
)


@pytest.mark.parametrize(
    ("statement", "answer", "lines", "wrong"),
    [
        pytest.param(
            GARDEN,
            "8 m",
            ("width w, length w+3", "w(w+3) = 40", "w = 5", "The garden is 5 m long."),
            (3, Slip.NOT_PUT_BACK),
            id="the width for the length",
        ),
        pytest.param(
            "长方形的长比宽多5 cm，周长是50 cm。求长。",
            "15 cm",
            ("设宽为x，长为x+5", "2(x+x+5)=50", "2x+5=25", "x=10", "长为10 cm"),
            (4, Slip.NOT_PUT_BACK),
            id="in Chinese",
        ),
        pytest.param(
            "A pen and a book cost 15 dollars. The book costs 9 dollars more. What does it cost?",
            "12 dollars",
            ("p + (p + 9) = 15", "2p = 6", "p = 3", "so it costs 3 dollars"),
            (3, Slip.NOT_PUT_BACK),
            id="a term in brackets",
        ),
        pytest.param(
            "Points A(2, -1, 4) and B(5, 3, -8) are given. Find the distance AB.",
            "13",
            ("AB = (3, 4, -12)", "|AB| = sqrt(9 + 16 - 144)", "there is no distance"),
            (1, Slip.NEGATIVE_SQUARE),
            id="a square that is subtracted",
        ),
        pytest.param(
            "A round table is 120 cm across. Find its area.",
            "3600pi",
            ("A = pi r^2", "= pi*120^2"),
            (1, Slip.DIAMETER_FOR_RADIUS),
            id="a width without its name",
        ),
        pytest.param(
            "Klasse A (18 Schüler) hat im Schnitt 2.5, Klasse B (27 Schüler) 3.0. Schnitt aller?",
            "2.8",
            ("(2.5 + 3.0) : 2 = 2.75",),
            (0, Slip.UNWEIGHTED),
            id="a mean without its name",
        ),
        pytest.param(
            "某商品进价200元，标价300元，打八折出售。求利润率。",
            "20%",
            ("售价:300×0.8=240元", "利润:240-200=40元", "利润率=40÷240≈16.7%"),
            (2, Slip.PERCENT_BASE),
            id="of the price it was sold for",
        ),
        pytest.param(
            r"In triangle \(PQR\), \(PQ=5\), \(PR=8\) and angle \(P=60^\circ\). Find \(QR\).",
            "7",
            ("QR² = 5² + 8²", "QR² = 89", "QR = 9.43"),
            (0, Slip.TERM_LOST),
            id="the rule of cosines without its last term",
        ),
        pytest.param(
            r"Find the vertex of \(y=x^2-8x+3\).",
            "(4,-13)",
            ("y = (x-4)² - 13", "vertex (-4, -13)"),
            (1, Slip.LOST_SIGN),
            id="one coordinate with the other sign",
        ),
        pytest.param(
            r"Find \(\lim_{x\to\infty}(\sqrt{x^2+4x}-x)\).",
            "2",
            ("∞ - ∞ = 0", "limit = 0"),
            (0, Slip.INDETERMINATE),
            id="infinity minus infinity",
        ),
        pytest.param(
            "How many 3-digit numbers with all digits different are there?",
            "648",
            ("there are 10 digits and none repeats", "10*9*8", "= 720"),
            (1, Slip.LEADING_ZERO),
            id="not that there are 10 digits",
        ),
    ],
)
def test_the_wrong_line_has_the_name_that_gives_the_answer(statement, answer, lines, wrong):
    assert refuted(weighed(statement, answer, *lines)) == wrong


def test_a_radius_is_not_taken_for_a_diameter():
    statement = "A quarter of a circle has radius 10 cm. Find its area."
    checks = weighed(statement, "25pi", "A = pi*10^2", "A = 100pi")

    assert refuted(checks) != (0, Slip.DIAMETER_FOR_RADIUS)


def test_a_right_answer_confirms_the_rule_of_complements():
    lines = ("P(at least one red) = 1 - P(no red)", "P(no red) = 6/10 * 5/9 = 1/3", "1 - 1/3 = 2/3")

    assert marks(AT_LEAST_ONE, "2/3", *lines)[0] == Mark.PROVED


def test_another_complement_is_not_confirmed():
    lines = ("P(at least one red) = 1 - P(two red)", "2/3")

    assert marks(AT_LEAST_ONE, "2/3", *lines)[0] != Mark.PROVED


RECTANGLE = "Ein Rechteck hat den Umfang 30 cm. Die Länge ist 5 cm größer als die Breite."


def test_two_named_quantities_are_compared_with_those_of_the_answer():
    lines = ("x + x + 5 = 30", "2x = 25", "x = 12.5", "Breite 12.5 cm, Länge 17.5 cm")

    assert refuted(weighed(RECTANGLE, "Breite 5 cm, Länge 10 cm", *lines)) == (0, Slip.SET_UP)


def test_two_named_quantities_may_be_right():
    lines = ("2(x + x + 5) = 30", "x = 5", "Breite 5 cm, Länge 10 cm")

    assert refuted(weighed(RECTANGLE, "Breite 5 cm, Länge 10 cm", *lines)) is None


def test_the_second_angle_of_a_trigonometric_equation_may_not_be_left_out():
    statement = r"Solve \(\cos x=-\frac12\) for \(0 \le x \le 2\pi\)."

    checks = weighed(statement, "x = 2π/3 or x = 4π/3", "x = 2π/3")

    assert refuted(checks) == (0, Slip.LOST_ROOT)


@pytest.mark.parametrize(
    "lines",
    [
        ("x = π/6", "or x = π - π/6 = 5π/6"),
        ("x = 5π/6", "x = π/6"),
        ("x = π/6 + 2kπ",),
        ("x = 30° or x = 150°",),
    ],
)
def test_an_angle_in_another_place_or_writing_is_not_left_out(lines):
    statement = r"Solve \(\sin x=\frac12\) for \(0 \le x \le 2\pi\)."

    assert refuted(weighed(statement, "x = π/6 or x = 5π/6", *lines)) is None


def test_a_number_that_the_answer_rounds_is_not_wrong():
    statement = "A boat sails 12 km east and then 5 km north. How far is it, and on what bearing?"
    lines = ("d = √(144+25) = 13 km", "tan a = 5/12, a = 22.6°", "bearing = 90 - 22.6 = 67.4°")

    assert refuted(weighed(statement, "13 km, 067°", *lines)) is None
