"""The name of the mistake in a line that is refuted."""

import pytest

from tutor.grading.comparison.keys import infer_key
from tutor.grading.steps.claim_results import Slip
from tutor.grading.weighing.weigh import weigh
from tutor.grading.working.checker import check_working


def slip_in(lines, statement):
    refuted = [check.refuted for check in check_working(lines, statement) if check.refuted]
    return refuted[0].slip if refuted else None


@pytest.mark.parametrize(
    ("statement", "lines", "slip"),
    [
        (r"Solve \(x^2 - 10x - 3 = 0\).", ["x²-10x = 3", "(x-5)² = 3"], Slip.ONE_SIDE),
        (r"Solve \(3x = y + 2\) for \(x\).", ["x = y/3 + 2"], Slip.ONE_SIDE),
        (
            r"Factorise \(x^2-2x-15\) and solve \(x^2-2x-15=0\).",
            ["x² - 2x - 15 = (x + 5)(x - 3)"],
            Slip.FACTOR_SIGN,
        ),
        (
            "(MN) // (BC), M sur [AB], N sur [AC]. AM = 3, AB = 5, BC = 8. Calculer MN.",
            ["AM/AB = BC/MN"],
            Slip.INVERSE_RATIO,
        ),
        (
            "An isosceles triangle has two sides of 10 cm and a base of 12 cm. Find the height.",
            ["h^2 = 10^2 + 6^2"],
            Slip.HYPOTENUSE,
        ),
        (r"Löse \(x^2-6x-16=0\).", ["x1,2 = 3 ± √(9 - 16)"], Slip.LOST_SIGN),
        (r"Expand \((3x-2)^2\).", ["(3x - 2)(3x - 2)", "9x² - 6x + 4"], Slip.MIDDLE_TERM),
        (
            r"Calculer \(A=\dfrac23\div\dfrac56+\dfrac15\).",
            ["A = 2/3 × 5/6 + 1/5"],
            Slip.NOT_INVERTED,
        ),
        (
            r"Find the coefficient of \(x^3\) in \((1-2x)^5\).",
            ["5C3 × (-2x)³", "= 10 × -2x³"],
            Slip.POWER_OF_PRODUCT,
        ),
        (r"Calcula \(\int x\cos x\,dx\).", ["dv = cos x dx → v = -sen x"], Slip.LOST_SIGN),
        (
            r"Solve \(3x+2y=16\), \(x-2y=8\).",
            ["x = 6", "6 - 2y = 8", "-2y = 2", "y = 1"],
            Slip.LOST_SIGN,
        ),
        (
            r"A triangle has \(b=7\), \(c=5\), \(\alpha=60^\circ\). Find \(a\).",
            ["a² = 74 - 35 = 39", "a = 19.5"],
            Slip.ROOT_AS_DIVISION,
        ),
        (r"Solve \(3 = 4 + b\).", ["b = 7"], Slip.MOVED_SIGN),
        (r"Solve \(\frac{x}{5} - 3 = \frac{x}{2}\).", ["2x - 3 = 5x"], Slip.ONE_SIDE),
        (r"Solve \(2x + y = 7\), \(5x - 3y = 1\).", ["6x + 3y = 7"], Slip.ONE_SIDE),
        (r"Solve \(8 + 3t = 52\).", ["11t = 52"], Slip.UNLIKE_TERMS),
        (r"Solve \(3x + 4y = 10\), \(3x - y = 5\).", ["3y = 5"], Slip.ELIMINATION),
        (r"Solve \(7^x = 12\).", ["x = log 12/log 7", "= log(12/7)"], Slip.LOG_OF_SUM),
        (r"Solve \(3^x + 3^{x+1} = 36\).", ["3^(2x+1) = 36"], Slip.EXPONENT_RULE),
        (r"Factor \(4x^2 - 25\).", ["(2x-5)^2"], Slip.SPLIT_SQUARE),
        (r"Factor \(8a^2 - 12ab + 4a\).", ["= 4a(2a - 3b)"], Slip.TERM_LOST),
        (r"Solve \(\frac{2}{x} < 5\).", ["2 < 5x"], Slip.INEQUALITY_NOT_TURNED),
        (r"Let \(f(x) = x^2 + 3x\).", ["f(x+2) = x^2 + 3x + 2"], Slip.BACK_SUBSTITUTION),
        (r"Find \(\int \cos(5x)\,dx\).", ["= 5 sin(5x) + C"], Slip.CHAIN_RULE),
        (r"Berechne \(100 : 10 \cdot 2 - 7\).", ["100 : 20 - 7"], Slip.ORDER_OF_OPERATIONS),
        (r"Solve \(9 + 3(x - 4) = 21\).", ["12(x-4) = 21"], Slip.ORDER_OF_OPERATIONS),
        (r"Calculate \(\frac23 + \frac14\).", ["= 2/12 + 1/12"], Slip.COMMON_DENOMINATOR),
        (r"Calculate \(\frac56 - \frac14\).", ["= 10/12 - 1/12"], Slip.COMMON_DENOMINATOR),
        (r"Solve \(\frac{3}{x} + 2 = \frac{7}{x}\).", ["3 + 2 = 7"], Slip.ONE_SIDE),
        (
            r"Solve \(3x^2 + 2x - 8 = 0\).",
            ["a = 3, b = 2, c = -8", "b² - 4ac = 4 - 96"],
            Slip.LOST_SIGN,
        ),
        (r"Solve \(x^2 + 3x - 10 = 0\).", ["(x+5)(x-2) = 0", "x = 5 or x = -2"], Slip.LOST_SIGN),
        (r"Let \(f(x) = x^2 + 3x\). Find \(f(-4)\).", ["f(-4) = -16 - 12"], Slip.NEGATIVE_SQUARE),
        (r"Solve \(\sqrt{x+7} + 2 = 6\).", ["x + 7 + 4 = 36"], Slip.SPLIT_SQUARE),
        (r"Solve \(3\log_2 x = 6\).", ["log_2(3x) = 6"], Slip.POWER_OF_LOG),
        (r"Simplify \(\frac{x^8}{x^2}\).", ["= x^4"], Slip.EXPONENT_RULE),
        (r"Simplify \(\frac{x^5}{x^2}\).", ["x^5 / x^2 = x^7"], Slip.EXPONENT_RULE),
        (r"Solve \(e^{2x} = 7\).", ["2x = ln 7", "x = ln 3.5"], Slip.LOG_OF_SUM),
        (r"Solve \(x^2 < 25\).", ["x < 5"], Slip.QUADRATIC_INEQUALITY),
        (r"Evaluate \(\int_0^2 x^3\,dx\).", ["= [3x²]_0^2 = 12"], Slip.INTEGRAL_RULE),
        (r"Differentiate \(5x^2 - 4x + 7\).", ["f'(x) = 10x - 4 + 7"], Slip.CONSTANT_KEPT),
        (
            r"Find \(\lim_{x\to0} \frac{\sin 3x}{7x}\).",
            ["sin 3x/(7x) = sin 3x/(3x) · (7/3)"],
            Slip.INVERSE_RATIO,
        ),
        (
            r"Solve \(2x + 5y = 26\), \(x - y = 6\).",
            ["y = 2", "2x + 2 = 26"],
            Slip.BACK_SUBSTITUTION,
        ),
    ],
)
def test_a_mistake_in_the_line_before_is_named(statement, lines, slip):
    assert slip_in(lines, statement) == slip


@pytest.mark.parametrize(
    ("statement", "lines", "answer", "slip"),
    [
        (
            "In a right triangle the hypotenuse is 26 cm and one leg is 10 cm. Find the other leg.",
            ["x² = 26² + 10²", "x² = 776", "x = 27.9"],
            "24",
            Slip.HYPOTENUSE,
        ),
        (
            "At a party 9 people all shake hands with each other. How many handshakes are there?",
            ["9 * 8", "= 72"],
            "36",
            Slip.ORDER_COUNTED,
        ),
        (
            "Class A has 10 pupils with a mean of 60, class B 30 pupils with a mean of 80. "
            "Find the mean of all pupils.",
            ["(60+80)/2", "= 70"],
            "75",
            Slip.UNWEIGHTED,
        ),
        (
            r"Solve \(x^2 = 21x\).",
            ["divide by x", "x = 21"],
            "0, 21",
            Slip.LOST_ROOT,
        ),
        (r"Solve \(\ln x - \ln 5 = 2\).", ["ln(x-5) = 2", "x = e²+5"], "5e^2", Slip.LOG_OF_SUM),
        (
            r"Solve \(\log_3 x + \log_3(x - 8) = 2\).",
            ["log_3(x(x-8)) = 2", "x(x-8) = 9", "(x-9)(x+1) = 0", "x = 9 or x = -1"],
            "9",
            Slip.EXTRANEOUS_ROOT,
        ),
        (r"Solve \(7 - 2x \le 15\).", ["-2x ≤ 8", "x ≤ -4"], "x >= -4", Slip.INEQUALITY_NOT_TURNED),
        (
            r"Solve \(4^x - 6\cdot 2^x + 8 = 0\).",
            ["z = 2^x", "z² - 6z + 8 = 0", "z = 2 or z = 4", "x = 2 or x = 4"],
            "1, 2",
            Slip.NOT_PUT_BACK,
        ),
        (
            "A ball has velocity \\(v(t) = 10t + 2\\) and \\(s(0) = 5\\). Find \\(s(3)\\).",
            ["s(t) = 5t² + 2t", "s(3) = 45 + 6 = 51"],
            "56",
            Slip.CONSTANT_FORGOTTEN,
        ),
        ("Find 4% of 350.", ["4% = 0.4", "0.4*350 = 140"], "14", Slip.DECIMAL_PLACE),
        (
            r"Compute \((1,2,3)\times(2,0,1)\).",
            ["x: 2·1 - 3·0 = 2", "y: 1·1 - 3·2 = -5", "z: 1·0 - 2·2 = -4"],
            "(2, 5, -4)",
            Slip.LOST_SIGN,
        ),
    ],
)
def test_a_mistake_that_only_the_answer_shows_is_named(statement, lines, answer, slip):
    assert weighed_slip_in(lines, statement, answer) == slip


@pytest.mark.parametrize(
    ("statement", "lines", "answer", "slip"),
    [
        (
            "A pizza has a diameter of 30 cm. Find its area.",
            ["A = π·30² = 2827"],
            "706.9",
            Slip.DIAMETER_FOR_RADIUS,
        ),
        (
            "Blue and yellow are mixed in the ratio 3 : 5. How much blue is in 24 litres?",
            ["blue is 3/5", "3/5 of 24 = 14.4"],
            "9",
            Slip.PART_FOR_WHOLE,
        ),
        (
            "A cone has radius 5 cm and slant height 13 cm. Find its volume.",
            ["V = 1/3·π·r²·h", "V = 1/3·π·25·13"],
            "100pi",
            Slip.WRONG_HEIGHT,
        ),
        (
            r"Find the midpoint of \(A(2, 7)\) and \(B(8, 3)\).",
            ["M = ((8-2)/2, (3-7)/2)"],
            "(5, 5)",
            Slip.WRONG_FORMULA,
        ),
        (
            r"On donne \(A(1;-2)\) et \(B(-3;5)\). Calculer la longueur \(AB\).",
            ["vecteur AB : (1 + (-3) ; -2 + 5) = (-2 ; 3)", "AB² = 4 + 9 = 13", "AB = √13"],
            r"\sqrt{65}",
            Slip.WRONG_FORMULA,
        ),
        (
            r"Find \(t\) such that \(\vec u = (1, t)\) and \(\vec v = (4, 6)\) are parallel.",
            ["4 + 6t = 0", "t = -2/3"],
            "3/2",
            Slip.WRONG_FORMULA,
        ),
        (
            "Two angles of a triangle are 50° and 60°. Find the third.",
            ["360 - 50 - 60 = 250"],
            "70",
            Slip.WRONG_FORMULA,
        ),
        (
            r"\(\cos\theta = -\frac{3}{5}\) and \(\theta\) is in the third quadrant. "
            r"Find \(\sin\theta\).",
            ["sin²θ = 1 - 9/25 = 16/25", "sin θ = 4/5"],
            "-4/5",
            Slip.WRONG_BRANCH,
        ),
        (
            "Omar eats a quarter of a pizza, his sister a third of what is left. What remains?",
            ["eaten: 1/4 + 1/3", "= 7/12", "left: 1 - 7/12 = 5/12"],
            "1/2",
            Slip.PERCENT_BASE,
        ),
        ("Convert 72 km/h to m/s.", ["72·3.6 = 259.2"], "20", Slip.UNIT_CONVERSION),
        ("Find the mean of 4, 8, 9, 11.", ["(4+8+9+11)/3 = 32/3"], "8", Slip.WRONG_COUNT),
        (
            r"Find the third side of a triangle: \(a=5\), \(b=8\), \(\gamma = 60^\circ\).",
            ["c² = 25 + 64 + 2·5·8·cos60° = 129", "c=11.4"],
            "7",
            Slip.LOST_SIGN,
        ),
        (
            "How many four-digit numbers with different digits are there?",
            ["10·9·8·7 = 5040"],
            "4536",
            Slip.LEADING_ZERO,
        ),
        (
            "用单词 BANANA 的六个字母可以排成多少个不同的字母串?",
            ["6!=720"],
            "60",
            Slip.REPETITION_FORGOTTEN,
        ),
        (
            "A population of 200 bacteria triples every hour. How many are there after 5 hours?",
            ["200·3·5 = 3000"],
            "48600",
            Slip.POWER_AS_PRODUCT,
        ),
    ],
)
def test_a_wrong_set_up_is_named_by_the_statement(statement, lines, answer, slip):
    assert weighed_slip_in(lines, statement, answer) == slip


def test_a_solution_that_was_lost_did_not_come_in_from_outside():
    lines = ["x² = 14x", "divide by x: x = 14", "L = {14}"]
    assert weighed_slip_in(lines, r"Solve \(3x^2 = 42x\).", "0, 14") == Slip.LOST_ROOT


def weighed_slip_in(lines, statement, answer):
    checks = weigh(
        lines, check_working(lines, statement), statement, infer_key(answer), is_finished=True
    )
    return next(check.refuted for check in checks if check.refuted).slip


@pytest.mark.parametrize(
    ("statement", "answer", "lines", "slip"),
    [
        (
            "In how many ways can 2 captains be chosen from 9 players?",
            "36",
            ["first captain: 9 choices", "so there are 9*8 = 72 ways to choose them"],
            Slip.ORDER_COUNTED,
        ),
        (
            "Une urne contient 3 boules rouges et 2 noires. On tire deux boules sans remise."
            " Quelle est la probabilité d'avoir une boule de chaque couleur ?",
            "3/5",
            ["P(une de chaque couleur) = 3/5 × 2/4", "= 3/10"],
            Slip.ORDER_FORGOTTEN,
        ),
        (
            "A tree has a shadow of 7.2 m. At the same time an upright stick 1.5 m long has a"
            " shadow of 1.2 m. How tall is the tree?",
            "9 m",
            ["h/7.2 = 1.2/1.5"],
            Slip.INVERSE_RATIO,
        ),
    ],
)
def test_mistakes_that_the_stored_answer_shows_are_named(statement, answer, lines, slip):
    checks = check_working(lines, statement)
    weighed = weigh(lines, checks, statement, infer_key(answer), is_finished=True)
    assert [check.refuted.slip for check in weighed if check.refuted] == [slip]


def test_substituted_values_are_named_in_other_forms_too():
    lines = ["t = e^x", "t² - 3t + 2 = 0", "t = (3 ± 1)/2", "x = 1 or x = 2"]
    assert slip_in(lines, r"Solve \(e^{2x}-3e^x+2=0\).") == Slip.NOT_PUT_BACK
