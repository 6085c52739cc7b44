"""Limits that grow without end, and forms that have no value."""

import pytest

from tests.grading.working.marking import assert_marks

SQUARE = r"Find \(\lim_{x\to\infty}(x^2-x)\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (SQUARE, ["lim x² = ∞ and lim x = ∞", "lim (x² - x) = ∞"]),
        (r"Déterminer \(\lim_{x\to+\infty}(x^2-x)\).", ["lim x² = +∞ et lim x = +∞"]),
        (r"Halla \(\lim_{x\to\infty}(x^3-x)\).", ["lím x³ = ∞, lím x = ∞"]),
        (r"Bestimme \(\lim_{x\to\infty}(x-\sqrt{x})\).", ["lim √x = ∞"]),
    ],
)
def test_endless_parts_are_proved(statement, lines):
    assert_marks(statement, lines)


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (SQUARE, "lim (x² - x) = ∞ - ∞ = 0"),
        (SQUARE, "= ∞ - ∞ = 0"),
        (r"Déterminer \(\lim_{x\to+\infty}(x^2-x)\).", "lim (x² - x) = +∞ - (+∞) = 0"),
        (r"Halla \(\lim_{x\to\infty}(x^3-x)\).", "lím (x³ - x) = ∞ - ∞ = 0"),
        (r"求\(\lim_{x\to\infty}(x^2-x)\)。", "=∞-∞=0"),
        (r"Find \(\lim_{x\to\infty}\frac{5x+1}{2x-3}\).", "oo/oo = 1"),
        (r"Find \(\lim_{x\to\infty}\frac{5x+1}{2x-3}\).", "inf/inf = 1"),
    ],
)
def test_a_value_of_a_form_without_one_is_named(statement, line):
    assert_marks(statement, [(line, "indeterminate")])


THIRD = r"Find \(\displaystyle\lim_{n\to\infty}\left(1+\frac3n\right)^n\)."
AT_ZERO = r"Berechne \(\lim_{x\to 0}(1+2x)^{1/x}\)."
QUOTIENT = r"求\(\lim_{x\to\infty}\left(\frac{x+1}{x-2}\right)^{x}\)。"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (THIRD, ["3/n -> 0", "1 + 3/n -> 1", "(1 + 3/n)^n -> e^3", "≈ 20.09"]),
        (THIRD, ["(1+3/n)^n = ((1+3/n)^(n/3))^3", "(1+3/n)^(n/3) → e", "lim = e^3"]),
        (AT_ZERO, ["lim (1+2x)^(1/x) = e^2"]),
        (QUOTIENT, ["((x+1)/(x-2))^x = (1+3/(x-2))^x", "→ e^3"]),
        (r"Find \(\lim_{x\to\infty}\left(1+\frac{1}{x^2}\right)^{x}\).", ["= 1"]),
        (r"Find \(\lim_{x\to\infty}\left(1+\frac{1}{x}\right)^{5}\).", ["= 1^5 = 1"]),
        (r"Halla \(\lim_{x\to\infty}\left(1-\frac{1}{2x}\right)^{4x}\).", ["= e^(-2)"]),
        (r"Déterminer \(\lim_{n\to+\infty}\left(1+\frac{2}{3n}\right)^{n}\).", ["= e^(2/3)"]),
    ],
)
def test_limits_of_powers_are_proved(statement, lines):
    assert_marks(statement, lines)


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (THIRD, ["1 + 3/n -> 1", ("(1 + 3/n)^n -> 1", "one_to_infinity")]),
        (THIRD, [("(1 + 3/n)^n → 1^n = 1", "one_to_infinity")]),
        (AT_ZERO, [("lim (1+2x)^(1/x) = 1^∞ = 1", "one_to_infinity")]),
        (QUOTIENT, [("原式 = 1^∞ = 1", "one_to_infinity")]),
        (r"Halla \(\lim_{x\to\infty}(1-1/x)^{2x}\).", [("= 1", "one_to_infinity")]),
    ],
)
def test_one_for_a_power_that_tends_to_another_number_is_named(statement, lines):
    assert_marks(statement, lines)
