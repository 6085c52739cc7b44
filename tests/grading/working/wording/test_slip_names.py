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
    ],
)
def test_a_mistake_that_only_the_answer_shows_is_named(statement, lines, answer, slip):
    checks = weigh(
        lines, check_working(lines, statement), statement, infer_key(answer), is_finished=True
    )
    refuted = [check.refuted for check in checks if check.refuted]
    assert refuted[0].slip == slip
