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
    ],
)
def test_a_value_of_a_form_without_one_is_named(statement, line):
    assert_marks(statement, [(line, "indeterminate")])
