"""Functions that a text defines."""

import pytest

from tests.grading.steps.checking import (
    PROVED,
    REFUTED,
    UNCHECKED,
    check_last,
    check_steps,
    verdicts,
)
from tutor.grading.steps.checks import ClaimRelation


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["f(x)=x^2-4x", "f'(x)=2x-4", "f'(x)=0", "x=2", "f(2) = 4-8 = -4"], "upupp"),
        (["y=x^3", "dy/dx=3x^2"], "up"),
        ([r"\int 2x\,dx", "x^2+C"], "up"),
    ],
)
def test_a_derivative_follows_from_its_function(lines, expected):
    assert verdicts(lines) == expected


def test_a_function_of_the_problem_is_known():
    statement = "Find the extrema of $f(x)=x^3-3x$ on $[0,2]$."
    checks = check_steps(
        r"The derivative is \(f'(x) = 3x^2 - 3\).",
        r"Setting \(f'(x) = 0\) gives \(x = 1\) or \(x = -1\).",
        r"\(f(1) = 1 - 3 = -2\) and \(f(2) = 8 - 6 = 2\).",
        r"\(f'(x) = 3x^2\)",
        statement=statement,
    )
    assert [check.verdict for check in checks] == [PROVED, PROVED, PROVED, REFUTED]
    assert checks[0].claims[0].relation == ClaimRelation.EVALUATE


def test_a_function_is_read_to_its_end_without_formula_signs():
    statement = "Find the maximum of f(x)=x^3-x+1 on [0, 2]."
    assert check_last(r"\(f'(x)=3x^2-1\)", statement=statement).verdict == PROVED
    assert check_last(r"\(f'(x)=3x^2\)", statement=statement).verdict == REFUTED


@pytest.mark.parametrize("name", "fpPvC")
def test_any_letter_may_be_a_function(name):
    checks = check_steps(
        rf"Let \({name}(t) = t^2 + 1\).",
        rf"\({name}(1) = 2\)",
        rf"\({name}(-1) = 2\)",
        rf"\({name}(1) + {name}(2) = 7\)",
        rf"\({name}'(t) = 2t\)",
        rf"\({name}(-2) = 6\)",
    )
    assert "".join(check.verdict[0] for check in checks) == "uppppr"
    lines = [f"{name}(t)=t^2+1", f"{name}(-1)=2", f"{name}(1)+{name}(2)=7", f"{name}(-2)=6"]
    assert verdicts(lines) == "uppr"


def test_an_unknown_function_is_no_factor():
    checks = check_steps(r"\(P(1) = 0.2\)", r"\(P(-1) = 0.2\)", r"\(P(1) + P(-1) = 0.4\)")
    assert [check.verdict for check in checks] == [UNCHECKED] * 3
    known = r"\(P(A) = 0.3\) and \(P(B) = 0.5\)."
    assert check_last(known, r"\(P(A) \cdot P(B) = 0.3 \cdot 0.5\)").verdict == UNCHECKED


def test_a_name_before_a_sum_in_brackets_is_a_factor():
    assert verdicts(["x(x+1)=6", "x^2+x=6", "x=2 or x=-3"]) == "upp"
    assert check_last(r"We know that \(a = 4\).", r"So \(a(3 + 2) = 20\).").verdict == PROVED
