"""Boxed answers to problems that ask for the value of one expression."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_last


@pytest.mark.parametrize(
    ("statement", "answer", "verdict"),
    [
        ("Simplify the expression $a+1+a-2$.", "3a-1", REFUTED),
        ("Simplify the expression $a+1+a-2$.", "2a-1", PROVED),
        (r"Compute \[\binom{11}{4}.\]", "330", PROVED),
        (r"Compute \[\binom{11}{4}.\]", "165", REFUTED),
        (r"Evaluate $3^2 - 2^2$. Express your answer as an integer.", "4", REFUTED),
        ("Factor $7x^3 - 14x^2$.", "7x^2(x-2)", PROVED),
        # more is asked, another form, or only where letters are positive
        (r"Evaluate $3^2 - 2^2$ in base 2.", "101", UNCHECKED),
        (r"Evaluate $3^5$. Express your answer to the nearest hundred.", "200", UNCHECKED),
        (r"Simplify $\sqrt{x^2}$.", "x", UNCHECKED),
        ("Simplify $(9-4i)(1+i)$.", "13+5i", PROVED),
        ("What is the remainder when $3^5$ is divided by $7$?", "5", UNCHECKED),
        ("Find $x$.", "5", UNCHECKED),
    ],
)
def test_the_boxed_answer_is_compared_with_the_expression(statement, answer, verdict):
    check = check_last(rf"So the answer is \(\boxed{{{answer}}}\).", statement=statement)
    assert check.verdict == verdict
