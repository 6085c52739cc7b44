"""Answers as intervals and sets, and equivalences that lose solutions."""

import pytest

from tests.grading.working.marking import assert_marks, marks, refuted_check
from tutor.grading.steps.claim_results import Slip

BOTH = r"Resuelve \( \begin{cases}2x-1>3\\x+4\le 9\end{cases} \)."
QUADRATIC = r"Résoudre \( -x^2+x+6>0 \)."
QUARTIC = r"Solve \( x^4-13x^2+36=0 \)."
INVERSE = r"Find the inverse of \( f(x) = \frac{3x+1}{x-2} \)."
MARKS = "Notes : 8 (3 élèves), 10 (5 élèves), 12 (6 élèves), 15 (4 élèves). Calculer la moyenne."
COMPLEX = r"Given \( z(1+2i)=5i \), find \( z \) and \( |z| \)."


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (BOTH, ["x>2", "x<=5", "Solución = (2,5]"], "ppp"),
        (QUADRATIC, ["S = ]-2;3["], "p"),
        (QUADRATIC, ["S = ]-2 ; 3["], "p"),
        (r"Solve \( x^2>9 \).", ["S = (-∞;-3) ∪ (3;∞)"], "p"),
        (
            QUARTIC,
            ["u = x^2", "u = 4 or u = 9", "x^2=4 <=> x=2 or x=-2", "x^2=9 <=> x=3 or x=-3"],
            "pppp",
        ),
        (r"Solve \( x^2=4 \) for \( x>0 \).", ["x^2 = 4 <=> x = 2"], "p"),
        (COMPLEX, ["z = 2+i", "|z| = √(4+1) = √5"], "pp"),
    ],
)
def test_a_right_answer_is_proved(statement, lines, expected):
    assert marks(lines, statement).replace("g", "p") == expected


@pytest.mark.parametrize(
    ("statement", "lines", "slip"),
    [
        (BOTH, ["x>2", "x<=5", "Solución = (2,+∞) U (-∞,5]"], Slip.UNION_FOR_INTERSECTION),
        (QUADRATIC, ["S=]-∞;-2[∪]3;+∞["], Slip.QUADRATIC_INEQUALITY),
        (QUARTIC, ["u = x^2", "u = 4 or u = 9", "x^2 = 4 <=> x = 2"], Slip.LOST_ROOT),
        (INVERSE, ["y(x-2) = 3x+1", "xy - 2y = 3x + 1", "xy - 3x = 1 - 2y"], Slip.MOVED_SIGN),
        (MARKS, ["moyenne = (8+10+12+15)/4 = 11.25"], Slip.UNWEIGHTED),
        (COMPLEX, ["z = 2+i", "|z| = √(2²+i²) = √3"], Slip.NONE),
    ],
)
def test_a_wrong_answer_is_refuted(statement, lines, slip):
    assert marks(lines, statement).endswith("r")
    assert refuted_check(lines, statement).refuted.slip == slip


SYSTEM = r"Résoudre le système \(x+1>3\) et \(2x>10\)."


@pytest.mark.parametrize("line", ["les solutions du système : x > 2", "x > 2 ou x > 5"])
def test_one_condition_of_two_is_named(line):
    check = refuted_check(["x > 2", "x > 5", line], SYSTEM)
    assert check.refuted is not None
    assert check.refuted.slip == Slip.UNION_FOR_INTERSECTION


def test_alternatives_that_the_statement_has_are_right():
    statement = r"Solve \(x+1>3\) or \(2x>10\)."
    assert "r" not in marks(["x > 2 or x > 5"], statement)


ENDS = r"解不等式组 \(2x-1>3\)，\(x+2\le 7\)。"
DOUBLE = r"Résous \(-3<2x+1\le 7\)."
BETWEEN = r"Löse \(x^2-5x+6<0\)."
OUTSIDE = r"Solve \(x^2-5x+6\ge 0\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (ENDS, ["由①得 x>2", "由②得 x≤5", ("所以 2≤x≤5", "strict_changed")]),
        (ENDS, ["x > 2", "x ≤ 5", ("2 < x < 5", "strict_changed")]),
        (ENDS, ["x > 2", "x ≤ 5", ("L = [2; 5]", "strict_changed")]),
        (DOUBLE, ["-4 < 2x ≤ 6", ("-2 ≤ x ≤ 3", "strict_changed")]),
        (DOUBLE, ["-4 < 2x ≤ 6", ("-2 < x < 3", "strict_changed")]),
        (BETWEEN, ["(x-2)(x-3) < 0", ("2 ≤ x ≤ 3", "strict_changed")]),
        (OUTSIDE, ["(x-2)(x-3) ≥ 0", ("x < 2 or x > 3", "strict_changed")]),
        (r"Resuelve \(|x-3|<2\).", ["-2 < x - 3 < 2", ("1 ≤ x ≤ 5", "strict_changed")]),
    ],
)
def test_an_end_that_is_taken_in_or_left_out_is_named(statement, lines):
    assert_marks(statement, lines)


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (ENDS, ["x > 2", "x ≤ 5", "2 < x ≤ 5"]),
        (ENDS, ["x + 2 ≤ 7", "x ≤ 5", "2x - 1 > 3", "x > 2", "L = ]2; 5]"]),
        (r"Solve \(\sqrt{x-2}>0\).", ["x - 2 ≥ 0", "x ≥ 2", "x > 2"]),
        (r"Solve \(\ln(x)<0\).", ["x > 0", "x < 1", "0 < x < 1"]),
        (r"Löse \(\ln(x-1)<2\).", ["x > 1", "x - 1 < e^2", "x < 1 + e^2", "1 < x < 1 + e^2"]),
        (r"Résoudre \(\sqrt{x-2}<3\).", ["x ≥ 2", "x - 2 < 9", "x < 11", "2 ≤ x < 11"]),
        (r"Resuelve \(\lg(x-1)<2\).", ["x - 1 > 0", "x > 1", "x - 1 < 100", "1 < x < 101"]),
        (r"Solve \(\frac{x-1}{x-2}\ge 0\).", ["x ≠ 2", "x ≤ 1 or x > 2"]),
        (OUTSIDE, ["x = 2 or x = 3", "x ≤ 2 or x ≥ 3"]),
        (OUTSIDE, ["x > 3: x - 2 > 0, x - 3 > 0", "x < 2: x - 2 < 0, x - 3 < 0"]),
        (r"Solve \(2x-1>3\) and \(x+2\ge 7\).", ["x > 2", "x ≥ 5", "so x ≥ 5"]),
        (r"Solve \(x^2>0\).", ["x < 0 or x > 0"]),
        (r"Solve \(|x-3|\ge 2\).", ["x - 3 ≥ 2 or x - 3 ≤ -2", "x ≥ 5 or x ≤ 1"]),
        (r"Solve \(x(x-4)\le 0\).", ["x ≥ 0 and x - 4 ≤ 0", "0 ≤ x ≤ 4"]),
    ],
)
def test_right_ends_are_not_refuted(statement, lines):
    assert "r" not in marks(lines, statement)


def test_an_interval_is_no_point():
    statement = r"求函数 \(f(x)=\ln x-x\) 的单调区间。"
    lines = ["f'(x)=1/x-1=(1-x)/x", "f'(x)>0 ⇒ 0<x<1", "增区间(0,1),减区间(1,+∞)"]
    assert "r" not in marks(lines, statement)


FALLS = r"On which interval is \(f(x) = x^3 - 12x\) strictly decreasing? Give an open interval."
RISES = r"Auf welchen Intervallen ist \(f(x)=x^3-3x\) steigend?"


@pytest.mark.parametrize(
    ("statement", "line", "mark"),
    [
        (FALLS, "(-2, 2)", "p"),
        (FALLS, "[-2, 2]", "p"),
        (RISES, "(-∞,-1) ∪ (1,∞)", "p"),
        (r"求函数 \(f(x)=x^2-4x\) 的单调递减区间。", "(-∞,2)", "p"),
        (FALLS, "(-2, 3)", "u"),
        (FALLS, "(-1, 2)", "u"),
        (FALLS, "(2, -2)", "u"),
        (RISES, "(-∞,-1)", "u"),
        (r"On which intervals is \(f(x)=\ln x-x\) decreasing?", "(-∞,0) ∪ (1,∞)", "u"),
    ],
)
def test_intervals_of_rise_and_fall_are_proved_by_the_derivative(statement, line, mark):
    assert marks([line], statement) == mark


@pytest.mark.parametrize(
    ("statement", "line", "is_wrong"),
    [
        (r"解不等式 \(x^2-5x<0\)。", "x<0 或 x-5<0", True),
        (r"Solve \(x^2-x-6\ge 0\).", "x-3 >= 0 or x+2 >= 0", True),
        (r"Solve \(x^2-x-6\ge 0\).", "x >= 3 or x <= -2", False),
        (r"Solve \(x^2-5x=0\).", "x = 0 or x - 5 = 0", False),
    ],
)
def test_a_product_below_zero_is_no_choice_of_factors(statement, line, is_wrong):
    assert (marks([line], statement) == "r") is is_wrong


def test_an_equation_typed_into_another_is_no_solution():
    statement = r"Solve \(x^2-3x-10=0\)."
    assert marks(["x = -2x = -2"], statement) != "p"
    assert marks(["x = (3 - 7)/2 = -2", "x = 5"], statement) == "pp"
