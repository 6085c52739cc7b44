"""Sequences in students' working."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import assert_marks, marks, refuted_check

ARITHMETIC = (
    r"An arithmetic sequence has \(a_1=5\) and \(d=3\). Find the sum of the first 12 terms."
)
GEOMETRIC = r"Find the sum of the first 5 terms of \(3, 6, 12, \dots\)"
MEMBERS = r"等差数列\(\{a_n\}\)中，\(a_2=5\)，\(a_6=17\)，求通项公式。"
RULE = r"Eine Folge ist gegeben durch \(a_1=2\), \(a_{n+1}=3a_n-1\). Berechne \(a_4\)."
FALLING = r"Die geometrische Folge hat \(a_1=8\) und \(q=1/2\). Berechne \(a_5\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (ARITHMETIC, ["a_12=5+11*3=38", "S_12=12/2*(5+38)=258"]),
        (ARITHMETIC, ["a_n = 5+(n-1)*3 = 3n+2", "a_{12} = 38", "S_{12} = 6*43 = 258"]),
        (GEOMETRIC, ["q = 6/3 = 2", "S_5 = 3*(2^5-1)/(2-1)", "S_5 = 93"]),
        (GEOMETRIC, ["r = 12/6 = 2", "S = 3(1-2^5)/(1-2) = 93"]),
        (MEMBERS, ["a_6-a_2=4d=12", "d=3", "a_1=a_2-d=5-3=2", "a_n=2+3(n-1)=3n-1"]),
        (RULE, ["a_2=3*2-1=5", "a_3=3*5-1=14", "a_4=3*14-1=41"]),
        (FALLING, ["a_5 = 8*(1/2)^4 = 1/2"]),
        (
            r"Une suite arithmétique a pour premier terme \(u_1=7\) et raison \(r=-2\).",
            ["u_n = 7-2(n-1)", "u_10 = 7-18 = -11"],
        ),
    ],
)
def test_right_workings_are_proved(statement: str, lines: list[str]) -> None:
    assert set(marks(lines, statement)) <= {"p", "g"}


@pytest.mark.parametrize(
    ("statement", "line", "slip"),
    [
        (ARITHMETIC, "a_12=5+12*3=41", "off_by_one"),
        (ARITHMETIC, "a_n = 5+3n", "off_by_one"),
        (ARITHMETIC, "S_12 = 12*(5+38)", "half_forgotten"),
        (GEOMETRIC, "S_5 = 3*(2^4-1)/(2-1)", "off_by_one"),
        (GEOMETRIC, "q = 3/6", "inverse_ratio"),
        (MEMBERS, "a_n=2+3n", "off_by_one"),
        (FALLING, "a_5 = 8*(1/2)^5", "off_by_one"),
    ],
)
def test_usual_mistakes_are_named(statement: str, line: str, slip: str) -> None:
    assert refuted_check([line], statement).refuted.slip == slip


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (r"Find the next term of \(3, 6, 12, \dots\)", "a_1 = 6"),  # a_0 = 3
        (r"Find the rule of \(4, 7, 10, \dots\)", "a_n = 4+3n"),
        (r"Die Folge ist arithmetisch mit \(a_0=4\) und \(d=3\).", "a_5 = 4+5*3 = 19"),
    ],
)
def test_another_first_index_is_not_refuted(statement: str, line: str) -> None:
    assert marks([line], statement) != "r"


def test_series_and_sums_in_letters():
    series = r"Find the value of the infinite geometric series \(9 - 3 + 1 - \frac{1}{3} + \dots\)"
    assert_marks(series, ["q = -3/9 = -1/3", "S = 9/(1+1/3) = 27/4"])
    assert_marks(series, [("q = 3/9 = 1/3", "lost_sign")])
    arithmetic = (
        r"An arithmetic sequence starts with 17 and has common difference \(-3\). Find S_20."
    )
    assert_marks(arithmetic, ["a_20 = 17 + 19*(-3) = -40", "S_20 = 20/2 * (a_1 + a_20)"])
    geometric = (
        "A geometric sequence has first term 5 and common ratio 3. Sum of the first six terms?"
    )
    assert_marks(geometric, ["a=5, r=3, n=6", "S_n = a(r^n - 1)/(r - 1)"])
    assert_marks(geometric, [("S_n = a(r^(n-1) - 1)/(r - 1)", "off_by_one")])


FROM_ZERO = (
    r"Soit \((u_n)\) la suite arithmétique de premier terme \(u_0=5\) et de raison \(-2\). "
    r"Calculer \(u_{10}\)."
)


def test_a_sequence_that_begins_with_its_member_0():
    assert_marks(FROM_ZERO, ["u_n = u_0 + n r", "u10 = u0 + 10r", "= 5 + 10*(-2)", "= -15"])
    assert_marks(FROM_ZERO, [("u10 = 5 + 9*(-2)", "off_by_one")])
    assert_marks(FROM_ZERO, [("u_10 = u_0 + 9r", "off_by_one")])
    geometric = FROM_ZERO.replace("arithmétique", "géométrique")
    assert_marks(geometric, ["u_n = 5·(-2)^n", ("u_3 = 5·(-2)^2 = 20", "off_by_one")])


@pytest.mark.parametrize(
    ("rule", "line", "expected"),
    [
        (r"\(u_0=7\), \(u_{n+1}=1.2u_n\)", "un = 7 × 1.2^n", "p"),
        (r"\(u_1=4\), \(u_{n+1}=3u_n\)", "u_n = 4·3^(n-1)", "p"),
        (r"\(u_1=4\), \(u_{n+1}=u_n+9\)", "u_n = 4 + 9(n-1)", "p"),
        (r"\(u_1=4\), \(u_{n+1}=3u_n\)", "u_n = 4·3^n", "r"),
    ],
)
def test_a_rule_makes_the_general_member(rule, line, expected):
    assert marks([line], f"A sequence is given by {rule}. Find \\(u_{{12}}\\).") == expected
