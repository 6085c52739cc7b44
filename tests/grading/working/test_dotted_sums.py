"""Sums with dots, whose formula is to be proved."""

from tests.grading.working.marking import assert_marks, marks

WHOLE = r"Prove that \(1 + 2 + \dots + n = \frac{n(n+1)}{2}\) for all \(n \ge 1\)."
ODD = r"Prove by induction that \(1 + 3 + 5 + \dots + (2n-1) = n^2\)."
POWERS = r"Show by induction: \(1 + 2 + 4 + \cdots + 2^n = 2^{n+1} - 1\)."
SQUARES = r"Beweise \(1^2 + 2^2 + \ldots + n^2 = \frac{n(n+1)(2n+1)}{6}\)."


def test_right_steps():
    assert_marks(WHOLE, ["1+2+...+k+(k+1) = k(k+1)/2 + (k+1)", "= (k+1)(k+2)/2"])
    assert_marks(ODD, ["1+3+...+(2k-1)+(2k+1) = k²+2k+1", "= (k+1)²"])
    assert_marks(POWERS, ["1+2+…+2^k+2^(k+1) = 2^(k+1) - 1 + 2^(k+1)", "= 2^(k+2) - 1"])
    assert_marks(SQUARES, ["1² + 2² + ... + n² + (n+1)² = n(n+1)(2n+1)/6 + (n+1)²"])


def test_wrong_steps():
    assert marks(["1+2+...+k+(k+1) = k(k+1)/2 + k"], WHOLE) == "r"
    assert marks(["1+2+4+...+2^k+2^(k+1) = 2^(k+1) - 1 + 2^(k+1)", "= 4^(k+1) - 1"], POWERS) == "pr"


def test_other_sums_are_not_judged():
    assert marks(["1+2+...+k+(2k+1) = k²"], WHOLE) == "u"
    assert marks(["2+4+...+2k+(2k+2) = k²"], ODD) == "u"
