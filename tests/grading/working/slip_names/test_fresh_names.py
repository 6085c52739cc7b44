"""Names of mistakes with numbers, powers, logarithms and ratios that a line shows."""

import pytest

from tests.grading.weighing.weighing import refuted, weighed
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.checker import check_working


def slip_in(statement, *lines):
    refuted = [check.refuted for check in check_working(lines, statement) if check.refuted]
    return refuted[0].slip if refuted else None


@pytest.mark.parametrize(
    ("statement", "lines", "slip"),
    [
        pytest.param(
            r"Expand and simplify \((2x-5)^2\).",
            ["(2x-5)^2 = (2x-5)(2x-5)", "= 4x^2 - 25"],
            Slip.SPLIT_SQUARE,
            id="a square of two summands, though a sign would explain it too",
        ),
        pytest.param(
            r"Work out \(2\frac{1}{3}\cdot\frac{6}{7}\).",
            ["2 1/3 = 5/3"],
            Slip.ARITHMETIC,
            id="a mixed number, though a sign would explain it too",
        ),
        pytest.param(
            r"Solve \(x^2-6x+5=0\).",
            ["x = (6 ± 4)/2", "x = 5 or x = 2"],
            Slip.ARITHMETIC,
            id="one of two cases",
        ),
        pytest.param(
            r"Solve \(3x^2-5x-2=0\).",
            ["x = (5 ± 7)/6", "x1 = 12/6 = 2", "x2 = -2/6 = -3"],
            Slip.ARITHMETIC,
            id="a quotient, though a sign would explain it too",
        ),
        pytest.param(
            "A cone has radius 3 cm and height 7 cm. Find its volume in terms of π.",
            ["V = 1/3 π r² h", "V = 1/3 * 9 * 7 π = 63/3 π = 31π"],
            Slip.ARITHMETIC,
            id="a quotient behind a formula",
        ),
        pytest.param(
            "A geometric sequence has first term 2 and ratio 3. Find the sum of its first 5 terms.",
            ["S5 = 2(3^5-1)/(3-1)", "= 81 - 1"],
            Slip.ARITHMETIC,
            id="a power, and not the number of terms",
        ),
        pytest.param(
            r"Work out \(\frac{2}{3}+\frac{1}{6}\cdot\frac{3}{5}\).",
            ["2/3 + 1/6 · 3/5 = 5/6 · 3/5"],
            Slip.ORDER_OF_OPERATIONS,
            id="the order between two numbers",
        ),
        pytest.param(
            "Find the circumference of a circle of radius 3.5 cm, correct to 1 decimal place.",
            ["C = 7pi", "7pi ≈ 21.9911", "C = 21.9 cm"],
            Slip.ROUNDED_THE_WRONG_WAY,
            id="digits cut off",
        ),
        pytest.param(
            r"Expand \((2x^3)^4\).", ["(2x^3)^4 = 8x^12"], Slip.POWER_AS_PRODUCT, id="a factor"
        ),
        pytest.param(
            r"Expand \((5ab)^2\).", ["(5ab)^2 = 10a^2b^2"], Slip.DOUBLED_FOR_SQUARED, id="doubled"
        ),
        pytest.param(
            r"Simplify \((x^2y^3)^3\).", ["(x^2y^3)^3 = x^8y^27"], Slip.POWER_OF_POWER, id="powers"
        ),
        pytest.param(
            r"Factorise \((x-1)^2-49\).",
            ["(x-1)²-49 = (x-1-49)(x-1+49)"],
            Slip.ROOT_FORGOTTEN,
            id="a difference of squares",
        ),
        pytest.param(
            r"Expand \(-3(x^2+2x-5)+1\).",
            ["-3(x^2+2x-5)+1 = -3x^2-6x-5+1"],
            Slip.HALF_DISTRIBUTED,
            id="all but one term",
        ),
        pytest.param(
            r"Solve \(\log_2(x-1)+\log_2(x+1)=3\).",
            ["log_2((x-1)(x+1)) = 3", "(x-1)(x+1) = 3"],
            Slip.LOGARITHM_DROPPED,
            id="a logarithm",
        ),
        pytest.param(
            r"Solve \(3x+y=10\), \(x+4y=18\).",
            ["x = 2", "4y = 18 + 2"],
            Slip.MOVED_SIGN,
            id="moved when put in",
        ),
        pytest.param(
            r"Solve \(-6 < \frac{2-x}{3} \le 1\).",
            ["-18 < 2-x ≤ 3", "-20 < -x ≤ 1", "20 < x ≤ -1"],
            Slip.INEQUALITY_NOT_TURNED,
            id="both halves",
        ),
        pytest.param(
            r"Solve \(x^2-2x-8>0\).",
            ["(x-4)(x+2) > 0", "-2 < x < 4"],
            Slip.QUADRATIC_INEQUALITY,
            id="between the zeros",
        ),
        pytest.param(
            r"Solve \(\frac{x+1}{2} < \frac{x-3}{5} + 4\).",
            ["5(x+1) < 2(x-3) + 4"],
            Slip.ONE_SIDE,
            id="an inequality multiplied in part",
        ),
        pytest.param(
            r"Find \(\int x\sin x\,dx\).",
            ["= -x cos x + ∫ cos x dx", "= -x cos x - sin x + C"],
            Slip.LOST_SIGN,
            id="the last integral",
        ),
        pytest.param(
            "The numbers a and b satisfy a + b = 7 and ab = 4. Find a² + b².",
            ["a² + b² = (a+b)² - ab"],
            Slip.MIDDLE_TERM,
            id="an identity from right to left",
        ),
    ],
)
def test_the_line_itself_shows_the_name(statement, lines, slip):
    assert slip_in(statement, *lines) == slip


@pytest.mark.parametrize(
    ("statement", "answer", "lines", "wrong"),
    [
        pytest.param(
            "Sugar and butter are mixed in the ratio 4 : 3. How much butter is in 420 g?",
            "180 g",
            ("4+3 = 7", "420/7 = 60 g", "butter = 4*60 = 240 g"),
            (2, Slip.OTHER_PART),
            id="the other part of a ratio",
        ),
        pytest.param(
            "Ein Wert von 750 € wächst um 3,5 %. Wie groß ist er dann? Runde auf ganze Euro.",
            "776 €",
            ("750 * 1.035 = 776.25", "gerundet: 777 €"),
            (1, Slip.ROUNDED_THE_WRONG_WAY),
            id="a rounded answer",
        ),
        pytest.param(
            "A colony of 300 ants triples every month. How large is it after 5 months?",
            "72900",
            ("300 * 3 * 5 = 4500", "4500 ants"),
            (0, Slip.POWER_AS_PRODUCT),
            id="growth by multiplication",
        ),
        pytest.param(
            r"Solve \(2\sin x-\sqrt{3}=0\) for \(0\le x<2\pi\).",
            "π/3, 2π/3",
            ("sin x = √3/2", "x = π/3", "the other one is x = π + π/3 = 4π/3"),
            (2, Slip.WRONG_BRANCH),
            id="another angle",
        ),
        pytest.param(
            "A square has side 5 cm. Find its diagonal, correct to one decimal place.",
            "7.1 cm",
            ("d = √(5+5) = √10", "d ≈ 3.2 cm"),
            (0, Slip.SQUARE_FORGOTTEN),
            id="squares below a root",
        ),
        pytest.param(
            "In an arithmetic sequence a_5 = 23 and a_9 = 39. Find a_1.",
            "7",
            ("a9 - a5 = 4d", "4d = 16, d = 4", "a1 = a5 - 5d = 23 - 20 = 3"),
            (2, Slip.OFF_BY_ONE),
            id="a step too many back",
        ),
        pytest.param(
            "Round 2.7183 to one decimal place.",
            "2.7",
            ("2.7183 ≈ 2.8",),
            (0, Slip.ROUNDED_THE_WRONG_WAY),
            id="a number of the problem",
        ),
        pytest.param(
            r"Solve \(9^x-12\cdot3^x+27=0\).",
            "1, 2",
            (
                "let u=3^x",
                "u² - 12u + 27 = 0",
                "u = 3 or u = 9",
                "3^x = 3 so x = 0",
                "x = 0, x = 2",
            ),
            (3, Slip.EXPONENT_RULE),
            id="an exponent",
        ),
    ],
)
def test_the_answer_and_the_lines_before_show_the_name(statement, answer, lines, wrong):
    assert refuted(weighed(statement, answer, *lines)) == wrong


def test_a_number_is_not_rounded_where_nothing_asks_for_it():
    lines = ("2x = 11.5", "x = 5.7")

    assert slip_in(r"Solve \(4x = 23\).", *lines) != Slip.ROUNDED_THE_WRONG_WAY
