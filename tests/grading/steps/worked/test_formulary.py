"""Quantities with usual names: D, x_1, a_16, a, b and c."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_last, check_steps
from tutor.grading.steps.worked.stated_progression import StatedProgression

QUADRATIC = r"Solve \(x^2 - 2x - 15 = 0\)."
SEQUENCE = r"等差数列 \(3, 7, 11, \ldots\) 的第 12 项是多少？"
SLOPE = r"m = \frac{y_2 - y_1}{x_2 - x_1} = \frac{1 - 3}{6 - 2} = -\frac12"
TRIANGLE = r"\(A = \frac12 bh\), \(b = 12\), \(h = 7\)"


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"\(D = (-2)^2 - 4\cdot(-15) = 64\)", PROVED),
        (r"\(D = b^2 - 4ac = (-2)^2 - 4\cdot(-15) = 64\)", PROVED),
        (r"\(\Delta = 4 + 60 = 64\)", PROVED),
        (r"\(D = 1 + 15 = 16\)", PROVED),  # a quarter of it
        (r"\(D = 4 - 60 = -56\)", UNCHECKED),  # calculated well, but not its discriminant
        (r"\(x_1 = \frac{2 - 8}{2} = -3\)", PROVED),
        (r"\(x_2 = 6\)", UNCHECKED),
    ],
)
def test_the_discriminant_and_roots_come_from_the_problem(claim, expected):
    assert check_last(claim, statement=QUADRATIC).verdict == expected


def test_a_root_by_the_formula_has_to_fulfil_the_equation():
    checks = check_steps(r"\(D = 64\)", r"\(x_1 = \frac{-2 - 8}{2} = -5\)", statement=QUADRATIC)
    assert checks[1].verdict == REFUTED
    assert checks[1].refuted.witness.values == {"x": "-5"}


@pytest.mark.parametrize(
    ("statement", "claim", "expected"),
    [
        ("Find the slope through (2, 3) and (6, 1).", SLOPE, PROVED),
        (SEQUENCE, "a_{12} = 3 + 11 \\times 4", PROVED),
        (SEQUENCE, "a_{12} = 3 + 12 \\times 4", UNCHECKED),
        ("The arithmetic sequence 0, 3, 6, 9, ...", "a_n = 3n - 3", PROVED),
        ("The geometric sequence 2, 6, 18, ...", "S_4 = 2 + 6 + 18 + 54", PROVED),
        (r"Find \(\int_0^2 (3x^2 + 1)\,dx\).", "F(x) = x^3 + x", PROVED),
        (r"Find \(\int_0^2 (3x^2 + 1)\,dx\).", "F(x) = x^3 + 1", UNCHECKED),
        (r"Find the derivative of \(y = -x^2\).", "f'(x) = -2x", PROVED),
    ],
)  # fmt: skip
def test_formulas_are_filled_from_the_problem(statement, claim, expected):
    assert check_last(rf"\({claim}\)", statement=statement).verdict == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([r"\(F = ma\)", r"\(F = 1200 \cdot 2.5 = 3000\)"], PROVED),
        ([TRIANGLE, r"\(A = \frac12 \cdot 12 \cdot 7 = 42\)"], PROVED),
        ([TRIANGLE, r"\(A = 12 \cdot 7 = 84\)"], UNCHECKED),
        ([r"\(E = \frac12 m v^2 = \frac12 \cdot 4 \cdot 3^2 = 18\)"], PROVED),
        ([r"\(x = 12 \cdot 7 = 84\)"], PROVED),  # a new name
        ([r"\(3x + 5 = 20\), \(20 - 5 = 15\)"], UNCHECKED),  # perhaps set up wrongly
    ],
)  # fmt: skip
def test_a_formula_with_its_numbers_is_a_definition(steps, expected):
    assert check_last(*steps).verdict == expected


def test_the_largest_known_value_is_the_maximum():
    steps = [r"\(f(0) = 1\), \(f(1) = 0\), \(f(3) = 4\)"]
    statement = r"Let \(f(x) = x^2 - 2x + 1\)."
    assert check_last(*steps, r"\(\max = 4\), \(\min = 0\)", statement=statement).verdict == PROVED
    assert check_last(*steps, r"\(\max = 1\)", statement=statement).verdict == UNCHECKED


@pytest.mark.parametrize(
    "statement",
    [
        "A sequence 1, 2, 4, ...",
        "arithmetic sequence 1, 2, 4, ...",
        "geometric series with a_1 = 3",
    ],
)
def test_what_is_no_progression_has_none(statement):
    assert StatedProgression.of(statement) is None
