"""A transformation is wrong for some values; a condition, which looks the same, is not."""

import pytest

from tests.grading.working.marking import marks, refuted_check
from tutor.grading.steps.claim_results import Slip

LIMIT = r"Berechne \( \lim_{x\to 0}\frac{\sqrt{9+x}-3}{x} \)."
SQUARES = r"Vereinfache \( (x+5)^2-(x-5)(x+5) \)."
DIVISIBLE = r"Démontrer que pour tout n, \( 9^n-1 \) est divisible par 8."


@pytest.mark.parametrize(
    ("statement", "lines", "slip"),
    [
        (
            r"Find \( \lim_{x \to 3} \frac{x^2-9}{x^2-5x+6} \).",
            ["(x^2-9)/(x^2-5x+6) = -9/(-5x+6)"],
            Slip.CANCELLED_TERM,
        ),
        (LIMIT, ["√(9+x) = 3 + √x"], Slip.SPLIT_ROOT),
        (SQUARES, ["3. bin. Formel: (x-5)(x+5) = x^2-25", "(x+5)^2 = x^2+25"], Slip.SPLIT_SQUARE),
        (r"Simplify \( (a+3b)^2-9b^2 \).", ["(a+3b)^2 = a^2+3ab+9b^2"], Slip.MIDDLE_TERM),
        ("Zeige, dass das Quadrat ungerade ist.", ["(2k+1)^2 = 2k^2+4k+1"], Slip.POWER_OF_PRODUCT),
        (DIVISIBLE, ["9^(n+1)-1 = 9*9^n-1", "9*9^n - 1 = 9(9^n-1)-8"], Slip.LOST_SIGN),
        (r"Write \( x^2+8x-3 \) as a square.", ["x^2+8x = (x+8)^2-64"], Slip.HALF_FORGOTTEN),
        (
            "Prove that the difference of two odd squares is a multiple of 8.",
            ["(2n+1)^2 - (2n-1)^2 = 4n^2+4n+1 - 4n^2-4n+1"],
            Slip.MINUS_BRACKET,
        ),
        (
            r"已知 \( x_1,x_2 \) 是方程 \( x^2-6x+4=0 \) 的两根,求 \( x_1^2+x_2^2 \)。",
            ["x1+x2=6", "x1^2+x2^2=(x1+x2)^2=36"],
            Slip.SPLIT_SQUARE,
        ),
        (
            r"The roots of \( x^2-4x+1=0 \) are \( \alpha \) and \( \beta \).",
            ["α+β = 4", "1/α+1/β = 1/(α+β)"],
            Slip.ADDED_DENOMINATORS,
        ),
        (
            r"Sean \( A=\begin{pmatrix}1&2\\3&-1\end{pmatrix} \) y "
            r"\( B=\begin{pmatrix}0&1\\2&4\end{pmatrix} \). Calcula \( AB \).",
            ["AB = [[0,2],[6,-4]]"],
            Slip.ENTRY_BY_ENTRY,
        ),
        (
            r"Find the angle between \( \mathbf{a}=(2,1,-2) \) and \( \mathbf{b}=(3,0,4) \).",
            ["|a| = sqrt(4+1+4) = 3", "|b| = sqrt(6+0+8)"],
            Slip.DOUBLED_FOR_SQUARED,
        ),
        ("100 m de valla y un muro: ¿área máxima?", ["A=100x-2x^2", "A'=100-2x"], Slip.POWER_RULE),
    ],
)
def test_a_wrong_transformation_is_refuted(statement, lines, slip):
    assert marks(lines, statement).endswith("r")
    assert refuted_check(lines, statement).refuted.slip == slip


STORY = "A number is multiplied by 5, and 9 is added. The square of the result is 49. Find it."
NAMED = r"Let \( f(x) = 5x+9 \). Find \( f(x)^2 \)."
TRIANGLE = (
    r"In a right triangle the legs are \( 5x+9 \) and 12, and the hypotenuse is 20. Find \( x \)."
)


@pytest.mark.parametrize(
    "statement",
    [
        *(STORY, NAMED, TRIANGLE, "Tom thinks of a number x.", "A train takes x hours for 300 km."),
        r"Complete the square: \( 25x^2+90x+100 \).",
    ],
)
@pytest.mark.parametrize(
    ("line", "slip"),
    [
        ("(5x+9)^2 = 25x^2+81", Slip.SPLIT_SQUARE),
        ("(x+3)^2 = x^2+3x+9", Slip.MIDDLE_TERM),
        ("2(x+3) = 2x+3", Slip.HALF_DISTRIBUTED),
        ("x^2*x^3 = x^6", Slip.EXPONENT_RULE),
        ("1/x+1/2 = 1/(x+2)", Slip.ADDED_DENOMINATORS),
    ],
)
def test_a_false_rule_is_refuted_whatever_the_problem_is_about(statement, line, slip):
    assert refuted_check([line], statement).refuted.slip == slip


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (r"For which \( x \) is \( (5x+9)^2 = 25x^2+81 \)?", "(5x+9)^2 = 25x^2+81"),
        (
            "The square of the sum of a number and 3 is the same as the sum of their squares.",
            "(x+3)^2 = x^2+9",
        ),
        ("Twice the sum of a number and 3 equals twice the number, and 3 more.", "2(x+3) = 2x+3"),
        (STORY, "(x-5)^2 = x^2-25"),
        (STORY, "3x+4 = 7x"),
        ("The hypotenuse is 3 longer than one leg x. The other leg is 9.", "(x+3)^2 = x^2+81"),
    ],
)
def test_an_equation_that_a_problem_may_lead_to_is_not_refuted(statement, line):
    assert marks([line], statement) != "r"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (LIMIT, ["(√(9+x)-3)/x = x/(x(√(9+x)+3)) = 1/(√(9+x)+3)"]),
        (
            r"Find x with \( f(x)=x^2-4x \) and \( g(x)=x-6 \) equal.",
            ["x^2-4x = x-6", "x=2 or x=3"],
        ),
        (r"The angles \( 3x+10 \) and \( 5x-30 \) are equal.", ["3x+10=5x-30", "x=20"]),
        (r"A rectangle has sides \( x+5 \) and \( x \), its area is 84.", ["x(x+5)=84", "x=7"]),
        (r"Das Doppelte von \( x+3 \) ist 4 kleiner als \( 3x \).", ["2(x+3)=3x-4", "x=10"]),
        (r"Write \( \frac{5x+1}{(x-1)(x+2)} \) in parts.", ["5x+1 = A(x+2)+B(x-1)"]),
        (r"Simplify \( \sqrt{16x^2+9x^2} \), x > 0.", ["√(16x^2+9x^2) = √(25x^2) = 5x"]),
        (r"Gegeben \( f(x)=x^3-3x \). Extrempunkte?", ["f'(x)=3x^2-3", "3x^2=3", "x=1 oder x=-1"]),
        (
            r"\( x_1 \) und \( x_2 \) sind die Lösungen von \( x^2+3x-5=0 \).",
            ["x1+x2=-3 und x1*x2=-5", "x1x2^2+x1^2x2 = x1x2(x1+x2) = 15"],
        ),
        (
            r"Für \( \vec a=(1|2) \) und \( \vec b=(3|-1) \): \( \vec a\cdot\vec b \)?",
            ["a·b=1×3+2×(-1)=1", "a+b=(4|1)", "|a+b|=√17"],
        ),
        ("Löse \\(2x^2+4x-30=0\\).", ["x1,2 = (-4 ± sqrt(4^2+240))/4", "x1,2 = (-4 ± 16)/4"]),
    ],
)
def test_a_right_line_is_never_refuted(statement, lines):
    assert "r" not in marks(lines, statement)


def test_functions_in_words_are_no_doubtful_words():
    statement = r"Solve \(2x^2+4x-30=0\)."
    assert marks(["x = (-4 + sqrt(16+240))/4 or x = (-4 - sqrt(256))/4"], statement) == "p"
    assert marks(["x = (-4 + sqrt(16-240))/4"], statement) == "r"
