"""One letter for two numbers that a proof takes as they come."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import assert_marks, marks
from tutor.grading.steps.claim_results import Slip

SAME = [
    ("Prove that the sum of two even numbers is even.", "a = 2n, b = 2n"),
    ("Prove that the sum of any even and any odd number is odd.", "even 2n and odd 2n+1"),
    ("Show that the sum of two rational numbers is rational.", "x = a/b, y = a/b"),
]
APART = [
    ("Prove that the sum of two even numbers is even.", "a = 2n, b = 2m"),
    ("Prove that the sum of any even and any odd number is odd.", "even 2n and odd 2m+1"),
    ("Show that the sum of two consecutive integers is odd.", "a = n, b = n + 1"),
    ("Show that n² + n is even.", "n even: n = 2k, n odd: n = 2k+1"),
]


@pytest.mark.parametrize(("text", "line"), SAME)
def test_one_letter_for_two_numbers_is_refuted(text, line):
    assert_marks(text, [(line, Slip.SAME_LETTER)])


@pytest.mark.parametrize(("text", "line"), APART)
def test_other_letters_and_numbers_that_go_together_are_not(text, line):
    assert "r" not in marks([line], text)
