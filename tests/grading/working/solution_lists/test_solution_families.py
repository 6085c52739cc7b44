"""Families of solutions as lines of a working: all of them, with the right distances."""

import pytest

from tests.grading.working.marking import marks, refuted_check
from tutor.grading.steps.claim_results import Slip

SINE = r"Solve \(2\sin x = \sqrt{3}\)."
COSINE = r"Solve \(\cos 3x = \frac12\)."
CASES = r"Solve \(\sin x\cos x = \cos x\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (SINE, ["sin x = √3/2", "x = π/3 + 2kπ or x = 2π/3 + 2kπ, k ∈ Z"]),
        (SINE, ["x = 60° + 360°n or x = 120° + 360°n"]),
        (SINE, ["x = 60 + 360k or x = 120 + 360k"]),
        (SINE, ["x1 = π/3 + 2πk", "x2 = π - π/3 + 2πk = 2π/3 + 2πk"]),
        (SINE, ["x = π/3 (2π) or x = 2π/3 (2π)"]),
        (SINE, ["x = π/3 or x = 2π/3 (mod 2π)"]),
        (SINE, ["x = kπ + (-1)^k π/3"]),
        (COSINE, ["3x = ±π/3 + 2kπ", "x = ±π/9 + 2kπ/3"]),
        (COSINE, ["3x = π/3 [2π] or 3x = -π/3 [2π]", "x = π/9 [2π/3] or x = -π/9 [2π/3]"]),
        (CASES, ["cos x = 0 or sin x = 1", "x = π/2 + kπ or x = π/2 + 2kπ"]),
        (r"Solve \(\tan(x + 10°) = 1\).", ["x + 10° = 45° + 180°k", "x = 35° + 180°k, k in Z"]),
        (r"Solve \(4x \equiv 3 \pmod{11}\).", ["x ≡ 9 (mod 11)", "x = 9 + 11k, k ∈ Z"]),
    ],
)
def test_all_solutions_are_proved(statement, lines):
    assert set(marks(lines, statement)) <= {"p", "g"}


@pytest.mark.parametrize(
    ("statement", "lines", "expected", "slip"),
    [
        (SINE, ["x = π/3 + 2kπ"], "r", Slip.LOST_ROOT),
        (SINE, ["x = π/6 + 2kπ or x = 5π/6 + 2kπ"], "r", Slip.NONE),
        (SINE, ["x = π/3 + 2kπ or x = -π/3 + 2kπ"], "r", Slip.WRONG_BRANCH),
        (SINE, ["x1 = 60° + 360°k", "x2 = 300° + 360°k"], "pr", Slip.WRONG_BRANCH),
        (COSINE, ["3x = ±π/3 + 2kπ", "x = ±π/9 + 2kπ"], "pr", Slip.DIVIDED_WRONGLY),
        (COSINE, ["3x = ±π/3 + 2kπ", "x = ±π + 2kπ/3"], "pr", Slip.NONE),
        (r"Solve \(\tan x = -1\).", ["x = -π/4 + 2kπ"], "r", Slip.LOST_ROOT),
        (r"Solve \(4x \equiv 3 \pmod{11}\).", ["x ≡ 9 (mod 11)", "x = 7 + 11k"], "pr", Slip.NONE),
    ],
)
def test_lost_and_wrong_families_are_refuted(statement, lines, expected, slip):
    assert marks(lines, statement) == expected
    refuted = refuted_check(lines, statement).refuted
    assert refuted is not None
    assert refuted.slip == slip


def test_later_lines_are_judged_by_the_wrong_families():
    lines = ["3x = π/6 + 2kπ or 3x = -π/6 + 2kπ", "x = π/18 + 2kπ/3 or x = -π/18 + 2kπ/3"]
    assert marks(lines, COSINE) == "rs"


def test_what_no_equation_forces_is_not_refuted():
    """Squaring brought solutions that the equation does not have."""
    lines = ["1 + sin 2x = 1", "sin 2x = 0", "x = kπ/2", "x = 2kπ or x = π/2 + 2kπ"]
    assert "r" not in marks(lines, r"Solve \(\sin x + \cos x = 1\).")


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (rf"{SINE[:-1]} for \(0 \le x \le \pi/2\).", "x = π/3 + 2kπ"),
        (r"Solve \(3\sin x = 2\).", "x = 41.8° + 360°k or x = 138.2° + 360°k"),
    ],
)
def test_what_may_be_meant_otherwise_stays_open(statement, line):
    assert marks([line], statement) == "u"


def test_a_case_may_be_taken_up_again():
    lines = [
        "cos x (sin x - 1) = 0",
        "cos x = 0 or sin x = 1",
        "cos x = 0 => x = π/2 + kπ",
        "sin x = 1 => x = π/2 + 2kπ",
    ]
    assert "r" not in marks(lines, CASES)
    assert marks([*lines[:2], "sin x = 1 => x = 2kπ"], CASES)[-1] == "r"
