"""Lines that say in words what can be checked."""

import pytest

from tests.grading.working.marking import marks, refuted_check
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.checker import check_working

CUBIC = r"Find the greatest value of \(f(x) = x^3 - 12x\) for \(-3 \le x \le 5\)."
ODD = "Prove that the sum of any two odd numbers is even."
MEDIAN = "Find the median of 8, 2, 11, 7, 1, 10."
POINTS = r"Given \(A(2|-1|4)\) and \(B(5|3|-2)\), find the length of \(AB\)."


@pytest.mark.parametrize(
    ("statement", "lines", "slip"),
    [
        (
            r"Factor \(x^2 + 3x - 40\).",
            ["two numbers with product -40 and sum 3", "they are -8 and 5"],
            Slip.FACTOR_SIGN,
        ),
        (
            r"分解因式 \(x^2-7x-18\)。",
            ["找两个数，乘积是-18，和是-7", "就是9和-2"],
            Slip.FACTOR_SIGN,
        ),
        (MEDIAN, ["the middle ones are 11 and 7"], Slip.NOT_SORTED),
        (CUBIC, ["f(2) = -16, f(-2) = 16", "the greatest value is 16"], Slip.ENDS_FORGOTTEN),
        (ODD, ["Let a = 2n+1 and b = 2n+1"], Slip.SAME_LETTER),
        (ODD, ["Call both 2m+1"], Slip.SAME_LETTER),
        (ODD, ["3+5=8, 7+9=16", "It works for these, so it is always true"], Slip.PROOF_BY_EXAMPLE),
        (
            r"Prove: if \(n^2\) is odd, then \(n\) is odd.",
            ["Suppose n is odd, so n = 2k+1"],
            Slip.CONVERSE,
        ),
        (POINTS, ["AB = (5-2 | 3-1 | -2-4)"], Slip.LOST_SIGN),
        (CUBIC, ["f''(2) = 12 > 0 so maximum"], Slip.EXTREMUM_KIND),
    ],
)
def test_what_the_words_say_is_refuted(statement, lines, slip):
    assert marks(lines, statement).endswith("r")
    assert refuted_check(lines, statement).refuted.slip == slip


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (r"Factor \(x^2 + 3x - 40\).", "two numbers with product -40 and sum 3: 8 and -5"),
        (MEDIAN, "the middle ones are 7 and 8"),
        (POINTS, "AB = (5-2 | 3+1 | -2-4) = (3 | 4 | -6)"),
    ],
)
def test_what_the_words_say_is_proved(statement, line):
    assert marks([line], statement) == "p"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (CUBIC, ["f(-2) = 16", "the greatest value is 65"]),
        (CUBIC, ["local maximum: f(-2) = 16"]),
        (CUBIC, ["f''(-2) = -12 < 0, not a minimum"]),
        (r"Solve \(x^2 - 13x + 36 = 0\).", ["two numbers with product 36 and sum 13: 4 and 9"]),
        (ODD, ["Let a = 2m+1 and b = 2n+1", "a+b = 2(m+n+1)", "so it is true for all odd numbers"]),
        (
            r"Prove: if \(n^2\) is odd, then \(n\) is odd.",
            ["By contraposition: suppose n is even, n = 2k"],
        ),
        ("Prove that the sum of two consecutive odd numbers is divisible by 4.", ["2n-1 and 2n+1"]),
    ],
)
def test_right_words_are_not_refuted(statement, lines):
    assert "r" not in marks(lines, statement)


@pytest.mark.parametrize(
    ("statement", "line", "is_right"),
    [
        (r"Make \(r\) the subject of \(A = \pi r^2 + b\).", "r² = (A + b)/π", False),
        (r"Make \(r\) the subject of \(A = \pi r^2 + b\).", "r = √((A-b)/π)", True),
        (r"Solve \(\frac{1}{f} = \frac{1}{a} + \frac{1}{b}\) for \(b\).", "b = f - a", False),
        (r"Solve \(\frac{1}{f} = \frac{1}{a} + \frac{1}{b}\) for \(b\).", "b = af/(a-f)", True),
    ],
)
def test_a_line_of_a_rearranged_formula_holds_where_the_formula_does(statement, line, is_right):
    [check] = check_working([line], statement)
    assert (check.refuted is None) == is_right


@pytest.mark.parametrize(
    ("statement", "line", "is_refuted"),
    [
        (r"Solve \(\sqrt{x + 7} = x - 5\).", "both x=2 and x=9 solve the equation", True),
        (r"Solve \(\sqrt{x + 7} = x - 5\).", "Answer: x=2 and x=9", True),
        (r"Solve \(\sqrt{x + 7} = x - 5\).", "x = 9 is the only solution", False),
        (r"Solve \(\sqrt{x + 7} = x - 5\).", "x = 2 is not a solution", False),
        (r"Solve \(\sqrt{x + 7} = x - 5\).", "x = 2 doesn't solve the equation", False),
        (r"Solve \(\sqrt{x + 7} = x - 5\).", "x = 2 is a false solution", False),
        (r"Solve \(\sqrt{x + 7} = x - 5\).", "x = 2 fails, so the answer is x = 9", False),
        (r"解方程 \(\sqrt{x + 7} = x - 5\)。", "x=2是增根，x=9是解", False),
        (r"Solve \(\frac{x}{x - 2} = \frac{2}{x - 2} + 4\).", "x = 2 solves the equation", True),
        (r"解方程 \(\sqrt{x + 7} = x - 5\)。", "x=2和x=9都是方程的解", True),
        (r"Löse \(\sqrt{x + 7} = x - 5\).", "x = 2 und x = 9 sind Lösungen", True),
    ],
)
def test_what_is_called_a_solution_solves_the_statements_equation(statement, line, is_refuted):
    checks = list(check_working([line], statement))
    assert (checks[-1].refuted is not None) == is_refuted


@pytest.mark.parametrize("line", ["12 km = 12 000 m", "3,5 m² = 35 000 cm²", "1 200 g = 1.2 kg"])
def test_thousands_may_be_apart(line):
    checks = list(check_working([line.replace(",", ".")], "Convert the units."))
    assert not checks[-1].refuted
