"""Conditions of a domain: where a denominator does not vanish, and a logarithm has a value."""

from __future__ import annotations

from tests.grading.working.marking import assert_marks, marks
from tutor.grading.steps.claim_results import Slip

FRACTION = r"Find the domain of \(y = \sqrt{x-2} + \frac{1}{x-5}\)."


def test_a_denominator_is_not_zero():
    assert_marks(FRACTION, ["x-2≥0", "so x≥2", "x-5≠0", "x≠5"])
    assert_marks("求函数 \\(y=\\frac{1}{x-5}\\) 的定义域。", ["分母不为0：x-5≠0", "所以x≠5"])


def test_a_lost_sign_in_such_a_condition_is_named():
    assert_marks(FRACTION, ["x-2≥0", ("x-5≠0, x≠-5", Slip.LOST_SIGN)])


def test_another_excluded_value_is_not_refuted():
    text = r"Solve \(\frac{1}{x-5} = \frac{2}{x+5}\)."
    assert "r" not in marks(["x-5≠0", "x≠-5"], text)
    assert "r" not in marks(["x-5≠0", "x≠7"], text)


def test_one_of_two_excluded_values_is_not_all():
    text = r"Find the domain of \(f(x) = \frac{x}{x^2 - 9}\)."
    assert marks(["x² - 9 ≠ 0", "x² ≠ 9", "x ≠ 3"], text) == "ppu"
    assert marks(["x² - 9 ≠ 0", "x² ≠ 9", "x ≠ ±3"], text) == "ppp"
    assert marks(["x² ≠ 9", "x ≠ 3, x ≠ -3"], text) == "pp"


def test_a_logarithm_has_no_value_at_zero():
    text = r"Find the domain of \(f(x) = \ln(x+3)\)."
    assert_marks(text, [("x + 3 ≥ 0", Slip.STRICT_CHANGED)])
    assert_marks(text, ["x + 3 > 0", "x > -3"])
    assert "r" not in marks(["x + 3 ≥ 0"], r"Find the domain of \(\ln(x+3) + \sqrt{x+3}\).")


def test_the_place_of_a_limit_is_known_of_no_other_line():
    text = r"Find \(\lim_{x\to 0}\frac{\sqrt{x+4}-2}{x}\)."
    assert_marks(text, ["x=0 gives 0/0", ("√(x+4) = √x + 2", Slip.SPLIT_ROOT)])
