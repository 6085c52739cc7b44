"""Formulas and totals that are true whatever a wrong answer makes of them."""

from __future__ import annotations

import pytest

from tests.bench.working import check
from tutor.grading.steps.checks import Mark, StepVerdict


def _checked(statement: str, answer: str, lines: list[str]) -> list[Mark]:
    row = {"statement": statement, "answer": answer, "language": "en", "lines": lines}
    return [step.mark for step in check(row).checks]


SAVINGS = (
    "R5 000 is invested at \\( 8\\% \\) per annum compounded annually."
    " Calculate the value of the investment after 3 years."
)
CAR = (
    "A car bought for R200 000 depreciates at \\( 10\\% \\) per annum on the reducing balance."
    " What is its value after 2 years?"
)


@pytest.mark.parametrize(
    ("statement", "answer", "lines"),
    [
        (SAVINGS, "R6 298.56", ["A = P(1 + i)^n", "A = 5000(1 + 0.08)^3", "A = R6298.56"]),
        (SAVINGS, "R6 298.56", ["A = P(1 + r)^n", "A = 5000(1.08)^3", "A = R6 298.56"]),
        (CAR, "R162 000", ["A = P(1 - i)^n", "A = 200 000(1 - 0.1)^2", "A = R162 000"]),
    ],
)
def test_an_i_may_be_a_rate(statement: str, answer: str, lines: list[str]) -> None:
    marks = _checked(statement, answer, lines)
    assert set(marks) <= {Mark.PROVED, Mark.GIVEN}, marks


def test_a_formula_with_a_rate_is_not_blamed_for_a_wrong_answer() -> None:
    marks = _checked(SAVINGS, "R6 298.56", ["A = P(1 + i)^n", "A = 5000(1 + 0.8)^3", "A = R29160"])
    assert marks[0] == Mark.GIVEN


def test_a_total_of_the_lines_above_is_not_blamed() -> None:
    statement = (
        "200 ml of a 40% alcohol solution is mixed with 300 ml of a 10% alcohol solution."
        " What is the concentration of the mixture?"
    )
    lines = ["0.4 × 200 = 80 ml alcohol", "0.1 × 300 = 30 ml alcohol", "total alcohol 110 ml"]
    marks = _checked(statement, "22%", [*lines, "concentration = 110/300", "= 36.7%"])
    assert Mark.REFUTED not in marks[:3]
    assert marks[3] == Mark.REFUTED


def test_a_total_of_coffees_is_not_blamed() -> None:
    statement = "4 kg of coffee at $9 are mixed with 6 kg at $12. What does 1 kg of it cost?"
    marks = _checked(
        statement, "$10.80", ["4 · 9 = $36", "6 · 12 = $72", "together $108", "108 ÷ 6 = $18"]
    )
    assert marks[2] != Mark.REFUTED


def test_the_second_intercept_is_no_value_at_the_first() -> None:
    row = {
        "statement": "Find where the line \\( y = 2x - 4 \\) meets the axes.",
        "answer": "(2, 0) and (0, -4)",
        "language": "en",
        "lines": ["0 = 2x - 4", "x = 2 so A(2, 0)", "y = -4 so B(0, -4)"],
    }
    assert all(step.verdict != StepVerdict.REFUTED for step in check(row).checks)
