"""Which line a wrong answer shows to be wrong."""

from __future__ import annotations

import pytest

from tests.grading.weighing.weighing import marks, refuted, weighed
from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.comparison.keys import infer_key
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.checks import Mark
from tutor.grading.steps.claim_results import Slip
from tutor.grading.weighing.weigh import MAX_WORK_S, weigh
from tutor.grading.working.checker import check_working

SALE = "A coat costs $63 after a 30% discount. What was the price before the discount?"
TRIANGLE = "A triangle has a base of 16 cm and a height of 7 cm. What is its area?"


@pytest.mark.parametrize(
    ("statement", "answer", "lines", "wrong"),
    [
        pytest.param(
            SALE,
            "90",
            ("30% of 63 = 0.3 * 63 = 18.90", "63 + 18.90 = 81.90"),
            (0, Slip.PERCENT_BASE),
            id="percent of the other base",
        ),
        pytest.param(
            "In a test Lia got 36 out of 48 points. What percent is that?",
            "75",
            ("48/36 = 1.333", "1.333 * 100 = 133.3"),
            (0, Slip.INVERSE_RATIO),
            id="upside down",
        ),
        pytest.param(
            "Berechne das arithmetische Mittel der Noten 2, 3, 0, 1, 4.",
            "2",
            ("2+3+0+1+4 = 10", "10:4 = 2.5"),
            (1, Slip.WRONG_COUNT),
            id="a sum of five numbers divided by four",
        ),
        pytest.param(
            r"Find \(\int (4x+1)^3\,dx\).",
            "(4x+1)^4/16 + C",
            ("u = 4x+1", "u^3 gives u^4/4", "so (4x+1)^4/4 + C"),
            (2, Slip.CHAIN_RULE),
            id="an antiderivative that stands alone",
        ),
        pytest.param(
            r"Find \(\int e^{3x}\,dx\).",
            "e^(3x)/3 + C",
            ("e^(3x) + C",),
            (0, Slip.CHAIN_RULE),
            id="an antiderivative whose exponent is not divided by",
        ),
        pytest.param(
            r"Find \(\int x^2\,dx\).",
            "x^3/3 + C",
            ("x^3 + C",),
            (0, Slip.INTEGRAL_RULE),
            id="an antiderivative of a power that stands alone",
        ),
        pytest.param(
            r"Bestimme \(\int(6x^2-4)\,dx\).",
            "2x^3 - 4x + C",
            ("∫6x² dx - ∫4 dx", "= 6·x³/3 - 4x", "= 2x³ - 4x"),
            (2, Slip.CONSTANT_FORGOTTEN),
            id="an antiderivative without its constant",
        ),
        pytest.param(
            "A house wall is a rectangle, 12 m wide and 5 m high, with a triangle of base 12 m and "
            "height 6 m on top. What is its area?",
            "96",
            ("rectangle: 12 * 5 = 60", "triangle: 12 * 6 = 72", "total: 60 + 72 = 132"),
            (1, Slip.HALF_FORGOTTEN),
            id="half of a product",
        ),
        pytest.param(
            "Mia cycles 24 km at 24 km/h and 24 km back at 8 km/h. What is her average speed?",
            "12",
            ("average = (24 + 8)/2", "32/2 = 16", "so her average speed is 16"),
            (0, Slip.UNWEIGHTED),
            id="a mean of speeds",
        ),
        pytest.param(
            "A 26 m rope runs from the top of a pole to a peg 10 m from its foot. How high is the "
            "pole?",
            "24",
            ("h² = 26² + 10²", "h² = 676 + 100 = 776", "h ≈ 27.86"),
            (0, Slip.SET_UP),
            id="an equation that is false at the right answer",
        ),
        pytest.param(
            "Which term of the sequence 4, 10, 16, 22, … is 244?",
            "41",
            ("nth term = 4 + 6n", "4 + 6n = 244", "6n = 240", "n = 40"),
            (0, Slip.SET_UP),
            id="the line before that an equation comes from",
        ),
        pytest.param(
            "Solve log_2 x + log_2 (x - 6) = 4.",
            "8",
            ("x(x - 6) = 16", "x^2 - 6x - 16 = 0", "x = 8 or x = -2"),
            (2, Slip.EXTRANEOUS_ROOT),
            id="a solution too many",
        ),
        pytest.param(
            "Compute the cross product (2,1,3) × (1,0,-2).",
            "(-2, 7, -1)",
            ("x: 1*(-2) - 3*0 = -2", "y: 2*(-2) - 3*1 = -7", "z: 2*0 - 1*1 = -1", "(-2, -7, -1)"),
            (1, Slip.LOST_SIGN),
            id="one coordinate",
        ),
        pytest.param(
            "Find the line through (-2, 3) and (4, -9).",
            "y = -2x - 1",
            ("m = (-9-3)/(4-2) = -6", "y - 3 = -6(x + 2)", "y = -6x - 9"),
            (0, Slip.LOST_SIGN),
            id="a slope that the line needs otherwise",
        ),
        pytest.param(
            r"Work out \(50 - 4 \cdot (9-2) + 8\).",
            "30",
            ("9-2 = 7", "4·7 = 28", "28+8 = 36, 50-36 = 14"),
            (2, Slip.ORDER_OF_OPERATIONS),
            id="a sum too early",
        ),
        pytest.param(
            "A box has 10 bulbs, 3 of them broken. Two bulbs are taken without replacement. Find "
            "the probability that both work.",
            "7/15",
            ("first: 7/10", "second: 7/10", "both: 7/10 * 7/10 = 49/100"),
            (1, Slip.WITH_REPLACEMENT),
            id="the same chance again",
        ),
        pytest.param(
            "A coat costs 200 €. The price falls by 10 % and then by 20 %. What does it cost now?",
            "144 €",
            ("10 % + 20 % = 30 %", "200 € · 0.3 = 60 €", "200 € - 60 € = 140 €"),
            (0, Slip.PERCENT_BASE),
            id="percentages added",
        ),
        pytest.param(
            "Find the tangent to \\(y = x^2 - 4x\\) at \\(x = 3\\).",
            "y = 2x - 9",
            ("y(3) = -3", "y' = 2x - 4", "tangent: y = 2(x-3) + 3"),
            (2, Slip.LOST_SIGN),
            id="a sign in the equation that is sought",
        ),
        pytest.param(
            "A card is drawn from a deck of 52. What is the probability of a king or a heart?",
            "4/13",
            ("kings: 4, hearts: 13", "P = 4/52 + 13/52", "P = 17/52"),
            (1, Slip.COUNTED_TWICE),
            id="a sum, and not the numbers that it adds",
        ),
        pytest.param(
            "A stick of 2 m has a shadow of 3 m. A tree's shadow is 12 m long. How tall is it?",
            "8",
            ("h/12 = 3/2", "h = 18", "The tree is 18m tall"),
            (0, Slip.INVERSE_RATIO),
            id="an answer that is told once more in words",
        ),
        pytest.param(
            r"Solve \(|2x + 1| \le 7\).",
            "-4 <= x <= 3",
            ("this means 2x + 1 ≤ 7", "2x ≤ 6", "x ≤ 3"),
            (0, Slip.ABSOLUTE_VALUE),
            id="a condition that is the problem's is no answer",
        ),
        pytest.param(
            r"Find the vertex of \(y = x^2 - 4x + 7\).",
            "(2, 3)",
            ("y = (x-2)^2 + 3", "the lowest point is S(2|-3)"),
            (1, Slip.LOST_SIGN),
            id="a point with a name",
        ),
        pytest.param(
            r"At what times is \(s = t^3 - 6t^2 + 9t\) at rest?",
            "t = 1 s and t = 3 s",
            ("3t² - 12t + 9 = 0", "t² - 4t + 9 = 0", "16 - 36 < 0, so never"),
            (1, Slip.ONE_SIDE),
            id="an answer of which a number is nowhere",
        ),
        pytest.param(
            "The sum of two numbers is 20. One is 4 more than three times the other. Find them.",
            "4 and 16",
            ("x + y = 20", "x = 3y - 4", "3y - 4 + y = 20", "y = 6, x = 14"),
            (1, Slip.SET_UP),
            id="two numbers without names",
        ),
        pytest.param(
            "Find the circle with centre (2, -1) through (5, 3).",
            "(x - 2)^2 + (y + 1)^2 = 25",
            ("r² = 3² + 4² = 25", "(x+2)² + (y-1)² = 25"),
            (1, Slip.LOST_SIGN),
            id="a curve, and not its number that is right",
        ),
        pytest.param(
            r"Simplify \(\frac{x^2+5x+6}{x^2-9}\).",
            "(x+2)/(x-3)",
            ("(x+2)(x+3)/((x-3)(x+3))", "= (x+2)/(x-3)", "= 2/(-3)"),
            (2, Slip.CANCELLED_TERM),
            id="a line after the right answer",
        ),
        pytest.param(
            "Two fair dice are rolled. What is the probability that the sum is 6?",
            "5/36",
            ("sums of 6: 1+5, 2+4, 3+3, so 3 outcomes", "P = 3/36", "P = 1/12"),
            (0, Slip.WRONG_COUNT),
            id="a number that was counted in the line before",
        ),
        pytest.param(
            r"For a thin lens \(\frac{1}{f} = \frac{1}{u} + \frac{1}{v}\). "
            r"Write \(f\) in terms of \(u\) and \(v\).",
            "uv/(u+v)",
            ("take reciprocals of everything: f = u + v", "Answer: f=u+v"),
            (0, Slip.SET_UP),
            id="a sum of letters that is written twice",
        ),
        pytest.param(
            r"Let \(f(x) = 2x - 3\) and \(g(x) = x^2\). Find \(f(g(4))\).",
            "29",
            ("f(4) = 8 - 3 = 5", "g(5) = 25", "f(g(4)) = 25"),
            (2, Slip.COMPOSITION_ORDER),
            id="the outer function first, in a line that is true",
        ),
        pytest.param(
            r"Two sides of a triangle are 5 and 8, the angle between them is \(60^\circ\). "
            "Find the third side.",
            "7",
            ("c² = a²+b²-2ab cos C", "c² = 25 + 64 - 80 cos 60°", "c² = 9 cos 60° = 4.5"),
            (2, Slip.ORDER_OF_OPERATIONS),
            id="an order of operations that the line itself has wrong",
        ),
    ],
)
def test_it_finds_the_line_that_no_algebra_sees(statement, answer, lines, wrong):
    checks = weighed(statement, answer, *lines)
    assert refuted(checks) == wrong
    number = wrong[0]
    assert all(check.rests_on == number for check in checks[number + 1 :])
    assert all(check.rests_on is None for check in checks[: number + 1])


def test_an_equation_that_any_number_fulfils_does_not_save_a_refuted_line():
    lines = ("det = 3k + 2*6 = 3k + 12", "3k + 12 = 0", "k = -4")
    matrix = r"\(\begin{pmatrix} 3 & 2 \\ 6 & k \end{pmatrix}\)"
    statement = f"For which k is the determinant of {matrix} zero?"
    checks = check_working(lines, statement)
    assert refuted(checks) is not None
    assert refuted(weighed(statement, "4", *lines)) == refuted(checks)


def test_a_chance_may_be_a_set_up_too():
    lines = ("P(A or B) = 0.45 + 0.3 = 0.75", "1 - 0.75 = 0.25")
    statement = (
        r"For two events, \(P(A) = 0.45\), \(P(B) = 0.3\) and \(P(A \cap B) = 0.1\). What is the "
        "probability of neither?"
    )
    assert refuted(weighed(statement, "0.35", *lines)) == (0, Slip.COUNTED_TWICE)


def test_it_shows_no_values_of_the_line_that_the_answer_refutes():
    statement = "A 26 m rope runs from the top of a pole to a peg 10 m from its foot. Its height?"
    checks = weighed(statement, "24", "h² = 26² + 10²", "h² = 676 + 100 = 776", "h ≈ 27.86")
    assert refuted(checks) == (0, Slip.SET_UP)
    assert not any(claim.witness for check in checks for claim in check.claims)
    assert "24" not in {text for check in checks for text in map(str, check.to_dict().values())}


def test_an_unfinished_working_is_not_blamed():
    lines = ("rectangle: 12 * 5 = 60",)
    statement = "A wall is 12 m wide and 5 m high, with a triangle of height 6 m on top. Its area?"
    assert refuted(weighed(statement, "96", *lines, is_finished=False)) is None


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.CHOICE])
def test_an_answer_in_words_changes_nothing(kind):
    lines = ("16 * 7 = 112", "112")
    checks = check_working(lines, TRIANGLE)
    key = AnswerKey("B", kind)
    assert weigh(lines, checks, TRIANGLE, key, is_finished=True) == checks


@pytest.mark.parametrize(
    ("statement", "answer", "lines"),
    [
        pytest.param(
            r"Find the inverse function of \(f(x)=(x+4)^5\).",
            r"\sqrt[5]{x} - 4",
            ("y = (x+4)^5", "fifthroot(y) = x+4", "f^-1(x) = fifthroot(x) - 4"),
            id="a function that is not read",
        ),
        pytest.param(
            "Two trains start 330 km apart at 85 km/h and 80 km/h. When do they meet?",
            "2 h",
            ("85+80=165", "330/165=2", "they meet after 2 hours (170 km + 160 km = 330 km)"),
            id="a check in brackets",
        ),
        pytest.param(
            "A car drives 150 km in 2 h 30 min. What is its average speed?",
            "60 km/h",
            ("t = 2.5 h", "v = s/t = 150/2.5", "v=60 km/h", "that is 1 km per minute"),
            id="the answer in other units",
        ),
        pytest.param(
            r"Solve \(\sqrt{x} = x - 2\).",
            "4",
            ("x=x^2-4x+4", "x=1 or x=4", "check x=1: 1 = -1 false!", "check x=4: 2=2 true"),
            id="a solution that is denied",
        ),
    ],
)
def test_no_line_is_blamed_for_an_answer_that_is_read_in_part(statement, answer, lines):
    assert refuted(weighed(statement, answer, *lines)) is None


@pytest.mark.parametrize("line", ["2x = 10", "-x = 10", "x + 3 = 10", "x^2 = 10"])
def test_the_right_side_of_an_unsolved_equation_is_no_answer(line):
    """It is the answer's number by chance, and no reason to take the line for right."""
    statement = "The price of $50 is reduced by 20 %. By how many dollars?"
    assert marks(statement, "10", "2x + 3 = 7", line)[1] == Mark.REFUTED


def test_other_numbers_keep_the_refutation():
    lines = ("(x-2)(x-5) = 0", "x = 2 or x = 5")
    assert refuted(weighed("Solve x^2 + 3x - 10 = 0.", "x = 2 or x = -5", *lines))[0] == 0


def test_a_line_that_repeats_an_undecided_one_is_not_the_wrong_one():
    lines = ("P(1st green) = 4/10", "P(2nd green) = 4/10", "P(both) = 4/10 * 4/10 = 16/100")
    statement = (
        "A bag holds 4 green and 6 red sweets. Two are taken without putting back. What is the "
        "probability that both are green?"
    )
    checks = check_working(lines, statement)
    assert refuted(checks) == (2, Slip.WITH_REPLACEMENT)
    assert refuted(weighed(statement, "2/15", *lines))[0] == 1


def test_it_ends_when_its_work_is_spent():
    lines = [f"{n} * {n + 3} + {n} / 7 = {n * (n + 3)}.1" for n in range(40)]
    checks = check_working(lines, TRIANGLE)
    with WorkBudget(4 * MAX_WORK_S) as budget:
        weigh(lines, checks, TRIANGLE, infer_key("56"), is_finished=True)
        assert budget.left_s > 2 * MAX_WORK_S


@pytest.mark.parametrize(
    "line", ["", "∫", "x^x^x^x^x = 9^9^9^9", "(" * 400, "f(f(f(3))) = 1/0", "{1;2", "= = ="]
)
def test_no_line_makes_it_raise(line):
    checks = check_working([line, "3"], TRIANGLE)
    for answer in ("56", "x = 3, y = 2", "(1, 2)", "x > 3", "y = 2x + 1"):
        weigh([line, "3"], checks, TRIANGLE, infer_key(answer), is_finished=True)


@pytest.mark.parametrize(
    ("statement", "answer", "lines"),
    [
        (
            "75 € rise by 20 % and then fall by 20 %. By how many percent is that?",
            "-4 %",
            ("75 - 72 = 3", "3/75 = 4 %", "It has fallen by 4 %."),
        ),
        (
            r"Solve \(\log_2 x + \log_2 (x-6) = 4\).",
            "x = 8",
            ("x = 8 or x = -2, so x = -2 is out", "test: log2 8 + log2 2 = 3+1 = 4"),
        ),
        ("How long is it?", "about 8.5 cm", ("12 · 0.6428 / 0.9063 ≈ 8.51 cm",)),
        (
            r"Solve \(|x - 1| < 4\).",
            "-3 < x < 5",
            ("x - 1 < 4 gives x < 5", "x - 1 > -4 gives x > -3"),
        ),
        (
            "The sum of two numbers is 20 and their difference is 6. Find them.",
            "13 and 7",
            ("smaller n", "n + n + 6 = 20", "n = 7 and the bigger is six more"),
        ),
        (
            "Find the line through (1,1) and (3,7).",
            "y = 3x - 2",
            ("m = 6/2 = 3", "y - 1 = 3(x - 1)", "the y-intercept is 1 - 3 = -2"),
        ),
        ("Solve sin x = 0.5 for 0 ≤ x < 360°.", "30° and 150°", ("x = π/6 or x = 5π/6",)),
        ("El perímetro es 47 cm.", "ancho 10 cm, largo 13,5 cm", ("a = 10 cm y largo 13.5 cm",)),
    ],
)
def test_a_right_answer_in_another_writing_blames_no_line(statement, answer, lines):
    assert Mark.REFUTED not in marks(statement, answer, *lines)


DOMAIN = r"Find the domain of \(f(x)=\dfrac{\sqrt{6-2x}}{x+1}\)."


@pytest.mark.parametrize(
    "lines",
    [
        ("root: 6-2x >= 0 -> 6 >= 2x -> x <= 3", "x+1 not 0", "D = (-inf,-1) U (-1,3]"),
        ("6 - 2x >= 0", "x <= 3"),
        ("6 - 2x >= 0, so x <= 3", "x + 1 ≠ 0, so x ≠ -1"),
        ("x ≠ -1", "x <= 3"),
    ],
)
def test_a_condition_that_the_whole_answer_fulfils_is_not_blamed(lines):
    assert Mark.REFUTED not in marks(DOMAIN, "x <= 3 and x ≠ -1", *lines)


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (("6 - 2x >= 0", "x >= 3", "x + 1 ≠ 0, so x ≠ -1"), (1, Slip.INEQUALITY_NOT_TURNED)),
        (("6 - 2x >= 0, so x <= 3", "x - 1 ≠ 0, so x ≠ 1"), (1, Slip.SET_UP)),
    ],
)
def test_a_wrong_condition_of_a_domain_is_blamed(lines, wrong):
    assert refuted(weighed(DOMAIN, "x <= 3 and x ≠ -1", *lines)) == wrong


def test_a_point_behind_a_comma_is_the_answer():
    statement = r"Wo schneiden sich die Geraden \(y=2x-1\) und \(y=-x+8\)?"
    lines = ("2x-1 = -x+8", "x = 3", "y=2·3-1=5, S(3|5)")
    assert marks(statement, "S(3|5)", *lines)[-1] == Mark.PROVED


@pytest.mark.parametrize(
    ("statement", "lines", "answer"),
    [
        (  # the second draw, not the first
            "Two cards are drawn from a pack of 52 without putting the first one back. What is "
            "the probability that both are spades?",
            ("first card: 13/52 = 1/4", "second card: also 13/52 = 1/4", "both: 1/16"),
            "1/17",
        ),
        (  # what gives the number that the last line has
            "一件商品原价400元，先涨价10%，再降价10%，现在的价格是多少元？",
            ("涨价后：400×(1+10%)=440（元）", "降价：440-400×10%=400（元）", "答：现价是400元"),
            "396元",
        ),
    ],
)
def test_a_wrong_answer_is_traced_to_its_line(statement: str, lines: tuple[str, ...], answer: str):
    wrong = refuted(weighed(statement, answer, *lines))
    assert wrong is not None
    assert wrong[0] == 1


def test_no_line_is_blamed_where_one_of_two_answers_comes_last():
    statement = (
        "Let \\(\\sin t = \\frac{8}{17}\\), \\(t\\) obtuse. Find \\(\\cos t\\), \\(\\tan t\\)."
    )
    lines = "cos²t = 225/289", "t is obtuse, so cos t = -15/17", "tan t = 8/17 : (-15/17) = -8/15"
    assert refuted(weighed(statement, "cos t = -15/17, tan t = -8/15", *lines)) is None


def test_a_root_that_should_have_been_dropped_is_blamed_where_it_is_kept():
    lines = ("2x + 3 = x²", "x² - 2x - 3 = 0", "x = (2 ± 4)/2", "x = 3 or x = -1", "so 3 and -1")
    checks = weighed(r"Solve \(\sqrt{2x+3}=x\).", "x = 3", *lines)
    assert [check.mark for check in checks[:3]] == [Mark.PROVED] * 3
    assert checks[-1].mark in (Mark.REFUTED, Mark.RESTING)


def test_a_set_up_with_a_letter_to_be_found_is_no_answer():
    statement = "Find a polynomial P of degree 3 with the zeros -1, 0 and 2 and P(1) = -4."
    answer = "P(x) = 2x^3 - 2x^2 - 4x"
    assert refuted(weighed(statement, answer, "P(x) = ax(x+1)(x-2)")) is None
    assert refuted(weighed(statement, answer, "P(x) = 3x(x+1)(x-2)")) == (0, Slip.SET_UP)


def test_a_line_that_begins_with_an_equals_sign_gives_a_named_answer():
    statement = r"Calculer la dérivée de \(f(x)=\frac{2x+1}{x-3}\)."
    derivative = "f'(x) = (2(x-3) - (2x+1))/(x-3)^2"
    wrong = weighed(
        statement, "f'(x) = -7/(x-3)^2", derivative, "= (2x-6-2x+1)/(x-3)^2", "= -5/(x-3)^2"
    )
    assert refuted(wrong) == (1, Slip.MINUS_BRACKET)
    right = ("= (2x-6-2x-1)/(x-3)^2", "= -7/(x-3)^2")
    assert refuted(weighed(statement, "f'(x) = -7/(x-3)^2", derivative, *right)) is None


def test_numbers_of_the_problem_are_not_blamed():
    text = "A club with 10 members chooses a president, a secretary and a treasurer. How many ways?"
    lines = ("n = 10, k = 3", "number of ways = 10C3", "= 10*9*8/6 = 120")
    assert marks(text, "720", *lines)[:2] == [Mark.UNCHECKED, Mark.REFUTED]


def test_simple_interest_is_blamed_where_interest_bears_interest():
    text = "£2000 is saved at 3 % compound interest per year. How much is there after 4 years?"
    lines = ("interest year 1: 2000*0.03 = 60", "for 4 years: 4*60 = 240", "2000+240 = £2240")
    checks = weighed(text, "£2251.02", *lines)
    assert [check.mark for check in checks[:2]] == [Mark.PROVED, Mark.REFUTED]
    assert checks[1].refuted is not None
    assert checks[1].refuted.slip == Slip.POWER_AS_PRODUCT


def test_a_sum_that_counts_twice_is_blamed_and_not_its_parts():
    text = "One card is drawn from 52. Find the probability of a heart or a king."
    lines = ("P(heart) = 13/52", "P(king) = 4/52", "P(heart or king) = 13/52 + 4/52 = 17/52")
    checks = weighed(text, "4/13", *lines)
    assert [check.refuted and check.refuted.slip for check in checks] == [
        None,
        None,
        Slip.COUNTED_TWICE,
    ]


ROOT = r"Solve \(\sqrt{x+7}=x-5\)."


@pytest.mark.parametrize(
    "last", ["x1 = 9, x2 = 2", "Solutions: x₁ = 9; x₂ = 2", "Soluciones: x1 = 2 y x2 = 9"]
)
def test_a_solution_that_fails_is_blamed_where_both_are_listed(last):
    lines = ("x + 7 = x² - 10x + 25", "x² - 11x + 18 = 0", "x = (11 ± 7)/2", last)
    assert refuted(weighed(ROOT, "x = 9", *lines)) == (3, Slip.EXTRANEOUS_ROOT)


def test_a_solution_that_is_dropped_is_no_mistake():
    lines = ("x² - 11x + 18 = 0", "x1 = 9, x2 = 2", "x2 = 2: √9 ≠ -3", "so x = 9")
    assert refuted(weighed(ROOT, "x = 9", *lines)) is None


def test_two_right_solutions_are_right():
    lines = ("(x - 9)(x - 2) = 0", "x1 = 9, x2 = 2")
    assert refuted(weighed(r"Solve \(x^2-11x+18=0\).", "x = 2 or x = 9", *lines)) is None


def test_bounds_that_are_right_together_excuse_no_interval_with_another_end():
    text = r"Solve \(2x-1>3\) and \(x+2\le 7\)."
    assert refuted(weighed(text, "2 < x <= 5", "x > 2", "x <= 5", "2 <= x <= 5")) == (
        2,
        Slip.STRICT_CHANGED,
    )
    assert refuted(weighed(text, "2 < x <= 5", "x > 2", "x <= 5", "2 < x <= 5")) is None


def test_the_number_of_teams_is_blamed_and_not_the_product_before_it():
    text = "A coach picks a team of 3 from 9 players. How many different teams are possible?"
    checks = weighed(text, "84", "9·8·7 = 504", "so there are 504 different teams")
    assert refuted(checks) == (1, Slip.ORDER_COUNTED)


def test_a_word_before_the_number_of_the_answer_is_no_product_of_letters():
    text = "Eine Kultur verdoppelt sich alle 3 Stunden. Am Anfang sind es 500. Wann sind es 16000?"
    lines = ("500 * 2^(t/3) = 16000", "2^(t/3) = 32", "t/3 = 5", "t = 15 h")
    assert refuted(weighed(text, "nach 15 h", *lines)) is None
    assert refuted(weighed(text, "nach 15 h", *lines[:2], "t/3 = 6", "t = 18 h")) is not None


def test_one_of_two_different_things_that_are_asked_for_is_no_wrong_answer():
    text = r"Solve \(3<2x+7\le 15\) and list the integer solutions."
    lines = ("-4 < 2x ≤ 8", "-2 < x ≤ 4", "-1, 0, 1, 2, 3, 4")
    assert refuted(weighed(text, "-2 < x <= 4; -1, 0, 1, 2, 3, 4", *lines)) is None


def test_the_chance_of_a_side_of_a_coin_is_not_blamed():
    text = "A coin is thrown four times. What is the probability of exactly two heads?"
    lines = ("P(H) = 0.5   P(T) = 0.5", "P = 0.5² * 0.5² = 0.0625", "so 6.25%")
    assert marks(text, "0.375", *lines)[0] != Mark.REFUTED


def test_a_wrong_answer_is_never_met_with_silence():
    text = "A hall has 6 rows of 15 chairs, and 7 chairs are broken. How many can be used?"
    checks = weighed(text, "83", "6 * 15 = 90", "90 + 7 = 97")
    assert refuted(checks) is not None


def test_the_probability_that_is_stated_is_blamed_and_not_the_side_of_a_coin():
    text = "A coin is tossed twice. How likely is at most one head?"
    checks = weighed(text, "3/4", "P(head) = P(tail) = 1/2", "P = 1/2 * 1/2", "= 1/4")
    assert refuted(checks)[0] > 0


def test_the_line_that_first_lists_the_wrong_solutions_is_blamed():
    text = r"Solve \(4^x-5\cdot 2^x+4=0\)."
    lines = ("u = 2^x", "u² - 5u + 4 = 0", "u = 1 or u = 4", "so x = 1 or x = 4", "L = {1; 4}")
    assert refuted(weighed(text, "x = 0 or x = 2", *lines))[0] == 3


def test_a_count_in_words_is_blamed_where_it_is_first_stated():
    text = "How many different five-digit numbers can be made of the digits 1, 1, 2, 2, 3?"
    checks = weighed(text, "30", "there are 5! = 120 orders", "so there are 120 numbers")
    assert refuted(checks) == (0, Slip.REPETITION_FORGOTTEN)


def test_what_leads_straight_to_a_wrong_answer_is_not_praised():
    text = "A team scores 0 goals in 2 matches, 1 in 3 and 4 in 5 matches. Find the mean."
    checks = weighed(text, "2.3", "0*2 + 1*3 + 4*5 = 23", "23 / 3 = 7.666...", "mean = 7.67 goals")
    assert Mark.PROVED not in (checks[0].mark, checks[1].mark)


def test_what_comes_before_a_mistake_with_a_name_stays_proved():
    text = "The population of a town rose from 12500 to 14000. Find the percentage increase."
    lines = ("14000 - 12500 = 1500 more people", "1500/14000 * 100", "= 10.7%")
    checks = weighed(text, "12%", *lines)
    assert checks[0].mark == Mark.PROVED
    assert refuted(checks) == (1, Slip.PERCENT_BASE)


def test_a_rule_of_complements_is_not_blamed():
    text = "A seed grows with probability 0.6. Two are sown. How likely is at least one plant?"
    lines = ("P(at least one) = 1 - P(none)", "= 1 - 0.6 * 0.6", "= 0.64")
    assert refuted(weighed(text, "0.84", *lines))[0] > 0
