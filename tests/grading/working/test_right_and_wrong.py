"""Two lines for one place of a working: one is right, the other a usual mistake."""

from __future__ import annotations

import pytest

from tutor.grading.steps.checks import StepVerdict
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.checker import check_working

PERPENDICULAR = "Find the line perpendicular to \\(y = 3x + 2\\) through \\((6, 1)\\)."
INVERSE = "Find the inverse of \\(\\begin{pmatrix}5&3\\\\4&4\\end{pmatrix}\\)."
VECTORS = "Is \\(\\vec u=(1,-4,2)\\) perpendicular to \\(\\vec v=(6,1,-1)\\)?"
OPPOSITE = (
    "In a right-angled triangle the hypotenuse is 14 cm and one angle is \\(25^\\circ\\). "
    "How long is the side opposite this angle?"
)
ON_INTERVAL = "Find the extreme values of \\(f(x) = x^3 - 12x + 14\\) on \\([0, 3]\\)."
EVENTS = "Two independent events have \\(P(A)=0.3\\) and \\(P(B)=0.6\\). Find \\(P(A\\cup B)\\)."


@pytest.mark.parametrize(
    ("statement", "right", "wrong"),
    [
        (PERPENDICULAR, "so the slope is -1/3", "so the slope is 1/3"),
        (PERPENDICULAR, "new gradient -1/3", "new gradient -3"),
        ("Find the line parallel to \\(4x + 2y = 5\\) through \\((1,1)\\).", "m = -2", "m = 2"),
        (INVERSE, "A^-1 = 1/8 * [[4, -3], [-4, 5]]", "A^-1 = 1/8 * [[5, -3], [-4, 4]]"),
        (INVERSE, "inverse = [4 -3; -4 5]/8", "inverse = [4 3; 4 5]/8"),
        (VECTORS, "u.v = 6 - 4 - 2", "u.v = 6 + 4 - 2"),
        (VECTORS, "dot product = 6 - 4 - 2 = 0", "dot product = 6 + 4 - 2 = 8"),
        (
            "Find the unit vector in the direction of \\((2,-6,9)\\).",
            "|v| = √(4 + 36 + 81) = 11",
            "|v| = √(4 - 36 + 81) = 7",
        ),
        (
            "The vectors \\(a=(1,0,2)\\) and \\(b=(0,3,1)\\) span a triangle. Find its area.",
            "|a×b| = √(36 + 1 + 9)",
            "|a×b| = 36 + 1 + 9",
        ),
        (EVENTS, "P(A or B) = P(A) + P(B) - P(A)*P(B)", "P(A or B) = P(A) + P(B)"),
        (
            "Solve \\(10x \\equiv 15 \\pmod{25}\\).",
            "2x ≡ 3 (mod 5)",
            "2x ≡ 3 (mod 25)",
        ),
        (
            "Find the median of the numbers 8, 2, 11, 5, 14.",
            "the third one is 8",
            "the third one is 11",
        ),
        (
            "Factor \\(x^2 + 2x - 15\\).",
            "5×(-3) = -15,并且 5+(-3) = 2",
            "5×(-3) = -15,并且 5+(-3) = -2",
        ),
        (ON_INTERVAL, "greatest is 14 at x = 0", "greatest is 30 at x = -2"),
        (ON_INTERVAL, "min = -2", "min = 5"),
        (
            "Differentiate \\(y = \\frac{x^2}{x+3}\\).",
            "y' = [(x²)'(x+3) - x²(x+3)']/(x+3)²",
            "y' = [(x²)'(x+3) + x²(x+3)']/(x+3)²",
        ),
        ("Calculate \\(\\int_1^3 \\frac{1}{x^2}\\,dx\\).", "= -1/x |₁³", "= ln(x²) |₁³"),
        ("Calculate \\(\\int_{-1}^2 x^2\\,dx\\).", "= x³/3 |₋₁²", "= x³/3 |_-1^2 = 8/3 - 1/3"),
        ("A tank holds 0.7 m³ of water.", "0.7 m3 = 700L", "0.7m³=7000L"),
        ("A car drives 1.35 km in 30 s.", "1.35km = 1350m", "1.35km = 135m"),
        ("Tim walks 3 km at 6 km/h and then 2 km.", "time 1 : 3/6 = 0.5h", "time 1 : 3/6 = 0.6"),
        (
            "Find \\(\\int 2x(x^2+1)^3\\,dx\\).",
            "∫ u^3 du = u^4/4 + C",
            "∫ u^3 du = u^4/4",
        ),
        ("The radius of a circle is 7 cm. Find its area.", "A = pi r squared", "A = 2 pi r"),
        ("Solve \\(3x + 4 = 19\\).", "3x=15   divide by 3", "3x=23   divide by 3"),
        (
            "Bestimme alle Stammfunktionen von \\(f(x)=6x^2-e^{2x}\\).",
            "6x² -> 2x³",
            "e^(2x) -> 2e^(2x)  (mal innere Ableitung)",
        ),
        ("Differentiate \\(y = 3x^2 - 4x\\).", "3x^2 -> 6x", "3x^2 gives 6x^2"),
        (
            "An icing cone has radius 2 cm and height 9 cm. How much can it hold?",
            "V = 1/3 πr²h",
            "V = πr²h",
        ),
        (OPPOSITE, "sin 25° = opp/14", "cos 25 = opp / 14"),
        (OPPOSITE, "x = 14 sin 25", "x = 14 tan 25"),
        (
            "Solve \\(3t^2 - 7t - 6 = 0\\).",
            "D = (-7)^2 + 4*3*6 = 121",
            "D = (-7)^2 - 4*3*6 = -23",
        ),
        (
            "What is the last digit of \\(3^{95}\\)?",
            "95 = 4*23 + 3",
            "95 = 4*24 - 1, remainder 1",
        ),
        (
            "A sector has the angle \\(80^\\circ\\) and radius 9 cm. Find its arc and its area.",
            "A = ½lr",
            "A = 80/360 * 2 * π * 9",
        ),
        (
            "Bestimme den ggT und das kgV von 40 und 36.",
            "kgV = 2³·3²·5 = 360",
            "kgV = 2⁴·3²·5 = 720",
        ),
        (
            "In einer arithmetischen Folge ist \\(a_4=17\\) und \\(a_9=37\\). Bestimme \\(a_1\\).",
            "a1 = 17 - 12 = 5",
            "a1 = 17 - 16 = 1",
        ),
        (
            "Un precio sube un 20 % y después baja un 20 %. ¿Cuál es la variación total?",
            "baja 20%: 1.2p - 0.24p = 0.96p",
            "baja 20%: 1.2p - 0.2p = p",
        ),
        (
            "Compute \\(AB\\) for two matrices.",
            "(c*1 + 2*3, 4*1 + d*3) = (c+6, 4+3d)",
            "(c*1 + 2*3, 4*1 + d*3) = (c+5, 4+3d)",
        ),
        (
            "Tap A fills a tub in 4 hours, tap B in 12 hours. How long do they need together?",
            "together 1/4 + 1/12 = 1/3 per hr",
            "together 1/4 + 1/12 = 2/16 per hr",
        ),
    ],
)
def test_the_right_one_is_proved_and_the_mistake_refuted(statement: str, right: str, wrong: str):
    assert check_working([right], statement)[-1].verdict == StepVerdict.PROVED
    assert check_working([wrong], statement)[-1].verdict == StepVerdict.REFUTED


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("Solve \\(\\frac{x}{x-6} = \\frac{6}{x-6} + 2\\).", "solution set {6}"),
        (
            "Solve \\(\\ln x + \\ln(x-5) = \\ln 6\\).",
            "so the two solutions of the equation are 6 and -1",
        ),
        (
            "Prove that the product of any two odd numbers is odd.",
            "their product is (2n+1)(2n+1)",
        ),
        (
            "Prove that the sum of two odd integers is even.",
            "Let a = 2n+1 and b = 2n+1 for some integer n",
        ),
    ],
)
def test_what_is_wrong_in_words_is_refuted(statement: str, line: str):
    assert check_working([line], statement)[-1].verdict == StepVerdict.REFUTED


def test_one_angle_of_several_is_a_solution_and_another_beside_it_may_be_none():
    statement = "Solve \\(\\sin x = \\frac{1}{2}\\) on \\([0, 2\\pi)\\)."
    first, right = (check.verdict for check in check_working(["x=π/6", "x=5π/6"], statement))
    assert first == right == StepVerdict.PROVED
    assert check_working(["x=π/6", "x=7π/6"], statement)[1].verdict == StepVerdict.REFUTED
    # The acute angle beside a negative cosine is where one looks for the others from.
    acute = check_working(["x=π/3"], "Solve \\(\\cos x = -\\frac{1}{2}\\).")
    assert acute[0].verdict == StepVerdict.UNCHECKED


def test_what_is_done_to_both_sides_stands_behind_a_gap():
    checks = check_working(["9x² = 45x   ÷9", "x² = 5x"], "Solve \\(9x^2 = 45x\\).")
    assert [check.verdict for check in checks].count(StepVerdict.REFUTED) == 0
    assert checks[1].verdict == StepVerdict.PROVED


def test_rows_of_a_matrix_are_read_with_blanks_between_them():
    line = "A^{-1} = \\frac{1}{8} \\begin{pmatrix} 4 & -3 \\\\ -4 & 5 \\end{pmatrix}"
    assert check_working([line], INVERSE)[0].verdict == StepVerdict.PROVED


def test_equations_stand_apart_at_wide_gaps():
    line = "√98=7√2   √50=5√2   √18=3√2"
    checks = check_working([line], "Simplify \\(\\sqrt{98}-\\sqrt{50}+\\sqrt{18}\\).")
    assert checks[0].verdict == StepVerdict.PROVED


def test_the_cases_of_an_absolute_value_need_no_word_for_them():
    both = ["a) x-5 = 3x+1 gives -2x=6, x=-3", "b) x-5 = -(3x+1) gives 4x=4, x=1"]
    verdicts = [check.verdict for check in check_working(both, "Solve \\(|x-5|=3x+1\\).")]
    assert verdicts == [StepVerdict.PROVED] * 2
    alone = check_working(["x-5 = 3x+1", "x = -3"], "Solve \\(|x-5|=3x+1\\).")
    assert alone[0].verdict == StepVerdict.REFUTED


def test_what_is_done_to_both_sides_may_be_told_in_words():
    checks = check_working(["7x² = 21x", "7x = 21   | cancel x"], "Solve \\(14x^2 = 42x\\).")
    assert checks[1].refuted is not None
    assert checks[1].refuted.slip == Slip.LOST_ROOT
