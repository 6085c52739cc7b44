"""Chances of a binomial variable, and the members that a rule makes."""

import pytest

from tests.grading.working.marking import marks


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (
            "X is binomial with n = 6 and p = 0.25. Find P(X = 4).",
            ["P(X=4) = C(6,4) * 0.25^4 * 0.75^2", "= 15 * 0.25^4 * 0.75^2"],
            "pp",
        ),
        (
            "X ist binomialverteilt mit n = 7 und p = 0.3. Berechne P(X = 3).",
            ["P(X=3) = (7 über 3) · 0.3^3 · 0.7^4"],
            "p",
        ),
        ("X ~ B(8, 1/4). 二项分布，求 P(X=2)。", ["P(X=2) = C(8,2)·(1/4)^2·(3/4)^6"], "p"),
        (
            "X is binomial with n = 6 and p = 0.25. Find P(X = 4).",
            ["P(X=4) = 0.25^4 * 0.75^2"],
            "r",
        ),
    ],
)
def test_chances_of_hits(statement, lines, expected):
    assert marks(lines, statement) == expected


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
