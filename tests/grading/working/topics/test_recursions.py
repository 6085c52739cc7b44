"""Sequences that a rule gives, written with indices or with brackets."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import assert_marks, marks
from tutor.grading.steps.claim_results import Slip

RULE = r"Let \(a_1=1\), \(a_{n+1}=2a_n+1\). Find a formula for \(a_n\)."
PROOF = (
    r"On pose \(u_0=1\) et \(u_{n+1}=2u_n+1\). Montrer par récurrence que \(u_n=2^{n+1}-1\) pour "
    r"tout entier \(n\)."
)


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (RULE, ["a_(n+1) + 1 = 2(a_n + 1)", "a_n + 1 = 2·2^(n-1)", "a_n = 2^n - 1"]),
        (RULE, ["a(n+1) = 2a(n) + 1", "a(2) = 3", "a(n) = 2^n - 1"]),
        (
            r"Let \(a_1=2\), \(a_n = a_{n-1} + n\). Find a formula for \(a_n\).",
            ["a_2 = 4", "a_3 = 7", "a_n = (n^2+n+2)/2"],
        ),
        (PROOF, ["u(n+1)=2u(n)+1", "=2(2^(n+1)-1)+1", "=2^(n+2)-2+1", "=2^(n+2)-1"]),
    ],
)
def test_what_follows_from_the_rule_is_proved(statement, lines):
    assert marks(lines, statement) == "p" * len(lines)


@pytest.mark.parametrize(
    "line", ["a_n = 2^n", "a_n = 2n - 1", "a_(n+1) = 2a_n - 1", "a_(n+1) - 1 = 2(a_n - 1)"]
)
def test_what_a_member_contradicts_is_refuted(line):
    assert marks([line], RULE) == "r"


@pytest.mark.parametrize("line", ["a_n = 63", "a_(n+1) = a_n", "63 = a_n"])
def test_a_condition_on_a_member_is_not_refuted(line):
    assert marks([line], RULE) != "r"


def test_a_formula_without_a_first_member_is_not_decided():
    statement = r"Let \(a_{n+1}=2a_n+1\). Find a formula for \(a_n\)."
    assert marks(["a_n = 2^n"], statement) not in ("p", "r")


def test_a_bracket_of_an_induction_expanded_wrongly_is_refuted():
    wrong = ("=2^(n+2)-1+1", Slip.HALF_DISTRIBUTED)
    assert_marks(PROOF, ["u_{n+1}=2u_n+1", "=2(2^(n+1)-1)+1", wrong])
